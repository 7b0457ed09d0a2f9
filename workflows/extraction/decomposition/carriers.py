"""Whether a clause only carries what a source says, or tells something beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workflows.extraction.attribution.chains import SourceChain, count_words
from workflows.extraction.attribution.factuality import WHETHER, is_alternative
from workflows.extraction.attribution.noun_cues import LIGHT, find_openness
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token, find_root
from workflows.extraction.text.lexicon import inflect_all, word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.speech_acts import ASKING

MOSTLY = 0.5
"""A statement this far taken up by what a source says is that source's, not a claim beside it."""
PARTLY = 0.3
"""The same, where the statement holds the cue too."""
FEWEST = 4
"""Words a clause needs beside the saying in it, to be a claim of its own."""
FARTHEST = 6
LENDING = frozenset({"xcomp", "pcomp", "prep", "acomp", "attr", "oprd"})
BEING = word_set("is are was were be been being 's ’s remains remain remained") | inflect_all(
    "come"
)
UNNAMED = frozenset({"anonymity", "anonymously"})
QUOTING = frozenset({CueType.QUOTED, CueType.STRAY, CueType.COLON})


def is_told(paragraph: Paragraph, statement: Statement, voices: Sequence[SourceChain]) -> bool:
    """Return True if a statement of the document says nothing beside what its sources say."""
    doc, root = paragraph.doc, statement.root.i
    if not UNNAMED.isdisjoint(paragraph.words[slice(*statement.words)]):
        return True
    if statement.root.lower_ in ASKING and any(
        _is_question(child) for child in statement.root.rights
    ):
        return True
    for voice in voices:
        if voice.content.has(root) and not any(aside.has(root) for aside in voice.asides):
            return True
        if any(root == t.i for link in voice.links for t in _iter_carriers(doc, link)):
            return True
    near = [v for v in voices if statement.words.overlaps(v.content)]
    if any(link.cue_type in QUOTING for voice in near for link in voice.links):
        return is_taken_up(doc, statement.words, voices)
    return bool(near) and _count_own(doc, statement.words, near) < FEWEST


def cut_carrier(doc: Doc, statement: Statement, voices: Sequence[SourceChain]) -> Statement:
    """Return a statement without “Noting that the mill burned,”: that is a claim of its own."""
    for cue in (doc[link.cue.start] for voice in voices for link in voice.links):
        whole = TokenSpan(cue.left_edge.i, cue.right_edge.i + 1)
        beside = cue.tag_ == "VBG" and cue.dep_ == "advcl" and cue.head.i == statement.root.i
        told = any(c.dep_ == "ccomp" for c in cue.rights)
        if not (beside and told and statement.words.contains(whole)):
            continue
        words = None
        if whole.start == statement.words.start and whole.end < statement.root.i:
            words = trim_span(doc, whole.end, statement.words.end)
        elif whole.end == statement.words.end and whole.start > statement.root.i:
            words = trim_span(doc, statement.words.start, whole.start)
        statement = replace(statement, words=words or statement.words)
    for voice in voices:
        statement = _cut_alleged(doc, statement, voice)
    return statement


def _cut_alleged(doc: Doc, statement: Statement, voice: SourceChain) -> Statement:
    """Return a statement without “, allegedly sent by the north,”: nobody vouches for that."""
    said, words = voice.content, statement.words
    adverb = voice.links[-1].cue_type is CueType.ADVERB and words.contains(said)
    if not adverb or said.has(statement.root.i) or doc[said.start - 1].text != ",":
        return statement
    verb = find_root(doc[said.start : said.end])
    if verb.tag_ != "VBN" or verb.dep_ not in {"acl", "advcl"}:
        return statement
    if said.end >= words.end - 1:
        return replace(statement, words=trim_span(doc, words.start, said.start) or words)
    if doc[said.end].text != ",":
        return statement
    return replace(statement, without=(*statement.without, TokenSpan(said.start - 1, said.end + 1)))


def _is_question(clause: Token) -> bool:
    """Return True for what somebody asks: “whether it was safe”, “why it had closed”."""
    asked = clause.dep_ in {"ccomp", "advcl"}
    return asked and any(t.lower_ in WHETHER or t.tag_.startswith("W") for t in clause.lefts)


def is_taken_up(doc: Doc, words: TokenSpan, voices: Sequence[SourceChain]) -> bool:
    """Return True if most of some words is what sources say."""
    count = count_words(doc, words)
    shared = sum(words.count_shared(voice.content) for voice in voices)
    cues = any(words.has(link.cue.start) for voice in voices for link in voice.links[-1:])
    return shared >= count * MOSTLY or (cues and shared >= count * PARTLY)


def is_within_noun(doc: Doc, statement: Statement, voices: Sequence[SourceChain]) -> bool:
    """Return True if all that others say in a statement only tells which noun is meant.

    “Police held a man who they believed had sold 40 boats”: that they held him is a claim too.
    """
    cues = [doc[voice.links[-1].cue.start] for voice in voices]
    cues = [cue for cue in cues if statement.words.has(cue.i)]
    beside = all(cue.dep_ == "relcl" and cue.head.i < cue.i for cue in cues)
    return bool(cues) and beside and _count_own(doc, statement.words, voices) >= FEWEST


def _count_own(doc: Doc, words: TokenSpan, voices: Sequence[SourceChain]) -> int:
    cues = [link.cue for voice in voices for link in voice.links]
    taken = [*cues, *(voice.content for voice in voices)]
    return sum(
        1
        for token in doc[words.start : words.end]
        if not token.is_punct and not any(span.has(token.i) for span in taken)
    )


def _iter_carriers(doc: Doc, link: AttributionRelation) -> Iterator[Token]:
    """Yield the cue, and the verbs above it that only lead to it.

    “Declined to say whether”, “made the claim that”, “there are fears that”, “is unclear whether”.
    """
    token = doc[link.cue.start]
    yield token
    for _ in range(FARTHEST):
        head = token.head
        if head.i == token.i:
            return
        shared = token.dep_ == "conj" and is_alternative(token)
        light = head.lower_ in LIGHT or head.lower_ in BEING
        noun = token.dep_ in {"dobj", "nsubj", "nsubjpass"} and light
        frank = find_openness(token) is not None
        if not (token.dep_ in LENDING or shared or noun or frank):
            return
        token = head
        yield token
