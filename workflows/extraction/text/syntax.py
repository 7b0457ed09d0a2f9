"""What the parse says of one verb: its form, its subject, its negation."""

from spacy.tokens import Token

from workflows.extraction.text.lexicon import word_set

FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


def is_finite(token: Token) -> bool:
    """Whether a verb stands in a tense: by itself or by its auxiliary."""
    if token.tag_ in FINITE:
        return True
    return any(c.tag_ in FINITE and c.dep_ in {"aux", "auxpass", "cop"} for c in token.lefts)


def find_subject(verb: Token) -> Token | None:
    """Its subject, which the parser at times hangs on the auxiliary."""
    holders = [verb, *(c for c in verb.lefts if c.dep_ in {"aux", "auxpass"})]
    return next((c for holder in holders for c in holder.children if c.dep_ in SUBJECTS), None)


NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nor"})
INABILITY = frozenset({"unable", "decline", "declined", "declines", "refused", "refuse", "failed"})


def is_negated(verb: Token) -> bool:
    if any(c.dep_ == "neg" or c.lower_ in NEGATIONS for c in verb.lefts):
        return True
    return verb.dep_ == "xcomp" and (verb.head.lower_ in INABILITY or is_negated(verb.head))


SAID = word_set("report reports claim claims statement statements figure figures")
