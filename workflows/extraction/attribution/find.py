"""Who says what in a paragraph: every saying, found by rules that each can be read alone."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from workflows.extraction.attribution import (
    adjective_cues,
    indirect_speech,
    noun_cues,
    passing_remarks,
    responses,
    viewpoints,
)
from workflows.extraction.attribution.adjective_cues import (
    find_by_adjective,
    find_open_subject,
)
from workflows.extraction.attribution.chains import share_content
from workflows.extraction.attribution.direct_speech import find_direct_speech
from workflows.extraction.attribution.doubts import cut_doubts, find_doubts
from workflows.extraction.attribution.indirect_speech import (
    find_by_adverb,
    find_by_colon,
    find_by_preposition,
    find_by_verb,
    find_estimate,
)
from workflows.extraction.attribution.noun_cues import find_by_noun
from workflows.extraction.attribution.passing_remarks import find_by_remark
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.responses import find_by_quoting, find_by_response
from workflows.extraction.attribution.source_mention import find_blamed
from workflows.extraction.attribution.viewpoints import find_by_viewpoint
from workflows.extraction.parse import Span, Token
from workflows.extraction.text.lexicon import ADVERB_FORMS, DIRECTIVES, inflect_all
from workflows.extraction.text.quotations import Quotation
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
THINKING = inflect_all(
    """
    think believe assume feel guess suspect imagine reckon suppose presume hope wish fear worry
    expect know realise realize understand wonder
    """
)
DIRECTED = DIRECTIVES | inflect_all("order instruct command warn remind direct request counsel beg")
"""What, done to somebody, tells what they are to do: “were told to stay in their homes”."""
FORETOLD = inflect_all("expect need want")
SPOKEN_OUT = frozenset({CueType.QUOTED, CueType.STRAY})
Rule = Callable[[Token, Span], AttributionRelation | None]
RULES: tuple[tuple[Rule, Collection[str] | None], ...] = (
    (find_by_adjective, adjective_cues.CUES),
    (find_open_subject, None),
    (find_by_response, responses.ANSWERS),
    (find_by_quoting, responses.QUOTING),
    (find_by_remark, passing_remarks.TELLING),
    (find_by_verb, indirect_speech.VERBS),
    (find_estimate, indirect_speech.PUTTING),
    (find_by_preposition, indirect_speech.PREPOSITIONS),
    (find_by_viewpoint, viewpoints.OPENING),
    (find_by_noun, noun_cues.CUES),
    (find_by_adverb, ADVERB_FORMS),
)
"""The rules in order, each with the words in lower case by which it finds anything; None is any."""
OF_ANY_WORD = tuple(rule for rule, cues in RULES if cues is None)
RULES_OF = {
    word: tuple(rule for rule, cues in RULES if cues is None or word in cues)
    for _, words in RULES
    for word in words or ()
}
FIRST_PERSON = frozenset({"i", "we"})
ADDED_SOURCE_CUES = frozenset({CueType.ACCORDING, CueType.CITING, CueType.ADVERB, CueType.RESPONSE})
"""Manners that add a source to a content which already has one."""


def find_attributions(paragraph: Paragraph) -> list[AttributionRelation]:
    """Return the sayings of a paragraph in order."""
    quoted = paragraph.quotations
    direct = list(find_direct_speech(paragraph, quoted))
    taken = {saying.cue for saying in direct}
    indirect = [
        s
        for s in _find_indirect(paragraph)
        if s.cue not in taken
        and not _is_request(s, paragraph.doc[s.cue.start])
        and not _is_share(s)
    ]
    found = direct + [
        _correct_speaker(s, direct) for s in indirect if not _is_own_speech(s, quoted)
    ]
    found = [_drop_wordless(s) for s in found if not _is_ascribed(s, found)]
    found = list(cut_doubts(found, find_doubts(paragraph)))
    return sorted(
        share_content(_keep_distinct(found)),
        key=lambda s: (s.content.start, -s.content.end, s.cue.start),
    )


def _is_request(saying: AttributionRelation, verb: Token) -> bool:
    """Return True for “were asked to pick the best”: done to them, and nobody's saying.

    So is what was denied to somebody: “was denied bail”.
    """
    passive = any(c.dep_ == "auxpass" for c in verb.lefts)
    passive |= verb.dep_ == "conj" and any(c.dep_ == "auxpass" for c in verb.head.lefts)
    if saying.source is not None or not passive:
        return False
    if verb.lower_ == "denied":
        return any(c.dep_ == "dobj" for c in verb.rights)
    to_do = any(t.tag_ == "TO" for c in verb.rights for t in c.lefts)
    return verb.lower_ in DIRECTED and verb.lower_ not in FORETOLD and to_do


def _is_share(saying: AttributionRelation) -> bool:
    """Return True for “23 percent chose Lee, suggesting that …”: a figure suggests nothing."""
    head = saying.head
    return head is not None and head.lower_ in {"percent", "%", "cent"}


def _is_own_speech(saying: AttributionRelation, quoted: Sequence[Quotation]) -> bool:
    """“I think” in a quotation: the speaker once more, and no further source."""
    talks = saying.head is not None and saying.head.lower_ in FIRST_PERSON
    return talks and any(q.words.has(saying.cue.start) for q in quoted)


def _drop_wordless(saying: AttributionRelation) -> AttributionRelation:
    """Return a saying without a source that is but a dash or another mark."""
    if saying.source is None or saying.head is None:
        return saying
    words = saying.head.doc[saying.source.start : saying.source.end]
    if any(t.is_alpha or t.is_digit or t.text[:1].isalnum() for t in words):
        return saying
    return replace(saying, source=None, head=None)


def _is_ascribed(saying: AttributionRelation, found: list[AttributionRelation]) -> bool:
    """“Accused her of thinking that …”: a thought that only somebody else ascribes to her."""
    head = saying.head
    if head is None or head.doc[saying.cue.start].lower_ not in THINKING:
        return False
    verb = head.doc[saying.cue.start]
    if find_blamed(verb) is not None or (verb.dep_ == "pcomp" and head.dep_ == "dobj"):
        return True
    named = head.ent_type_ == "PERSON"
    if not named and not head.tag_.startswith("PRP"):
        return False
    return any(
        other.cue != saying.cue
        and other.content.has(saying.cue.start)
        and other.head is not None
        and other.head.i != head.i
        and (named or other.cue_type in SPOKEN_OUT)
        for other in found
    )


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
        for index in range(sentence.start, sentence.end):
            token = paragraph.doc[index]
            for rule in RULES_OF.get(paragraph.words[index], OF_ANY_WORD):
                saying = rule(token, sentence) if token.is_alpha else None
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
