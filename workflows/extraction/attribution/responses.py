"""Answers to what is told elsewhere: “dismissed reports that”, “withdrew its claim that”.

Whoever answers stands outside of what is answered, and decides how firmly it is put.
"""

from collections.abc import Iterator

from workflows.claims import Hedge
from workflows.extraction.attribution import noun_cues, source_mention
from workflows.extraction.attribution.content_span import find_content
from workflows.extraction.attribution.factuality import OBJECTS, find_response, respond
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import (
    NAMING,
    find_speaker,
    find_unseen_quoting,
    is_passive,
    mention_span,
)
from workflows.extraction.parse import Span, Token
from workflows.extraction.text.lexicon import (
    LABELLING,
    NOUN_FORMS,
    RESPONSES,
    VERB_FORMS,
    inflect_all,
)
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import FINITE

ANSWERS = RESPONSES.keys() | LABELLING
QUOTING = inflect_all("quote cite report describe paraphrase")


def find_by_response(verb: Token, sentence: Span) -> AttributionRelation | None:
    """Return the saying by which a verb answers what a noun tells, if it does."""
    if verb.lower_ not in ANSWERS or not verb.tag_.startswith("VB"):
        return None
    for noun in _iter_nouns(verb):
        known = find_response(noun)
        if known is None or known[0].i != verb.i:
            continue
        said = _find_told(noun, sentence)
        if said is None or said.has(verb.i):
            continue
        hedge = respond(verb, known[1], NOUN_FORMS.get(noun.lower_, known[1]))
        if hedge is None:
            return None
        head = find_speaker(verb)
        source = mention_span(head, verb) if head is not None else None
        if source is not None and (source.overlaps(said) or source.has(noun.i)):
            source, head = None, None
        cue = TokenSpan(verb.i, verb.i + 1)
        return AttributionRelation(CueType.RESPONSE, cue, source, said, hedge, head)
    return None


def find_by_quoting(verb: Token, sentence: Span) -> AttributionRelation | None:
    """Return the outer saying of “the Post quoted an aide as saying that”."""
    if verb.lower_ not in QUOTING:
        return None
    if (quoted := find_unseen_quoting(verb)) is not None:
        return _build_unseen(verb, quoted, sentence)
    phrase = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "as"), None)
    inner = next((c for c in phrase.rights if c.dep_ == "pcomp"), None) if phrase else None
    inner = inner or _find_quoted_saying(verb)
    cue = VERB_FORMS.get(inner.lower_) if inner is not None else None
    head = _find_quoting(verb, inner) if inner is not None else None
    if inner is None or cue is None or head is None:
        return None
    said = find_content(inner, cue, sentence)
    if said is None:
        return None
    words = TokenSpan(verb.i, verb.i + 1)
    source = mention_span(head, verb)
    return AttributionRelation(CueType.RESPONSE, words, source, said, Hedge.REPORTED, head)


def _find_quoted_saying(verb: Token) -> Token | None:
    """Return the “saying” of “quoted an official saying that …”."""
    quoted = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    if quoted is None or verb.lower_ not in source_mention.QUOTING:
        return None
    return next((c for c in quoted.rights if c.dep_ == "acl" and c.tag_ == "VBG"), None)


def _build_unseen(verb: Token, saying: Token, sentence: Span) -> AttributionRelation | None:
    """Return the outer saying of a verb that the parser took for a word before a name."""
    doc, cue = verb.doc, VERB_FORMS.get(saying.lower_)
    said = find_content(saying, cue, sentence) if cue is not None else None
    start = verb.i - 1
    while start > sentence.start and doc[start - 1].tag_ in NAMING | {"DT", "JJ", "CD"}:
        start -= 1
    source = trim_span(doc, start, verb.i)
    if said is None or source is None or doc[start].tag_ in FINITE:
        return None
    own = TokenSpan(verb.i, verb.i + 1)
    head = doc[verb.i - 1]
    return AttributionRelation(CueType.RESPONSE, own, source, said, Hedge.REPORTED, head)


def _find_quoting(verb: Token, inner: Token) -> Token | None:
    """Return who quotes: also “was quoted as saying by Interfax”."""
    if not is_passive(verb):
        return find_speaker(verb)
    agents = (c for holder in (verb, inner) for c in holder.rights if c.lower_ == "by")
    return next((noun for agent in agents for noun in agent.rights if noun.dep_ == "pobj"), None)


def _iter_nouns(verb: Token) -> Iterator[Token]:
    """The nouns that a verb has for its object, its subject in the passive, or behind "on"."""
    queue = [verb]
    for _ in range(3):
        queue = [
            child
            for token in queue
            for child in token.children
            if child.dep_ in OBJECTS
            or (child.dep_ in {"prep", "advmod", "prt"} and child.i > token.i)
        ]
        yield from (t for t in queue if t.tag_.startswith("NN") or t.lower_ in NOUN_FORMS)


def _find_told(noun: Token, sentence: Span) -> TokenSpan | None:
    if noun.lower_ in NOUN_FORMS:
        said = noun_cues.find_clause(noun, sentence) or noun_cues.find_event(noun)
        if said is not None:
            return said
    for child in noun.rights:
        cue = VERB_FORMS.get(child.lower_)
        if child.dep_ in {"relcl", "acl"} and cue is not None and "c" in cue.frames:
            return find_content(child, cue, sentence)
    return None
