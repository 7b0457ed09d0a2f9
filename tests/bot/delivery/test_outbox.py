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
from bot.rendering.charts import Picture
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import Unavailable

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CLAIMS, DIGEST = 11, 12
MISSING = {"code": 50013, "message": "Missing Permissions"}
ME = SimpleNamespace(name="corrobot")


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
            message = SimpleNamespace(id=1000 + len(self.posts), author=ME, **sent)
            self.posts.append(message)
        if trouble is not None:
            raise trouble
        return message

    def permissions_for(self, _member):
        return SimpleNamespace(read_message_history=self.readable)

    async def history(self, **_where):
        self.asked += 1
        for post in list(self.posts):
            yield post

    @property
    def shown(self):
        return [post.embeds[0].title for post in self.posts]


class Client:
    user = ME

    def __init__(self):
        self.rooms = {number: Room(number) for number in (CLAIMS, DIGEST)}

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
                [embed], None, 1, lambda message: message.embeds[0].title == mark.title
            )

        box = Outbox(client, desk_of(desk), post_of or post, doubted.append, lambda: NOW, **told)
        monkeypatch.setattr(box, "_wait_before_retry", lambda _: asyncio.sleep(0.01))
        box.start()
        try:
            yield box
        finally:
            await box.stop()
            desk.close()

    return run


@pytest.fixture
def rows(store):
    def ask(question="SELECT state FROM outbox ORDER BY id"):
        return [tuple(row) for row in store._db.execute(question).fetchall()]

    return ask


async def until(true):
    async with asyncio.timeout(3):
        while not true():  # noqa: ASYNC110  # others bring it about
            await asyncio.sleep(0.005)


async def test_a_document_and_its_claims_are_posted_once_and_in_order(
    claim, make_claim, serving, room, rows
):
    make_claim("The ferry runs")

    async with serving():
        await until(lambda: len(room.posts) == 4)
        await until(lambda: {state for (state,) in rows()} == {"sent"})

    assert room.shown == ["document 1", f"claim {claim.id}", "document 2", f"claim {claim.id + 1}"]
    assert len(set(room.calls)) == 4
    assert all(len(nonce) <= 25 for nonce in room.calls)
    assert rows("SELECT message_id FROM outbox ORDER BY id") == [(1000 + n,) for n in range(4)]


async def test_nothing_it_posts_can_ping(claim, serving, room):
    async with serving():
        await until(lambda: len(room.posts) == 2)

    assert [post.allowed_mentions.to_dict() for post in room.posts] == [{"parse": []}] * 2
    assert claim


async def test_a_post_is_known_to_be_uncertain_before_its_request_leaves(
    claim, serving, room, rows
):
    seen = []
    room.before = lambda: seen.append(rows())

    async with serving():
        await until(lambda: len(room.posts) == 2)

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
async def test_a_lost_answer_is_asked_for_again_under_the_same_nonce(
    claim, serving, room, rows, trouble, after
):
    trouble.after = after
    room.trouble = [trouble]

    async with serving():
        await until(lambda: {state for (state,) in rows()} == {"sent"})

    assert room.shown == ["document 1", f"claim {claim.id}"]
    assert room.calls[0] == room.calls[1]
    assert rows("SELECT attempts FROM outbox ORDER BY id") == [(2,), (1,)]


async def test_a_refused_post_is_parked_with_its_reason_and_holds_up_nothing(
    claim, serving, room, rows
):
    room.trouble = [refused(400, 50035)]

    async with serving():
        await until(lambda: len(room.posts) == 1)
        await until(lambda: rows() == [("parked",), ("sent",)])

    assert "400, code 50035" in rows("SELECT reason FROM outbox")[0][0]
    assert room.shown == [f"claim {claim.id}"]

    async with serving():
        await until(lambda: rows() == [("sent",), ("sent",)])


async def test_what_its_channel_refused_goes_out_once_another_post_arrives_there(
    claim, serving, room, rows
):
    room.trouble = [refused(403, 50013)]

    async with serving():
        await until(lambda: rows() == [("sent",), ("sent",)])

    assert room.shown == [f"claim {claim.id}", "document 1"]


async def test_a_channel_that_refuses_again_and_again_is_asked_no_more(
    claim, make_claim, serving, room, rows
):
    for number in range(4):
        make_claim(f"Ferry {number} runs")
    room.trouble = [refused(403, 50001)] * 100
    told = []

    async with serving(refused=told.append) as box:
        await until(lambda: {state for (state,) in rows()} == {"parked"})
        assert len(room.calls) == outbox.ENOUGH
        assert set(told) == {CLAIMS}
        room.trouble = []
        rows("UPDATE outbox SET state = 'pending'")
        box.wake()
        await until(lambda: {state for (state,) in rows()} == {"sent"})

    assert claim
    assert len(room.posts) == 10


async def test_what_is_known_to_be_impossible_is_parked_without_being_tried(
    claim, serving, room, rows
):
    why = "Send Messages is missing"
    async with serving(hindrance=lambda channel: why if channel == CLAIMS else None):
        await until(lambda: rows() == [("parked",), ("parked",)])

    assert room.calls == []
    assert rows("SELECT DISTINCT reason, attempts, first_attempt_at FROM outbox") == [
        (why, 0, None)
    ]
    assert claim


async def test_a_wait_that_is_too_long_for_the_library_is_kept_outside_it(
    claim, serving, room, rows
):
    room.trouble = [discord.RateLimited(600)]

    async with serving():
        await until(lambda: {state for (state,) in rows()} == {"sent"})

    assert rows("SELECT attempts FROM outbox ORDER BY id") == [(2,), (1,)]
    assert claim


async def test_a_post_that_was_deleted_meanwhile_is_gone_and_not_posted_again(
    claim, serving, room, rows
):
    room.trouble = [refused(404, 10008)]

    async with serving():
        await until(lambda: rows() == [("gone",), ("sent",)])

    assert len(room.calls) == 2
    assert claim


async def test_a_post_that_cannot_be_written_is_parked_and_holds_up_nothing(
    claim, serving, room, rows
):
    async def post_of(queued):
        if queued.kind == "document":
            raise ZeroDivisionError
        return OutgoingMessage([discord.Embed(title="fine")], None, 1, lambda _: False)

    async with serving(post_of):
        await until(lambda: rows() == [("parked",), ("sent",)])

    assert room.shown == ["fine"]
    assert claim


async def test_one_channels_trouble_holds_up_no_other(claim, serving, client, rows, store):
    store._db.execute("UPDATE outbox SET channel_id = ? WHERE kind = 'claim'", [DIGEST])
    client.rooms[CLAIMS].trouble = [refused(503, 0)] * 10_000

    async with serving():
        await until(lambda: client.rooms[DIGEST].posts)
        await until(lambda: rows() == [("sending",), ("sent",)])

    assert claim


def uncertain(store, minutes):
    """The claim's post was begun so long ago, and nobody knows what became of it."""
    first = (NOW - timedelta(minutes=minutes)).isoformat(timespec="microseconds")
    store._db.execute("UPDATE outbox SET state = 'sent', message_id = 1 WHERE kind = 'document'")
    store._db.execute(
        "UPDATE outbox SET state = 'sending', first_attempt_at = ? WHERE kind = 'claim'", [first]
    )


def there(room, title, author=ME):
    room.posts.append(
        SimpleNamespace(id=77, author=author, embeds=[discord.Embed(title=title)], nonce="old")
    )


async def test_a_young_uncertain_post_is_repeated_without_looking(
    claim, serving, room, rows, store
):
    uncertain(store, minutes=1)
    (nonce,) = rows("SELECT nonce FROM outbox WHERE kind = 'claim'")[0]

    async with serving():
        await until(lambda: room.posts)

    assert room.calls == [nonce]
    assert room.asked == 0
    assert claim


@pytest.mark.parametrize("minutes", [10, -10], ids=["old", "the clock was set back"])
async def test_an_old_uncertain_post_that_is_there_is_adopted(
    claim, serving, room, rows, store, doubted, minutes
):
    uncertain(store, minutes)
    there(room, f"claim {claim.id}")

    async with serving():
        await until(lambda: rows() == [("sent",), ("sent",)])

    assert room.calls == []
    assert rows("SELECT message_id, shown_version FROM cards") == [(77, 0)]
    assert doubted == [77]


@pytest.mark.parametrize("who", ["somebody else's", "another card", "known already"])
async def test_what_is_not_that_post_is_not_adopted(claim, serving, room, rows, store, who):
    uncertain(store, minutes=10)
    author = SimpleNamespace(name="Eve") if who == "somebody else's" else ME
    there(room, "claim 99" if who == "another card" else f"claim {claim.id}", author)
    if who == "known already":
        store._db.execute("UPDATE outbox SET message_id = 77 WHERE kind = 'document'")

    async with serving():
        await until(lambda: rows() == [("sent",), ("sent",)])

    assert room.asked == 1
    assert len(room.calls) == 1


async def test_without_the_right_to_read_the_history_an_old_post_is_parked_unrepeated(
    claim, serving, room, rows, store
):
    """Discord answers an empty list then, which would read as "not posted"."""
    uncertain(store, minutes=10)
    room.readable = False

    async with serving():
        await until(lambda: rows() == [("sent",), ("parked",)])

    assert room.calls == []
    assert "Read Message History" in rows("SELECT reason FROM outbox")[1][0]
    assert claim


async def test_a_stop_lets_the_request_under_way_end(claim, serving, room, rows):
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


async def test_a_claim_that_changed_while_its_card_was_sent_has_the_card_looked_at_again(
    claim, serving, room, doubted, rows, store
):
    def vote():
        store._db.execute("UPDATE claims SET version = version + 1")

    room.before = vote
    async with serving():
        await until(lambda: rows() == [("sent",), ("sent",)])

    assert doubted == [1001]
    assert claim


async def test_it_outlives_a_database_that_is_out_of_reach_for_a_while(claim, serving, room, rows):
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
        await until(lambda: rows() == [("sent",), ("sent",)])

    assert room.shown == ["document 1", f"claim {claim.id}"]


async def test_a_post_that_is_sent_again_is_held_to_show_only_what_it_first_showed(
    claim, serving, room, rows, doubted
):
    """The nonce may return the first message, which people may have voted on since."""
    trouble = aiohttp.ServerDisconnectedError()
    trouble.after = True
    room.trouble = [trouble]

    async with serving():
        await until(lambda: {state for (state,) in rows()} == {"sent"})

    shown = rows("SELECT shown_version FROM cards ORDER BY message_id")
    assert shown == [(0,), (1,)]
    assert doubted == [room.posts[0].id]
    assert claim


@pytest.mark.parametrize("status", [403, 413])
async def test_a_channel_that_takes_no_picture_gets_the_message_without_it(
    claim, serving, room, rows, caplog, status
):
    async def post_of(queued):
        embed = discord.Embed(title=f"{queued.kind}")
        return OutgoingMessage(
            [embed], None, 1, lambda _message: False, Picture(b"PNG", "A course")
        )

    room.trouble[:] = [refused(status, 50013)]

    async with serving(post_of):
        await until(lambda: rows() == [("sent",)] * 2)

    first, second = room.posts
    assert first.file is discord.utils.MISSING
    assert (second.file.filename, second.file.description) == ("claims-by-day.png", "A course")
    assert len(set(room.calls)) == 2
    assert "takes no picture" in caplog.text
    assert claim
