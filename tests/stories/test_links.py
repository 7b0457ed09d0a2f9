"""Links over the wire: about the claim or about who says so, changed and taken away again."""

import pytest
import pytest_asyncio

from tests.harness import buttons

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """One vote settles a claim at once."""
    async with opened(policy={"quorum": 1, "evidence": 0, "hold": "0h"}) as newsroom:
        await newsroom.start()
        yield newsroom


def menu(message):
    """The menu of links on a message."""
    (found,) = (
        part
        for row in message["components"]
        for part in row["components"]
        if "options" in part and part["custom_id"].startswith("mine:")
    )
    return found


async def test_checked_source(newsroom):
    """A source is checked, and the check goes with the link."""
    (number,) = newsroom.take_in("The bridge is closed", said_by=["BBC", "Yonhap"])
    await newsroom.posts(number)

    form = await newsroom.press("ada", number, "Add evidence")
    stances = [
        option["value"]
        for row in form.answer["data"]["components"]
        for option in row["component"].get("options", [])
        if ":" in option["value"]
    ]
    await newsroom.send("ada", form, link="https://bbc.co.uk/1", stance=stances[0])
    await newsroom.shows(number, "BBC ✓ → Yonhap")
    await newsroom.shows(number, "shows that BBC said it")

    told = await newsroom.told(await newsroom.press("ada", number, "Details"))
    (option,) = menu(told)["options"]
    chosen = await newsroom.answered(
        newsroom.world.choose(
            newsroom.person("ada"), told, menu(told)["custom_id"], [option["value"]]
        )
    )
    await newsroom.send("ada", chosen, link="https://bbc.co.uk/1", stance=stances[1])
    await newsroom.shows(number, "BBC ✗ → Yonhap")

    again = await newsroom.answered(
        newsroom.world.choose(
            newsroom.person("ada"), told, menu(told)["custom_id"], [option["value"]]
        )
    )
    await newsroom.send("ada", again, link="https://bbc.co.uk/1", stance="away")
    await newsroom.shows(number, "BBC → Yonhap")
    assert "link" not in newsroom.words(number)


async def test_others_links(newsroom):
    """Other people's links are offered to moderators only."""
    (number,) = newsroom.take_in("The ferry runs")
    await newsroom.posts(number)
    await newsroom.attach("ada", number, "https://a.org/1", note="Page 2")

    bens = await newsroom.told(await newsroom.press("ben", number, "Details"))
    owners = await newsroom.told(
        await newsroom.answered(
            newsroom.world.click(
                newsroom.world.owner,
                newsroom.card(number),
                buttons(newsroom.card(number))["Details"],
            )
        )
    )

    assert list(buttons(bens)) == ["Checked before?"]
    assert "mine:" not in str(bens["components"])
    assert menu(owners)["options"][0]["label"].endswith("a.org — Page 2")


async def test_contradicting_link(newsroom):
    """Moderators reopen a claim that a new link speaks against."""
    (number,) = newsroom.take_in("The tunnel is open")
    await newsroom.posts(number)
    await newsroom.vote("ada", number, "Supported")
    await newsroom.attach("ben", number, "https://a.org/1", stance="refutes")
    await newsroom.until(lambda: newsroom.posted(newsroom.moderators))
    (notice,) = newsroom.posted(newsroom.moderators)
    press = buttons(notice)[f"Reopen #{number}"]

    refused = await newsroom.answered(newsroom.world.click(newsroom.person("ben"), notice, press))
    form = await newsroom.answered(newsroom.world.click(newsroom.world.owner, notice, press))
    await newsroom.answered(
        newsroom.world.submit_modal(newsroom.world.owner, form, {"reason": "New link."})
    )

    assert "moderators" in newsroom.words(await newsroom.told(refused))
    await newsroom.shows(number, "Unreviewed")
    await newsroom.shows(number, "Reopened by a moderator: “New link.”")
    assert notice["components"] == []
    assert f"<@{newsroom.world.owner['id']}> has dealt with it." in notice["content"]


async def test_checked_before(newsroom):
    """What the team decided is found in other words, and its card can be taken as evidence."""
    first, again = newsroom.take_in(
        "Nordbank closed 40 branches in Olden", "Forty offices and branches were shut by Nordbank"
    )
    await newsroom.posts(first, again)
    await newsroom.vote("ada", first, "Refuted")
    told = await newsroom.told(await newsroom.press("ben", again, "Details"))
    asked = await newsroom.told(await newsroom.press("ben", told, "Checked before?"))

    link = f"https://discord.com/channels/{newsroom.world.guild_id}/{newsroom.claims}/"
    link += newsroom.card(first)["id"]
    form = await newsroom.press("ben", asked, f"Add as evidence: #{first}")
    await newsroom.send("ben", form, link=link, stance="context")

    for message in (told, asked):
        assert "Nordbank closed 40 branches in Olden" in newsroom.words(message)
    assert link in str(form.answer)
    await newsroom.shows(again, "context: [discord.com]")
    assert newsroom.status(again) == "unreviewed"
