"""Who takes part, who is refused, and what nobody may read off a card."""

import re
from copy import deepcopy

import pytest
import pytest_asyncio

from tests.harness import read_refusal

LINK = "https://wire.example.net/news"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """Only members with one role take part."""
    async with opened() as newsroom:
        voters = newsroom.world.role("voters")
        newsroom.voters = voters
        text = newsroom.config.read_text().replace("guild =", f"voter_roles = [{voters}]\nguild =")
        newsroom.config.write_text(text)
        for name in ("Ada", "Ben", "Chloé"):
            newsroom.person(name, voters)
        newsroom.person("Stranger")
        newsroom.fresh = newsroom.take_in(*(f"Bridge {n} is closed" for n in range(12)))
        await newsroom.start()
        await newsroom.posts(*newsroom.fresh)
        yield newsroom


@pytest.fixture
def number(newsroom):
    """A claim that nobody has voted on."""
    return newsroom.fresh.pop()


def kept(newsroom):
    return (
        newsroom.rows("SELECT * FROM votes"),
        newsroom.rows("SELECT * FROM evidence"),
        newsroom.number("SELECT count(*) FROM events"),
        newsroom.rows("SELECT id, kind FROM outbox WHERE kind <> 'notice'"),
    )


@pytest.mark.parametrize("label", ["Supported", "Refuted", "Can't tell"])
async def test_strangers_vote(newsroom, number, label):
    """A stranger's vote is refused privately and changes nothing."""
    before, shown = kept(newsroom), newsroom.words(number)

    asked = await newsroom.press("Stranger", number, label)

    assert (
        read_refusal(asked)
        == f"Only members with one of these roles can take part here: <@&{newsroom.voters}>."
    )
    assert kept(newsroom) == before
    assert newsroom.words(number) == shown


async def test_strangers_link_and_text(newsroom, number):
    """A stranger's link and text are refused too."""
    before = kept(newsroom)
    for asked in (
        await newsroom.press("Stranger", number, "Add evidence"),
        await newsroom.command("Stranger", "intake text"),
        await newsroom.command("Stranger", "digest now"),
    ):
        assert read_refusal(asked).startswith("Only m")

    assert kept(newsroom) == before


async def test_role_taken_away(newsroom, number):
    """A role that is taken away takes the right to vote with it."""
    newsroom.world.give(newsroom.person("Chloé"))

    assert "Only members" in read_refusal(await newsroom.press("Chloé", number, "Supported"))

    newsroom.world.give(newsroom.person("Chloé"), newsroom.voters)
    await newsroom.vote("Chloé", number, "Supported")


@pytest.mark.parametrize("label", ["Supported", "Details"])
async def test_button_of_another_server(newsroom, number, label):
    """A button copied to another server opens nothing."""
    other_team, here = newsroom.add_second_team(), newsroom.world.guild_id
    before = kept(newsroom)
    for guild, said in (
        ("424242424242424242", "Corrobot isn't set up in this server yet."),
        (other_team, "This claim isn't known here."),
    ):
        newsroom.world.guild_id = guild
        try:
            pressed = await newsroom.press("Ada", number, label)
        finally:
            newsroom.world.guild_id = here
        assert read_refusal(pressed).startswith(said)

    assert kept(newsroom) == before


async def test_unknown_claim(newsroom, number):
    """A button of an unknown claim is answered with a sentence."""
    card = deepcopy(newsroom.card(number))
    for button in card["components"][0]["components"]:
        button["custom_id"] = re.sub(r":[\w-]{22}", ":" + "A" * 22, button["custom_id"])

    for label in ("Supported", "Add evidence", "Details"):
        said = read_refusal(await newsroom.press("Ada", card, label))
        assert said == "This claim isn't known here. Its card may come from another database."


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"link": "That isn't a link."}, "That isn't a link."),
        ({"link": "javascript:alert(1)"}, "That isn't a link."),
        ({"link": LINK, "stance": None}, "Please choose what the link shows."),
    ],
)
async def test_wrong_form(newsroom, number, fields, said):
    """A form filled in wrongly is answered with a sentence."""
    form = await newsroom.press("Ada", number, "Add evidence")
    before = kept(newsroom)

    assert read_refusal(await newsroom.send("Ada", form, **fields)).startswith(said)
    assert kept(newsroom) == before


async def test_hidden_direction(newsroom):
    """Until quorum no public word tells which way the votes went.

    Two claims, alike but for the votes, are alike to read: card, digest, Details of others.
    """
    numbers = newsroom.take_in("The dam is safe", "The dam is open", title="Two dams")
    await newsroom.posts(*numbers)
    for_it, against_it = numbers
    for name in ("Ada", "Ben"):
        await newsroom.vote(name, for_it, "Supported")
        await newsroom.vote(name, against_it, "Refuted")
    for number in numbers:
        await newsroom.attach("Ada", number, LINK)
    await newsroom.command("owner", "digest now")
    (digest,) = await newsroom.until(lambda: newsroom.posted(newsroom.digest))

    def alike(text):
        plain = text.replace("**", "")  # each one's own sentence is bold
        return re.sub(r"safe|open\b|#\d+|/\d+\)|<t:\d+:R>", "…", plain)

    cards = [alike(newsroom.words(number)) for number in numbers]
    assert cards[0] == cards[1]
    assert (
        newsroom.card(for_it)["embeds"][0]["color"]
        == newsroom.card(against_it)["embeds"][0]["color"]
    )
    lines = newsroom.words(digest).splitlines()
    entries = [
        alike("\n".join(lines[place : place + 2]))
        for place, line in enumerate(lines)
        if "The dam is" in line
    ]
    assert len(entries) == 2
    assert entries[0] == entries[1]
    others = [
        alike(newsroom.words(await newsroom.told(await newsroom.press("Chloé", number, "Details"))))
        for number in numbers
    ]
    assert others[0] == others[1]
    assert "Supported" not in others[0].replace("Supports", "")

    for number in numbers:
        await newsroom.vote("Chloé", number, "Can't tell")
    await newsroom.shows(for_it, "✅ Supported 2 · ❌ Refuted 0")
    await newsroom.shows(against_it, "✅ Supported 0 · ❌ Refuted 2")
