"""What moderators do from Discord: with a reason, on the card, and nothing by mistake."""

from copy import deepcopy

import pytest
import pytest_asyncio

from bot.sandbox.rules.codes import CallbackType, Permission
from tests.harness import buttons

pytestmark = pytest.mark.asyncio(loop_scope="module")
WHY = "seen with my own eyes"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    pages = {"folder": "public", "base_url": "https://desk.example/", "title": "The desk"}
    async with opened(policy={"quorum": 2}, tables={"publish": pages}) as newsroom:
        newsroom.fresh = newsroom.take_in(*(f"Bridge {n} is closed" for n in range(1, 19)))
        newsroom.moderator = newsroom.world.role("moderators", 1 << 13)
        newsroom.person("Mo", newsroom.moderator)
        await newsroom.start()
        await newsroom.posts(*newsroom.fresh)
        yield newsroom


@pytest.fixture
def number(newsroom):
    """A claim that nobody has touched."""
    return newsroom.fresh.pop()


async def did(newsroom, line, **options):
    """What Mo is told after a command."""
    asked = await newsroom.command("Mo", f"claim {line}", **options)
    return (await newsroom.told(asked))["content"]


async def settle(newsroom, number, verdict):
    """What Mo is told after settling a claim that too little stands behind."""
    asked = await newsroom.command("Mo", "claim settle", number=number, verdict=verdict, reason=WHY)
    return (await newsroom.told(await newsroom.send("Mo", asked)))["content"]


async def test_own_room_gives_no_rights(newsroom, number):
    """Whoever manages messages in a room of their own moderates no claims from there."""
    world, host = newsroom.world, newsroom.world.role("hosts")
    newsroom.person("Host", host)
    room = world.add_channel("hosts-room")
    world.overwrite(room, host, allow=Permission.MANAGE_MESSAGES)

    for place in (room, newsroom.claims):
        asked = world.run(
            newsroom.person("Host"), place, "claim drop", number=str(number), reason=WHY
        )
        told = await newsroom.told(await newsroom.answered(asked))
        assert told["content"] == "Only moderators can do that."
    assert newsroom.status(number) == "unreviewed"


async def test_settle(newsroom, number):
    """Settling what nothing bears asks once; the card says whose verdict it is, and why."""
    asked = await newsroom.command(
        "Mo", "claim settle", number=number, verdict="refuted", reason=WHY
    )
    assert asked.answer["type"] == CallbackType.MODAL
    assert "Nobody has voted on it" in asked.answer["data"]["components"][0]["content"]
    assert newsroom.status(number) == "unreviewed"
    told = await newsroom.told(await newsroom.send("Mo", asked))

    assert told["content"] == f"#{number} is settled as Refuted."
    assert newsroom.status(number) == "refuted"
    await newsroom.shows(number, f"Settled by a moderator: “{WHY}”")
    assert "This is the moderator's own verdict" in newsroom.words(number)
    live = [
        button["label"]
        for row in newsroom.card(number)["components"]
        for button in row["components"]
        if not button.get("disabled")
    ]
    assert live == ["Add evidence", "Details"]


async def test_moderate_menu(newsroom, number):
    """Details offer moderators what can be done now: without a reason where none is needed."""
    details = await newsroom.told(await newsroom.press("Mo", number, "Details"))
    shown = [part for row in details["components"] for part in row["components"]]
    (menu,) = (part for part in shown if "options" in part)
    assert [option["value"] for option in menu["options"]] == [
        "edit",
        "hedge",
        "merge",
        "split",
        "settle",
        "drop",
        "assign",
        "repost",
    ]
    form = await newsroom.choose("Mo", details, "hedge")
    sent = await newsroom.send("Mo", form, hedge=["alleged"], reason=WHY)
    assert (await newsroom.told(sent))["content"] == f"#{number} was edited."
    await newsroom.shows(number, "alleged")
    form = await newsroom.choose("Mo", details, "assign")
    dora = newsroom.person("Dora")["id"]
    sent = await newsroom.send("Mo", form, member=[dora])
    assert (await newsroom.told(sent))["content"] == f"<@{dora}> now looks after #{number}."
    form = await newsroom.choose("Mo", details, "merge")
    preview = await newsroom.told(await newsroom.send("Mo", form, into="#1"))
    assert f"Merge #{number} into #1?" in newsroom.words(preview)
    form = await newsroom.choose("Mo", details, "settle")
    sent = await newsroom.send("Mo", form, verdict="supported", reason=WHY)
    assert (await newsroom.told(sent))["content"] == f"#{number} is settled as Supported."
    seen = await newsroom.told(await newsroom.press("Ada", number, "Details"))
    assert not any("options" in part for row in seen["components"] for part in row["components"])


async def test_bulk_menu(newsroom, number):
    """A list lets moderators drop the claims it shows, with one reason."""
    query = f"Bridge {number}"
    listed = await newsroom.told(await newsroom.command("Mo", "claim search", query=query))
    bulk = next(
        part
        for row in listed["components"]
        for part in row["components"]
        if part.get("custom_id") == "bulk"
    )
    drop = next(o["value"] for o in bulk["options"] if o["value"].startswith("drop:"))
    assert drop == f"drop:{number}"
    form = await newsroom.choose("Mo", listed, drop)
    told = await newsroom.told(await newsroom.send("Mo", form, reason=WHY))
    assert told["content"] == "1 claim was dropped."
    assert newsroom.status(number) == "dropped"


async def test_missing_reason(newsroom, number):
    """Without a reason a form asks for it."""
    form = await newsroom.command("Mo", "claim drop", number=f"#{number}")
    assert form.answer["type"] == CallbackType.MODAL
    assert newsroom.status(number) == "unreviewed"

    told = await newsroom.told(await newsroom.send("Mo", form, reason="an opinion"))

    assert told["content"] == f"#{number} was dropped. Use `/claim reopen` to bring it back."
    assert newsroom.status(number) == "dropped"
    await newsroom.shows(number, "Dropped by a moderator: “an opinion”")
    assert await did(newsroom, "reopen", number=number, reason=WHY) == f"#{number} is open again."
    assert newsroom.status(number) == "unreviewed"


async def test_votes_would_go_stale(newsroom, number):
    """Where votes would go stale a form says so first."""
    await newsroom.vote("Ada", number, "Supported")
    await settle(newsroom, number, "supported")

    form = await newsroom.command("Mo", "claim reopen", number=number, reason="new facts")

    shown = form.answer["data"]["components"]
    assert "Its votes will no longer count;" in shown[0]["content"]
    assert shown[1]["component"]["value"] == "new facts"
    assert newsroom.status(number) == "supported"
    await newsroom.told(await newsroom.send("Mo", form))
    assert newsroom.status(number) == "unreviewed"
    await newsroom.shows(number, "1 vote from before the claim was edited or reopened")


async def test_edit(newsroom, number):
    """Editing starts from the claim's words and says what becomes of votes."""
    await newsroom.vote("Ada", number, "Supported")
    form = await newsroom.command("Mo", "claim edit", number=number)
    field = form.answer["data"]["components"][0]
    assert field["component"]["value"] == f"Bridge {number} is closed"
    assert "1 vote on this wording will no longer count." in field["description"]

    sent = await newsroom.send("Mo", form, words=f"Bridge {number} is shut", reason=WHY)

    told = await newsroom.told(sent)
    assert told["content"] == f"#{number} was edited. 1 vote on the old wording no longer counts."
    await newsroom.shows(number, f"#{number} · Bridge {number} is shut")
    other = "Bridge traffic is led around, " * 5
    again = await newsroom.told(await newsroom.send("Mo", form, words=other, reason=WHY))
    assert again["content"].startswith("Someone else has just changed the claim's wording.")
    (given_back,) = again["attachments"]
    assert given_back["filename"] == "what-you-wrote.txt"
    assert given_back["size"] >= len(other.strip())
    form = await newsroom.press("Mo", again, "Try again")
    fields = [part["component"] for part in form.answer["data"]["components"]]
    assert [field["value"] for field in fields] == [other.strip(), WHY]


async def test_assign(newsroom, number):
    """Assigning calls the one person and stands on the card."""
    chloe = newsroom.person("Chloé")

    said = await did(newsroom, "assign", number=number, member=chloe["id"], reason=WHY)

    assert said == f"<@{chloe['id']}> now looks after #{number}."
    asks = f"<@{chloe['id']}>, please look after"
    (call,) = await newsroom.until(
        lambda: [m for m in newsroom.posted() if asks in newsroom.words(m)]
    )
    assert newsroom.card(number)["id"] in call["content"]
    assert call["mentions"][0]["id"] == chloe["id"]
    await newsroom.shows(number, f"<@{chloe['id']}> is looking after it.")
    opened = await newsroom.press("Chloé", call, "Details")
    assert f"#{number}" in newsroom.words(await newsroom.told(opened))

    listed = await newsroom.command("Ada", "claim list", assignee=chloe["id"])
    assert f"#{number}" in newsroom.words(await newsroom.told(listed))
    said = await did(newsroom, "assign", number=number, reason=WHY)
    assert said == f"#{number} is no longer assigned to anyone."


async def test_merge(newsroom, number):
    """Merging shows both first and can be undone after a restart."""
    into = newsroom.fresh.pop()
    await newsroom.attach("Ada", number, "https://wire.example.net/bridges")
    asked = await newsroom.command("Mo", "claim merge", number=number, into=into, reason=WHY)
    preview = await newsroom.told(asked)
    fields = preview["embeds"][0]["fields"]
    assert [field["name"] for field in fields] == [
        f"Claim to merge: #{number}",
        f"Claim to keep: #{into}",
    ]
    assert newsroom.status(number) == "unreviewed"
    unsent = await newsroom.command("Mo", "claim drop", number=newsroom.fresh[0])
    await newsroom.stop()
    await newsroom.start()
    await newsroom.told(await newsroom.send("Mo", unsent, reason="an opinion"))
    assert newsroom.status(newsroom.fresh.pop(0)) == "dropped"

    merged = await newsroom.press("Mo", preview, "Merge")

    assert merged.answer["type"] == CallbackType.UPDATE
    assert merged.answer["data"]["content"] == f"#{number} was merged into #{into}."
    assert newsroom.status(number) == "duplicate"
    await newsroom.shows(number, f"Merged into [#{into}](")
    await newsroom.shows(into, "wire.example.net")

    shown = await newsroom.told(await newsroom.command("Mo", "claim show", number=number))
    form = await newsroom.press("Mo", shown, "Undo")
    undone = await newsroom.send("Mo", form, reason="not the same bridge")
    said = f"#{number} is a separate claim again, with its votes."
    assert undone.answer["data"]["content"] == said
    assert newsroom.status(number) == "unreviewed"
    others = await newsroom.told(await newsroom.command("Ada", "claim show", number=number))
    assert "Undo" not in buttons(others)


async def test_merge_reason_and_cancel(newsroom, number):
    """A merge without a reason asks for it, and a cancelled one changes nothing."""
    into = newsroom.fresh.pop()
    asked = await newsroom.command("Mo", "claim merge", number=number, into=into)
    preview = await newsroom.told(asked)
    asked_again = deepcopy(preview)

    called_off = await newsroom.press("Mo", preview, "Cancel")
    assert called_off.answer["data"]["content"] == "Nothing was changed."
    form = await newsroom.press("Mo", asked_again, "Merge")
    assert form.answer["type"] == CallbackType.MODAL
    assert newsroom.status(number) == "unreviewed"

    sent = await newsroom.send("Mo", form, reason=WHY)
    assert f"#{number} was merged into #{into}." in sent.answer["data"]["content"]


async def test_split(newsroom, number):
    """Splitting takes a part out and is undone by its button."""
    await newsroom.attach("Ada", number, "https://wire.example.net/both")
    form = await newsroom.command("Mo", "claim split", number=number)
    (link,) = form.answer["data"]["components"][2]["component"]["options"]

    sent = await newsroom.send(
        "Mo", form, words="The ferry is closed", links=[link["value"]], reason="two claims in one"
    )

    told = await newsroom.told(sent)
    other = newsroom.number("SELECT max(number) FROM claims")
    assert told["content"] == f"#{number} was split; the new claim is #{other}."
    await newsroom.posts(other)
    await newsroom.shows(other, "The ferry is closed")
    await newsroom.shows(other, "wire.example.net")

    undo = await newsroom.press("Mo", told, "Undo")
    undone = await newsroom.send("Mo", undo, reason="one after all")
    assert undone.answer["data"]["content"].startswith(f"#{other} is merged back into")
    await newsroom.shows(other, f"Merged into [#{number}](")


async def test_impossible_form(newsroom, number):
    """Nobody fills in a form for something impossible."""
    await settle(newsroom, number, "refuted")

    for line, options in (
        ("drop", {}),
        ("edit", {}),
        ("split", {}),
        ("settle", {"verdict": "supported"}),
        ("merge", {"into": newsroom.fresh[-1]}),
    ):
        assert "settled" in await did(newsroom, line, number=number, **options)


async def test_repost(newsroom, number):
    """A card is posted again."""
    before = newsroom.card(number)["id"]

    assert await did(newsroom, "repost", number=number, reason=WHY) == (
        f"The card of #{number} is on its way."
    )

    def shown():
        return [c["id"] for c in newsroom.cards() if f"#{number} ·" in newsroom.words(c)]

    await newsroom.until(lambda: len(shown()) == 1 and shown() != [before])


@pytest.mark.parametrize(
    ("line", "options", "said"),
    [
        ("settle", {"verdict": "supported", "number": "999"}, "This team has no claim #999"),
        ("merge", {"number": "1", "into": "1"}, "Name two different claims:"),
        ("reopen", {"number": "2"}, "This claim is neither settled nor dropped."),
    ],
)
async def test_impossible_action(newsroom, line, options, said):
    """What cannot be done is one private sentence."""
    told = await did(newsroom, line, reason=WHY, **options)

    assert said in told


async def test_publication(newsroom, number):
    """The running bot writes the pages and says so once; a moderator decides what goes on them."""
    pages = newsroom.folder / "public"
    await newsroom.until((pages / "index.html").exists, within=20)
    told = [m for m in newsroom.posted(newsroom.moderators) if "are public at" in m["content"]]
    assert told or await newsroom.until(
        lambda: [m for m in newsroom.posted(newsroom.moderators) if "public at" in m["content"]]
    )
    await newsroom.attach("Ada", number, "https://wire.example.net/a", note="See page 3.")
    await settle(newsroom, number, "supported")
    page = pages / f"claims/{number}.html"
    await newsroom.corrobot("publish")
    assert not page.exists()  # a moderator's own verdict waits

    details = await newsroom.told(await newsroom.press("Mo", number, "Details"))
    form = await newsroom.press("Mo", details, "Publication")
    menu = form.answer["data"]["components"][2]["component"]
    await newsroom.told(
        await newsroom.send(
            "Mo", form, consent="published", texts=[each["value"] for each in menu["options"]]
        )
    )
    published = await newsroom.corrobot("publish")

    assert published.code == 0
    assert WHY in page.read_text()
    assert "See page 3." in page.read_text()
    form = await newsroom.command("Mo", "claim publish", number=number)
    assert (
        "will stay off"
        in (await newsroom.told(await newsroom.send("Mo", form, consent="withheld")))["content"]
    )
    await newsroom.corrobot("publish")
    assert "no longer published" in page.read_text()
    assert WHY not in page.read_text()
