"""Chains of sources: sayings within sayings, outermost first."""

from dataclasses import dataclass

from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.parse import Doc
from workflows.extraction.text.spans import TokenSpan

ORDER = {CueType.RESPONSE: -1, CueType.ACCORDING: 1, CueType.CITING: 2, CueType.ADVERB: 3}


@dataclass(frozen=True, slots=True)
class SourceChain:
    """What is said by a chain of sources, outermost first; without any it is the document's own."""

    links: tuple[AttributionRelation, ...]
    content: TokenSpan
    inner: tuple["SourceChain", ...] = ()

    @property
    def asides(self) -> tuple[TokenSpan, ...]:
        return tuple(aside for link in self.links for aside in link.asides)


def build_chains(found: list[AttributionRelation]) -> list[SourceChain]:
    """Return the outermost voices, each with the voices inside its content."""
    groups: dict[TokenSpan, list[AttributionRelation]] = {}
    for saying in found:
        groups.setdefault(saying.content, []).append(saying)
    ordered = sorted(groups, key=lambda c: (c.start, -c.end))
    return _build_nested(ordered, groups, ())


def _build_nested(
    contents: list[TokenSpan],
    groups: dict[TokenSpan, list[AttributionRelation]],
    outer: tuple[AttributionRelation, ...],
) -> list[SourceChain]:
    found: list[SourceChain] = []
    at = 0
    while at < len(contents):
        content = contents[at]
        within = [c for c in contents[at + 1 :] if content.contains(c)]
        links = outer + tuple(sorted(groups[content], key=lambda s: ORDER.get(s.cue_type, 0)))
        found.append(SourceChain(links, content, tuple(_build_nested(within, groups, links))))
        taken = set(within)
        contents = [c for c in contents[at + 1 :] if c not in taken]
        at = 0
    return found


def count_words(doc: Doc, stretch: TokenSpan) -> int:
    return sum(1 for t in doc[stretch.start : stretch.end] if not t.is_punct and not t.is_space)
