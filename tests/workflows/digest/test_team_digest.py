"""What a digest says of which claim, and what it does not give away."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import build_team
from workflows.claims import (
    ClaimState,
    EvidenceCounts,
    Grade,
    Hedge,
    Status,
    Tally,
)
from workflows.digest.sections import CardLink, DigestClaim, Section, Window
from workflows.digest.team_digest import LATE, compose_digest
from workflows.policy import Policy
from workflows.teams import Team
from workflows.voting import decide

MADE = datetime(2026, 11, 24, 8, tzinfo=UTC)  # a Tuesday
TODAY = MADE.date()
BEFORE = MADE - timedelta(days=1)
NEXT = MADE + timedelta(days=1)
EARLIER, SINCE = BEFORE - timedelta(hours=2), BEFORE + timedelta(hours=2)
HOUR = timedelta(hours=1)


def team(policy: Policy | None = None) -> Team:
    return build_team(policy, EARLIER)


def claim(
    status: Status = Status.UNREVIEWED,
    since: datetime = EARLIER,
    *,
    number: int = 1,
    votes: tuple[int, int, int] = (0, 0, 0),
    links: tuple[int, int] = (0, 0),
    worth: float = 0.5,
    posted: datetime = EARLIER,
    was: Status | None = None,
    settles: datetime | None = None,
    settled: datetime | None = None,
) -> DigestClaim:
    state = ClaimState(
        status,
        since,
        settles_at=settles,
        settled_at=settled,
        tally_shown=sum(votes) >= Policy().quorum,
    )
    return DigestClaim(
        number=number,
        words=f"claim {number}",
        source="the BBC",
        hedge=Hedge.REPORTED,
        document="A document",
        link=CardLink(2, 100 + number),
        check_worthiness=worth,
        state=state,
        tally=Tally(sum(votes), *votes),
        sources=EvidenceCounts(*links),
        posted_at=posted,
        was=was,
    )


def digest(*claims: DigestClaim, day: date = TODAY, policy: Policy | None = None, **more):
    window = Window(BEFORE, MADE)
    return compose_digest(
        team(policy), day, window, claims, **{"made_at": MADE, "next_at": NEXT, **more}
    )


def section_of(candidate: DigestClaim, **more) -> Section | None:
    return next(iter(digest(candidate, **more).counts), None)


def named(entries) -> list[int]:
    return [entry.claim.number for entry in entries]


@pytest.mark.parametrize(
    ("candidate", "section"),
    [
        pytest.param(claim(), Section.NEEDS_VOTES, id="no votes"),
        pytest.param(claim(posted=SINCE), Section.NEW, id="new, no votes"),
        pytest.param(claim(Status.IN_REVIEW, votes=(1, 0, 0)), Section.NEEDS_VOTES, id="two away"),
        pytest.param(
            claim(Status.IN_REVIEW, votes=(1, 1, 0)), Section.ONE_VOTE_AWAY, id="one away"
        ),
        pytest.param(
            claim(Status.IN_REVIEW, votes=(3, 0, 0)), Section.NEEDS_SOURCE, id="a source away"
        ),
        pytest.param(
            claim(Status.CONFLICTING, votes=(2, 2, 0)), Section.CONFLICTING, id="conflicting"
        ),
        pytest.param(
            claim(Status.SUPPORTED, SINCE, votes=(3, 0, 0), settles=NEXT + HOUR),
            Section.DECIDED,
            id="verdict reached",
        ),
        pytest.param(
            claim(Status.REFUTED, EARLIER, votes=(0, 3, 0), settled=SINCE),
            Section.DECIDED,
            id="settled",
        ),
        pytest.param(
            claim(Status.SUPPORTED, EARLIER, votes=(3, 0, 0), settles=NEXT),
            Section.ABOUT_TO_SETTLE,
            id="settles before the next",
        ),
        pytest.param(
            claim(Status.SUPPORTED, EARLIER, votes=(3, 0, 0), settles=NEXT + HOUR),
            None,
            id="settles after the next",
        ),
        pytest.param(
            claim(Status.REFUTED, SINCE, votes=(0, 3, 0), was=Status.SUPPORTED),
            Section.CHANGED,
            id="verdict flipped",
        ),
        pytest.param(
            claim(Status.CONFLICTING, SINCE, votes=(2, 2, 0), was=Status.SUPPORTED),
            Section.CHANGED,
            id="verdict withdrawn",
        ),
        pytest.param(
            claim(Status.SUPPORTED, SINCE, votes=(3, 0, 0), was=Status.SUPPORTED, settles=NEXT),
            Section.DECIDED,
            id="verdict lost and regained",
        ),
        pytest.param(
            claim(Status.SUPPORTED, SINCE, votes=(3, 0, 0), was=Status.IN_REVIEW, settles=NEXT),
            Section.DECIDED,
            id="no verdict before",
        ),
        pytest.param(
            claim(Status.NOT_ENOUGH_EVIDENCE, SINCE, votes=(0, 0, 3)),
            Section.UNRESOLVED,
            id="unresolved",
        ),
    ],
)
def test_first_fitting_section(candidate, section):
    """A claim stands in the first section that fits."""
    assert section_of(candidate) is section


def test_later_events_wait():
    """Whatever happened after the digest was made is left for the next."""
    after = MADE + timedelta(seconds=1)

    assert section_of(claim(Status.SUPPORTED, after, votes=(3, 0, 0), settles=NEXT + HOUR)) is None


def test_nothing_told_twice():
    """What the last digest could tell, to the moment, is not told again."""
    told = claim(Status.SUPPORTED, BEFORE, votes=(3, 0, 0), settles=NEXT + HOUR)

    assert section_of(told) is None
    assert section_of(replace(told, state=replace(told.state, since=MADE))) is Section.DECIDED


def test_news_order():
    """What was refuted comes first, then what was changed, then the rest, each in turn."""
    made = digest(
        claim(Status.SUPPORTED, SINCE, number=1, votes=(3, 0, 0), settles=NEXT, worth=0.9),
        claim(Status.SUPPORTED, SINCE, number=2, votes=(3, 0, 0), was=Status.REFUTED),
        claim(Status.REFUTED, SINCE, number=3, votes=(0, 3, 0), worth=0.2, settles=NEXT),
        claim(Status.REFUTED, SINCE, number=4, votes=(0, 3, 0), was=Status.SUPPORTED),
        claim(Status.REFUTED, SINCE, number=5, votes=(0, 3, 0), worth=0.1, settles=NEXT),
    )

    assert named(made.news) == [4, 2, 1]
    assert made.counts == {Section.CHANGED: 2, Section.DECIDED: 3}


def test_tasks_in_turn():
    """Each section names its foremost claim before any names its second."""
    made = digest(
        *(claim(number=n) for n in range(1, 20)),
        *(claim(Status.IN_REVIEW, number=n, votes=(2, 0, 0)) for n in range(20, 40)),
        claim(Status.CONFLICTING, number=41, votes=(2, 2, 0)),
        claim(Status.IN_REVIEW, number=42, votes=(3, 0, 0)),
        claim(number=43, posted=SINCE),
    )

    assert named(made.tasks) == [20, 41, 42, 43, 1, 21, 2, 22]
    assert made.counts[Section.NEEDS_VOTES] == 19
    assert (made.open, sum(made.counts.values())) == (42, 42)


def test_worthiest_first():
    """The most check-worthy claims come first, and among equals the newest."""
    made = digest(
        claim(number=1, worth=0.31),
        claim(number=2, worth=0.88),
        claim(number=3, worth=0.92, posted=EARLIER + HOUR),
        claim(number=4, worth=0.29, posted=EARLIER + HOUR),
    )

    assert named(made.tasks) == [3, 2, 4, 1]


@pytest.mark.parametrize(
    ("day", "before", "overdue"),
    [
        pytest.param(23, 22, 1, id="Monday"),
        pytest.param(24, 23, 0, id="Tuesday"),
        pytest.param(29, 28, 0, id="Sunday"),
        pytest.param(24, 20, 1, id="Tuesday, without a digest on Monday"),
        pytest.param(25, 18, 1, id="Wednesday, after a pause"),
        pytest.param(27, 25, 0, id="Friday, after Wednesday's"),
    ],
)
def test_overdue_once_a_week(day, before, overdue):
    """Overdue claims are in the first digest of a week."""
    at, then = (datetime(2026, 11, each, 8, tzinfo=UTC) for each in (day, before))
    old, young = at - timedelta(days=7, minutes=1), at - timedelta(days=7)

    made = compose_digest(
        team(),
        at.date(),
        Window(then, at),
        (claim(posted=old), claim(number=2, posted=young)),
        made_at=at,
        next_at=NEXT,
    )

    assert made.overdue == overdue


def test_grades_best_first():
    """A verdict names the grades of its sources, best first."""
    grades = (Grade("C", 3), Grade("A", 2), Grade("A", 1))
    decided = claim(Status.SUPPORTED, SINCE, votes=(3, 0, 0), links=(4, 0), settles=NEXT)

    (entry,) = digest(replace(decided, grades=grades)).news

    assert entry.claim.grades == (Grade("A", 1), Grade("A", 2), Grade("C", 3))


def test_conflict_counts_sides():
    """Only a conflict says how many links stand on either side."""
    conflicting = claim(Status.CONFLICTING, votes=(2, 2, 0), links=(1, 2))
    near = claim(Status.IN_REVIEW, number=2, votes=(2, 0, 0), links=(1, 2))

    told = {entry.claim.number: entry.claim.sources for entry in digest(conflicting, near).tasks}

    assert told == {1: EvidenceCounts(1, 2), 2: EvidenceCounts()}


def test_unchanged_is_no_reason():
    """Numbers that have not changed are no reason to post."""
    made = digest(claim(Status.NOT_ENOUGH_EVIDENCE, votes=(0, 0, 3)), shelved=12)

    assert made.is_empty
    assert (made.counts[Section.UNRESOLVED], made.shelved) == (1, 12)


def test_lateness_is_told():
    """A digest says that it is late only when it is."""
    assert not digest().late
    assert not digest(due_at=MADE - LATE + timedelta(seconds=1)).late
    assert digest(due_at=MADE - LATE).late


def test_entry_names_missing():
    """An entry says what is missing."""
    made = digest(
        claim(Status.IN_REVIEW, number=1, votes=(1, 1, 0)),
        claim(Status.IN_REVIEW, number=2, votes=(3, 0, 0), links=(0, 4)),
        policy=Policy(evidence=2),
    )

    near, sourceless = made.tasks
    assert (near.claim.tally.votes, near.votes_missing, near.sources_missing) == (2, 1, 2)
    assert (sourceless.votes_missing, sourceless.sources_missing) == (0, 2)


def test_settled_lacks_nothing():
    """A settled claim lacks nothing."""
    (entry,) = digest(
        claim(Status.SUPPORTED, votes=(2, 0, 0), settled=SINCE), policy=Policy(quorum=5)
    ).news

    assert (entry.votes_missing, entry.sources_missing) == (0, 0)


@settings(max_examples=200)
@given(
    supported=st.integers(0, 4),
    refuted=st.integers(0, 4),
    unsure=st.integers(0, 4),
    links=st.tuples(st.integers(0, 3), st.integers(0, 3)),
    evidence=st.integers(0, 2),
)
def test_no_direction_before_quorum(supported, refuted, unsure, links, evidence):
    """Until the quorum a digest is the same whichever way the votes go."""
    policy = Policy(quorum=5, evidence=evidence)
    votes = supported + refuted + unsure

    def told(*weights: int):
        tally = Tally(votes, *weights)
        start = ClaimState(Status.UNREVIEWED, EARLIER)
        state = decide(policy, tally, EvidenceCounts(*links), start, EARLIER)
        candidate = replace(claim(), state=state, tally=tally, sources=EvidenceCounts(*links))
        return digest(candidate, policy=policy)

    if votes < policy.quorum:
        assert told(supported, refuted, unsure) == told(refuted, unsure, supported)
        assert told(supported, refuted, unsure) == told(votes, 0, 0)


def test_tally_once_shown():
    """A tally is there once it has been shown, and never before."""
    hidden, shown = (
        claim(Status.IN_REVIEW, votes=(2, 0, 0)),
        claim(Status.CONFLICTING, number=2, votes=(2, 2, 0)),
    )

    near, conflicting = digest(hidden, shown).tasks

    assert near.claim.tally == Tally(2)
    assert conflicting.claim.tally == Tally(4, 2, 2, 0)
