"""Did they say it? What evidence shows of a source's having said what it is said to have said.

That is another question than whether it is so: nothing here makes a claim supported. Pure.
"""

import re
from collections.abc import Iterable

from workflows.claims import AttributionCheck, SourceInChain, Stance
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


_FILLERS = frozenset({"the", "of", "and", "for", "a", "an", "in"})
_KINDS = frozenset(
    {"news", "agency", "newspaper", "service", "television", "tv", "radio", "media", "online"}
)
"""Words for what a source is, which its site's name has or leaves out."""


def find_own_report(site: str, sources: Iterable[SourceInChain]) -> SourceInChain | None:
    """Return the source of a claim whose own site this is, as far as its name tells.

    What stands there shows that they said it; whether it is so is another question.
    """
    for source in sources:
        name = source.said.resolved or source.said.source or ""
        if not source.said.anonymous and is_site_of(name, site):
            return source
    return None


def is_site_of(name: str, site: str) -> bool:
    """Return True if a site (example.com) is named as a source is: whole, by initials, or both.

    "the BBC" is bbc.co.uk, "The New York Times" nytimes.com, "Associated Press" apnews.com.
    """
    words = re.findall(r"[a-z0-9]+", name.casefold().replace("'", "").replace("’", ""))
    core = [word for word in words if word not in _FILLERS]
    bare = [word for word in core if word not in _KINDS] or core
    label = site.casefold().split(".")[0].replace("-", "")
    spelled = {"".join(each) for each in (words, core, bare) if each}
    for each in (core, bare):
        if len(each) > 1:
            initials = "".join(word[0] for word in each)
            spelled |= {initials, initials[:-1] + each[-1]}
    endings = {"", *_KINDS}
    return any(len(each) > 1 and label == each + ending for each in spelled for ending in endings)
