"""What somebody demands or advises: “demanded that the bank not pay” is that it should not."""

from dataclasses import replace

from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Token
from workflows.extraction.text.lexicon import inflect_all
from workflows.extraction.text.spans import TokenSpan
from workflows.extraction.text.syntax import find_subject

WISHING = inflect_all(
    "demand insist recommend request ask propose suggest urge require order plead advise stipulate"
)


def complete_wish(statement: Statement) -> Statement:
    """Return a statement in the subjunctive with the “should” that it leaves out."""
    root, words = statement.root, statement.words
    subject = find_subject(root)
    verb = _find_bare_verb(root)
    if subject is None or verb is None or statement.parts or statement.lead:
        return statement
    start = min([verb.i, *(c.i for c in root.lefts if c.dep_ == "neg")])
    if not words.start < start < words.end or subject.i >= start:
        return statement
    parts = (TokenSpan(words.start, start), "should", TokenSpan(start, words.end))
    return replace(statement, parts=parts, scope=words, whole=True)


def _find_bare_verb(root: Token) -> Token | None:
    """Return the “pay” of “that it pay”, the “be” of “that it be paid”."""
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in root.lefts)
    wished = root.dep_ == "ccomp" and root.head.lower_ in WISHING and root.head.i < root.i
    helpers = [c for c in root.lefts if c.dep_ in {"aux", "auxpass"}]
    if not wished or not (marked or root.tag_ == "VB"):
        return None
    if not helpers and root.nbor(-1).lower_ == "not":
        return root
    subject = find_subject(root)
    of_one = subject is not None and subject.tag_ in {"NN", "NNP"} and not list(subject.conjuncts)
    if not helpers and (root.tag_ == "VB" or (root.tag_ == "VBP" and of_one)):
        return root  # “that the bank pay”, which the tagger may take for the present
    passive = root.tag_ == "VBN" and len(helpers) == 1 and helpers[0].lower_ == "be"
    return helpers[0] if passive else None
