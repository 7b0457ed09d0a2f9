"""What a clause gives a figure of, and whose it is: "Norlink posted sales of 3 million euros"."""

from collections.abc import Iterator

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.holders import AMOUNT, NOUNS, PLURAL, Parts
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token, find_root
from workflows.extraction.text.lexicon import inflect_all, word_set
from workflows.extraction.text.spans import TokenSpan, subtree_span, trim_span
from workflows.extraction.text.syntax import find_subject

MEASURED = word_set(
    """
    revenue revenues profit profits loss losses sales income earnings turnover turnout output
    production exports imports debt deficit surplus unemployment inflation growth rate rates
    price prices number numbers total toll population membership attendance traffic investment
    spending
    budget expenses margin margins backlog volume volumes ebitda wages rent rents costs cost
    share shares orders deliveries visits cases deaths
    """
)
"""Nouns of what rises and falls."""
FORESEEN = word_set("outlook forecast guidance target estimate projection")
"""What a firm gives for a measure to come: it goes up and down as well."""
CHANGES = word_set("rise increase jump gain growth drop fall decline decrease")
"""“A 10% rise in orders”: the measure stands behind."""
HAVING = word_set(
    """
    reported posted recorded announced generated achieved delivered earned had saw booked made took
    logged registered
    """
) | inflect_all("raise lift lower cut increase reduce trim upgrade narrow boost")
"""What a firm does with a measure that is its own."""
TIMES = frozenset({"DATE", "TIME"})


def find_measure(holder: Statement, before: int) -> Parts | None:
    """Return the words of what a clause gives a figure of, with its owner and its time.

    None unless it is certain, and the figure stands before a token.
    """
    verb = holder.root
    if holder.parts or holder.lead or not verb.i < before or _is_unsure(verb):
        return None
    doc = verb.doc
    subject = find_subject(verb)
    agent = holder.subject
    head = subject if agent is None else find_root(doc[slice(*agent)])
    if head is None or not any(t.tag_ == "CD" for t in doc[verb.i : before]):
        return None
    times = list(_find_times(verb, before))
    if head.lower_ in MEASURED and head.tag_ in NOUNS:
        who = agent or mention_span(head)
        told = any(t.ent_type_ in TIMES for t in doc[slice(*who)])
        return (who, *(() if told else times))
    noun = _find_given(verb, before)
    if noun is None or verb.lower_ not in HAVING:
        return None
    own = [c for c in noun.rights if c.dep_ == "prep" and c.right_edge.i < before]
    each = [TokenSpan(c.i, c.nbor().i + 1) for c in own if c.lower_ == "per"]
    of_time = [span for c in own for span in _cut_time(c)]
    return (*_name_owner(doc, agent, head, noun), *each, *of_time, *times)


def is_several(doc: Doc, measure: Parts) -> bool:
    """Return True if a measure's verb is in the plural."""
    span = next(part for part in reversed(measure) if _is_named(doc, part))
    noun = find_root(doc[slice(*span)]) if isinstance(span, TokenSpan) else doc[0]
    return noun.tag_ in PLURAL or any(c.dep_ == "conj" for c in noun.rights)


def _is_named(doc: Doc, part: TokenSpan | str) -> bool:
    return isinstance(part, TokenSpan) and find_root(doc[slice(*part)]).tag_ in NOUNS


def _is_unsure(verb: Token) -> bool:
    """Return True for what did not happen, or may."""
    unsure = any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.lefts)
    return unsure or any(c.dep_ in {"xcomp", "ccomp"} for c in verb.rights)


def _find_times(verb: Token, before: int) -> Iterator[TokenSpan]:
    for child in verb.rights:
        if child.dep_ == "prep" and child.right_edge.i < before:
            yield from _cut_time(child)


def _cut_time(preposition: Token) -> Iterator[TokenSpan]:
    """Yield “in the second quarter”; nothing of “from $3 million in 2018”."""
    start, end = subtree_span(preposition)
    doc = preposition.doc
    last = max((t.i for t in doc[start:end] if t.ent_type_ in TIMES), default=start)
    if last > start and preposition.lower_ in {"in", "for", "during"}:
        yield TokenSpan(start, last + 1)


def _find_given(verb: Token, before: int) -> Token | None:
    """Return the measure that is a verb's object: "sales of …", "$3 million in sales"."""
    given = next((c for c in verb.rights if c.dep_ == "dobj" and c.i < before), None)
    if given is None:
        return None
    if given.lower_ in FORESEEN or (given.lower_ in MEASURED and given.lower_ not in CHANGES):
        return given
    if given.lower_ in CHANGES or given.tag_ in AMOUNT or _is_money(given):
        behind = (c for p in given.rights if p.lower_ in {"in", "of"} for c in p.rights)
        return next((c for c in behind if c.lower_ in MEASURED and c.i < before), None)
    return None


def _is_money(noun: Token) -> bool:
    return any(c.tag_ == "CD" for c in noun.lefts)


def _name_owner(
    doc: Doc, agent: TokenSpan | None, head: Token, noun: Token
) -> Iterator[TokenSpan | str]:
    """Yield a measure with whose it is: “its profit” is Norlink’s."""
    named = [c for c in noun.lefts if c.dep_ in {"amod", "compound"}]
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    if owner is not None and owner.tag_ != "PRP$":
        yield TokenSpan(owner.left_edge.i, noun.i + 1)
        return
    if owner is not None and head.tag_ == "PRP":
        yield TokenSpan(owner.i, owner.i + 1)
    elif head.tag_ in NOUNS | {"PRP"}:
        yield agent or mention_span(head)
        yield "’" if head.tag_ in PLURAL else "’s"
    start = min([noun.i, *(c.left_edge.i for c in named)])
    while start < noun.i and any(t.tag_ in AMOUNT for t in doc[start : noun.i]):
        start += 1
    bare = trim_span(doc, start, noun.i + 1)
    if bare is not None:
        yield bare
