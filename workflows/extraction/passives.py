"""Sayings in the passive by nobody named: "the mayor was accused of taking bribes".

What is said ("taking bribes") is no sentence; with the one who was told, asked or accused it is.
"""

from spacy.tokens import Token

from workflows.extraction.clauses import Statement
from workflows.extraction.sayings import Manner, Saying
from workflows.extraction.sources import mention
from workflows.extraction.stretches import Stretch, subtree

RELATIVE = frozenset({"WP", "WDT"})
HELPERS = frozenset({"aux", "auxpass", "neg"})


def whole(statement: Statement, link: Saying) -> Statement | None:
    """The passive with what it tells, if this is one and its subject is certain."""
    verb = statement.root.doc[link.cue.start]
    if link.manner is not Manner.VERB or verb.tag_ != "VBN" or statement.words.start < verb.i:
        return None
    subject = _sufferer(verb)
    rest = Stretch(first_helper(verb), statement.words.end)
    if subject is None:
        return _lent(verb, rest)
    if subject.tag_ in RELATIVE:
        return Statement(verb, rest, mention(verb.head)) if verb.dep_ == "relcl" else None
    if subject.left_edge.tag_ == "WP$":
        return None
    return Statement(verb, Stretch(subject.left_edge.i, statement.words.end))


def first_helper(verb: Token) -> int:
    """Where a verb begins with its helpers: "did not respond"."""
    return min([verb.i, *(c.i for c in verb.lefts if c.dep_ in HELPERS)])


def _lent(verb: Token, rest: Stretch) -> Statement | None:
    """A bare participle with the subject before it: "clerks accused of …", "tried and accused"."""
    if rest.start < verb.i:
        return None
    if verb.dep_ == "acl":
        were = "were" if verb.head.tag_ in {"NNS", "NNPS"} else "was"
        return Statement(verb, rest, mention(verb.head, verb), were)
    subject = _sufferer(verb.head) if verb.dep_ == "conj" else None
    if subject is None or subject.tag_ in RELATIVE or subject.left_edge.tag_ == "WP$":
        return None
    helpers = " ".join(c.text for c in verb.head.lefts if c.dep_ in HELPERS)
    return Statement(verb, rest, subtree(subject), helpers)


def _sufferer(verb: Token) -> Token | None:
    return next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)
