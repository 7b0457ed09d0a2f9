"""Corrections of the document itself: what an earlier version said is denied, not said again."""

import re
from dataclasses import replace
from typing import NamedTuple

from workflows.claims import Attribution, FoundClaim, Hedge
from workflows.extraction.claims.hedges import WEAKNESS
from workflows.extraction.text.parts import PartKind
from workflows.extraction.text.plain_text import CharSpan
from workflows.extraction.text.sentences import Paragraph

ITSELF = r"(?:article|story|report|post|page|piece|headline|text|caption|item|graphic|map|chart)"
VERSION = (
    r"(?:an?|the|our)\s(?:earlier|previous|prior|original|initial|first)\s(?:version|edition)s?"
    rf"(?:\sof\s(?:this|the|our)\s{ITSELF})?"
    rf"|(?:an?|the|our)\s(?:earlier|previous|original|first)\s{ITSELF}|(?:this|the|our)\s{ITSELF}|we|it"
)
WRONGLY = r"(?:wrongly|incorrectly|mistakenly|erroneously|inaccurately|falsely)"
BEFORE = rf"(?:{WRONGLY}|originally|previously|initially|first|earlier|had|also)"
STATED = (
    r"(?:said|stated|reported|gave|put|claimed|suggested|described|referred|indicated|implied"
    r"|quoted|listed|named|identified|attributed|wrote|called)"
)
WRONG = r"(?:mis(?:stated|identified|spelled|spelt|reported|quoted|attributed|described|named))"
RETRACTION = re.compile(
    rf"\b(?P<source>{VERSION})\b(?P<between>[^.;]{{0,120}}?)\s"
    rf"(?:(?P<before>(?:{BEFORE}\s)+)(?P<cue>{STATED})|(?P<plain>{STATED})|(?P<wrong>{WRONG}))\b",
    re.IGNORECASE,
)
"""“An earlier version of this article wrongly said that …”."""
RETRACTION_END = re.compile(rf"\band\s(?:{BEFORE}\s)*{STATED}\b(?=\sthat\b)", re.IGNORECASE)
"""“… misspelled a name and wrongly stated that …”: what is taken back begins behind the last."""
OF_ITSELF = re.compile(
    rf"(?:\[?(?:this|the|an?|our)\s(?:{ITSELF}|(?:\w+\s)?(?:version|edition|correction|update))\b"
    r"|we\b)",
    re.IGNORECASE,
)
AMENDED = re.compile(r"\b(?:amended|corrected|updated|clarified|revised|edited|apologi[sz]e)\b")
EARLIER = re.compile(r"\b(?:earlier|previous|prior|original|initial|first)\b", re.IGNORECASE)
ONCE = re.compile(rf"\b(?:originally|{WRONGLY})\b", re.IGNORECASE)
"""“This article originally said that …”: as it no longer does."""


class Retraction(NamedTuple):
    """What a sentence takes back, by document offsets: `taken` of it, said so by `source`."""

    sentence: CharSpan
    source: CharSpan
    cue: CharSpan
    taken: CharSpan


def correct(text: str, paragraph: Paragraph, found: list[FoundClaim]) -> list[FoundClaim]:
    """Return the claims of a paragraph, what it takes back denied, and nothing about itself."""
    correcting = paragraph.kind is PartKind.CORRECTION
    taken_back = EARLIER.search(paragraph.text) or ONCE.search(paragraph.text)
    if not found or not (correcting or taken_back):
        return found
    retractions = _find_retractions(paragraph, correcting=correcting)
    kept: list[FoundClaim] = []
    for claim in found:
        retraction = next((r for r in retractions if _is_within(claim.start, r.sentence)), None)
        if retraction is not None and _is_within(claim.start, retraction.taken):
            kept.append(_deny(text, claim, retraction))
        elif retraction is not None and claim.start < retraction.taken.start:
            continue
        elif correcting and claim.attribution and _is_itself(claim.attribution[0]):
            inner = claim.attribution[1:]
            hedge = max(
                (link.hedge for link in inner), key=WEAKNESS.__getitem__, default=Hedge.ASSERTED
            )
            kept.append(replace(claim, attribution=inner, hedge=hedge))
        elif not (correcting and OF_ITSELF.match(claim.words) and AMENDED.search(claim.words)):
            kept.append(claim)
    return kept


def _find_retractions(paragraph: Paragraph, *, correcting: bool) -> list[Retraction]:
    found: list[Retraction] = []
    for sentence in paragraph.sentences:
        start, end = sentence.start_char, sentence.end_char
        match = RETRACTION.search(paragraph.text, start, end)
        if match is None:
            continue
        once = OF_ITSELF.match(match["source"]) and ONCE.search(match["before"] or "")
        if not (correcting or once or EARLIER.search(match["source"])):
            continue
        last = RETRACTION_END.search(paragraph.text, match.end(), end)
        behind = last.end() if last is not None else match.end()
        cue = next(name for name in ("cue", "plain", "wrong") if match[name])
        found.append(
            Retraction(
                paragraph.locate(start, end),
                paragraph.locate(*match.span("source")),
                paragraph.locate(*match.span(cue)),
                paragraph.locate(behind, end),
            )
        )
    return found


def _is_itself(link: Attribution) -> bool:
    """Return True for “this story has been corrected to show that …”."""
    return link.source is not None and OF_ITSELF.fullmatch(link.source) is not None


def _is_within(place: int, span: CharSpan) -> bool:
    return span.start <= place < span.end


def _deny(text: str, claim: FoundClaim, retraction: Retraction) -> FoundClaim:
    """Return a claim as the document denies it, who is quoted in it behind the earlier version."""
    inner = [
        link
        for link in claim.attribution
        if link.cue_start is not None and link.cue_start >= retraction.taken.start
    ]
    source = Attribution(
        source=text[slice(*retraction.source)],
        start=retraction.source.start,
        end=retraction.source.end,
        cue=text[slice(*retraction.cue)],
        cue_start=retraction.cue.start,
        cue_end=retraction.cue.end,
        anonymous=False,
        date=None,
        hedge=Hedge.DENIED,
    )
    return replace(
        claim,
        attribution=(source, *inner),
        hedge=Hedge.DENIED,
        hedge_cue=text[slice(*retraction.cue)],
    )
