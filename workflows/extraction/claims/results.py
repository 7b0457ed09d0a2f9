"""What came of an event, told behind it: "A bus overturned, killing three"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.claims.holders import (
    BEFORE_RESULT,
    NAMES,
    NOUNS,
    Found,
    Parts,
    cut_part,
    find_end,
    find_holder,
    find_verb_start,
    make_statement,
)
from workflows.extraction.claims.statement import Statement
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.spans import TokenSpan, subtree_span, trim_span
from workflows.extraction.text.syntax import FINITE, find_subject

RESULTS = {
    "killing": "killed",
    "wounding": "wounded",
    "injuring": "injured",
    "hurting": "hurt",
    "destroying": "destroyed",
    "damaging": "damaged",
    "displacing": "displaced",
    "leaving": "left",
    "forcing": "forced",
    "causing": "caused",
    "prompting": "prompted",
    "triggering": "triggered",
    "sparking": "sparked",
    "bringing": "brought",
    "raising": "raised",
    "cutting": "cut",
    "burning": "burned",
    "flooding": "flooded",
    "trapping": "trapped",
    "burying": "buried",
    "blocking": "blocked",
    "closing": "closed",
    "disrupting": "disrupted",
    "delaying": "delayed",
    "costing": "cost",
    "stranding": "stranded",
    "capturing": "captured",
    "seizing": "seized",
    "striking": "struck",
    "hitting": "hit",
    "sinking": "sank",
    "toppling": "toppled",
    "halting": "halted",
    "shutting": "shut",
    "rescuing": "rescued",
    "saving": "saved",
    "adding": "added",
    "ending": "ended",
    "sending": "sent",
    "taking": "took",
    "driving": "drove",
    "affecting": "affected",
    "infecting": "infected",
    "polluting": "polluted",
    "freeing": "freed",
    "arresting": "arrested",
    "sweeping": "swept",
    "washing": "washed",
}
"""What comes of an event, told behind it: each with its form in a tense."""
PERSONS = word_set(
    """
    man woman boy girl driver gunman gunmen men women people soldier soldiers officer officers
    rebels militants protesters attackers fighters police workers students residents crowd
    """
)
STATED = 4
"""Tokens of what things were left as, behind a comma: "leaving 12, including two girls, dead"."""
NEARBY = word_set("near in at outside off along across beside inside")


def find_results(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“A bus overturned near Olden, killing three”: the bus that overturned near Olden killed."""
    for token in doc[inside.start + 3 : inside.end - 1]:
        told = RESULTS.get(token.lower_)
        joined = doc[token.i - 1].tag_ == "CC"
        if told is None or token.tag_ != "VBG":
            continue
        comma = next((i for i in range(token.i - 1, inside.start, -1) if _opens(doc[i])), None)
        if comma is None or (not joined and comma != token.i - 1):
            continue
        holder = find_holder(known, token.i) or find_holder(known, comma - 1)
        event = _find_event(doc, holder, comma)
        if holder is None or event is None:
            continue
        end = _skip_place(doc, _find_result_end(doc, token, inside), inside)
        if any(t.tag_ == "VBG" and doc[t.i - 1].tag_ == "CC" for t in doc[token.i + 1 : end]):
            continue  # “and capturing two trucks”: its form in a tense is not known
        rest = trim_span(doc, token.i + 1, end)
        if rest is None or not any(t.tag_ in NOUNS | {"CD"} for t in doc[rest.start : rest.end]):
            continue
        before, behind = event
        words = TokenSpan(token.i, rest.end)
        yield (
            make_statement(holder, words, (*before, told, rest, *behind)),
            TokenSpan(token.i - 1, end),
        )


def _opens(token: Token) -> bool:
    following = token.nbor()
    return token.text in BEFORE_RESULT and following.lower_ in RESULTS


def _skip_place(doc: Doc, end: int, inside: TokenSpan) -> int:
    """Return the end with the place behind it: “… driving south to Olden, near the border”."""
    rest = doc[end + 1 : inside.end]
    if not len(rest) or doc[end].text != "," or rest[0].lower_ not in NEARBY:
        return end
    told = any(t.tag_ in FINITE or t.ent_type_ in {"DATE", "TIME"} or t.text == "," for t in rest)
    return end if told or doc[end - 1].tag_ not in NOUNS else inside.end


def _find_result_end(doc: Doc, verb: Token, inside: TokenSpan) -> int:
    end = find_end(doc, verb.i + 1, inside)
    for token in doc[verb.i + 1 : end]:
        if token.tag_ == "CC" and token.i + 1 < end and doc[token.i + 1].lower_ in RESULTS:
            return token.i
    rest = doc[end + 1 : inside.end]
    stated = (
        0 < len(rest) <= STATED and doc[end].text == "," and rest[0].tag_ in {"JJ", "VBN", "VBG"}
    )
    return inside.end if stated else end


def _find_event(doc: Doc, holder: Statement | None, comma: int) -> tuple[Parts, Parts] | None:
    """Return what stands before and behind a result: its cause, with verb, time and place.

    “The bus that overturned near Olden” killed three; “Norland” killed three “in Olden on Monday”.
    """
    if holder is None or holder.lead or holder.parts:
        return None
    verb, subject = holder.root, find_subject(holder.root)
    if any(c.dep_ in {"auxpass", "neg"} for c in verb.children) or verb.i > comma:
        return None
    who = holder.subject or (mention_span(subject) if subject is not None else None)
    if who is None:
        return None
    head = doc[who.start : who.end].root
    if head.tag_ in NAMES or head.tag_ in {"PRP", "DT"} or head.ent_type_ == "PERSON":
        return (who,), tuple(_find_adjuncts(verb, comma))
    event = TokenSpan(find_verb_start(verb, head), min(comma, holder.words.end))
    if event.start < who.end and holder.subject is None:
        return None
    told = cut_part(doc, event, list(holder.without))
    return (who, "who" if head.lower_ in PERSONS else "that", *told), ()


def _find_adjuncts(verb: Token, before: int) -> Iterator[TokenSpan | str]:
    """Yield the time and place of a verb, behind it; what it struck is where it happened."""
    for child in verb.rights:
        if child.right_edge.i >= before:
            return
        if child.dep_ in {"prep", "npadvmod"}:
            yield subtree_span(child)
        elif child.dep_ == "dobj" and child.ent_type_ == "GPE":
            yield from ("in", subtree_span(child))
