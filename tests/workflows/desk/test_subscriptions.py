"""A member's own digest: what awaits their vote, what was decided where they voted, and no more."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from workflows.claims import EvidenceCounts, Stance, Tally, Verdict
from workflows.desk import evidence, moderation, privacy, setup, subscriptions, votes
from workflows.digest.sections import Section
from workflows.errors import NotAllowed, NotFound
from workflows.policy import Policy
from workflows.store.digests import RunKind, RunResult
from workflows.store.outbox import PostKind
from workflows.teams import Acting

GUILD = 1001
ADA, BEN, CHLOE, DIRECT = 7, 8, 9, 777
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUE = datetime(2026, 3, 3, 8, tzinfo=UTC)  # the day after it was subscribed to, 17:00 in Seoul
SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def quick(make_team):
    """A team in which two votes decide."""
    return make_team(Policy(quorum=2))


@pytest.fixture
def subscribed(quick, act, person, now):
    """Ada has a digest of her own at 17:00 in Seoul."""
    assert quick
    return act(subscriptions.subscribe, Acting(GUILD, person(ADA), now), DIRECT, time(17), SEOUL)


@pytest.fixture
def ring(act, store, person):
    """What becomes of every member's digest at a time."""

    def make(at, **now):
        owing = subscriptions.list_owing(store, at)
        return [
            result
            for each in owing
            for result in act(
                subscriptions.make_personal_digest, each, now.get("who", person(ADA)), at
            )
        ]

    return make


@pytest.fixture
def told(store):
    """What the last queued personal digest says: the numbers of claims by list."""

    def last(at):
        queued = [
            each for each in store.outbox.list_undelivered() if each.kind is PostKind.PERSONAL
        ][-1]
        digest, _ = subscriptions.compose_run(store, queued.subject, at)
        found = {}
        for entry in (*digest.news, *digest.tasks):
            found.setdefault(entry.section, []).append(entry.claim.number)
        return found

    return last


@pytest.fixture
def decide(act, person):
    def run(claim, at, *voters, verdict=Verdict.SUPPORTED):
        stance = Stance.SUPPORTS if verdict is Verdict.SUPPORTED else Stance.REFUTES
        link = f"https://example.org/{stance}"
        act(evidence.attach_link, Acting(GUILD, person(CHLOE), at), claim.key, link, stance)
        for voter in voters:
            act(votes.cast_vote, Acting(GUILD, person(voter), at), claim.key, verdict)

    return run


def test_readers_hour_and_zone(subscribed, make_claim, ring, store):
    """A personal digest comes at the reader's hour in their zone."""
    make_claim()

    assert subscribed.due_at == DUE
    assert subscriptions.find_next_due(store, DUE - HOUR) == DUE
    assert ring(DUE - timedelta(seconds=1)) == []
    assert ring(DUE) == [RunResult.POSTED]
    assert ring(DUE) == []
    (queued,) = [each for each in store.outbox.list_undelivered() if each.kind is PostKind.PERSONAL]
    assert queued.channel == DIRECT


def test_team_zone_by_default(quick, act, person, now):
    """Without a zone of its own it uses the team's."""
    made = act(subscriptions.subscribe, Acting(GUILD, person(ADA), now), DIRECT, time(17), None)

    assert made.subscription.timezone == quick.settings.timezone


@pytest.mark.usefixtures("quick")
def test_chosen_days_only(act, person, now, make_claim, ring, db):
    """Only the chosen days have one."""
    make_claim()
    act(
        subscriptions.subscribe,
        Acting(GUILD, person(ADA), now),
        DIRECT,
        time(17),
        SEOUL,
        days=frozenset({4}),
    )

    assert [ring(DUE + n * DAY) for n in range(7)].count([RunResult.POSTED]) == 1
    found = db.execute("SELECT local_date FROM digest_runs WHERE kind = 'personal'")
    assert [row[0] for row in found.fetchall()] == ["2026-03-06"]


@pytest.mark.usefixtures("subscribed")
def test_awaiting_votes(make_claim, act, person, now, ring, told):
    """It names what awaits the reader's vote, and nothing they have voted on."""
    voted, other, third = make_claim("One"), make_claim("Two"), make_claim("Three")
    act(votes.cast_vote, Acting(GUILD, person(ADA), now), voted.key, Verdict.REFUTED)
    act(votes.cast_vote, Acting(GUILD, person(BEN), now), other.key, Verdict.REFUTED)

    ring(DUE)

    assert set(told(DUE)) == {Section.AWAITING}
    assert sorted(told(DUE)[Section.AWAITING]) == [other.number, third.number]


@pytest.mark.usefixtures("subscribed")
def test_decided_told_once(make_claim, decide, now, ring, told):
    """It names once what was decided where the reader voted."""
    mine, others = make_claim("One"), make_claim("Two")
    decide(mine, now + HOUR, ADA, BEN)
    decide(others, now + HOUR, BEN, CHLOE)

    assert ring(DUE) == [RunResult.POSTED]
    assert told(DUE) == {Section.DECIDED: [mine.number]}
    assert ring(DUE + DAY) == [RunResult.EMPTY]


@pytest.mark.usefixtures("subscribed")
def test_flip_is_told(make_claim, decide, now, ring, told):
    """A verdict that flips is reported as a change of mind."""
    claim = make_claim()
    decide(claim, now + HOUR, ADA, BEN)
    ring(DUE)

    decide(claim, DUE + HOUR, ADA, BEN, verdict=Verdict.REFUTED)

    ring(DUE + DAY)
    assert told(DUE + DAY) == {Section.CHANGED: [claim.number]}


def test_nothing_to_tell(subscribed, ring, store):
    """With nothing to tell, none comes."""
    assert subscribed
    assert ring(DUE) == [RunResult.EMPTY]
    assert [
        each for each in store.outbox.list_undelivered() if each.kind is PostKind.PERSONAL
    ] == []


@pytest.mark.usefixtures("subscribed")
def test_stale_vote_asked_once(make_claim, act, person, now, ring, told):
    """A stale vote is asked for again, once."""
    claim = make_claim()
    act(votes.cast_vote, Acting(GUILD, person(ADA), now), claim.key, Verdict.SUPPORTED)
    moderator = person(1, manages=True)
    act(moderation.drop_claim, Acting(GUILD, moderator, now + HOUR), claim.key, "not a claim")
    act(moderation.reopen_claim, Acting(GUILD, moderator, now + HOUR), claim.key, "it is one")

    assert ring(DUE) == [RunResult.POSTED]
    assert told(DUE) == {Section.ASKED_AGAIN: [claim.number]}
    assert told(DUE + HOUR) == {Section.ASKED_AGAIN: [claim.number]}
    assert ring(DUE + DAY) == [RunResult.EMPTY]


@pytest.mark.usefixtures("subscribed")
def test_unresolved_asked_once(make_claim, act, person, now, ring, told):
    """The voters on an unresolved claim that came back are asked once."""
    claim = make_claim()
    for voter in (ADA, BEN):
        act(
            votes.cast_vote,
            Acting(GUILD, person(voter), now + HOUR),
            claim.key,
            Verdict.NOT_ENOUGH_EVIDENCE,
        )
    link = "https://example.org/new"
    act(
        evidence.attach_link,
        Acting(GUILD, person(CHLOE), now + 2 * HOUR),
        claim.key,
        link,
        Stance.SUPPORTS,
    )

    assert ring(DUE) == [RunResult.POSTED]
    assert told(DUE) == {Section.ASKED_AGAIN: [claim.number]}
    assert ring(DUE + DAY) == [RunResult.EMPTY]


def test_own_claims(make_team, act, person, now, make_claim, ring):
    """A claim its reader added does not await their vote where they cannot vote."""
    make_team(Policy(own_claims=False))
    act(subscriptions.subscribe, Acting(GUILD, person(ADA), now), DIRECT, time(17), SEOUL)
    make_claim("One", by=person(ADA))

    assert ring(DUE) == [RunResult.EMPTY]


@pytest.mark.usefixtures("subscribed")
def test_no_hidden_tally(make_claim, act, person, now, ring, store):
    """It reveals no hidden tally."""
    claim = make_claim()
    act(votes.cast_vote, Acting(GUILD, person(BEN), now), claim.key, Verdict.SUPPORTED)
    ring(DUE)

    queued = [each for each in store.outbox.list_undelivered() if each.kind is PostKind.PERSONAL][
        -1
    ]
    digest, _ = subscriptions.compose_run(store, queued.subject, DUE)

    (entry,) = digest.tasks
    assert (entry.claim.tally, entry.claim.sources) == (Tally(1), EvidenceCounts())


@pytest.mark.usefixtures("subscribed")
def test_late_and_skipped(make_claim, ring, store):
    """A late digest says so, and one too late is skipped."""
    make_claim()

    assert ring(DUE + 2 * HOUR) == [RunResult.POSTED]
    queued = [each for each in store.outbox.list_undelivered() if each.kind is PostKind.PERSONAL][
        -1
    ]
    digest, _ = subscriptions.compose_run(store, queued.subject, DUE + 2 * HOUR)
    assert (digest.late, digest.due_at) == (True, DUE)
    assert ring(DUE + DAY + 6 * HOUR) == [RunResult.SKIPPED]


@pytest.mark.usefixtures("subscribed")
def test_many_claims(make_claim, ring, store):
    """Many claims are counted, and the best are named."""
    for n in range(13):
        make_claim(f"Claim {n}")
    ring(DUE)

    queued = [each for each in store.outbox.list_undelivered() if each.kind is PostKind.PERSONAL][
        -1
    ]
    digest, _ = subscriptions.compose_run(store, queued.subject, DUE)

    assert len(digest.tasks) == 8
    assert digest.counts == {Section.AWAITING: 13}


@pytest.mark.usefixtures("subscribed")
def test_resubscribing(make_claim, act, person, ring):
    """A new subscription replaces the old and doubles no day."""
    make_claim()
    ring(DUE)

    again = act(
        subscriptions.subscribe, Acting(GUILD, person(ADA), DUE + HOUR / 2), DIRECT, time(18), SEOUL
    )

    assert again.due_at == DUE + DAY + HOUR
    assert ring(DUE + HOUR) == []


@pytest.mark.usefixtures("subscribed")
def test_unsubscribing(make_claim, act, ring, store):
    """Somebody who unsubscribes gets no more, not even what was on its way."""
    make_claim()
    ring(DUE)

    act(subscriptions.unsubscribe, GUILD, ADA)

    assert [
        each for each in store.outbox.list_undelivered() if each.kind is PostKind.PERSONAL
    ] == []
    assert ring(DUE + DAY) == []
    with pytest.raises(NotFound):
        act(subscriptions.unsubscribe, GUILD, ADA)


@pytest.mark.usefixtures("subscribed")
def test_forgotten_reader(act, now, ring, db, make_claim):
    """Somebody who asks to be forgotten gets no more."""
    make_claim()
    act(privacy.forget_member, GUILD, ADA, now)

    assert db.execute("SELECT * FROM subscriptions").fetchall() == []
    assert ring(DUE) == []


@pytest.mark.usefixtures("subscribed")
def test_closed_messages(make_claim, act, ring, store):
    """Closed direct messages end it, and the reader is told once."""
    make_claim()
    ring(DUE)
    queued = [each for each in store.outbox.list_undelivered() if each.kind is PostKind.PERSONAL][
        -1
    ]

    act(subscriptions.end_unreachable, queued, queued.progress, DUE)

    assert ring(DUE + DAY) == []
    assert act(subscriptions.take_ended_of, GUILD, ADA)
    assert not act(subscriptions.take_ended_of, GUILD, BEN)
    assert not act(subscriptions.take_ended_of, GUILD, ADA)


def test_voters_only(make_team, act, person, now):
    """Somebody who does not take part has no personal digest."""
    make_team(voter_roles=frozenset({5}))

    with pytest.raises(NotAllowed):
        act(subscriptions.subscribe, Acting(GUILD, person(ADA), now), DIRECT, time(17), SEOUL)


@pytest.mark.usefixtures("subscribed")
def test_channel_digest_unchanged(make_claim, ring, store, db, quick):
    """The channel's digest loses nothing to it."""
    make_claim()
    ring(DUE)

    assert store.digests.of_day(quick.id, date(2026, 3, 3)) is None
    (run,) = db.execute("SELECT kind FROM digest_runs").fetchall()
    assert run["kind"] == RunKind.PERSONAL


@pytest.mark.usefixtures("subscribed")
def test_it_ends_with_the_role(make_claim, act, person, ring, store):
    """Who may no longer read claims gets none; who left is subscribed no longer."""
    make_claim()
    role = {"voter_roles": frozenset({5})}
    act(setup.set_up, Acting(GUILD, person(BEN, administrator=True), DUE - HOUR), role)

    assert ring(DUE) == [RunResult.SKIPPED]
    assert ring(DUE + DAY, who=person(ADA, roles={5})) == [RunResult.POSTED]
    assert ring(DUE + 2 * DAY, who=None) == []
    assert subscriptions.list_owing(store, DUE + 3 * DAY) == ()
