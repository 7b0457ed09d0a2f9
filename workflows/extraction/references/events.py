"""What “This saved $2 million” tells of: the one thing that the sentence before says was done."""

from collections.abc import Iterator

from workflows.extraction.parse import Span, Token
from workflows.extraction.references.entities import Antecedent, Entity
from workflows.extraction.references.kinds import EntityKind, Nature
from workflows.extraction.references.mention import Mention, MentionType, Role, clean_words
from workflows.extraction.references.reading import Reading
from workflows.extraction.references.resolved import ResolvedReference
from workflows.extraction.text.lexicon import VERB_FORMS, inflect_all, word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import find_subject, is_finite

POINTING = frozenset({"this", "that"})
EFFECTS = inflect_all(
    """
    save cost kill cause force bring raise reduce help allow prompt trigger push drive double triple
    surprise anger upset shock delay boost halve ruin hurt destroy lower increase displace
    """
) | word_set("led cost brought drove left hurt cut cuts lead leads")
"""Verbs of what an act brings about."""
ADDED = frozenset({"conj", "ccomp", "advcl", "parataxis", "relcl", "xcomp", "csubj"})
BREAKS = frozenset({",", ";", ":"})
LONGEST = 9
"""Tokens of a deed that are put in for a "this"."""


def find_events(reading: Reading) -> Iterator[ResolvedReference]:
    """Yield each "this" that leads its sentence and means what the one before tells."""
    for token in reading.paragraph.doc:
        if token.lower_ not in POINTING or token.dep_ != "nsubj":
            continue
        sentence = reading.paragraph.get_sentence(token.i)
        if token.i != sentence.start or sentence.start == 0 or token.head.lower_ not in EFFECTS:
            continue
        before = reading.paragraph.get_sentence(sentence.start - 1)
        words = _find_deed(before)
        if words is None or reading.find_quote(token.i) != reading.find_quote(before.start):
            continue
        yield _mean(reading, token, words)


def _find_deed(sentence: Span) -> TokenSpan | None:
    """Return the words of a sentence that tells one thing that was done, without its last mark."""
    verb = sentence.root
    past = verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in verb.lefts if c.dep_ == "auxpass")
    if not past or not is_finite(verb) or verb.lower_ in VERB_FORMS:
        return None
    subject = find_subject(verb)
    if (
        subject is None
        or subject.tag_.startswith(("PRP", "DT"))
        or subject.left_edge.i != sentence.start
    ):
        return None
    if any(t.dep_ in ADDED or t.text in BREAKS or t.tag_.startswith("PRP") for t in sentence):
        return None
    whole = trim_span(sentence.doc, sentence.start, sentence.end)
    if whole is None or whole.length <= LONGEST:
        return whole
    done = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    return None if done is None else TokenSpan(whole.start, done.right_edge.i + 1)


def _mean(reading: Reading, token: Token, words: TokenSpan) -> ResolvedReference:
    doc, paragraph = reading.doc, reading.paragraph
    start, end = paragraph.locate(token.idx, token.idx + len(token))
    own = Mention(
        words=TokenSpan(token.i, token.i + 1),
        head=token.i,
        start=start,
        end=end,
        text=token.text,
        noun=token.lower_,
        form=MentionType.DEFINITE,
        nature=Nature(EntityKind.EVENT),
        plural=False,
        role=Role.SUBJECT,
        verb=token.head.i,
    )
    chars = words.chars(doc)
    told = clean_words(paragraph.text[slice(*chars)], doc[words.start])
    antecedent = Antecedent(
        told, *paragraph.locate(*chars), named=False, plural=False, counted=False
    )
    event = Entity(EntityKind.EVENT, None, plural=False)
    return ResolvedReference(own, event, antecedent)
