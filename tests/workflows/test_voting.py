"""From votes and sources to a status: every rule by a table of cases."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from workflows.claims import ClaimState, EvidenceCounts, Stance, Status, Tally, Verdict
from workflows.policy import Policy, TallyRule
from workflows.voting import Missing, conclude, count_evidence, decide

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BOTH = EvidenceCounts(1, 1)
NONE = EvidenceCounts()
TEAM = Policy()
OPEN = ClaimState(Status.UNREVIEWED, START)


def votes(supported: int = 0, refuted: int = 0, cannot_tell: int = 0) -> Tally:
    """Votes of weight 1."""
    return Tally(supported + refuted + cannot_tell, supported, refuted, cannot_tell)


@pytest.mark.parametrize(
    ("policy", "tally", "sources", "before", "status"),
    [
        pytest.param(TEAM, votes(), BOTH, "unreviewed", "unreviewed", id="no votes"),
        pytest.param(TEAM, votes(), BOTH, "in_review", "unreviewed", id="all taken back"),
        pytest.param(TEAM, votes(2), BOTH, "in_review", "in_review", id="quorum not met"),
        pytest.param(TEAM, votes(3), BOTH, "in_review", "supported", id="all support"),
        pytest.param(TEAM, votes(0, 3), BOTH, "in_review", "refuted", id="all refute"),
        pytest.param(TEAM, votes(2, 1), BOTH, "in_review", "supported", id="2/3 is 2 of 3"),
        pytest.param(TEAM, votes(1, 2), BOTH, "in_review", "refuted", id="2/3 against"),
        pytest.param(TEAM, votes(1, 1, 1), BOTH, "in_review", "conflicting", id="thirds"),
        pytest.param(TEAM, votes(2, 2), BOTH, "in_review", "conflicting", id="a tie has a name"),
        pytest.param(TEAM, votes(5, 3), BOTH, "in_review", "conflicting", id="5/8 not reached"),
        pytest.param(TEAM, votes(5, 3), BOTH, "supported", "supported", id="5/8 kept"),
        pytest.param(TEAM, votes(5, 3), BOTH, "refuted", "conflicting", id="other's keep"),
        pytest.param(TEAM, votes(11, 9), BOTH, "supported", "supported", id="11/20 kept"),
        pytest.param(TEAM, votes(10, 9), BOTH, "supported", "conflicting", id="10/19 lost"),
        pytest.param(TEAM, votes(2), BOTH, "supported", "in_review", id="quorum lost"),
        pytest.param(
            TEAM, votes(0, 0, 3), NONE, "in_review", "not_enough_evidence", id="cannot tell wins"
        ),
        pytest.param(
            TEAM, votes(2, 0, 1), BOTH, "in_review", "supported", id="cannot tell fills quorum"
        ),
        pytest.param(
            TEAM, votes(1, 0, 2), NONE, "in_review", "not_enough_evidence", id="2/3 cannot tell"
        ),
        pytest.param(TEAM, votes(3), NONE, "in_review", "in_review", id="no source"),
        pytest.param(
            TEAM,
            votes(3),
            EvidenceCounts(0, 5),
            "in_review",
            "in_review",
            id="sources of the other side",
        ),
        pytest.param(
            TEAM,
            votes(3),
            EvidenceCounts(1, 5),
            "in_review",
            "supported",
            id="sources are not weighed",
        ),
        pytest.param(TEAM, votes(3), NONE, "supported", "in_review", id="source lost"),
        pytest.param(
            Policy(evidence=0), votes(3), NONE, "in_review", "supported", id="no source wanted"
        ),
        pytest.param(
            Policy(independent=True), votes(3), BOTH, "in_review", "in_review", id="two origins"
        ),
        pytest.param(
            Policy(share=Fraction(1)), votes(9, 1), BOTH, "in_review", "conflicting", id="all of it"
        ),
        pytest.param(
            Policy(quorum=1), votes(0, 1), BOTH, "unreviewed", "refuted", id="quorum of one"
        ),
        pytest.param(
            TEAM, Tally(3, 1, 5, 1), BOTH, "in_review", "refuted", id="weight, not heads, for share"
        ),
        pytest.param(
            TEAM, Tally(2, 9, 0, 0), BOTH, "in_review", "in_review", id="heads, not weight, quorum"
        ),
    ],
)
def test_statuses(policy, tally, sources, before, status):
    """Votes and sources make a status."""
    found, _ = conclude(policy, tally, sources, Status(before))

    assert found is Status(status)


@pytest.mark.parametrize(
    ("policy", "tally", "sources", "missing"),
    [
        pytest.param(
            TEAM,
            votes(),
            NONE,
            Missing(votes=3, evidence={Verdict.SUPPORTED: 1, Verdict.REFUTED: 1}),
            id="all",
        ),
        pytest.param(
            TEAM,
            votes(2),
            EvidenceCounts(1, 0),
            Missing(votes=1, evidence={Verdict.REFUTED: 1}),
            id="both sides until quorum",
        ),
        pytest.param(
            TEAM,
            votes(3),
            NONE,
            Missing(evidence={Verdict.SUPPORTED: 1}),
            id="the leader's sources",
        ),
        pytest.param(
            Policy(independent=True),
            votes(0, 3),
            EvidenceCounts(9, 1),
            Missing(evidence={Verdict.REFUTED: 1}),
            id="a second origin",
        ),
        pytest.param(
            TEAM,
            votes(2, 2),
            BOTH,
            Missing(
                swing={
                    Verdict.SUPPORTED: 2,
                    Verdict.REFUTED: 2,
                    Verdict.NOT_ENOUGH_EVIDENCE: 8,
                }
            ),
            id="swing",
        ),
        pytest.param(
            Policy(share=Fraction(1)), votes(9, 1), BOTH, Missing(), id="never by votes alone"
        ),
        pytest.param(TEAM, votes(3), BOTH, Missing(), id="nothing"),
        pytest.param(TEAM, votes(0, 0, 3), NONE, Missing(), id="cannot tell wants no source"),
    ],
)
def test_missing_is_exact(policy, tally, sources, missing):
    """What is missing is said exactly."""
    _, found = conclude(policy, tally, sources, Status.IN_REVIEW)

    assert found == missing


@dataclass(frozen=True)
class Link:
    stance: Stance = Stance.SUPPORTS
    origin: str = "bbc.co.uk"
    counts: bool = True
    target: int | None = None


@pytest.mark.parametrize(
    ("independent", "links", "sources"),
    [
        pytest.param(False, [], EvidenceCounts(0, 0), id="none"),
        pytest.param(False, [Link(), Link()], EvidenceCounts(2, 0), id="each link"),
        pytest.param(True, [Link(), Link()], EvidenceCounts(1, 0), id="one origin"),
        pytest.param(
            True, [Link(), Link(origin="afp.com")], EvidenceCounts(2, 0), id="two origins"
        ),
        pytest.param(
            True, [Link(), Link(Stance.REFUTES)], EvidenceCounts(1, 1), id="an origin on both sides"
        ),
        pytest.param(False, [Link(counts=False)], EvidenceCounts(0, 0), id="own documents"),
        pytest.param(False, [Link(Stance.CONTEXT)], EvidenceCounts(0, 0), id="context"),
        pytest.param(
            False,
            [Link(Stance.CONFIRMS, target=4), Link(Stance.SUPPORTS, target=4)],
            EvidenceCounts(0, 0),
            id="on a source's saying",
        ),
    ],
)
def test_links_in_force(independent, links, sources):
    """Only links of a side that count are in force."""
    assert count_evidence(Policy(independent=independent), links) == sources


# ---------------------------------------------------------------------------------------- holding


def course(*steps: tuple[float, Tally], policy: Policy = TEAM) -> ClaimState:
    """Where a claim stands after these tallies, each so many hours after the start."""
    state = OPEN
    for hours, tally in steps:
        now = START + timedelta(hours=hours)
        state = decide(policy, tally, BOTH, state, now)
    return state


def hours(count: float) -> datetime:
    return START + timedelta(hours=count)


YES, NO, TIE = votes(3), votes(0, 3), votes(2, 2)


@pytest.mark.parametrize(
    ("steps", "status", "settles_at"),
    [
        pytest.param([(0, votes(2))], "in_review", None, id="no verdict, no hold"),
        pytest.param([(1, YES)], "supported", 25, id="a verdict begins its hold"),
        pytest.param([(1, YES), (5, votes(4))], "supported", 25, id="more of the same"),
        pytest.param([(1, YES), (5, TIE)], "conflicting", 25, id="a lost verdict keeps its clock"),
        pytest.param([(1, YES), (5, TIE), (9, YES)], "supported", 25, id="regained, not restarted"),
        pytest.param([(1, YES), (5, NO)], "refuted", 29, id="a flip restarts"),
        pytest.param([(1, YES), (5, NO), (9, YES)], "supported", 33, id="so does a second"),
        pytest.param([(1, YES), (5, TIE), (9, NO)], "refuted", 33, id="a flip by way of a tie"),
        pytest.param([(0, YES), (23, NO)], "refuted", 47, id="a late flip extends"),
        pytest.param(
            [(0, YES), (23, NO), (46, YES)], "supported", 47, id="a second late one does not"
        ),
        pytest.param(
            [(0, YES), (23, NO), (30, YES)], "supported", 54, id="an early one after it still does"
        ),
        pytest.param(
            [(0, YES), (23, NO), (30, YES), (53, NO)], "refuted", 54, id="one late one in all"
        ),
        pytest.param([(0, YES), (17.99, NO)], "refuted", 41.99, id="just before the last quarter"),
        pytest.param([(0, YES), (5, TIE), (30, TIE)], "conflicting", None, id="ended while lost"),
        pytest.param([(0, YES), (5, TIE), (30, YES)], "supported", 54, id="anew after its end"),
        pytest.param([(0, votes(0, 0, 3))], "not_enough_evidence", None, id="cannot tell never"),
    ],
)
def test_holds(steps, status, settles_at):
    """A hold begins, lasts and restarts."""
    state = course(*steps)

    assert state.status is Status(status)
    assert state.settles_at == (None if settles_at is None else hours(settles_at))


def test_one_extension():
    """The extension is used once for a hold."""
    flipped = course((0, YES), (23, NO))
    again = course((0, YES), (23, NO), (46, YES), (46.5, NO))
    anew = course((0, YES), (23, NO), (30, TIE), (60, YES))

    assert flipped.extended
    assert again.extended
    assert again.settles_at == hours(47)
    assert not anew.extended


def test_settled_stays():
    """A settled claim stays as it is."""
    settled = replace(course((0, YES)), settled_at=hours(24))

    assert decide(TEAM, NO, BOTH, settled, hours(30)) is settled


@pytest.mark.parametrize("status", [Status.SHELVED, Status.DROPPED, Status.DUPLICATE])
def test_closed_ignores_votes(status):
    """Votes do not move a claim that is not before the team."""
    state = ClaimState(status, START)

    assert decide(TEAM, YES, BOTH, state, hours(1)) is state


def test_since():
    """Since is when the status last changed."""
    assert course((1, votes(1)), (2, votes(2)), (3, YES), (4, votes(4))).since == hours(3)


# ----------------------------------------------------------------------------------------- hiding

VISIBLE = replace(TEAM, tally=TallyRule.VISIBLE)


def test_hidden_until_quorum():
    """The direction of votes is hidden while fewer than the quorum count, also those left over."""
    assert not course((0, votes(2))).tally_shown
    assert course((0, YES)).tally_shown
    assert not course((0, YES), (1, votes(2)), (2, votes())).tally_shown
    assert course((0, votes(1)), (1, votes()), policy=VISIBLE).tally_shown


def test_visible_tally():
    """With a visible tally the first vote is seen."""
    assert not course((0, votes()), policy=VISIBLE).tally_shown
    assert course((0, votes(1)), policy=VISIBLE).tally_shown


def test_hiding_not_loosened():
    """Hiding is not loosened for a claim that was voted on."""
    voted_on = course((0, votes(1)))

    after = decide(VISIBLE, votes(2), BOTH, voted_on, hours(1))

    assert not after.tally_shown
