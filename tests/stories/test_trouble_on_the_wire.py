"""Discord stumbles, before or after the effect: one card each, every vote kept, the card right."""

import asyncio

import pytest
import pytest_asyncio

from bot.sandbox.faults import Fault
from bot.sandbox.rules.codes import CallbackType

pytestmark = pytest.mark.asyncio(loop_scope="module")

BEFORE_AND_AFTER = [
    ("status", 503),
    ("status_after", 502),
    ("429", 0.3),
    ("drop_before", 0),
    ("drop_after", 0),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed")
        await newsroom.start()
        await newsroom.posts(1)
        yield newsroom


@pytest.mark.parametrize(("kind", "value"), BEFORE_AND_AFTER)
async def test_posting_through_trouble(newsroom, kind, value):
    """Posting through trouble ends with one card."""
    path = rf"/channels/{newsroom.claims}/messages$"
    (number,) = newsroom.take_in(f"The ferry runs, {kind} {value}", title=f"{kind} {value}")
    newsroom.world.faults.append(Fault("POST", path, kind, value))

    await newsroom.posts(number)

    assert not newsroom.world.faults
    assert newsroom.numbers().count(number) == 1
    titles = [message["embeds"][0]["title"] for message in newsroom.posted()]
    assert len([title for title in titles if f"{kind} {value}".replace("_", "\\_") in title]) == 2


async def test_votes_through_trouble(newsroom):
    """Votes answered through trouble are kept, and their cards are right."""
    numbers = newsroom.take_in(*(f"Lamp {n} is lit" for n in range(len(BEFORE_AND_AFTER))))
    await newsroom.posts(*numbers)
    for number, (kind, value) in zip(numbers, BEFORE_AND_AFTER, strict=True):
        card = newsroom.card(number)
        asked = newsroom.world.click(
            newsroom.person("Ada"), card, card["components"][0]["components"][0]["custom_id"]
        )
        newsroom.world.faults.append(Fault("POST", f"/interactions/{asked.id}/", kind, value))

    for number in numbers:
        await newsroom.shows(number, "1 of 3 votes")
        assert newsroom.votes(number) == {"Ada": "supported"}

    assert not newsroom.world.faults
    assert "bug" not in newsroom.said()


@pytest.mark.parametrize(("kind", "times"), [("drop_before", 2), ("429", 1)])
async def test_lost_reply_is_no_repeat(newsroom, kind, times):
    """Nobody is told that nothing changed when only the reply was lost."""
    (number,) = newsroom.take_in(f"The lamp is out, {kind}")
    await newsroom.posts(number)
    card = newsroom.card(number)
    asked = newsroom.world.click(
        newsroom.person("Ada"), card, card["components"][0]["components"][0]["custom_id"]
    )
    path = f"/interactions/{asked.id}/"
    newsroom.world.faults.append(Fault("POST", path, kind, times=times, via=False))

    answered = await newsroom.answered(asked)

    assert answered.answer["data"]["content"].startswith("Discord didn't get our reply.")
    await newsroom.shows(number, "1 of 3 votes")


@pytest.mark.parametrize(
    ("kind", "value"), [("drop_before", 0), ("drop_after", 0), ("status_after", 502)]
)
async def test_lost_reply_still_confirms(newsroom, kind, value):
    """A vote whose reply was lost once is confirmed all the same."""
    (number,) = newsroom.take_in(f"The lamp burns, {kind}")
    await newsroom.posts(number)
    card = newsroom.card(number)
    asked = newsroom.world.click(
        newsroom.person("Ada"), card, card["components"][0]["components"][0]["custom_id"]
    )
    newsroom.world.faults.append(Fault("POST", f"/interactions/{asked.id}/", kind, value))

    told = await newsroom.told(asked)

    assert told["content"].startswith("You: **Supported**")
    assert "1 of 3 votes" in newsroom.words(number)


async def test_late_click(newsroom):
    """A click that comes too late counts and is not answered."""
    (number,) = newsroom.take_in("The well is dry")
    await newsroom.posts(number)
    card = newsroom.card(number)
    since = len(newsroom.world.records)

    late = newsroom.world.click(
        newsroom.person("Ada"),
        card,
        card["components"][0]["components"][0]["custom_id"],
        ago=10,
    )

    await newsroom.shows(number, "1 of 3 votes")
    assert newsroom.votes(number) == {"Ada": "supported"}
    paths = [record.path for record in newsroom.world.records[since:]]
    assert not any(late.id in path for path in paths)


async def test_lost_edit(newsroom):
    """A card whose edit is lost is edited again."""
    (number,) = newsroom.take_in("The clock is right")
    await newsroom.posts(number)
    told = await newsroom.told(await newsroom.vote("Ada", number, "Supported"))
    path = rf"/messages/{newsroom.card(number)['id']}$"
    newsroom.world.faults.append(Fault("PATCH", path, "drop_before"))

    await newsroom.press("Ada", told, "Take back")

    await newsroom.shows(number, "0 of 3 votes")
    assert not newsroom.world.faults


async def test_refusing_channel(newsroom):
    """A channel that refuses holds up no other."""
    newsroom.world.faults.append(
        Fault("POST", f"/channels/{newsroom.claims}/messages$", "status", 503, times=None)
    )
    (number,) = newsroom.take_in("The gate is shut", title="Held up")

    await newsroom.command("owner", "digest now")

    await newsroom.until(lambda: newsroom.posted(newsroom.digest))
    assert number not in newsroom.numbers()
    newsroom.world.faults[:] = []
    await newsroom.posts(number)


async def test_lost_gateway(newsroom):
    """Votes go on after the gateway was lost."""
    (number,) = newsroom.take_in("The wind is west")
    await newsroom.posts(number)
    await newsroom.vote("Ada", number, "Supported")

    await newsroom.world.drop_gateway()
    card = newsroom.card(number)
    missed = newsroom.world.click(
        newsroom.person("Ben"), card, card["components"][0]["components"][1]["custom_id"]
    )

    assert (await newsroom.answered(missed)).answer["type"] in (
        CallbackType.UPDATE,
        CallbackType.LATER,
    )
    await newsroom.shows(number, "2 of 3 votes")
    assert newsroom.said().count("ready: ") == 1


async def test_card_of_another_database(newsroom):
    """A click on a card of another database is answered, logged, and told to moderators once."""
    (number,) = newsroom.take_in("The kiln is cold")
    await newsroom.posts(number)
    card = newsroom.card(number)
    strange = f"vote:{'x' * 22}:supported"

    for name in ("Ada", "Ben"):
        asked = newsroom.world.click(newsroom.person(name), card, strange)
        answer = (await newsroom.answered(asked)).answer
        assert "another database" in answer["data"]["content"]

    def told():
        everywhere = map(newsroom.posted, newsroom.world.channels)
        return [m for posts in everywhere for m in posts if "running twice" in newsroom.words(m)]

    await newsroom.until(told)
    assert len(told()) == 1
    assert "names a claim that this database doesn't have" in newsroom.said()


async def test_malformed_frame(newsroom):
    """Votes go on after a frame that is no JSON, and what was sent meanwhile is heard."""
    (number,) = newsroom.take_in("The wind is east")
    await newsroom.posts(number)

    newsroom.world.say_over_gateway('{"op": 0, "t": ')
    card = newsroom.card(number)
    missed = newsroom.world.click(
        newsroom.person("Ben"), card, card["components"][0]["components"][1]["custom_id"]
    )
    await missed.future

    await newsroom.shows(number, "1 of 3 votes")
    assert "couldn't be read" in newsroom.said()
    assert newsroom.said().count("ready: ") == 1


async def test_forty_at_once(newsroom):
    """Forty people at once are all answered and counted."""
    (number,) = newsroom.take_in("The crowd is large")
    await newsroom.posts(number)
    card = newsroom.card(number)
    ids = [button["custom_id"] for button in card["components"][0]["components"][:3]]
    people = [newsroom.person(f"Person {n}") for n in range(40)]

    pressed = [newsroom.world.click(person, card, ids[n % 3]) for n, person in enumerate(people)]
    answers = await asyncio.gather(*(each.future for each in pressed))

    assert {answer["type"] for answer in answers} <= {CallbackType.UPDATE, CallbackType.LATER}
    assert len(newsroom.votes(number)) == 40
    assert max(each.latency for each in pressed) < 3
    tally = "40 votes: ✅ Supported 14 · ❌ Refuted 13 · ❔ Can't tell 13"
    await newsroom.until(lambda: tally in newsroom.words(card), within=5)
    assert len(newsroom.world.find("PATCH", rf"/messages/{card['id']}$")) <= 5
