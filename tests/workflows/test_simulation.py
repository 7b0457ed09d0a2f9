"""A real history under other rules: what would differ, and when it would have come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.claims import ClaimKey, EvidenceKey, MemberKey, Stance, Status, Verdict
from workflows.events import (
    ClaimAdded,
    Dropped,
    Event,
    EvidenceAdded,
    Outcome,
    Reopened,
    Text,
    VoteCast,
    VoteTakenBack,
)
from workflows.lifecycle import apply_event, find_due
from workflows.policy import Policy
from workflows.replay import replay_event
from workflows.simulation import compare_policies, rerun_history

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RULES = Policy(evidence=0)
ANN, BEN, EVE = PEOPLE = [MemberKey(name) for name in ("ann", "ben", "eve")]
YES, NO, UNSURE = Verdict
WHY = Text("t", "h")


def vote(by=ANN, verdict=YES):
    return VoteCast(by, verdict, 1, 1)


def link(stance=Stance.SUPPORTS):
    return EvidenceAdded(EvidenceKey(stance), ANN, stance, "a.org", counts=True, address_hash="h")


def made(*happenings, policy=RULES, by=None):
    """A history under these rules, an hour between two things; nothing that is refused."""
    events, history = [], None
    at = START
    for data in (ClaimAdded(ClaimKey("k"), 1, "h", Status.UNREVIEWED, by), *happenings):
        while history and (due := find_due(history.state, at)):
            history = append(events, history, due[0], policy, due[1])
        history = append(events, history, data, policy, at)
        at += timedelta(hours=1)
    return events


def append(events, history, data, policy, at):
    before = history.state if history else None
    history = replay_event(history, data, at, before)
    state = apply_event(data, policy, history.tally, history.sources(policy), before, at)
    events.append(Event(at, data, Outcome(state, 1)))
    return replace(history, state=state)


def after(hours):
    return START + timedelta(hours=hours)


things = st.one_of(
    st.builds(vote, st.sampled_from(PEOPLE), st.sampled_from(Verdict)),
    st.builds(VoteTakenBack, st.sampled_from(PEOPLE)),
    st.builds(link, st.sampled_from([Stance.SUPPORTS, Stance.REFUTES])),
)


@given(st.lists(things, max_size=12), st.booleans())
def test_own_rules(happenings, strict):
    """Under its own rules history comes to what it came to."""
    policy = Policy(quorum=2, evidence=int(strict), hold=timedelta(hours=30))
    events = made(*happenings, policy=policy)

    again = rerun_history(events, policy, events[-1].at)

    assert again == events[-1].outcome.state


def test_lower_quorum():
    """A lower quorum decides sooner."""
    events = made(vote(ANN), vote(BEN), vote(EVE))

    compared = compare_policies(15, events, replace(RULES, quorum=2), after(4))

    assert (compared.number, compared.differs) == (15, False)
    assert compared.was.status is compared.would.status is Status.SUPPORTED
    assert compared.later == -timedelta(hours=1)


def test_higher_share():
    """A higher share leaves the team divided."""
    events = made(vote(ANN), vote(BEN), vote(EVE, NO))

    compared = compare_policies(1, events, replace(RULES, share=Fraction(3, 4)), after(4))

    assert compared.differs
    assert (compared.was.status, compared.would.status) == (Status.SUPPORTED, Status.CONFLICTING)


def test_missing_source():
    """A source required only there is missing only there."""
    events = made(vote(ANN), vote(BEN), vote(EVE))

    assert compare_policies(1, events, Policy(), after(4)).would.status is Status.IN_REVIEW
    with_link = made(vote(ANN), vote(BEN), vote(EVE), link())
    assert compare_policies(1, with_link, Policy(), after(4)).later == timedelta(hours=1)


def test_settled_takes_no_votes():
    """A claim that would have been settled takes no more votes."""
    events = made(vote(ANN), vote(BEN, NO), vote(EVE, NO), policy=RULES)
    short = replace(RULES, quorum=1, hold=timedelta(minutes=30))

    compared = compare_policies(1, events, short, after(4))

    assert (compared.was.status, compared.would.status) == (Status.REFUTED, Status.SUPPORTED)
    assert compared.would.settled_at == START + timedelta(hours=1, minutes=30)


def test_longer_hold():
    """A longer hold would settle later."""
    events = made(vote(ANN), vote(BEN), vote(EVE))
    (settled, at) = find_due(events[-1].outcome.state, after(99))
    state = replace(events[-1].outcome.state, settled_at=at)
    events.append(Event(at, settled, Outcome(state, 1)))

    compared = compare_policies(1, events, replace(RULES, hold=timedelta(hours=48)), after(200))

    assert compared.later == timedelta(hours=24)


def test_own_claims():
    """Votes on one's own claims are left out where the rules say so."""
    events = made(vote(ANN), vote(BEN), vote(EVE), by=ANN)

    assert (
        rerun_history(events, replace(RULES, own_claims=False), after(4)).status is Status.IN_REVIEW
    )


def test_impossible_moderation():
    """What a moderator could not have done is not done."""
    events = made(vote(ANN), vote(BEN), vote(EVE), Dropped(EVE, WHY), Reopened(EVE, WHY))
    quick = replace(RULES, quorum=1, hold=timedelta())

    assert rerun_history(events[:-1], quick, after(9)).status is Status.SUPPORTED
    assert rerun_history(events, quick, after(9)).status is Status.UNREVIEWED


@pytest.mark.parametrize("verdicts", [(YES, YES), (NO, NO), (YES, UNSURE)])
def test_hidden_votes(verdicts):
    """Hidden votes are left out whichever way they go."""
    events = made(*(vote(by, verdict) for by, verdict in zip(PEOPLE, verdicts, strict=False)))

    assert compare_policies(1, events, replace(RULES, quorum=1), after(4)) is None
