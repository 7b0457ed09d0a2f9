"""From a model's answer to claims: each part is found in the text, or the claim is dropped."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite

from workflows.claims import (
    Attribution,
    DateMention,
    Figure,
    FoundClaim,
    Hedge,
    ModelDoubt,
    Reference,
)
from workflows.llm.answer import Answer, AnsweredClaim, AnsweredFigure, AnsweredLink
from workflows.llm.chunks import Chunk
from workflows.llm.quantities import find_days, is_borne
from workflows.llm.verbatim import SearchableText, TextSpan, fold
from workflows.llm.wording import BRACKETED, find_invented, has_negations_of, keeps_order

LONGEST_WORDS = 500
"""Characters of a claim: what is longer is no single proposition."""
LONGEST_BRACKET = 80
MOST_LINKS = 4
_WEAKNESS = {hedge: rank for rank, hedge in enumerate(Hedge)}


class DropReason(StrEnum):
    """What of a claim was not found in the text, so that the claim, or that part, was dropped."""

    SHAPE = "shape"
    QUOTE = "quote"
    CONTENT = "content"
    SOURCE = "source"
    CUE = "cue"
    BRACKET = "bracket"
    WORDS = "words"
    FIGURE = "figure"
    DATE = "date"
    """A figure or a date goes alone; its claim stays."""


class _Ungrounded(Exception):
    """Something of a claim stands nowhere in the text."""

    def __init__(self, what: DropReason) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class GroundedClaims:
    """The claims of a chunk that stand word for word in it, and what was dropped, counted."""

    claims: tuple[FoundClaim, ...]
    dropped: Counter[DropReason] = field(default_factory=Counter)


def ground_answer(
    answer: Answer, text: SearchableText, chunk: Chunk, language: str
) -> GroundedClaims:
    """Return the claims of an answer that the chunk bears out, in the order of the text."""
    dropped: Counter[DropReason] = Counter()
    if answer.misshapen:
        dropped[DropReason.SHAPE] = answer.misshapen
    found: dict[tuple[int, int, str], FoundClaim] = {}
    near = chunk.span.start
    for answered in answer.claims:
        try:
            claim = _ground_claim(answered, text, chunk, language, near, dropped)
        except _Ungrounded as missing:
            dropped[missing.what] += 1
            continue
        near = claim.quote_start
        found.setdefault((claim.start, claim.end, claim.words), claim)
    in_order = sorted(found.values(), key=lambda claim: (claim.quote_start, claim.start))
    return GroundedClaims(tuple(in_order), dropped)


def _ground_claim(
    answered: AnsweredClaim,
    text: SearchableText,
    chunk: Chunk,
    language: str,
    near: int,
    dropped: Counter[DropReason],
) -> FoundClaim:
    """Return one claim with its offsets. Raises _Ungrounded."""
    quote = _require(text.find(answered.quote, chunk.span, near), DropReason.QUOTE)
    content = _require(text.find(answered.content, quote), DropReason.CONTENT)
    words = _read_words(answered.claim)
    if find_invented(words, text.text[slice(*quote)]) is not None:
        raise _Ungrounded(DropReason.WORDS)
    links = tuple(
        _ground_link(link, text, quote, chunk) for link in answered.attribution[:MOST_LINKS]
    )
    cue = _ground_words(answered.hedge_cue, text, quote, DropReason.CUE)
    hedge = _find_hedge(answered, links, cue)
    return FoundClaim(
        words=words,
        quote=text.text[slice(*quote)],
        quote_start=quote.start,
        start=content.start,
        end=content.end,
        attribution=links,
        hedge=hedge,
        hedge_cue=cue,
        polarity=answered.polarity,
        figures=tuple(_ground_figures(answered.figures, text, content, quote, dropped)),
        dates=tuple(_ground_dates(answered, text, quote, language, chunk, dropped)),
        as_of=chunk.told,
        check_worthiness=_clamp(answered.check_worthiness),
        references=_ground_references(answered, words, text, content, chunk),
        needs_words=answered.open,
        doubts=tuple(_find_doubts(words, text.text, quote, content, hedge)),
    )


def _find_doubts(
    words: str, text: str, quote: TextSpan, content: TextSpan, hedge: Hedge
) -> Iterator[ModelDoubt]:
    """Yield what a reader should look at: a negation that was lost, words put together anew."""
    undone = hedge in (Hedge.DENIED, Hedge.UNCONFIRMED)
    if not undone and not has_negations_of(words, text[slice(*content)]):
        yield ModelDoubt.POLARITY
    if not keeps_order(words, text[slice(*quote)]):
        yield ModelDoubt.ORDER


def _require(span: TextSpan | None, what: DropReason) -> TextSpan:
    if span is None:
        raise _Ungrounded(what)
    return span


def _read_words(claim: str) -> str:
    """Return the claim's words on one line, without a final stop. Raises _Ungrounded."""
    words = " ".join(claim.split()).rstrip(".。 ")
    rest = BRACKETED.sub("", words)
    if not words or len(words) > LONGEST_WORDS or "[" in rest or "]" in rest:
        raise _Ungrounded(DropReason.WORDS)
    if not any(mark.isalpha() for mark in rest) or not all(mark.isprintable() for mark in words):
        raise _Ungrounded(DropReason.WORDS)
    return words


def _ground_words(
    words: str | None, text: SearchableText, within: TextSpan, what: DropReason
) -> str | None:
    """Return words as the text has them, None for none. Raises _Ungrounded."""
    if not words or not words.strip():
        return None
    return text.text[slice(*_require(text.find(words, within), what))]


def _ground_link(
    link: AnsweredLink, text: SearchableText, quote: TextSpan, chunk: Chunk
) -> Attribution:
    """Return one source with its offsets: in the quote, or where it was last named before it.

    Raises _Ungrounded: a claim without its source would stand as the document's own.
    """
    source = _find_near(link.source, text, quote, chunk, DropReason.SOURCE)
    cue = _find_near(link.cue, text, quote, chunk, DropReason.CUE)
    if source is None and cue is None:
        raise _Ungrounded(DropReason.SOURCE)
    return Attribution(
        source=text.text[slice(*source)] if source else None,
        start=source.start if source else None,
        end=source.end if source else None,
        cue=text.text[slice(*cue)] if cue else None,
        cue_start=cue.start if cue else None,
        cue_end=cue.end if cue else None,
        anonymous=link.anonymous or source is None,
        date=None,
        hedge=Hedge.REPORTED if link.hedge is Hedge.ASSERTED else link.hedge,
    )


def _find_near(
    words: str | None, text: SearchableText, quote: TextSpan, chunk: Chunk, what: DropReason
) -> TextSpan | None:
    if not words or not words.strip():
        return None
    here = text.find(words, quote)
    shown = TextSpan(chunk.context.start, chunk.span.end)
    return here or _require(
        text.find(words, shown, near=quote.start) or text.find(words, chunk.opening), what
    )


def _find_hedge(answered: AnsweredClaim, links: tuple[Attribution, ...], cue: str | None) -> Hedge:
    """Return the weakest hedge along the chain. Raises _Ungrounded for one that no words show."""
    own = answered.hedge
    if own is not Hedge.ASSERTED and cue is None and not links:
        raise _Ungrounded(DropReason.CUE)
    return max([own, *(link.hedge for link in links)], key=_WEAKNESS.__getitem__)


def _ground_references(
    answered: AnsweredClaim, words: str, text: SearchableText, content: TextSpan, chunk: Chunk
) -> tuple[Reference, ...]:
    """Return where the words of each bracket stand. Raises _Ungrounded for a bracket without."""
    found = []
    offered = {fold(each.stands_for): each.text for each in answered.references}
    for inside in BRACKETED.findall(words):
        if fold(inside) not in offered or len(inside) > LONGEST_BRACKET:
            raise _Ungrounded(DropReason.BRACKET)
        origin = _find_antecedent(inside, text, content, chunk)
        replaced = offered[fold(inside)].strip()
        at = TextSpan(content.start, content.start)
        if replaced:
            at = _require(text.find(replaced, content), DropReason.BRACKET)
        found.append(
            Reference(
                text=text.text[slice(*at)],
                start=at.start,
                end=at.end,
                from_start=origin.start,
                from_end=origin.end,
                stands_for=inside,
            )
        )
    return tuple(found)


def _find_antecedent(
    inside: str, text: SearchableText, content: TextSpan, chunk: Chunk
) -> TextSpan:
    """Return the nearest place before a claim, or else behind it, that has a bracket's words."""
    before = TextSpan(chunk.context.start, content.start)
    places = list(text.iter_places(inside, before))
    if places:
        return places[-1]
    shown = TextSpan(chunk.context.start, chunk.span.end)
    elsewhere = text.find(inside, chunk.opening) or text.find(inside, shown, near=content.start)
    return _require(elsewhere, DropReason.BRACKET)


def _ground_figures(
    figures: Iterable[AnsweredFigure],
    text: SearchableText,
    content: TextSpan,
    quote: TextSpan,
    dropped: Counter[DropReason],
) -> Iterable[Figure]:
    for each in figures:
        span = text.find(each.text, content)
        written = text.text[slice(*span)] if span else ""
        ends = [each.value, *([] if each.upper is None else [each.upper])]
        if span is None or not all(isfinite(end) and is_borne(written, end) for end in ends):
            dropped[DropReason.FIGURE] += 1
            continue
        beside = [text.find(words or "", quote, span.start) for words in (each.unit, each.modifier)]
        unit, modifier = (text.text[slice(*at)] if at else None for at in beside)
        yield Figure(
            written, each.value, each.upper, unit or None, modifier or None, span.start, span.end
        )


def _ground_dates(
    answered: AnsweredClaim,
    text: SearchableText,
    quote: TextSpan,
    language: str,
    chunk: Chunk,
    dropped: Counter[DropReason],
) -> Iterable[DateMention]:
    for each in answered.dates:
        span = text.find(each.text, quote)
        if span is None:
            dropped[DropReason.DATE] += 1
            continue
        written = text.text[slice(*span)]
        first, last = find_days(written, each.first, each.last, language, chunk.told)
        yield DateMention(written, span.start, span.end, first, last)


def _clamp(share: float) -> float:
    return min(max(share, 0.0), 1.0) if isfinite(share) else 0.5
