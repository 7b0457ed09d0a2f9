"""The sender over real HTTP: at least once, in order for each claim, signed."""

import json
from collections import Counter

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.background.webhooks import WebhookSender
from bot.fetch.fetcher import Fetcher
from tests.expect import refuses
from workflows.claims import Verdict
from workflows.desk import moderation
from workflows.desk import webhooks as desk_webhooks
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import Unavailable
from workflows.teams import Acting, Person
from workflows.webhooks import Topic, sign

GUILD = 1001


class Receiver:
    """Takes messages; `answers` are the statuses that it gives first."""

    def __init__(self):
        self.got, self.answers = [], []
        app = web.Application()
        app.router.add_post("/in", self._take)
        self.server = TestServer(app, host="127.0.0.1")

    async def _take(self, request):
        status = self.answers.pop(0) if self.answers else 204
        self.got.append((dict(request.headers), await request.text(), status))
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    def list_taken(self):
        return [json.loads(body)["data"] for _, body, status in self.got if status < 300]


@pytest.fixture
async def receiver():
    receiver = Receiver()
    await receiver.server.start_server()
    yield receiver
    await receiver.server.close()


@pytest.fixture
async def world(act, team, make_claim, person, now, database, receiver):
    """Two claims that a moderator settles, reopens and settles anew; a sender whose clock runs."""
    assert team
    boss = Acting(GUILD, person(1, manages=True), now)
    url = str(receiver.server.make_url("/in"))
    webhook = act(desk_webhooks.add_webhook, boss, url, [Topic.SETTLED])
    for claim in (make_claim("A is closed"), make_claim("B is closed")):
        act(moderation.settle_claim, boss, claim.key, Verdict.REFUTED, "Seen.")
        act(moderation.reopen_claim, boss, claim.key, "Seen anew.")
        act(moderation.settle_claim, boss, claim.key, Verdict.SUPPORTED, "Seen again.")
    clock = [now]
    desk = ClaimDesk(database)
    async with Fetcher(allow_loopback=True, apart_s=0, total_s=2) as fetcher:
        yield WebhookSender(desk, fetcher, lambda: clock[0]), clock, webhook, desk
    desk.close()


async def send_all(sender, clock, turns=40):
    for _ in range(turns):
        await sender.send_due()
        clock[0] += desk_webhooks.FAILING / 2


async def test_signed_and_in_order(world, receiver, now):
    """Each message is signed with the webhook's secret; each claim's come in their order."""
    sender, clock, webhook, _ = world

    while await sender.send_due():
        pass

    for headers, body, _ in receiver.got:
        given = {name.lower(): value for name, value in headers.items()}
        proof = sign(webhook.secret, given["webhook-id"], now, body)
        assert proof.items() <= given.items()
        assert given["content-type"] == "application/json"
        assert given["user-agent"].startswith("Corrobot/")
    for number in (1, 2):
        verdicts = [e.get("verdict") for e in receiver.list_taken() if e["number"] == number]
        assert verdicts == ["refuted", None, "supported"]
    assert clock == [now]


@pytest.mark.parametrize("refusals", [[500, 503, 404], [302, 301, 307, 429], [500] * 9])
async def test_at_least_once(world, receiver, refusals):
    """Whatever the receiver answers first, it has every message in the end, and in order."""
    sender, clock, _, _ = world
    receiver.answers = list(refusals)

    await send_all(sender, clock)

    for number in (1, 2):
        verdicts = [e.get("verdict") for e in receiver.list_taken() if e["number"] == number]
        assert verdicts == ["refuted", None, "supported"]
    ids = Counter(
        {name.lower(): value for name, value in headers.items()}["webhook-id"]
        for headers, _, _ in receiver.got
    )
    assert len(ids) == 6
    assert ids.total() == 6 + len(refusals)


async def test_lost_answer(world, receiver, monkeypatch):
    """A process that ends before it keeps the answer sends the message again, under its id."""
    sender, _, _, desk = world
    write = desk.write

    def fail(action, *args, **kwargs):
        if action is desk_webhooks.keep_arrival:
            raise Unavailable("The power went out.")
        return write(action, *args, **kwargs)

    monkeypatch.setattr(desk, "write", fail)
    with refuses(Unavailable):
        await sender.send_due()
    monkeypatch.undo()

    while await sender.send_due():
        pass

    ids = [
        {k.lower(): v for k, v in headers.items()}["webhook-id"] for headers, _, _ in receiver.got
    ]
    assert ids[0] in ids[1:]
    assert len(set(ids)) == 6


async def test_test_message(world, receiver):
    """A test tells whether the address takes messages, and why not."""
    sender, _, webhook, _ = world

    await sender.send_test(webhook)
    receiver.answers = [403]
    with pytest.raises(Unavailable) as refused:
        await sender.send_test(webhook)

    assert json.loads(receiver.got[0][1])["type"] == "test"
    assert "403" in str(refused.value)


async def test_nobody_there(world, receiver):
    """An address that doesn't answer is a sentence, and is tried again."""
    sender, clock, webhook, desk = world
    await receiver.server.close()

    assert await sender.send_due() == 0

    kept = await desk.read(desk_webhooks.get_webhook, GUILD, webhook.number, _boss())
    assert kept.failing_since == clock[0]


def _boss():
    return Person(1, frozenset(), None, manages_messages=True, administrator=False)
