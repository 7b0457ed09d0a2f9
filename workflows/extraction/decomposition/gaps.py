"""What a source says of a noun outside: “a plant that officials say will employ 900”."""

from dataclasses import replace

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Token
from workflows.extraction.text.spans import TokenSpan
from workflows.extraction.text.syntax import find_subject, is_finite

FARTHEST = 4
HELPING = frozenset({"aux", "auxpass", "nsubj", "nsubjpass"})
PRONOUNS = frozenset({"WDT", "WP"})


def lend_antecedent(statement: Statement) -> Statement:
    """Return a statement with the noun that its relative pronoun, or its gap, stands for."""
    root = statement.root
    if statement.subject is not None:
        return _lend_second(statement, statement.subject)
    if _is_participle(statement):
        return _complete(statement)
    noun = _find_antecedent(root) if not statement.lead and is_finite(root) else None
    subject = find_subject(root)
    if noun is None or statement.words.has(noun.i):
        return statement
    if subject is None:
        return replace(statement, subject=mention_span(noun))
    return _replace_relative(statement, subject, noun)


def _replace_relative(statement: Statement, subject: Token, noun: Token) -> Statement:
    """Return a statement with a noun for the relative pronoun that it begins with."""
    root = statement.root
    if subject.tag_ not in PRONOUNS or subject.i > root.i:
        return statement
    words = statement.words
    if words.has(subject.i):
        if subject.i != words.start:
            return statement
        words = TokenSpan(subject.i + 1, words.end)
    return (
        replace(statement, words=words, subject=mention_span(noun)) if words.length else statement
    )


def _complete(statement: Statement) -> Statement:
    """Return “the vans were sold in May” for “allegedly sold in May”."""
    root = statement.root
    were = "were" if root.head.tag_ in {"NNS", "NNPS"} else "was"
    subject = mention_span(root.head, root.left_edge)
    words = TokenSpan(root.i, statement.words.end)
    return replace(statement, words=words, subject=subject, lead=were)


def _is_participle(statement: Statement) -> bool:
    """Return True for “allegedly sent by the north”, told of what stands before it."""
    root, bare = statement.root, statement.subject is None and not statement.lead
    outside = root.tag_ == "VBN" and root.dep_ == "acl" and root.head.i < statement.words.start
    alone = not any(c.dep_ in {"conj", "appos"} for c in (*root.head.children, root.head))
    return bare and outside and alone and not any(c.dep_ in HELPING for c in root.lefts)


def _lend_second(statement: Statement, subject: TokenSpan) -> Statement:
    """“A plant which Lee said was old but did not leak”: the second half as well."""
    pronoun = subject.length == 1 and statement.root.doc[subject.start].tag_ in PRONOUNS
    noun = _find_antecedent(statement.root) if pronoun else None
    return statement if noun is None else replace(statement, subject=mention_span(noun))


def _find_antecedent(verb: Token) -> Token | None:
    """The noun of the relative clause in which a verb stands, itself or as what is said there."""
    token = verb
    for _ in range(FARTHEST):
        if token.dep_ == "relcl":
            return token.head
        if token.dep_ not in {"ccomp", "xcomp", "conj"} or token.head.i == token.i:
            return None
        token = token.head
    return None
