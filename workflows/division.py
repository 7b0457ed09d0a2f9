"""What divides a team: the reasons and links on each side of a claim, side by side. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflows.claims import Evidence, Verdict, Vote
from workflows.voting import STANCE_OF


@dataclass(frozen=True, slots=True)
class Side:
    """Those who voted for one verdict: their weight, their reasons, and the links that say so."""

    verdict: Verdict
    weight: int
    reasons: tuple[str, ...]
    links: tuple[Evidence, ...]


def sides(votes: Sequence[Vote], evidence: Iterable[Evidence]) -> tuple[Side, ...]:
    """Each side that has votes or links, Supported first; reasons in the order of the votes.

    Stale votes are on no side, and links about a source are about another question.
    """
    about = [link for link in evidence if link.target is None]
    each = (_side(verdict, votes, about) for verdict in Verdict)
    return tuple(side for side in each if side.weight or side.links)


def _side(verdict: Verdict, votes: Iterable[Vote], evidence: Iterable[Evidence]) -> Side:
    theirs = [vote for vote in votes if vote.verdict is verdict and not vote.stale]
    stance = STANCE_OF.get(verdict)
    return Side(
        verdict,
        sum(vote.weight for vote in theirs),
        tuple(vote.reason for vote in theirs if vote.reason),
        tuple(link for link in evidence if link.stance is stance),
    )
