"""Texts whose parts have days of their own, such as live blogs: each is read by itself.

What is told at noon is dated at noon, and no "he" of one entry is somebody of another.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from spacy.language import Language

from workflows.claims import (
    Attribution,
    DateMention,
    Figure,
    FoundClaim,
    Place,
    Reference,
    TurnLabel,
)
from workflows.extraction.pipeline import extract_claims

_Span = TypeVar("_Span", Figure, DateMention, TurnLabel)


def extract_dated_claims(
    nlp: Language,
    text: str,
    published: date | None,
    places: Sequence[Place] = (),
    reached: Callable[[int], None] = lambda _: None,
) -> tuple[FoundClaim, ...]:
    """Return the claims of a text in order; those of a part with a day are told on that day.

    `reached` is told the offset of each paragraph as it is come to.
    """
    found: list[FoundClaim] = []
    for start, end, day in _iter_parts(text, published, places):

        def reached_in_part(offset: int, start: int = start) -> None:
            reached(start + offset)

        claims = extract_claims(nlp, text[start:end], day, reached_in_part)
        found.extend([_move(claim, start, len(found)) for claim in claims])
    return tuple(found)


def _iter_parts(
    text: str, published: date | None, places: Sequence[Place]
) -> Iterator[tuple[int, int, date | None]]:
    """Yield the parts of a text with their days; all of it where none has a day of its own."""
    if not any(place.day for place in places):
        yield 0, len(text), published
        return
    starts = sorted({0, *(place.start for place in places if 0 < place.start < len(text))})
    days = {place.start: place.day for place in places}
    for start, end in pairwise([*starts, len(text)]):
        yield start, end, days.get(start) or published


def _move(claim: FoundClaim, by: int, before: int) -> FoundClaim:
    """Return a claim of a part that begins so far on, behind so many other claims."""
    if not by and not before:
        return claim
    return replace(
        claim,
        quote_start=claim.quote_start + by,
        start=claim.start + by,
        end=claim.end + by,
        attribution=tuple(_move_source(link, by) for link in claim.attribution),
        figures=tuple(_move_span(figure, by) for figure in claim.figures),
        dates=tuple(_move_span(mention, by) for mention in claim.dates),
        references=tuple(_move_reference(each, by) for each in claim.references),
        turn=_move_span(claim.turn, by) if claim.turn else None,
        counters=None if claim.counters is None else claim.counters + before,
    )


def _move_span(span: _Span, by: int) -> _Span:
    return replace(span, start=span.start + by, end=span.end + by)


def _move_reference(each: Reference, by: int) -> Reference:
    return replace(
        each,
        start=each.start + by,
        end=each.end + by,
        from_start=each.from_start + by,
        from_end=each.from_end + by,
    )


def _move_source(link: Attribution, by: int) -> Attribution:
    def move(offset: int | None) -> int | None:
        return None if offset is None else offset + by

    return replace(
        link,
        start=move(link.start),
        end=move(link.end),
        cue_start=move(link.cue_start),
        cue_end=move(link.cue_end),
    )
