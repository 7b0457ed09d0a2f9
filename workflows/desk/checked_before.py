"""Has it been checked before? By this team in other words, or by others whose checks were imported.

What is found is offered to people, who say what it shows; nothing is ever voted by it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from workflows.claims import ClaimKey, Evidence, Status
from workflows.fact_checks import FactCheck
from workflows.matching.fact_checks import MOST, choose_fact_checks
from workflows.matching.ranking import list_words, rank_alike
from workflows.search import ClaimSummary
from workflows.store.claim_store import ClaimStore
from workflows.teams import Team

DECIDED = (Status.SUPPORTED, Status.REFUTED)
MOST_ASKED = 5
"""Of each kind, what is shown to who asks."""


@dataclass(frozen=True, slots=True)
class CheckedBefore:
    """The team's own decided claims and the known fact-checks that are about a claim.

    `perhaps_same` are claims from texts in other languages, decided or not, for a moderator.
    `found` is what a search elsewhere found just now.
    """

    claims: tuple[ClaimSummary, ...] = ()
    fact_checks: tuple[FactCheck, ...] = ()
    perhaps_same: tuple[ClaimSummary, ...] = ()
    found: tuple[FactCheck, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.claims or self.fact_checks or self.perhaps_same or self.found)

    def add_found(self, found: Collection[FactCheck]) -> "CheckedBefore":
        """Return it with what a search found; nothing twice."""
        ids = {each.id for each in found}
        known = tuple(each for each in self.fact_checks if each.id not in ids)
        return replace(self, fact_checks=known, found=tuple(found))


def find_checked(
    store: ClaimStore,
    team: Team,
    words: str,
    *,
    besides: Collection[ClaimKey] = (),
    evidence: Collection[Evidence] = (),
    asked: bool = False,
) -> CheckedBefore:
    """Return what is known about a claim with these words, likest first.

    Not the claims `besides`, and no fact-check that is among the claim's `evidence`. Who `asked`
    is shown more: what only shares a word or two as well.
    """
    most, telling = MOST_ASKED if asked else MOST, " ".join(list_words(words))
    near = store.search.best_matching(team.id, telling, DECIDED)
    decided = [claim for claim in near if claim.key not in besides]
    texts = [claim.words for claim in decided]
    alike = rank_alike(words, texts, most, loosely=asked)
    checks = store.fact_checks.near(team.id, telling)
    return CheckedBefore(
        tuple(decided[place] for place in alike),
        choose_fact_checks(words, checks, evidence, most=most, loosely=asked),
    )
