"""A claim's history: what its events add up to, and what replaying them finds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.expect import refuses
from workflows.claims import (
    ClaimKey,
    ClaimState,
    EvidenceCounts,
    EvidenceKey,
    MemberKey,
    Stance,
    Status,
    Tally,
    Verdict,
)
from workflows.errors import Refused
from workflows.events import (
    AskedAgain,
    ClaimAdded,
    ClaimPosted,
    Event,
    EvidenceAdded,
    GaveAway,
    Move,
    Outcome,
    Received,
    Settled,
    Text,
    VoteCast,
    VoteTakenBack,
)
from workflows.lifecycle import (
    apply_event,
    find_due,
    make_state_when_added,
    make_state_when_posted,
    require_open_to_votes,
)
from workflows.policy import Policy
from workflows.replay import fold_history, replay_claim
from workflows.voting import RULES

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
POLICIES = {1: Policy()}
WHY = Text("t", "h")
ANN, BEN, EVE = (MemberKey(name) for name in ("ann", "ben", "eve"))


def vote(by: MemberKey, verdict: Verdict = Verdict.SUPPORTED) -> VoteCast:
    return VoteCast(by, verdict, weight=1, wording=1)


def link(stance: Stance = Stance.SUPPORTS) -> EvidenceAdded:
    return EvidenceAdded(EvidenceKey("link"), ANN, stance, "afp.com", True, "hash")


def history(*happenings, status: Status = Status.UNREVIEWED) -> list[Event]:
    """These happenings, an hour apart, with the outcomes that the rules decide."""
    first = ClaimAdded(ClaimKey("key"), 1, "hash", status, None)
    events = [Event(START, first, Outcome(make_state_when_added(status, START), 1))]
    for step, data in enumerate(happenings, 1):
        events.append(_next(events, data, START + timedelta(hours=step)))
    return events


def _next(events: list[Event], data, at: datetime) -> Event:
    before = events[-1].outcome.state
    if isinstance(data, Settled):
        _, at = find_due(before, at + timedelta(days=9))
    history = fold_history([*events, Event(at, data, Outcome(before, 1))])
    rules = POLICIES[1]
    after = apply_event(data, rules, history.tally, history.sources(rules), before, at)
    return Event(at, data, Outcome(after, 1))


WHOLE = history(
    vote(ANN),
    link(),
    vote(BEN, Verdict.REFUTED),
    vote(BEN),
    VoteTakenBack(ANN),
    vote(ANN),
    vote(EVE),
    Settled(Verdict.SUPPORTED),
)


def test_history_folds():
    """A history adds up to votes, evidence and status."""
    history = fold_history(WHOLE)

    assert {voter: vote.verdict for voter, vote in history.votes.items()} == {
        ANN: Verdict.SUPPORTED,
        BEN: Verdict.SUPPORTED,
        EVE: Verdict.SUPPORTED,
    }
    assert history.tally == Tally(3, 3)
    assert set(history.evidence) == {EvidenceKey("link")}
    assert history.state.status is Status.SUPPORTED
    assert history.state.settled_at == START + timedelta(hours=7 + 24)


def test_recorded_outcome_counts():
    """The recorded outcome is what the fold takes."""
    recorded = ClaimState(Status.REFUTED, START)
    events = [*history(vote(ANN))[:-1], Event(START, vote(ANN), Outcome(recorded, 1))]

    assert fold_history(events).state == recorded


@pytest.mark.parametrize("events", [[], WHOLE[1:]], ids=["none", "a vote first"])
def test_begins_with_the_claim(events):
    """A history begins with the claim."""
    with pytest.raises(ValueError, match="begins"):
        fold_history(events)


def test_true_history_replays():
    """A true history replays without difference."""
    assert [difference for _, difference in replay_claim(WHOLE, POLICIES) if difference] == []


@pytest.mark.parametrize("place", range(len(WHOLE)), ids=lambda place: WHOLE[place].data.kind)
@pytest.mark.parametrize(
    "tampered",
    [
        {"status": Status.CONFLICTING},
        {"since": START - timedelta(hours=1)},
        {"settles_at": START + timedelta(hours=99)},
        {"extended": True},
    ],
    ids=lambda tampered: next(iter(tampered)),
)
def test_tampered_outcome(place, tampered):
    """Replay finds a tampered outcome."""
    events = list(WHOLE)
    outcome = events[place].outcome
    forged = replace(outcome, state=replace(outcome.state, **tampered))
    events[place] = replace(events[place], outcome=forged)

    found = [difference for _, difference in replay_claim(events, POLICIES) if difference]

    assert events[place] in [difference.event for difference in found]


def test_other_rules():
    """An outcome decided under other rules is no difference."""
    events = list(WHOLE)
    strange = replace(events[3].outcome.state, status=Status.CONFLICTING)
    events[3] = replace(events[3], outcome=Outcome(strange, 1, rules=RULES - 1))

    differences = [difference for _, difference in replay_claim(events[:4], POLICIES) if difference]

    assert differences == []


def test_own_policy():
    """An event is decided under its own policy."""
    events = history(vote(ANN))
    lax = {1: POLICIES[1], 2: Policy(quorum=1, evidence=0)}
    outcome = replace(events[1].outcome, policy=2)

    found = [d for _, d in replay_claim([events[0], replace(events[1], outcome=outcome)], lax) if d]

    assert [difference.expected.status for difference in found] == [Status.SUPPORTED]


def test_shelved_posted_once():
    """A shelved claim is posted once."""
    shelved = make_state_when_added(Status.SHELVED, START)
    on_the_table = make_state_when_posted(shelved, START + timedelta(hours=1))

    assert on_the_table.status is Status.UNREVIEWED
    assert on_the_table.since == START + timedelta(hours=1)
    with pytest.raises(Refused):
        make_state_when_posted(on_the_table, START + timedelta(hours=2))


def test_posted_history_replays():
    """A posted claim's history replays."""
    events = history(ClaimPosted(ANN), vote(BEN), status=Status.SHELVED)

    assert [difference for _, difference in replay_claim(events, POLICIES) if difference] == []


def test_settled_refuses_votes():
    """A vote on a settled claim is refused, with the time it was settled."""
    settled = fold_history(WHOLE).state

    with refuses(Refused, "settled", since=settled.settled_at):
        require_open_to_votes(settled)


@pytest.mark.parametrize("status", [Status.SHELVED, Status.DROPPED, Status.DUPLICATE])
def test_closed_refuses_votes(status):
    """A claim that is not before the team takes no votes."""
    with refuses(Refused, status.value):
        require_open_to_votes(ClaimState(status, START))


def test_hold_ends_on_time():
    """A hold settles at its own time, however late that is noticed."""
    provisional = fold_history(WHOLE[:-1]).state

    ends = provisional.settles_at
    data, at = find_due(provisional, ends + timedelta(days=3))

    assert find_due(provisional, ends - timedelta(microseconds=1)) is None
    assert (data, at) == (Settled(Verdict.SUPPORTED), ends)
    settled = apply_event(data, POLICIES[1], Tally(), EvidenceCounts(), provisional, at)
    assert settled == replace(provisional, settled_at=ends)


def test_lost_verdict_stays_open():
    """A lost verdict does not settle."""
    lost = replace(fold_history(WHOLE[:-1]).state, status=Status.CONFLICTING)

    assert find_due(lost, START + timedelta(days=9)) is None


# ------------------------------------------------------------------- what could not be told


UNTOLD = (
    vote(ANN, Verdict.NOT_ENOUGH_EVIDENCE),
    vote(BEN, Verdict.NOT_ENOUGH_EVIDENCE),
    vote(EVE, Verdict.NOT_ENOUGH_EVIDENCE),
)


def test_unresolved_returns_monthly():
    """An unresolved claim returns once, after a month without a vote."""
    *_, last = history(*UNTOLD)
    state = last.outcome.state

    assert state.returns_at == last.at + timedelta(days=30)
    assert find_due(state, state.returns_at - timedelta(microseconds=1)) is None
    data, at = find_due(state, state.returns_at + timedelta(days=99))
    asked = apply_event(data, POLICIES[1], Tally(), EvidenceCounts(), state, at)
    assert (data, at) == (AskedAgain(), state.returns_at)
    assert (asked.asked_again_at, asked.returns_at) == (at, None)
    assert asked.status is Status.NOT_ENOUGH_EVIDENCE
    assert find_due(asked, at + timedelta(days=999)) is None


@pytest.mark.parametrize(
    ("news", "asks"),
    [
        (link(Stance.CONTEXT), True),
        (replace(link(), target=7), False),
        (Received(ANN, WHY, ClaimKey("o"), 2, Move.MERGE, passages=(7,)), True),
        (Received(ANN, WHY, ClaimKey("o"), 2, Move.MERGE), False),
        (GaveAway(ANN, WHY, ClaimKey("o"), 2, Move.SPLIT, passages=(7,)), False),
    ],
    ids=["a link", "a link on a saying", "a passage", "nothing", "a passage less"],
)
def test_unresolved_returns_at_once(news, asks):
    """A new link or passage brings an unresolved claim back at once."""
    *_, last = history(*UNTOLD, news)
    state = last.outcome.state

    assert (state.asked_again_at == last.at) is asks
    assert (state.returns_at is None) is asks


def test_vote_restarts_month():
    """A vote answers, and the month begins anew."""
    *_, last = history(*UNTOLD, link(Stance.CONTEXT), vote(ANN, Verdict.NOT_ENOUGH_EVIDENCE))

    state = last.outcome.state
    assert state.asked_again_at is None
    assert state.returns_at == last.at + timedelta(days=30)


def test_others_never_return():
    """With another status nothing returns."""
    *_, last = history(*UNTOLD, link(), vote(ANN), vote(BEN), vote(EVE))

    state = last.outcome.state
    assert state.status is Status.SUPPORTED
    assert (state.asked_again_at, state.returns_at) == (None, None)
