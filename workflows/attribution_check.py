"""Did they say it? What evidence shows of a source's having said what it is said to have said.

That is another question than whether it is so: nothing here makes a claim supported. Pure.
"""

from collections.abc import Iterable

from workflows.claims import AttributionCheck, Stance
from workflows.voting import CountableLink

OF_SAYINGS = frozenset({Stance.CONFIRMS, Stance.DISPUTES})
"""What a link may say of a source; the other stances are about the claim itself."""


def find_check(source: int, links: Iterable[CountableLink]) -> AttributionCheck:
    """Return the check of the attribution with this row: what the links that target it add up to.

    One link that disputes it outweighs any that confirm it: a mark is not a verdict, and whoever
    reads it is to look. A link to the claim's own document shows nothing.
    """
    stances = {link.stance for link in links if link.counts and link.target == source}
    if Stance.DISPUTES in stances:
        return AttributionCheck.DISPUTED
    return AttributionCheck.SOURCED if Stance.CONFIRMS in stances else AttributionCheck.UNCHECKED
