"""The outbox: in order, once, and whatever Discord answers, nothing is held up for long."""

import asyncio
import random
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.delivery import outbox
from bot.delivery.outbox import Outbox, OutgoingMessage
from bot.delivery.placement import Placement
from bot.rendering.charts import Chart
from bot.rendering.forum_posts import ForumPost
from tests.expect import wait_until
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import Unavailable

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CLAIMS, DIGEST = 11, 12
MISSING = {"code": 50013, "message": "Missing Permissions"}
ME = SimpleNamespace(name="corrobot")
POST = ForumPost("A report", "en")


def refused(status, code):
    response = SimpleNamespace(status=status, reason="no")
    return discord.HTTPException(response, {"code": code, "message": "no"})


class Room(discord.TextChannel):
    """A channel that remembers what was sent to it, and under which nonce."""

    def __init__(self, number):
        self.id, self.guild = number, SimpleNamespace(me=ME)
        self.posts, self.asked, self.trouble, self.calls = [], 0, [], []
        self.readable, self.before = True, lambda: None

    async def send(self, **sent):
        self.calls.append(sent["nonce"])
        await asyncio.sleep(0)
        if (waiting := self.before()) is not None:
            await waiting
        trouble = self.trouble.pop(0) if self.trouble else None
        if trouble is not None and not getattr(trouble, "after", False):
            raise trouble
        message = next((post for post in self.posts if post.nonce == sent["nonce"]), None)
        if message is None:
            message = SimpleNamespace(id=1000 + len(self.posts), author=ME, channel=self, **sent)
            self.posts.append(message)
        if trouble is not None:
            raise trouble
        return message

    def permissions_for(self, _member):
        return SimpleNamespace(read_message_history=self.readable)

    async def history(self, *, after, limit):
        self.asked, self.after, self.limit = self.asked + 1, after, limit
        for post in list(self.posts):
            yield post

    @property
    def shown(self):
        return [post.embeds[0].title for post in self.posts]


class Client:
    user = ME

    def __init__(self):
        self.rooms = {number: Room(number) for number in (CLAIMS, DIGEST)}

    def get_channel(self, _channel):
        return None

    def get_partial_messageable(self, channel):
        return self.rooms[channel]

    async def fetch_channel(self, channel):
        return self.rooms[channel]


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def room(client):
    return client.rooms[CLAIMS]


@pytest.fixture
def doubted():
    return []


@pytest.fixture
def serving(database, client, doubted, monkeypatch):
    """An outbox at work on the database; outside the block it has stopped."""
    monkeypatch.setattr(outbox, "LATER", 0.01)

    @asynccontextmanager
    async def run(post_of=None, desk_of=lambda desk: desk, **told):
        desk = ClaimDesk(database)

        async def post(queued):
            embed = discord.Embed(title=f"{queued.kind} {queued.subject}")
            mark = SimpleNamespace(title=embed.title)
            return OutgoingMessage(
                [embed], None, 1, lambda message: message.embeds[0].title == mark.title, POST
            )

        served = desk_of(desk)
        box = Outbox(
            client,
            served,
            post_of or post,
            doubted.append,
            lambda: NOW,
            Placement(client, served),
            **told,
        )
        monkeypatch.setattr(box, "_wait_before_retry", lambda _: asyncio.sleep(0.01))
        box.start()
        try:
            yield box
        finally:
            await box.stop()
            desk.close()

    return run


@pytest.fixture
def rows(db):
    def ask(question="SELECT state FROM outbox ORDER BY id"):
        return [tuple(row) for row in db.execute(question).fetchall()]

    return ask


async def test_posted_once_in_order(claim, make_claim, serving, room, rows):
    """A document and its claims are posted once and in order."""
    make_claim("The ferry runs")

    async with serving():
        await wait_until(lambda: len(room.posts) == 4)
        await wait_until(lambda: {state for (state,) in rows()} == {"sent"})

    assert room.shown == ["document 1", f"claim {claim.id}", "document 2", f"claim {claim.id + 1}"]
    assert len(set(room.calls)) == 4
    assert all(len(nonce) <= 25 for nonce in room.calls)
    assert rows("SELECT message_id FROM outbox ORDER BY id") == [(1000 + n,) for n in range(4)]


async def test_no_pings(claim, serving, room):
    """Nothing it posts can ping."""
    async with serving():
        await wait_until(lambda: len(room.posts) == 2)

    assert [post.allowed_mentions.to_dict() for post in room.posts] == [{"parse": []}] * 2
    assert claim


async def test_uncertain_before_sending(claim, serving, room, rows):
    """A post is stored as uncertain before its request leaves."""
    seen = []
    room.before = lambda: seen.append(rows())

    async with serving():
        await wait_until(lambda: len(room.posts) == 2)

    assert seen == [[("sending",), ("pending",)], [("sent",), ("sending",)]]
    assert claim


@pytest.mark.parametrize("after", [False, True], ids=["before the effect", "after the effect"])
@pytest.mark.parametrize(
    "trouble",
    [
        aiohttp.ServerDisconnectedError(),
        ConnectionResetError("reset"),
        refused(503, 0),
        refused(429, 0),
    ],
    ids=["disconnected", "reset", "503", "429"],
)
async def test_same_nonce_again(claim, serving, room, rows, trouble, after):
    """A lost reply is asked for again under the same nonce."""
    trouble.after = after
    room.trouble = [trouble]

    async with serving():
        await wait_until(lambda: {state for (state,) in rows()} == {"sent"})

    assert room.shown == ["document 1", f"claim {claim.id}"]
    assert room.calls[0] == room.calls[1]
    assert rows("SELECT attempts FROM outbox ORDER BY id") == [(2,), (1,)]


async def test_refused_post(claim, serving, room, rows):
    """A refused post is held with its reason and holds up nothing else."""
    room.trouble = [refused(400, 50035)]

    async with serving():
        await wait_until(lambda: len(room.posts) == 1)
        await wait_until(lambda: rows() == [("parked",), ("sent",)])

    assert "400, code 50035" in rows("SELECT reason FROM outbox")[0][0]
    assert room.shown == [f"claim {claim.id}"]

    async with serving():
        await wait_until(lambda: rows() == [("sent",), ("sent",)])


async def test_refused_post_resumes(claim, serving, room, rows):
    """A post its channel refused goes out once another post arrives there."""
    room.trouble = [refused(403, 50013)]

    async with serving():
        await wait_until(lambda: rows() == [("sent",), ("sent",)])

    assert room.shown == [f"claim {claim.id}", "document 1"]


async def test_refusing_channel_is_left(claim, make_claim, serving, room, rows):
    """A channel that refuses again and again is no longer asked."""
    for number in range(4):
        make_claim(f"Ferry {number} runs")
    room.trouble = [refused(403, 50001)] * 100
    told = []

    async with serving(refused=told.append) as box:
        await wait_until(lambda: {state for (state,) in rows()} == {"parked"})
        assert len(room.calls) == outbox.ENOUGH
        assert set(told) == {CLAIMS}
        room.trouble = []
        rows("UPDATE outbox SET state = 'pending'")
        box.wake()
        await wait_until(lambda: {state for (state,) in rows()} == {"sent"})

    assert claim
    assert len(room.posts) == 10


async def test_known_impossible(claim, serving, room, rows):
    """A post known to be impossible is held without being tried."""
    why = "Send Messages is missing"
    async with serving(hindrance=lambda channel: why if channel == CLAIMS else None):
        await wait_until(lambda: rows() == [("parked",), ("parked",)])

    assert room.calls == []
    assert rows("SELECT DISTINCT reason, attempts, first_attempt_at FROM outbox") == [
        (why, 0, None)
    ]
    assert claim


async def test_long_wait(claim, serving, room, rows):
    """A wait too long for the library is kept outside it."""
    room.trouble = [discord.RateLimited(600)]

    async with serving():
        await wait_until(lambda: {state for (state,) in rows()} == {"sent"})

    assert rows("SELECT attempts FROM outbox ORDER BY id") == [(2,), (1,)]
    assert claim


async def test_deleted_meanwhile(claim, serving, room, rows):
    """A post that was deleted meanwhile is gone and not posted again."""
    room.trouble = [refused(404, 10008)]

    async with serving():
        await wait_until(lambda: rows() == [("gone",), ("sent",)])

    assert len(room.calls) == 2
    assert claim


async def test_unwritable_post(claim, serving, room, rows):
    """A post that cannot be written is held and holds up nothing else."""

    async def post_of(queued):
        if queued.kind == "document":
            raise ZeroDivisionError
        return OutgoingMessage([discord.Embed(title="fine")], None, 1, lambda _: False, POST)

    async with serving(post_of):
        await wait_until(lambda: rows() == [("parked",), ("sent",)])

    assert room.shown == ["fine"]
    assert claim


async def test_channels_are_independent(claim, serving, client, rows, db):
    """One channel's trouble holds up no other."""
    db.execute("UPDATE outbox SET channel_id = ? WHERE kind = 'claim'", [DIGEST])
    client.rooms[CLAIMS].trouble = [refused(503, 0)] * 10_000

    async with serving():
        await wait_until(lambda: client.rooms[DIGEST].posts)
        await wait_until(lambda: rows() == [("sending",), ("sent",)])

    assert claim


def uncertain(db, minutes):
    """The claim's post was begun so long ago, and nobody knows what became of it."""
    first = (NOW - timedelta(minutes=minutes)).isoformat(timespec="microseconds")
    db.execute("UPDATE outbox SET state = 'sent', message_id = 1 WHERE kind = 'document'")
    db.execute(
        "UPDATE outbox SET state = 'sending', first_attempt_at = ? WHERE kind = 'claim'", [first]
    )


def there(room, title, author=ME):
    room.posts.append(
        SimpleNamespace(id=77, author=author, embeds=[discord.Embed(title=title)], nonce="old")
    )


async def test_young_uncertain_post(claim, serving, room, rows, db):
    """A young uncertain post is repeated without looking for it."""
    uncertain(db, minutes=1)
    (nonce,) = rows("SELECT nonce FROM outbox WHERE kind = 'claim'")[0]

    async with serving():
        await wait_until(lambda: room.posts)

    assert room.calls == [nonce]
    assert room.asked == 0
    assert claim


@pytest.mark.parametrize("minutes", [10, -10], ids=["old", "the clock was set back"])
async def test_old_uncertain_post(claim, serving, room, rows, doubted, minutes, db):
    """An old uncertain post that is there is adopted."""
    uncertain(db, minutes)
    there(room, f"claim {claim.id}")

    async with serving():
        await wait_until(lambda: rows() == [("sent",), ("sent",)])

    assert room.calls == []
    assert rows("SELECT message_id, shown_version FROM cards") == [(77, 0)]
    assert doubted == [77]


@pytest.mark.parametrize("who", ["somebody else's", "another card", "known already"])
async def test_strangers_not_adopted(claim, serving, room, rows, db, who):
    """A message that is not that post is not adopted."""
    uncertain(db, minutes=10)
    author = SimpleNamespace(name="Eve") if who == "somebody else's" else ME
    there(room, "claim 99" if who == "another card" else f"claim {claim.id}", author)
    if who == "known already":
        db.execute("UPDATE outbox SET message_id = 77 WHERE kind = 'document'")

    async with serving():
        await wait_until(lambda: rows() == [("sent",), ("sent",)])

    assert room.asked == 1
    assert len(room.calls) == 1


async def test_looks_far_enough(claim, serving, room, rows, db):
    """A post is looked for from well before its first attempt, however much came since."""
    assert claim
    uncertain(db, minutes=10)
    there(room, f"claim {claim.id}")

    async with serving():
        await wait_until(lambda: rows() == [("sent",), ("sent",)])

    (first,) = db.execute(
        "SELECT first_attempt_at FROM outbox WHERE first_attempt_at IS NOT NULL"
    ).fetchone()
    assert room.limit is None
    assert datetime.fromisoformat(first) - room.after > timedelta(minutes=6)


async def test_history_unreadable(claim, serving, room, rows, db):
    """Without the right to read the history an old post is held, unrepeated.

    Discord answers an empty list then, which would read as "not posted".
    """
    uncertain(db, minutes=10)
    room.readable = False

    async with serving():
        await wait_until(lambda: rows() == [("sent",), ("parked",)])

    assert room.calls == []
    assert "Read Message History" in rows("SELECT reason FROM outbox")[1][0]
    assert claim


async def test_stop_lets_request_end(claim, serving, room, rows):
    """A stop lets the request under way end."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def hold():
        begun.set()
        await go_on.wait()

    room.before = hold
    async with serving() as box:
        await begun.wait()
        stopping = asyncio.create_task(box.stop())
        await asyncio.sleep(0.02)
        assert not stopping.done()
        go_on.set()
        await stopping

        assert rows() == [("sent",), ("pending",)]
    assert claim


async def test_changed_while_sent(claim, serving, room, doubted, rows, db):
    """A claim that changed while its card was sent has the card checked again."""

    def vote():
        db.execute("UPDATE claims SET version = version + 1")

    room.before = vote
    async with serving():
        await wait_until(lambda: rows() == [("sent",), ("sent",)])

    assert doubted == [1001]
    assert claim


async def test_database_out_of_reach(claim, serving, room, rows):
    """It outlives a database that is out of reach for a while."""

    class Stumbling:
        """A desk that can be reached about every other time."""

        def __init__(self, desk):
            self.desk, self.chance = desk, random.Random(7)  # noqa: S311  # not a secret

        def _stumble(self):
            if self.chance.random() < 0.5:
                raise Unavailable("The database is locked.")

        async def read(self, *asked):
            self._stumble()
            return await self.desk.read(*asked)

        async def write(self, *asked):
            self._stumble()
            return await self.desk.write(*asked)

    async with serving(desk_of=Stumbling):
        await wait_until(lambda: rows() == [("sent",), ("sent",)])

    assert room.shown == ["document 1", f"claim {claim.id}"]


async def test_resent_post_shows_first(claim, serving, room, rows, doubted):
    """A post that is sent again is taken to show only what it first showed.

    The nonce may return the first message, which people may have voted on since.
    """
    trouble = aiohttp.ServerDisconnectedError()
    trouble.after = True
    room.trouble = [trouble]

    async with serving():
        await wait_until(lambda: {state for (state,) in rows()} == {"sent"})

    shown = rows("SELECT shown_version FROM cards ORDER BY message_id")
    assert shown == [(0,), (1,)]
    assert doubted == [room.posts[0].id]
    assert claim


async def test_wanted_no_longer(claim, serving, room, rows):
    """What nobody may read by the time it is to go isn't sent, and holds up nothing."""

    async def post_of(queued):
        if queued.kind == "document":
            return None
        return OutgoingMessage([discord.Embed(title="fine")], None, 1, lambda _: False, POST)

    async with serving(post_of):
        await wait_until(lambda: rows() == [("gone",), ("sent",)])

    assert room.shown == ["fine"]
    assert claim


@pytest.mark.parametrize("status", [403, 413])
async def test_no_picture_allowed(claim, serving, room, rows, caplog, status):
    """A channel that takes no picture gets the message without it."""

    async def post_of(queued):
        embed = discord.Embed(title=f"{queued.kind}")
        return OutgoingMessage(
            [embed], None, 1, lambda _message: False, POST, Chart(b"PNG", "A course")
        )

    room.trouble[:] = [refused(status, 50013)]

    async with serving(post_of):
        await wait_until(lambda: rows() == [("sent",)] * 2)

    first, second = room.posts
    assert first.file is discord.utils.MISSING
    assert (second.file.filename, second.file.description) == ("claims-by-day.png", "A course")
    assert len(set(room.calls)) == 2
    assert "refuses pictures" in caplog.text
    assert claim
