"""Who says what in a paragraph: every saying, found by rules that each can be read alone."""

from collections.abc import Iterator

from workflows.extraction.attribution.adjective_cues import by_adjective
from workflows.extraction.attribution.direct_speech import spoken
from workflows.extraction.attribution.indirect_speech import (
    by_adverb,
    by_colon,
    by_preposition,
    by_verb,
)
from workflows.extraction.attribution.noun_cues import by_noun
from workflows.extraction.attribution.relation import Manner, Saying
from workflows.extraction.text.quotations import Quotation, quotations
from workflows.extraction.text.sentences import Paragraph

RANK = {
    Manner.QUOTED: 0,
    Manner.VERB: 1,
    Manner.ACCORDING: 1,
    Manner.CITING: 2,
    Manner.NOUN: 2,
    Manner.COLON: 2,
    Manner.ADVERB: 3,
    Manner.STRAY: 4,
}
IN_TALK = frozenset({"i", "we"})
BESIDE = frozenset({Manner.ACCORDING, Manner.CITING, Manner.ADVERB})
"""Manners that add a source to a content which already has one."""


def sayings(paragraph: Paragraph) -> list[Saying]:
    """The sayings of a paragraph in order."""
    quoted = quotations(paragraph.doc)
    direct = list(spoken(paragraph, quoted))
    taken = {saying.cue for saying in direct}
    indirect = [s for s in _indirect(paragraph) if s.cue not in taken]
    found = direct + [s for s in indirect if not _of_himself(s, quoted)]
    return sorted(_distinct(found), key=lambda s: (s.content.start, -s.content.end, s.cue.start))


def _of_himself(saying: Saying, quoted: list[Quotation]) -> bool:
    """“I think” in a quotation: the speaker once more, and no further source."""
    talks = saying.head is not None and saying.head.lower_ in IN_TALK
    return talks and any(q.words.has(saying.cue.start) for q in quoted)


def _indirect(paragraph: Paragraph) -> Iterator[Saying]:
    for sentence in paragraph.sentences:
        yield from by_colon(sentence)
        for token in paragraph.tokens[sentence.start : sentence.end]:
            if token.is_alpha:
                for rule in (by_adjective, by_verb, by_preposition, by_noun, by_adverb):
                    saying = rule(token, sentence)
                    if saying is not None:
                        yield saying
                        break


def _distinct(found: list[Saying]) -> list[Saying]:
    """One saying for a content: the one whose cue tells most."""
    kept: list[Saying] = []
    for saying in sorted(found, key=lambda s: RANK[s.manner]):
        same = {k.manner in BESIDE for k in kept if k.content == saying.content}
        if not same or (saying.manner in BESIDE and True not in same):
            kept.append(saying)
    return kept
