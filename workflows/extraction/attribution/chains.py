"""Chains of sources: sayings within sayings, outermost first."""

from dataclasses import dataclass, replace

from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.parse import Doc
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.spans import TokenSpan

SPOKEN = frozenset({CueType.VERB, CueType.QUOTED})

ORDER = {CueType.RESPONSE: -1, CueType.ACCORDING: 1, CueType.CITING: 3, CueType.ADVERB: 4}
CITED = 2
"""Where a person's words stand of which “according to” tells who reports them."""
OUTLETS = word_set(
    """
    post times journal herald gazette guardian tribune observer chronicle news daily telegraph mail
    reuters ap afp bloomberg cnn nbc abc cbs bbc npr fox politico axios magazine newspaper paper
    website broadcaster television tv radio station outlet outlets media press wire network report
    reports
    """
)
"""Words of a source that reports what others say."""


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
        links = outer + tuple(_order(groups[content]))
        found.append(SourceChain(links, content, tuple(_build_nested(within, groups, links))))
        taken = set(within)
        contents = [c for c in contents[at + 1 :] if c not in taken]
        at = 0
    return found


def _order(found: list[AttributionRelation]) -> list[AttributionRelation]:
    """Return the sayings of one content, whoever reports it before those who are cited.

    In “the Post said …, according to police” the Post reports, in “Lee said …, according to the
    Post” as well.
    """
    according = any(saying.cue_type is CueType.ACCORDING for saying in found)

    def rank(saying: AttributionRelation) -> int:
        spoken = saying.cue_type in SPOKEN and according and not is_outlet(saying)
        return CITED if spoken else ORDER.get(saying.cue_type, 0)

    return sorted(found, key=rank)


def is_outlet(saying: AttributionRelation) -> bool:
    """Return True if a newspaper, a broadcaster or the like is the source of a saying."""
    if saying.source is None or saying.head is None:
        return False
    words = saying.head.doc[saying.source.start : saying.source.end]
    return any(token.lower_ in OUTLETS for token in words)


def share_content(found: list[AttributionRelation]) -> list[AttributionRelation]:
    """Return sayings of which those told beside each other by two sources have one content.

    “The Post said 40 clerks had left, according to a memo”: the memo tells of the clerks.
    """
    return [_share(saying, found) for saying in found]


def _share(saying: AttributionRelation, found: list[AttributionRelation]) -> AttributionRelation:
    if saying.cue_type in SPOKEN and not is_outlet(saying):
        return _cut_teller(saying, found)
    if saying.cue_type not in {CueType.ACCORDING, CueType.CITING} or saying.source is None:
        return saying
    for other in found:
        citing = saying.cue_type is CueType.CITING
        reports = (citing or is_outlet(other)) and (
            other.cue_type in SPOKEN or (citing and other.cue_type is CueType.ACCORDING)
        )
        whole = saying.content.has(other.cue.start) and saying.content.contains(other.content)
        if other.cue != saying.cue and reports and whole:
            phrase = TokenSpan(saying.cue.start, saying.source.end)
            asides = (phrase,) if other.content.contains(phrase) else ()
            return replace(saying, content=other.content, asides=asides)
    return saying


def _cut_teller(
    saying: AttributionRelation, found: list[AttributionRelation]
) -> AttributionRelation:
    """Return “The man said Pell fired first, according to police” without who tells of it."""
    for other in found:
        told, said = other.content, saying.content
        behind = other.cue_type is CueType.ACCORDING and said.has(other.cue.start)
        if behind and 0 <= told.start - said.start <= 1 and told.end <= other.cue.start:
            return replace(saying, content=told)
    return saying


def count_words(doc: Doc, stretch: TokenSpan) -> int:
    return sum(1 for t in doc[stretch.start : stretch.end] if not t.is_punct and not t.is_space)
