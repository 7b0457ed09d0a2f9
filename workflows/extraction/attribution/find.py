"""Who says what in a paragraph: every saying, found by rules that each can be read alone."""

from collections.abc import Iterator
from dataclasses import replace

from workflows.extraction.attribution.adjective_cues import (
    find_by_adjective,
    find_open_subject,
)
from workflows.extraction.attribution.direct_speech import find_direct_speech
from workflows.extraction.attribution.doubts import cut_doubts, find_doubts
from workflows.extraction.attribution.indirect_speech import (
    find_by_adverb,
    find_by_colon,
    find_by_preposition,
    find_by_verb,
)
from workflows.extraction.attribution.noun_cues import find_by_noun
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.responses import find_by_quoting, find_by_response
from workflows.extraction.text.quotations import Quotation, find_quotations
from workflows.extraction.text.sentences import Paragraph

CUE_RANK = {
    CueType.QUOTED: 0,
    CueType.VERB: 1,
    CueType.RESPONSE: 1,
    CueType.ACCORDING: 1,
    CueType.CITING: 2,
    CueType.NOUN: 2,
    CueType.COLON: 2,
    CueType.ADVERB: 3,
    CueType.STRAY: 4,
}
FIRST_PERSON = frozenset({"i", "we"})
ADDED_SOURCE_CUES = frozenset({CueType.ACCORDING, CueType.CITING, CueType.ADVERB, CueType.RESPONSE})
"""Manners that add a source to a content which already has one."""


def find_attributions(paragraph: Paragraph) -> list[AttributionRelation]:
    """Return the sayings of a paragraph in order."""
    quoted = find_quotations(paragraph.doc)
    direct = list(find_direct_speech(paragraph, quoted))
    taken = {saying.cue for saying in direct}
    indirect = [s for s in _find_indirect(paragraph) if s.cue not in taken]
    found = direct + [
        _correct_speaker(s, direct) for s in indirect if not _is_own_speech(s, quoted)
    ]
    found = list(cut_doubts(found, find_doubts(paragraph)))
    return sorted(
        _keep_distinct(found), key=lambda s: (s.content.start, -s.content.end, s.cue.start)
    )


def _is_own_speech(saying: AttributionRelation, quoted: list[Quotation]) -> bool:
    """“I think” in a quotation: the speaker once more, and no further source."""
    talks = saying.head is not None and saying.head.lower_ in FIRST_PERSON
    return talks and any(q.words.has(saying.cue.start) for q in quoted)


def _correct_speaker(
    saying: AttributionRelation, direct: list[AttributionRelation]
) -> AttributionRelation:
    """“The hall,” Lee said, “is full,” adding that …: Lee adds it, and not the hall."""
    if saying.head is None:
        return saying
    for quoted in direct:
        inside = quoted.content.has(saying.head.i) and not quoted.content.has(saying.cue.start)
        if inside and quoted.source is not None and not quoted.source.has(saying.head.i):
            return replace(saying, source=quoted.source, head=quoted.head)
    return saying


def _find_indirect(paragraph: Paragraph) -> Iterator[AttributionRelation]:
    for sentence in paragraph.sentences:
        yield from find_by_colon(sentence)
        for token in paragraph.tokens[sentence.start : sentence.end]:
            if token.is_alpha:
                for rule in (
                    find_by_adjective,
                    find_open_subject,
                    find_by_response,
                    find_by_quoting,
                    find_by_verb,
                    find_by_preposition,
                    find_by_noun,
                    find_by_adverb,
                ):
                    saying = rule(token, sentence)
                    if saying is not None:
                        yield saying
                        break


def _keep_distinct(found: list[AttributionRelation]) -> list[AttributionRelation]:
    """Return one saying for a content: the one whose cue tells most."""
    kept: list[AttributionRelation] = []
    for saying in sorted(found, key=lambda s: CUE_RANK[s.cue_type]):
        same = {k.cue_type in ADDED_SOURCE_CUES for k in kept if k.content == saying.content}
        if (saying.cue_type in ADDED_SOURCE_CUES) not in same:
            kept.append(saying)
    return kept
