"""Stopped, killed and started again: nothing is lost, nothing comes twice."""

import signal
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import pytest_asyncio

from bot.sandbox.faults import Fault

LINK = "https://wire.example.net/news"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def closed(opened):
    """The newsroom as the story before has left it, with its bot or without."""
    async with opened(policy={"hold": "4s"}) as newsroom:
        yield newsroom


@pytest_asyncio.fixture(loop_scope="module")
async def newsroom(closed):
    return await running(closed)


async def running(closed):
    """The newsroom with its bot running, and nothing left to post."""
    if not closed.running:
        await closed.start()
    await closed.posts()
    return closed


def behind(newsroom):
    """The messages that show less than is stored, as far as the database knows."""
    found = newsroom.rows(
        "SELECT message_id FROM cards LEFT JOIN claims ON claims.id = cards.claim_id"
        " LEFT JOIN documents ON documents.id = cards.document_id"
        " WHERE shown_version < ifnull(claims.version, documents.version)"
    )
    return {str(message) for (message,) in found}


def edited(newsroom, since):
    """The messages edited since so many requests."""
    paths = [r.path for r in newsroom.world.records[since:] if r.method == "PATCH"]
    return {path.rpartition("/")[2] for path in paths}


async def test_intake_while_down(closed):
    """A document brought while no bot ran is posted at the next start."""
    if closed.running:
        await closed.stop()
    numbers = closed.take_in("The bridge is closed", "The ferry runs")

    await closed.start()

    await closed.posts(*numbers)
    assert closed.numbers()[-2:] == numbers


async def test_intake_while_running(newsroom):
    """A document brought beside the bot is posted within two seconds."""
    numbers = newsroom.take_in("The tunnel is open")

    await newsroom.posts(*numbers, within=2)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stopped(closed):
    """SIGTERM while people vote and thirty claims are being posted, and the next start."""
    newsroom = await running(closed)
    held, voted = newsroom.take_in("The dam holds", "The lake is full")
    await newsroom.posts(held, voted)
    for name in ("Ada", "Ben", "Chloé"):
        await newsroom.vote(name, held, "Refuted")
    await newsroom.attach("Ada", held, LINK, stance="refutes")
    told = await newsroom.told(await newsroom.vote("Ada", voted, "Supported"))
    form = await newsroom.press("Ben", voted, "Add evidence")
    card, cards = newsroom.card(voted), len(newsroom.cards())
    newsroom.signal_when_posted(5, signal.SIGTERM)
    roads = newsroom.take_in(*(f"Road {n} is wet" for n in range(30)))
    code = await newsroom.ended()
    log, states = newsroom.said(), newsroom.rows("SELECT DISTINCT state FROM outbox ORDER BY 1")
    since = len(newsroom.world.records)
    await newsroom.start()
    return SimpleNamespace(
        held=held,
        voted=voted,
        told=told,
        form=form,
        card=card,
        cards=cards,
        roads=roads,
        code=code,
        log=log,
        states=states,
        since=since,
    )


async def test_stopped_while_posting(newsroom, stopped):
    """SIGTERM while posting ends in order, and the next start goes on."""
    assert stopped.code == 0
    assert "shutdown" in stopped.log
    assert stopped.states == [("pending",), ("sent",)]
    await newsroom.posts(*stopped.roads)
    assert newsroom.numbers()[-30:] == stopped.roads
    assert len(newsroom.cards()) == stopped.cards + 30
    assert "nonce-dedup" not in [r.note for r in newsroom.world.records[stopped.since :]]


async def test_restart_while_voting(newsroom, stopped):
    """Nobody notices a restart in the middle of a vote."""
    card, cards = stopped.card, len(newsroom.cards())
    sent = await newsroom.send("Ben", stopped.form, link=LINK, stance="context")

    assert "Added to" in (await newsroom.told(sent))["content"]
    assert newsroom.votes(stopped.voted) == {"Ada": "supported"}
    reason = await newsroom.press("Ada", stopped.told, "Add a reason")
    await newsroom.send("Ada", reason, reason="I saw it.")
    await newsroom.vote("Ben", stopped.voted, "Supported")
    await newsroom.shows(card, "2 of 3 votes")
    assert "Ada" not in newsroom.words(
        await newsroom.told(await newsroom.press("Eve", card, "Details"))
    )
    await newsroom.vote("Chloé", stopped.voted, "Supported")
    await newsroom.shows(card, "Supported, once someone adds a source.")
    await newsroom.until(lambda: "Settled <t:" in newsroom.words(stopped.held), within=8)
    assert newsroom.status(stopped.held) == "refuted"
    assert len(newsroom.cards()) == cards


async def test_answered_vote_survives(newsroom):
    """An answered vote survives kill -9, and its card is corrected."""
    quiet, busy = newsroom.take_in("The mill burns", "The mill stands")
    await newsroom.posts(quiet, busy)
    await newsroom.vote("Ada", quiet, "Supported")
    await newsroom.until(lambda: not behind(newsroom))
    voters = [f"Voter {n}" for n in range(12)]
    card, cards = newsroom.card(busy), len(newsroom.cards())
    pressed = [
        newsroom.world.click(
            newsroom.person(name), card, card["components"][0]["components"][0]["custom_id"]
        )
        for name in voters
    ]
    for each in pressed:
        await newsroom.answered(each)

    await newsroom.kill()
    assert "12 votes" not in newsroom.words(card)
    wrong, since = behind(newsroom), len(newsroom.world.records)
    await newsroom.start()

    assert newsroom.votes(busy) == dict.fromkeys(voters, "supported")
    await newsroom.until(lambda: "12 votes: ✅ Supported 12" in newsroom.words(card))
    assert len(newsroom.cards()) == cards
    await newsroom.until(lambda: not behind(newsroom))
    assert card["id"] in wrong
    assert edited(newsroom, since) == wrong


async def test_killed_while_posting(newsroom):
    """Killed while posting, every claim ends with one card."""
    newsroom.signal_when_posted(10, signal.SIGKILL)
    numbers = newsroom.take_in(*(f"Bridge {n} is closed" for n in range(30)))
    await newsroom.ended()
    uncertain = newsroom.rows("SELECT nonce FROM outbox WHERE state = 'sending'")
    cards = len(newsroom.cards())
    since = len(newsroom.world.records)

    await newsroom.start()
    await newsroom.posts(*numbers)

    assert len(uncertain) == 1
    assert newsroom.numbers()[-30:] == numbers
    assert len(newsroom.cards()) == cards + 20
    again = [r.body["nonce"] for r in newsroom.world.records[since:] if r.note == "nonce-dedup"]
    assert again == [uncertain[0][0]]


async def test_uncertain_post_adopted(newsroom):
    """An old uncertain post is looked for and adopted instead of repeated."""
    newsroom.signal_when_posted(3, signal.SIGKILL)
    numbers = newsroom.take_in(*(f"Ferry {n} runs" for n in range(6)))
    await newsroom.ended()
    discord_forgets(newsroom)
    since = len(newsroom.world.records)

    await newsroom.start()
    await newsroom.posts(*numbers)

    assert newsroom.numbers()[-6:] == numbers
    asked = [
        r for r in newsroom.world.records[since:] if r.method == "GET" and "messages" in r.path
    ]
    assert asked
    adopted = newsroom.rows(
        "SELECT cards.message_id FROM cards JOIN claims ON claims.id = claim_id WHERE number = ?",
        numbers[2],
    )
    assert adopted == [(int(newsroom.card(numbers[2])["id"]),)]
    await newsroom.vote("Ada", numbers[2], "Supported")
    assert "1 of 3 votes" in newsroom.words(numbers[2])


async def test_uncertain_post_sent(newsroom):
    """An old uncertain post that never arrived is sent after all."""
    trouble = Fault("POST", rf"/channels/{newsroom.claims}/messages$", "drop_before", times=None)
    newsroom.world.faults.append(trouble)
    (number,) = newsroom.take_in("The lock leaks")
    sending = "SELECT count(*) FROM outbox WHERE state = 'sending'"
    await newsroom.until(lambda: newsroom.number(sending))
    await newsroom.kill()
    newsroom.world.faults.clear()
    discord_forgets(newsroom)

    await newsroom.start()

    await newsroom.posts(number)
    assert newsroom.numbers().count(number) == 1


async def test_refusing_channel_recovers(newsroom):
    """A post its channel refused for a while comes once it takes posts again."""
    refusal = {"message": "Missing Access", "code": 50001}
    path = rf"/channels/{newsroom.claims}/messages$"
    newsroom.world.faults.append(Fault("POST", path, "status", 403, times=2, body=refusal))

    numbers = newsroom.take_in("The pier is long", "The pier is short")

    await newsroom.posts(*numbers)
    assert not newsroom.world.faults


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def resumed(closed):
    """Two posts are refused, a command is removed, a stop meets a slow post; the next start."""
    newsroom = await running(closed)
    path = rf"/channels/{newsroom.claims}/messages$"
    refusal = {"message": "Invalid Form Body", "code": 50035}
    newsroom.world.faults.append(Fault("POST", path, "status", 400, times=2, body=refusal))
    first, second = newsroom.take_in("The quay is empty", "The quay is full")
    await newsroom.until(lambda: second in newsroom.numbers())
    parked = newsroom.rows("SELECT kind, reason FROM outbox WHERE state = 'parked' ORDER BY id")
    synced = len(newsroom.world.find("PUT", "/commands$"))
    newsroom.world.commands["global"].pop()
    newsroom.world.faults.append(Fault("POST", path, "delay", 1))
    (late,) = newsroom.take_in("The pier stands", title="A slow post")
    await newsroom.until(lambda: not newsroom.world.faults)
    code = await newsroom.stop()
    # Of this claim and its document alone: a word to the moderators may be queued meanwhile.
    states = newsroom.rows(
        "SELECT kind, state FROM outbox WHERE claim_id = ?1 OR document_id ="
        " (SELECT document_id FROM claims WHERE id = ?1) ORDER BY kind",
        late,
    )
    last, numbers = newsroom.words(newsroom.posted()[-1]), newsroom.numbers()
    await newsroom.start()
    return SimpleNamespace(
        first=first,
        parked=parked,
        synced=synced,
        late=late,
        code=code,
        states=states,
        last=last,
        numbers=numbers,
    )


async def test_stop_waits_for_post(newsroom, resumed):
    """SIGTERM waits for the post that is under way."""
    assert resumed.code == 0
    assert resumed.states == [("claim", "pending"), ("document", "sent")]
    assert "A slow post" in resumed.last
    assert resumed.late not in resumed.numbers
    await newsroom.posts(resumed.late)


async def test_refused_post_waits(newsroom, resumed):
    """A refused post waits for the next start and holds up nothing else."""
    assert [kind for kind, _ in resumed.parked] == ["document", "claim"]
    assert all("400" in reason and "50035" in reason for _, reason in resumed.parked)
    assert resumed.first not in resumed.numbers
    await newsroom.posts(resumed.first)


async def test_commands_synced_once(newsroom, resumed):
    """Commands are synced once, and again when somebody has removed one."""
    assert resumed.synced == 1  # after all those starts
    assert len(newsroom.world.find("PUT", "/commands$")) == 2


def discord_forgets(newsroom):
    """Ten minutes pass while the bot is down."""
    newsroom.world.nonces.clear()
    earlier = datetime.now(UTC) - timedelta(minutes=10)
    newsroom.change(
        "UPDATE outbox SET first_attempt_at = ? WHERE state = 'sending'",
        earlier.isoformat(timespec="microseconds"),
    )
