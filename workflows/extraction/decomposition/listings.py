"""A list behind a colon: "has made progress: opening 40 clinics; hiring 900 doctors"."""

from collections.abc import Iterator

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.holders import Found, find_holder, make_statement
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import find_subject


def find_listed(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“The agency has made progress: opening 40 clinics; hiring 900 doctors”: it has been both."""
    colon = next((t.i for t in doc[inside.start : inside.end - 1] if t.text == ":"), None)
    holder = find_holder(known, colon - 1) if colon is not None else None
    if colon is None or holder is None or holder.parts or holder.root.i > colon:
        return
    subject = find_subject(holder.root)
    have = next((c for c in holder.root.lefts if c.lower_ in {"has", "have"}), None)
    items = list(_split_listed(doc, TokenSpan(colon + 1, inside.end)))
    if subject is None or have is None or not all(doc[item.start].tag_ == "VBG" for item in items):
        return
    start = colon
    for item in items:
        parts = (mention_span(subject), f"{have.lower_} been", item)
        yield make_statement(holder, item, parts), TokenSpan(start, item.end)
        start = item.end


def _split_listed(doc: Doc, listed: TokenSpan) -> Iterator[TokenSpan]:
    """Yield what stands between the semicolons of a list, without its "and"."""
    start = listed.start
    for end in (*(t.i for t in doc[start : listed.end] if t.text == ";"), listed.end):
        if start < end:
            item = trim_span(doc, start + (doc[start].tag_ == "CC"), end)
            if item is not None:
                yield item
        start = end + 1
