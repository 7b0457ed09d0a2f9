"""What only carries a statement: “I would say that the dam is safe” is that it is safe.

“Lee could not believe that the dam had burst” is that it had: who is amazed at a thing doubts
nothing and says nothing.
"""

from dataclasses import replace

from workflows.claims import Hedge
from workflows.extraction.attribution.factuality import has_negation, is_amazement
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Token
from workflows.extraction.text.lexicon import VERB_FORMS, inflect_all, word_set
from workflows.extraction.text.spans import trim_span
from workflows.extraction.text.syntax import find_subject, is_finite

SPEAKERS = frozenset({"i", "we"})
PRESENT = frozenset({"VBP", "VB"})
PUTTING = frozenset({"would", "can", "must", "will", "should", "'d", "’d", "'ll", "’ll", "do"})
MEANING = inflect_all(
    "say suggest argue add note stress repeat tell believe think guess suspect"
) | (
    inflect_all("assume imagine reckon suppose feel submit mean insist maintain know remind assure")
)
SURE = word_set("afraid sure certain convinced confident aware")
BEING = word_set("is was are were be 's ’s") | inflect_all("come") | {"came"}
UNSURPRISING = word_set("denying surprise secret wonder coincidence accident shock mystery")
FEW = word_set("no little small hardly")
REASONS = word_set("as since because given")
WEIGHING = word_set("believe think guess suspect assume imagine reckon suppose feel")


def strip_own_saying(statement: Statement) -> Statement:
    """Return what a speaker says by “I think that”, “I would say that”, if it begins so.

    Or what “It is no secret that” and “The move comes as no surprise, as” only lead to.
    """
    unsurprising = _find_unsurprising(statement.root)
    clause = unsurprising if unsurprising is not None else _find_told(statement.root)
    if clause is None or statement.parts or statement.lead:
        return statement
    start = clause.left_edge.i + (clause.left_edge.dep_ == "mark")
    words = trim_span(clause.doc, start, statement.words.end)
    if words is None or not statement.words.contains(words):
        return statement
    before = statement.root.doc[statement.words.start : words.start]
    tells = any(t.tag_ in {"VBD", "VBZ"} or t.dep_ == "advcl" for t in before)
    if unsurprising is None and tells:
        return statement
    return replace(statement, root=clause, words=words, subject=None)


def _find_unsurprising(verb: Token) -> Token | None:
    """Return the head of what “comes as no surprise”, or why something else does."""
    if verb.lower_ not in BEING:
        return None
    nouns = (
        noun
        for child in verb.rights
        for noun in ((child,) if child.dep_ == "attr" else child.rights)
        if child.dep_ == "attr" or child.lower_ == "as"
    )
    surprise = next((noun for noun in nouns if noun.lower_ in UNSURPRISING), None)
    if surprise is None or not any(c.lower_ in FEW for c in surprise.lefts):
        return None
    subject = next((c for c in verb.lefts if c.dep_ == "expl"), None) or find_subject(verb)
    empty = subject is not None and subject.lower_ in {"it", "there"}
    clauses = [c for head in (verb, surprise) for c in head.rights if find_subject(c) is not None]
    return next((c for c in clauses if _is_led_to(c, empty=empty)), None)


def _is_led_to(clause: Token, *, empty: bool) -> bool:
    """Return True for the clause behind “that” where “it” is the subject, else behind “as”."""
    mark = next((c.lower_ for c in clause.lefts if c.dep_ == "mark"), "")
    if empty and mark in {"that", ""}:
        return clause.dep_ in {"ccomp", "acl", "relcl", "advcl", "csubj"} and is_finite(clause)
    return mark in REASONS and clause.dep_ in {"advcl", "ccomp"} and is_finite(clause)


def is_naming(statement: Statement) -> bool:
    """Return True for “who was named in court”: the writer's own aside, that nobody says."""
    root = statement.root
    if root.dep_ != "relcl" or root.lower_ not in {"named", "identified"}:
        return False
    called = any(c.dep_ in {"oprd", "attr"} or c.lower_ == "as" for c in root.rights)
    return not called and any(c.dep_ == "auxpass" for c in root.lefts)


def find_own_hedge(root: Token) -> tuple[Hedge, str] | None:
    """Return how firmly a speaker puts what he says by “I think that”."""
    verb = root.head
    if root.dep_ != "ccomp" or _find_told(verb) != root or verb.lower_ not in WEIGHING:
        return None
    if is_amazement(verb):
        return None
    return Hedge.SPECULATED, verb.text


def _find_told(verb: Token) -> Token | None:
    """Return the head of what is told by a verb of saying in the first person, or in amazement."""
    subject = find_subject(verb)
    speaks = subject is not None and subject.lower_ in SPEAKERS
    carrier = verb if is_amazement(verb) else _find_sure(verb) if speaks else None
    if carrier is not None:
        return next((c for c in carrier.rights if c.dep_ == "ccomp" and find_subject(c)), None)
    if verb.lower_ not in MEANING or verb.lower_ not in VERB_FORMS | {"mean": None}:
        return None
    if not speaks or verb.tag_ not in PRESENT:
        return None
    helping = [c for c in verb.lefts if c.dep_ == "aux"]
    if has_negation(verb) or any(c.lower_ not in PUTTING for c in helping):
        return None
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    if clause is None or not is_finite(clause) or find_subject(clause) is None:
        return None
    asked = clause.left_edge.tag_ in {"WRB", "WP", "WDT"} or clause.left_edge.lower_ in {
        "whether",
        "if",
    }
    return None if asked else clause


def _find_sure(verb: Token) -> Token | None:
    """Return the adjective of “I am sure that”; none of “I am not sure”, “I am sure if”."""
    sure = next((c for c in verb.rights if c.dep_ == "acomp" and c.lower_ in SURE), None)
    if sure is None or has_negation(verb) or verb.tag_ not in PRESENT:
        return None
    asked = any(c.left_edge.lower_ in {"whether", "if"} for c in sure.rights)
    return None if asked else sure
