"""What is queued for webhooks, for whom, and what becomes of it."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.expect import refuses
from workflows.claims import Stance, Verdict
from workflows.desk import audit, digests, evidence, moderation, notices, transitions, votes
from workflows.desk import webhooks as desk
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.notices import NoticeKind
from workflows.policy import Policy
from workflows.teams import Acting
from workflows.webhooks import GIVEN_UP, Topic

GUILD, URL = 1001, "https://hooks.example.org/in"
ALL = frozenset(Topic)
DAY = timedelta(days=1)


@pytest.fixture
def boss(person, now):
    return Acting(GUILD, person(1, manages=True), now)


@pytest.fixture
def webhook(act, team, boss):
    assert team
    return act(desk.add_webhook, boss, URL, ALL)


@pytest.fixture
def told(store, now):
    """told(): the messages that wait, in order, as their receiver would see them."""

    def read(later=timedelta(days=400)):
        return [json.loads(each.body) for each in store.webhooks.waiting(now + later)]

    return read


def vote(act, person, now, claim, *verdicts):
    for voter, verdict in enumerate(verdicts, 7):
        act(votes.cast_vote, Acting(GUILD, person(voter), now), claim.key, verdict)


def test_a_claims_course(act, store, team, webhook, make_claim, person, boss, told, now):
    """A new claim, its verdict, its reopening and a verdict turned round are told in order."""
    assert webhook
    claim = make_claim("The bridge is closed")
    link = "https://example.org/report"
    acting = Acting(GUILD, person(7), now)
    act(evidence.attach_link, acting, claim.key, link, Stance.REFUTES)
    vote(act, person, now, claim, *[Verdict.REFUTED] * 3)
    act(transitions.apply_all_due, now + team.policy.hold)
    act(moderation.reopen_claim, boss, claim.key, "New figures.")
    act(moderation.settle_claim, boss, claim.key, Verdict.SUPPORTED, "Plain to see.")

    assert [(each["type"], each["data"].get("verdict")) for each in told()] == [
        ("claim.new", None),
        ("claim.settled", "refuted"),
        ("claim.reopened", None),
        ("claim.settled", "supported"),
        ("claim.changed_mind", "supported"),
    ]
    assert [each["data"].get("settled_by") for each in told() if "settled" in each["type"]] == [
        "team",
        "moderator",
    ]
    assert audit.replay_all(store).differences == ()


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(verdicts=st.lists(st.sampled_from(Verdict), max_size=2))
def test_nothing_before_the_quorum(act, store, make_team, make_claim, person, boss, now, verdicts):
    """Before the quorum nothing is told but that the claim is there, and no digest says more."""
    if store.teams.of_guild(GUILD) is None:
        make_team(Policy(quorum=3))
        act(desk.add_webhook, boss, URL, ALL)
    before = len(store.webhooks.waiting(now + DAY))
    claim = make_claim(f"Bridge {before} is closed")
    vote(act, person, now, claim, *verdicts)
    act(digests.make_now, Acting(GUILD, boss.person, now + timedelta(hours=1)))

    new = store.webhooks.waiting(now + DAY)[before:]

    for each in map(json.loads, (delivery.body for delivery in new)):
        assert each["type"] in ("claim.new", "digest")
        for hidden in ("vote", "tally", "refuted", "supported", "quorum"):
            assert hidden not in json.dumps(each)
        assert {entry["status"] for entry in each["data"].get("news", ())} <= {None}


def test_shelved_claims_are_not_told(act, make_team, boss, make_claim, told):
    """A claim that goes on the shelf is nobody's news."""
    make_team(post=0)
    act(desk.add_webhook, boss, URL, ALL)

    make_claim("The bridge is closed")

    assert told() == []


def test_topics(act, team, boss, make_claim, told):
    """A webhook is told only of what it wants."""
    assert team
    act(desk.add_webhook, boss, URL, [Topic.SETTLED])
    claim = make_claim("The bridge is closed")

    act(moderation.settle_claim, boss, claim.key, Verdict.REFUTED, "Plain to see.")

    assert [each["type"] for each in told()] == ["claim.settled"]


def test_teams_are_separate(webhook, make_team, make_claim, told):
    """Another team's claims are not told."""
    assert webhook
    make_team(guild=2002)

    make_claim("Theirs", guild=2002)

    assert told() == []


def test_one_transaction(act, store, webhook, make_claim, boss, now):
    """What isn't committed isn't queued: the message and the event are one transaction."""
    assert webhook
    claim = make_claim("The bridge is closed")

    def settle_and_fail(store):
        moderation.settle_claim(store, boss, claim.key, Verdict.REFUTED, "Seen.")
        raise Refused("The power went out.")

    with refuses(Refused):
        act(settle_and_fail)

    assert [json.loads(each.body)["type"] for each in store.webhooks.waiting(now + DAY)] == [
        "claim.new"
    ]


def test_retried_until_taken(act, store, webhook, make_claim, now):
    """A message that isn't taken comes again later, under the same id, until it is."""
    make_claim("The bridge is closed")
    ((found, (first,)),) = desk.list_due(store, now)
    assert found == webhook

    act(desk.keep_failure, first, "It is down.", now)

    assert desk.list_due(store, now) == ()
    ((found, (again,)),) = desk.list_due(store, now + timedelta(minutes=1))
    assert (again.key, again.body, again.attempts) == (first.key, first.body, 1)
    assert found.failing_since == now
    act(desk.keep_arrival, again, now + timedelta(minutes=1))
    assert desk.list_due(store, now + DAY) == ()
    assert store.webhooks.get(webhook.id).failing_since is None


def test_moderators_are_told_once(act, store, db, webhook, make_claim, now):
    """Moderators are told after a day of failures, once, and again if it fails anew."""
    make_claim("The bridge is closed")

    def count_notices():
        query = "SELECT count(*) FROM notices WHERE kind = ?"
        return db.execute(query, [NoticeKind.WEBHOOK_FAILING]).fetchone()[0]

    for hours in (0, 12, 25, 40):
        ((_, (delivery,)),) = desk.list_due(store, now + timedelta(hours=hours + 7))
        act(desk.keep_failure, delivery, "It is down.", now + timedelta(hours=hours))
        assert count_notices() == (hours >= 24)
    act(desk.keep_arrival, delivery, now + 2 * DAY)
    make_claim("Another bridge is closed")
    for days in (3, 5):
        ((_, (delivery,)),) = desk.list_due(store, now + timedelta(days=days + 1))
        act(desk.keep_failure, delivery, "It is down.", now + timedelta(days=days))
    assert count_notices() == 2
    assert notices.get_notice(store, 1).told.values["site"] == "example.org"
    assert webhook


def test_given_up_after_a_month(act, store, webhook, make_claim, now):
    """A message that nobody took for a month is dropped."""
    assert webhook
    make_claim("The bridge is closed")
    ((_, (delivery,)),) = desk.list_due(store, now)

    act(desk.keep_failure, delivery, "It is down.", now + GIVEN_UP + DAY)

    assert store.webhooks.waiting(now + 2 * GIVEN_UP) == ()


def test_a_test_wakes_what_waits(act, store, webhook, make_claim, now):
    """After a test message was taken, what waits goes out at once."""
    make_claim("The bridge is closed")
    ((_, (delivery,)),) = desk.list_due(store, now)
    act(desk.keep_failure, delivery, "It is down.", now)

    act(desk.keep_test, webhook, now)

    assert [each.key for _, heads in desk.list_due(store, now) for each in heads] == [delivery.key]


def test_removed_with_what_waits(act, store, webhook, make_claim, boss, now):
    """A removed webhook is told nothing any more, and its number isn't found."""
    make_claim("The bridge is closed")

    act(desk.remove_webhook, boss, webhook.number)

    assert store.webhooks.waiting(now + DAY) == ()
    with refuses(NotFound):
        act(desk.remove_webhook, boss, webhook.number)


def test_moderators_only(act, store, webhook, person, now):
    """Only moderators add, see, test or remove webhooks."""
    acting = Acting(GUILD, person(7), now)
    for attempt in (
        lambda: act(desk.add_webhook, acting, URL, ALL),
        lambda: desk.list_webhooks(store, GUILD, person(7)),
        lambda: desk.get_webhook(store, GUILD, webhook.number, person(7)),
        lambda: act(desk.remove_webhook, acting, webhook.number),
    ):
        with refuses(NotAllowed, "moderators-only"):
            attempt()


def test_refused_addresses(act, webhook, boss):
    """No webhook twice, without a topic, unencrypted, or beyond the most."""
    with refuses(Refused):
        act(desk.add_webhook, boss, URL, ALL)
    with refuses(BadInput):
        act(desk.add_webhook, boss, f"{URL}/2", [])
    with refuses(BadInput, "not-encrypted"):
        act(desk.add_webhook, boss, "http://hooks.example.org/", ALL)
    for place in range(desk.MAX_WEBHOOKS - 1):
        act(desk.add_webhook, boss, f"{URL}/{place}", ALL)
    with refuses(Refused):
        act(desk.add_webhook, boss, f"{URL}/more", ALL)
    assert webhook
