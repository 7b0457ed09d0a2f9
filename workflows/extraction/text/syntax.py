"""What the parse says of one verb: its form, its subject, its negation."""

from collections.abc import Sequence

from workflows.extraction.parse import Doc, Span, Token
from workflows.extraction.text.lexicon import word_set

FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
CLAUSES = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl"})
HELPERS = frozenset({"aux", "auxpass"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


def is_finite(token: Token) -> bool:
    """Return True if a verb stands in a tense: by itself or by its auxiliary."""
    if token.tag_ in FINITE:
        return True
    return any(c.tag_ in FINITE and c.dep_ in {"aux", "auxpass", "cop"} for c in token.lefts)


def find_subject(verb: Token) -> Token | None:
    """Return its subject, which the parser at times hangs on the auxiliary."""
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
    for helper in verb.lefts:
        if helper.dep_ in HELPERS:
            for child in helper.children:
                if child.dep_ in SUBJECTS:
                    return child
    return None


NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nor"})
INABILITY = frozenset({"unable", "decline", "declined", "declines", "refused", "refuse", "failed"})


ONLY = frozenset({"only", "just", "merely", "simply", "solely"})


def is_negated(verb: Token) -> bool:
    signs = [c for c in verb.children if c.dep_ == "neg" or c.lower_ in NEGATIONS]
    if any((c.dep_ == "neg" or c.i < verb.i) and not _is_not_only(c) for c in signs):
        return True
    return verb.dep_ == "xcomp" and (verb.head.lower_ in INABILITY or is_negated(verb.head))


def _is_not_only(negation: Token) -> bool:
    """Return True for "not only … but also", "is not just old but unsafe": both hold."""
    rest = [t.lower_ for t in negation.doc[negation.i + 1 : negation.sent.end]]
    return bool(rest) and rest[0] in ONLY and "but" in rest


SAID = word_set("report reports claim claims statement statements figure figures")


SUFFERED = word_set(
    """
    caught sandwiched wedged trapped squeezed torn divided surrounded located situated nestled
    perched tucked built taken made held known called named seen shown shot filmed recorded posted
    published found used based owned run controlled occupied besieged destroyed damaged hidden
    buried stationed deployed parked placed kept left written signed accused suspected wanted
    """
)
"""Participles that, with no object, tell what was done to their noun: no past tense."""


UNCHANGED = word_set(
    "put cut hit set let shut spread split cost hurt quit cast burst shed bid read"
)
"""Verbs whose past tense is their infinitive."""
COUNTING = frozenset({"DT", "CD", "PRP$"})
AROUND = frozenset({"prep", "punct", "npadvmod", "advcl"})
"""How what stands before the subject of a sentence hangs on its verb."""


def mend_past_tenses(doc: Doc) -> None:
    """Read "A bus overturned near the port" as a sentence where the parser took it for a phrase.

    A past tense that looks like its participle is at times hung on its own subject. Only in a
    sentence that has no other verb in a tense, and ends with a full stop.
    """
    for sentence in doc.sents:
        words = doc[sentence.start : sentence.end]
        tags = [token.tag_ for token in words]
        stated = not FINITE.isdisjoint(tags)
        if not stated and words[-1].text != ".":
            continue
        for token, tag in zip(words, tags, strict=True):
            past = tag == "VBN" or (tag == "VB" and token.lower_ in UNCHANGED)
            if past and _has_own_subject(token):
                token.tag_, stated = "VBD", True
        if stated:
            _mend_headed_by_noun(sentence)
        else:
            _mend_phrase(sentence)
            _mend_modifier(words)
            _mend_compound(sentence.root)


def _has_own_subject(participle: Token) -> bool:
    """Return True for "left" in "40 people left and two died", which needs no helping verb."""
    left = {c.dep_ for c in participle.lefts}
    return "nsubj" in left and not left & {"aux", "auxpass"} and participle.dep_ in CLAUSES


def _mend_compound(root: Token) -> None:
    """Make “cost” the verb of “The hall cost between $2m and $3m.”, where it is no noun."""
    before = root.nbor(-1) if root.i else root
    if root.lower_ not in UNCHANGED or root.tag_ != "NN" or before.dep_ != "compound":
        return
    amount = next((c for c in root.rights if c.dep_ in {"prep", "dobj", "appos"}), None)
    counted = amount is not None and any(t.tag_ == "CD" for t in amount.subtree)
    if amount is None or not counted or not before.tag_.startswith("NN"):
        return
    amount.dep_ = "dobj" if amount.dep_ == "appos" else amount.dep_
    root.tag_, before.dep_ = "VBD", "nsubj"
    for child in [c for c in root.lefts if c.i < before.i]:
        child.attach(before)


def _mend_modifier(words: Sequence[Token]) -> None:
    """Make a verb of “employed 900 men”: no participle stands before a number."""
    verb = next((t for t in words[:-1] if t.dep_ == "amod" and t.tag_ == "VBN"), None)
    if verb is None or verb.nbor().tag_ not in COUNTING or verb.head.dep_ != "ROOT":
        return
    done, subject = verb.head, verb.nbor(-1) if verb.i > words[0].i else verb
    before = [t for t in words if t.i < subject.i]
    bare = all(t.tag_ in {"DT", "NN", "NNP", "JJ"} for t in before)
    if subject.i == verb.i or subject.tag_ == "DT" or not bare or not done.tag_.startswith("NN"):
        return
    behind = [c for c in done.rights if c.i > done.i]
    verb.tag_, verb.dep_ = "VBD", "ROOT"
    verb.attach(verb)
    done.dep_ = "dobj"
    done.attach(verb)
    if not subject.tag_.startswith("NN"):
        subject.tag_ = "NN"
    subject.dep_ = "nsubj"
    subject.attach(verb)
    for token in before:
        token.attach(subject)
    for child in behind:
        child.attach(verb)


def _mend_headed_by_noun(sentence: Span) -> None:
    """Make a verb of “called” in “According to Lee, the plan called for a hall.”.

    The parser hung it on its subject, as it does with “killed” of “A raid killed two and wounded
    four.”: a participle is joined to no past tense.
    """
    noun = sentence.root
    if not noun.tag_.startswith("NN") or sentence[-1].text not in {".", "”", '"'}:
        return
    verb = next((c for c in noun.rights if c.dep_ == "acl"), None)
    if verb is None or verb.tag_ not in {"VBD", "VBN"}:
        return
    if any(t.tag_ in FINITE for t in sentence.doc[sentence.start : noun.left_edge.i]):
        return
    joined = next((c for c in verb.rights if c.dep_ == "conj"), None)
    beside = joined is not None and is_finite(joined) and find_subject(joined) is None
    if verb.tag_ == "VBD" or beside:
        _give_verb(noun, verb)


def _mend_phrase(sentence: Span) -> None:
    noun = sentence.root
    if not noun.tag_.startswith("NN") or any(t.text == ":" for t in sentence):
        return
    first = noun.left_edge.nbor() if noun.left_edge.tag_ == "CC" else noun.left_edge
    verb = next((c for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VBN"), None)
    verb = verb or next(filter(_is_acting, sentence[noun.i + 1 - sentence.start :]), None)
    if verb is None or any(c.dep_ == "agent" or c.lower_ == "by" for c in verb.rights):
        return
    if first.tag_ not in {"DT", "PRP$", "NNP", "CD"}:
        return
    if verb.lower_ in SUFFERED and not any(c.dep_ == "dobj" for c in verb.rights):
        return
    _give_verb(noun, verb)


def _is_acting(participle: Token) -> bool:
    """Return True for “found” of “a study of other data found 40 mills”: it has an object."""
    reduced = participle.dep_ == "acl" and participle.tag_ == "VBN"
    return reduced and any(c.dep_ == "dobj" for c in participle.rights)


def _give_verb(noun: Token, verb: Token) -> None:
    """Make a noun that headed a sentence the subject of its participle."""
    around = [c for c in noun.rights if c.i > verb.i]
    around += [c for c in noun.lefts if c.dep_ in AROUND]
    verb.tag_, verb.dep_, noun.dep_ = "VBD", "ROOT", "nsubj"
    verb.attach(verb)
    noun.attach(verb)
    for child in around:
        child.attach(verb)
