"""The clause in which an elliptic phrase stands, and where the phrase ends."""

from collections.abc import Iterator
from dataclasses import replace

from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token
from workflows.extraction.text.spans import TokenSpan, is_edge, trim_span
from workflows.extraction.text.syntax import FINITE, is_finite

NAMES = frozenset({"NNP", "NNPS"})
NOUNS = NAMES | {"NN", "NNS"}
PLURAL = frozenset({"NNS", "NNPS"})
PHRASE = NOUNS | {"DT", "JJ", "JJR", "JJS", "PRP$", "POS", "PDT", "CD"}
AMOUNT = frozenset({"CD", "$"})
RELATIVES = frozenset({"WDT", "WP", "WP$"})
Parts = tuple[TokenSpan | str, ...]
BEFORE_RESULT = frozenset({",", "—", "–", "--"})
YEAR_DIGITS = 4
ASIDE = 7
"""Tokens of what stands in brackets behind a name."""
FARTHEST = 40
"""Tokens looked ahead for the end of a phrase."""


def cut_part(doc: Doc, part: TokenSpan | str, gaps: list[TokenSpan]) -> Iterator[TokenSpan | str]:
    """Yield a part without the gaps in it."""
    if isinstance(part, str):
        yield part
        return
    start = part.start
    for gap in sorted(gaps):
        if part.start < gap.start < part.end:
            span = trim_span(doc, start, gap.start)
            if span is not None:
                yield span
            start = gap.end
    span = trim_span(doc, start, part.end) if start < part.end else None
    if span is not None:
        yield span


def find_holder(known: list[Statement], index: int) -> Statement | None:
    """Return the narrowest statement in whose words a token stands, with a verb in a tense."""
    holders = [s for s in known if s.words.has(index) and (s.parts or is_finite(s.root))]
    return min(holders, key=lambda s: s.words.length, default=None)


def find_end(doc: Doc, start: int, inside: TokenSpan) -> int:
    """Find a phrase's end: the comma or other mark that closes it, lists read to their end."""
    end, relative = start, False
    for token in doc[start : min(inside.end, start + FARTHEST)]:
        if token.i < end:
            continue
        relative = relative or token.tag_ in RELATIVES  # “a man who had worked in Pell”
        if token.text == "(":  # “Ted Cruz (R-TX)”
            behind = doc[token.i : min(inside.end, token.i + ASIDE)]
            end = next((t.i + 1 for t in behind if t.text == ")"), end)
            if end > token.i:
                continue
        if token.text in {";", ":", "—", "–", "--", "(", ")"}:
            break
        if token.tag_ in FINITE and not relative:
            break
        if token.text == "," and not is_list_comma(token, inside):
            break
        end = token.i + 1
    return end


def is_list_comma(comma: Token, inside: TokenSpan) -> bool:
    """Return True for the comma of "Lee, Renn and Voss", where no verb follows before the "and"."""
    following = comma.nbor()
    year = len(following.text) == YEAR_DIGITS and following.text.isdigit()
    if following.lower_ == "including" or (year and comma.nbor(-1).text.isdigit()):
        return True  # “June 30, 2000”
    if following.ent_type_ == comma.nbor(-1).ent_type_ == "GPE" and following.tag_ == "NNP":
        return True  # “Flint, Michigan”
    if following.tag_ == "CC":
        return _is_last_comma(comma, inside)
    for token in comma.doc[comma.i + 1 : min(inside.end, comma.i + 8)]:
        if token.tag_ == "CC":
            return True
        if token.tag_ not in PHRASE and token.text != ",":
            return False
    return False


def _is_last_comma(comma: Token, inside: TokenSpan) -> bool:
    """Return True for the second comma of "Norlink, Olden Bank, and Falk", up to the end."""
    listed = comma.doc[max(inside.start, comma.i - FARTHEST // 4) : comma.i]
    rest = comma.doc[comma.i + 2 : min(inside.end, comma.i + FARTHEST // 4)]
    named = len(rest) > 0 and all(t.tag_ in PHRASE or is_edge(t) for t in rest)
    return named and any(t.text == "," and t.nbor().tag_ in NAMES for t in listed)


Found = Iterator[tuple[Statement, TokenSpan]]


def skip_comma(doc: Doc, end: int, last: int) -> int:
    return end + 1 if end < last and doc[end].text in BEFORE_RESULT else end


def lend_subject(holder: Statement) -> Parts:
    """Return the subject and helping verb that a clause was lent."""
    subject = () if holder.subject is None else (holder.subject,)
    return (*subject, holder.lead) if holder.lead else subject


def make_statement(holder: Statement, words: TokenSpan, parts: Parts) -> Statement:
    scope = holder.clause
    return replace(holder, words=words, subject=None, lead="", parts=parts, scope=scope, without=())


def find_verb_start(verb: Token, subject: Token) -> int:
    """Return where a verb begins with its helpers, behind its subject."""
    helpers = (c.i for c in verb.lefts if c.dep_ in {"aux", "auxpass", "neg"} and c.i > subject.i)
    return min([verb.i, *helpers])
