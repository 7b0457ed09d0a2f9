"""What divides a team: the reasons and links on each side of a claim, side by side. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workflows.claims import Evidence, Tally, Verdict
from workflows.voting import STANCE_OF


@dataclass(frozen=True, slots=True)
class Side:
    """Those who voted for one verdict: their weight, their reasons, and the links that say so."""

    verdict: Verdict
    weight: int
    reasons: tuple[str, ...]
    links: tuple[Evidence, ...]


def sides(
    tally: Tally, reasons: Mapping[Verdict, Sequence[str]], evidence: Iterable[Evidence]
) -> tuple[Side, ...]:
    """Each side that has votes or links, Supported first.

    Links about a source are on no side: they are about another question.
    """
    about = [link for link in evidence if link.target is None]
    each = (
        Side(
            verdict,
            tally.weight(verdict),
            tuple(reasons.get(verdict, ())),
            tuple(link for link in about if link.stance is STANCE_OF.get(verdict)),
        )
        for verdict in Verdict
    )
    return tuple(side for side in each if side.weight or side.links)
