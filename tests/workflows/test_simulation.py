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
def test_under_its_own_rules_history_comes_to_what_it_came_to(happenings, strict):
    policy = Policy(quorum=2, evidence=int(strict), hold=timedelta(hours=30))
    events = made(*happenings, policy=policy)

    again = rerun_history(events, policy, events[-1].at)

    assert again == events[-1].outcome.state


def test_a_lower_quorum_decides_sooner():
    events = made(vote(ANN), vote(BEN), vote(EVE))

    compared = compare_policies(15, events, replace(RULES, quorum=2), after(4))

    assert (compared.number, compared.differs) == (15, False)
    assert compared.was.status is compared.would.status is Status.SUPPORTED
    assert compared.later == -timedelta(hours=1)


def test_a_higher_share_leaves_the_team_divided():
    events = made(vote(ANN), vote(BEN), vote(EVE, NO))

    compared = compare_policies(1, events, replace(RULES, share=Fraction(3, 4)), after(4))

    assert compared.differs
    assert (compared.was.status, compared.would.status) == (Status.SUPPORTED, Status.CONFLICTING)


def test_a_source_that_is_needed_only_there_is_missing_only_there():
    events = made(vote(ANN), vote(BEN), vote(EVE))

    assert compare_policies(1, events, Policy(), after(4)).would.status is Status.IN_REVIEW
    with_link = made(vote(ANN), vote(BEN), vote(EVE), link())
    assert compare_policies(1, with_link, Policy(), after(4)).later == timedelta(hours=1)


def test_what_would_have_been_settled_takes_no_more_votes():
    events = made(vote(ANN), vote(BEN, NO), vote(EVE, NO), policy=RULES)
    short = replace(RULES, quorum=1, hold=timedelta(minutes=30))

    compared = compare_policies(1, events, short, after(4))

    assert (compared.was.status, compared.would.status) == (Status.REFUTED, Status.SUPPORTED)
    assert compared.would.settled_at == START + timedelta(hours=1, minutes=30)


def test_a_longer_hold_would_settle_later():
    events = made(vote(ANN), vote(BEN), vote(EVE))
    (settled, at) = find_due(events[-1].outcome.state, after(99))
    state = replace(events[-1].outcome.state, settled_at=at)
    events.append(Event(at, settled, Outcome(state, 1)))

    compared = compare_policies(1, events, replace(RULES, hold=timedelta(hours=48)), after(200))

    assert compared.later == timedelta(hours=24)


def test_votes_on_what_one_added_oneself_are_left_out_where_the_rules_say():
    events = made(vote(ANN), vote(BEN), vote(EVE), by=ANN)

    assert (
        rerun_history(events, replace(RULES, own_claims=False), after(4)).status is Status.IN_REVIEW
    )


def test_what_a_moderator_could_not_have_done_is_not_done():
    events = made(vote(ANN), vote(BEN), vote(EVE), Dropped(EVE, WHY), Reopened(EVE, WHY))
    quick = replace(RULES, quorum=1, hold=timedelta())

    assert rerun_history(events[:-1], quick, after(9)).status is Status.SUPPORTED
    assert rerun_history(events, quick, after(9)).status is Status.UNREVIEWED


@pytest.mark.parametrize("verdicts", [(YES, YES), (NO, NO), (YES, UNSURE)])
def test_hidden_votes_are_left_out_whichever_way_they_go(verdicts):
    events = made(*(vote(by, verdict) for by, verdict in zip(PEOPLE, verdicts, strict=False)))

    assert compare_policies(1, events, replace(RULES, quorum=1), after(4)) is None
