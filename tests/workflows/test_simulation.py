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
from workflows.lifecycle import due_by, standing_after
from workflows.policy import Policy
from workflows.replay import step
from workflows.simulation import compare, rerun

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
    events, story = [], None
    at = START
    for happening in (ClaimAdded(ClaimKey("k"), 1, "h", Status.UNREVIEWED, by), *happenings):
        while story and (due := due_by(story.standing, at)):
            story = append(events, story, due[0], policy, due[1])
        story = append(events, story, happening, policy, at)
        at += timedelta(hours=1)
    return events


def append(events, story, happening, policy, at):
    before = story.standing if story else None
    story = step(story, happening, at, before)
    standing = standing_after(happening, policy, story.tally, story.sources(policy), before, at)
    events.append(Event(at, happening, Outcome(standing, 1)))
    return replace(story, standing=standing)


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

    again = rerun(events, policy, events[-1].at)

    assert again == events[-1].outcome.standing


def test_a_lower_quorum_decides_sooner():
    events = made(vote(ANN), vote(BEN), vote(EVE))

    compared = compare(15, events, replace(RULES, quorum=2), after(4))

    assert (compared.number, compared.differs) == (15, False)
    assert compared.was.status is compared.would.status is Status.SUPPORTED
    assert compared.later == -timedelta(hours=1)


def test_a_higher_share_leaves_the_team_divided():
    events = made(vote(ANN), vote(BEN), vote(EVE, NO))

    compared = compare(1, events, replace(RULES, share=Fraction(3, 4)), after(4))

    assert compared.differs
    assert (compared.was.status, compared.would.status) == (Status.SUPPORTED, Status.CONFLICTING)


def test_a_source_that_is_needed_only_there_is_missing_only_there():
    events = made(vote(ANN), vote(BEN), vote(EVE))

    assert compare(1, events, Policy(), after(4)).would.status is Status.IN_REVIEW
    with_link = made(vote(ANN), vote(BEN), vote(EVE), link())
    assert compare(1, with_link, Policy(), after(4)).later == timedelta(hours=1)


def test_what_would_have_been_settled_takes_no_more_votes():
    events = made(vote(ANN), vote(BEN, NO), vote(EVE, NO), policy=RULES)
    short = replace(RULES, quorum=1, hold=timedelta(minutes=30))

    compared = compare(1, events, short, after(4))

    assert (compared.was.status, compared.would.status) == (Status.REFUTED, Status.SUPPORTED)
    assert compared.would.settled_at == START + timedelta(hours=1, minutes=30)


def test_a_longer_hold_would_settle_later():
    events = made(vote(ANN), vote(BEN), vote(EVE))
    (settled, at) = due_by(events[-1].outcome.standing, after(99))
    standing = replace(events[-1].outcome.standing, settled_at=at)
    events.append(Event(at, settled, Outcome(standing, 1)))

    compared = compare(1, events, replace(RULES, hold=timedelta(hours=48)), after(200))

    assert compared.later == timedelta(hours=24)


def test_votes_on_what_one_added_oneself_are_left_out_where_the_rules_say():
    events = made(vote(ANN), vote(BEN), vote(EVE), by=ANN)

    assert rerun(events, replace(RULES, own_claims=False), after(4)).status is Status.IN_REVIEW


def test_what_a_moderator_could_not_have_done_is_not_done():
    events = made(vote(ANN), vote(BEN), vote(EVE), Dropped(EVE, WHY), Reopened(EVE, WHY))
    quick = replace(RULES, quorum=1, hold=timedelta())

    assert rerun(events[:-1], quick, after(9)).status is Status.SUPPORTED
    assert rerun(events, quick, after(9)).status is Status.UNREVIEWED


@pytest.mark.parametrize("verdicts", [(YES, YES), (NO, NO), (YES, UNSURE)])
def test_hidden_votes_are_left_out_whichever_way_they_go(verdicts):
    events = made(*(vote(by, verdict) for by, verdict in zip(PEOPLE, verdicts, strict=False)))

    assert compare(1, events, replace(RULES, quorum=1), after(4)) is None
