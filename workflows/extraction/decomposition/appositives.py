"""What is told beside a name, between commas: "Norlink, the largest ferry operator, …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.holders import PHRASE
from workflows.extraction.decomposition.measured import CHANGES
from workflows.extraction.decomposition.relatives import (
    RELATIVE_SUBJECT,
    find_relative,
    is_elaboration,
)
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token, find_root
from workflows.extraction.references.kinds import STATES
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import MARKS, TokenSpan, subtree_span, trim_span
from workflows.extraction.text.syntax import FINITE, is_finite

BESIDE = frozenset({"relcl", "appos"})
BREAKS = frozenset({",", "—", "–", "--"})
NAMES = frozenset({"NNP", "NNPS"})
PLURAL = frozenset({"NNS", "NNPS"})
NUMBERED = {True: "VBZ", False: "VBP"}
"""The tag that a verb does not have beside a noun in the plural, and beside one in the singular."""
LONGEST = 15
"""Tokens within which an apposition at the head of a sentence ends."""
DETERMINERS = frozenset({"a", "an", "the", "its", "his", "her", "their"})
FEWEST = 3
"""Words an apposition needs at least."""
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
NO_SUPERLATIVES = frozenset({"most", "least", "latest", "modest", "honest"})
"""What the tagger takes for superlatives, and what soon is none."""
DATED = frozenset({"DATE", "TIME"})
KNOWN = word_set(
    """
    capital maker producer manufacturer operator supplier subsidiary unit owner birthplace home
    """
)
"""Nouns that, with "of" and what follows, say something to be checked of what has a name."""


FORMER = word_set("former retired one-time onetime ex longtime")
ORIGINS = word_set("native graduate alumnus alumna veteran citizen descendant")


def find_appositives(
    paragraph: Paragraph, inside: TokenSpan, known: list[Statement]
) -> Iterator[Statement]:
    """Appositions and relative clauses in a stretch that are not among the `known` statements."""
    found = {statement.root.i for statement in known}
    for token in paragraph.doc[inside.start : inside.end]:
        if token.dep_ not in BESIDE or token.i in found:
            continue
        if not _is_attached_before(token, inside):
            continue
        if token.dep_ == "relcl" and is_elaboration(token) and _is_of_its_noun(token):
            yield from find_relative(token, inside)
        elif token.dep_ == "appos" and _is_checkable(token):
            yield from _build_statement(token, inside)


def split_opening(doc: Doc, statement: Statement) -> tuple[Statement, ...]:
    """“The largest ferry operator, Norlink carries …”: Norlink carries; it is the largest."""
    start, verb = statement.words.start, statement.root
    if statement.parts or statement.subject is not None or not is_finite(verb):
        return (statement,)
    end = min(verb.i, start + LONGEST)
    comma = next((t.i for t in doc[start:end] if t.text == ","), None)
    if comma is None or doc[start].lower_ not in DETERMINERS:
        return (statement,)
    helpers = (c.i for c in verb.lefts if c.dep_ in {"aux", "auxpass", "neg"} and c.i > comma)
    named = doc[comma + 1 : min([verb.i, *helpers])]
    if not named or any(t.tag_ not in NAMES for t in named) or _is_state(named[0]):
        return (statement,)
    if any(t.tag_ not in PHRASE | {"IN", "CC", "HYPH", "RB", "RBS"} for t in doc[start:comma]):
        return (statement,)
    noun = find_root(doc[start:comma])
    if not (_is_superlative_phrase(noun) or _is_background(doc, start, noun)):
        return (statement,)
    words = TokenSpan(comma + 1, statement.words.end)
    told = (replace(statement, words=words),)
    be = "is" if verb.tag_ in {"VBZ", "VBP"} else "was"
    name = TokenSpan(comma + 1, named[-1].i + 1)
    phrase = TokenSpan(start, comma)
    return (*told, Statement(noun, phrase, parts=(name, be, phrase)))


def _is_state(name: Token) -> bool:
    """Return True for the “Idaho” of “A nurse from Boise, Idaho has won”."""
    if name.ent_type_ == name.nbor(-2).ent_type_ == "GPE":
        return True
    two = f"{name.lower_} {name.nbor().lower_}"
    return name.nbor(-2).dep_ == "pobj" and not STATES.isdisjoint({name.lower_, two})


def _is_background(doc: Doc, start: int, noun: Token) -> bool:
    """Return True for “A former miner”, “The former mayor of Olden”, “A native of Olden”."""
    return doc[start + 1].lower_ in FORMER or noun.lower_ in ORIGINS


def _is_superlative_phrase(noun: Token) -> bool:
    return noun.tag_ in {"NN", "NNS"} and any(_is_superlative(t) for t in noun.lefts)


def cut_appositives(
    statements: Sequence[Statement], beside: Sequence[Statement]
) -> list[Statement]:
    """Return the statements without the appositions in them that are told by themselves."""
    gaps = [
        TokenSpan(told.words.start - (told.root.dep_ == "relcl"), told.words.end)
        for told in beside
        if (told.lead or told.subject is not None or told.parts) and told.root.dep_ in BESIDE
    ]
    if not gaps:
        return list(statements)
    return [
        replace(each, without=(*each.without, *(gap for gap in gaps if _is_cut_from(gap, each))))
        for each in statements
    ]


def _is_cut_from(gap: TokenSpan, statement: Statement) -> bool:
    inside = statement.words.contains(gap) and not gap.has(statement.root.i)
    doc = statement.root.doc
    closed = gap.end >= statement.words.end or doc[gap.end].text in BREAKS
    return inside and closed and gap.start > 0 and doc[gap.start - 1].text == ","


def _is_attached_before(token: Token, inside: TokenSpan) -> bool:
    """Return True if only a comma parts it from its noun: farther off, the parser only guesses."""
    comma = token.left_edge.i - 1
    noun = token.head
    beside = comma > inside.start and comma - 1 == noun.i and token.doc[comma].text in BREAKS
    return beside and _is_nameable(noun)


def _is_of_its_noun(clause: Token) -> bool:
    """Return True if it begins with "who" or "which", and its verb has the number of its noun.

    Bare of its place, "where land is scarce" would not hold alone.
    """
    if clause.left_edge.lower_ not in RELATIVE_SUBJECT:
        return False
    wrong = NUMBERED.get(clause.head.tag_ in PLURAL)
    return not any(t.tag_ == wrong for t in (clause, *clause.lefts))


def _is_nameable(noun: Token) -> bool:
    """Return True if a noun says alone which one is meant: "Norlink", "the mill"; not "a mill"."""
    # Of a list, only the last would be told of, or all of them.
    if noun.dep_ in {"conj", "appos"} and any(c.dep_ in {"cc", "conj"} for c in noun.head.rights):
        return False
    if any(c.dep_ == "conj" for c in noun.rights) or _is_name_end(noun):
        return False
    return noun.tag_ in NAMES or (
        noun.tag_ in {"NN", "NNS"} and any(c.lower_ == "the" for c in noun.lefts)
    )


def _is_name_end(noun: Token) -> bool:
    """“The Institute for Marine Research, which …”: only the whole name is told of."""
    return noun.tag_ in NAMES and noun.dep_ == "pobj" and noun.head.head.tag_ in NAMES


def _is_checkable(apposition: Token) -> bool:
    """Not a name, a role or an age, but a figure, a superlative or a known form."""
    noun = apposition.head
    if apposition.tag_ not in {"NN", "NNS"} or any(c.dep_ == "conj" for c in apposition.rights):
        return False
    if (apposition.tag_ in PLURAL) != (noun.tag_ in PLURAL):
        return False  # "the Lanes, a pub"; "the team, five players": whose number is it
    if _is_clause(apposition) or apposition.lower_ in CHANGES:
        return False  # “a growth of the plan, a 500 percent increase”
    if noun.ent_type_ == "PERSON":
        # Whose "first director" somebody is, is a role, and may be over.
        owned = any(c.dep_ == "poss" for c in apposition.lefts)
        return not owned and any(_is_superlative(t) for t in apposition.lefts)
    if any(_is_superlative(t) for t in apposition.lefts):
        return True
    return _has_figure(apposition) or _is_known_form(apposition)


def _is_clause(apposition: Token) -> bool:
    """Return True if the parser took a clause for it: "whose mill closed", "the owner boasted"."""
    doc, whole = apposition.doc, subtree_span(apposition)
    if any(t.tag_ == "WP$" or t.text in MARKS for t in doc[whole.start : apposition.i]):
        return True
    verb = next((t.i for t in doc[apposition.i : whole.end] if t.tag_ in FINITE), None)
    if verb is None:
        return False
    linked = any(t.tag_.startswith("W") or t.lower_ == "that" for t in doc[apposition.i : verb])
    return not linked


def _is_superlative(token: Token) -> bool:
    """“Largest”, "most northern", "first", "only"; not "most" of something."""
    if token.lower_ in {"first", "only"}:
        return any(c.lower_ == "the" or c.dep_ == "poss" for c in token.head.lefts)
    if token.tag_ == "JJS":
        return token.lower_ not in NO_SUPERLATIVES
    return any(c.tag_ == "RBS" for c in token.lefts)


def _has_figure(apposition: Token) -> bool:
    words = [t for t in apposition.subtree if t.i >= apposition.left_edge.i]
    if any(t.lower_ in {"old", "aged", "age"} for t in words):
        return False
    has_article = any(c.dep_ in {"det", "poss"} for c in apposition.lefts)
    figures = [
        t
        for t in words
        if t.tag_ == "CD" and t.lower_ != "one" and not _is_in_clause(t, apposition)
    ]
    return has_article and any(
        t.ent_type_ not in DATED and YEAR.fullmatch(t.text) is None for t in figures
    )


def _is_in_clause(figure: Token, apposition: Token) -> bool:
    """“The owner boasted of 40 ships": not what the owner is, whatever the parser says."""
    between = (t for t in figure.ancestors if apposition.is_ancestor(t))
    return any(t.tag_.startswith("VB") for t in between)


def _is_known_form(apposition: Token) -> bool:
    of = any(c.dep_ == "prep" and c.lower_ == "of" for c in apposition.rights)
    return of and apposition.lower_ in KNOWN and apposition.head.tag_ in NAMES


def _build_statement(noun: Token, inside: TokenSpan) -> Iterator[Statement]:
    doc = noun.doc
    whole = subtree_span(noun)
    asides = (
        t.left_edge.i
        for t in doc[noun.i + 1 : whole.end]
        if t.dep_ == "appos" or (t.dep_ == "relcl" and is_elaboration(t))
    )
    words = trim_span(doc, whole.start, min([whole.end, inside.end, *asides]))
    if words is None or words.end - words.start < FEWEST or not words.has(noun.i):
        return
    lead = "are" if noun.tag_ in PLURAL else "is"
    yield Statement(noun, words, mention_span(noun.head), lead)
