"""Chains of sources: sayings within sayings, outermost first."""

from dataclasses import dataclass

from spacy.tokens import Doc

from workflows.extraction.attribution.relation import Manner, Saying
from workflows.extraction.text.spans import Stretch

ORDER = {Manner.ACCORDING: 1, Manner.CITING: 2, Manner.ADVERB: 3}


@dataclass(frozen=True, slots=True)
class Voice:
    """What is said by a chain of sources, outermost first; without any it is the document's own."""

    links: tuple[Saying, ...]
    content: Stretch
    inner: tuple["Voice", ...] = ()

    @property
    def asides(self) -> tuple[Stretch, ...]:
        return tuple(aside for link in self.links for aside in link.asides)


def voices(found: list[Saying]) -> list[Voice]:
    """The outermost voices, each with the voices inside its content."""
    groups: dict[Stretch, list[Saying]] = {}
    for saying in found:
        groups.setdefault(saying.content, []).append(saying)
    ordered = sorted(groups, key=lambda c: (c.start, -c.end))
    return _nested(ordered, groups, ())


def _nested(
    contents: list[Stretch], groups: dict[Stretch, list[Saying]], outer: tuple[Saying, ...]
) -> list[Voice]:
    found: list[Voice] = []
    at = 0
    while at < len(contents):
        content = contents[at]
        within = [c for c in contents[at + 1 :] if content.contains(c)]
        links = outer + tuple(sorted(groups[content], key=lambda s: ORDER.get(s.manner, 0)))
        found.append(Voice(links, content, tuple(_nested(within, groups, links))))
        taken = set(within)
        contents = [c for c in contents[at + 1 :] if c not in taken]
        at = 0
    return found


def word_count(doc: Doc, stretch: Stretch) -> int:
    return sum(1 for t in doc[stretch.start : stretch.end] if not t.is_punct and not t.is_space)
