"""Which day “yesterday” is, by the day of publication, and of which day a report tells."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from workflows.claims import DateMention, FoundClaim, Hedge, Reference
from workflows.extraction.setting.put_in import open_with, put_in
from workflows.extraction.setting.timeline import Happening

RELATIVE = re.compile(
    r"(?P<day>yesterday|today|tonight|tomorrow|last\snight|this\s(?:morning|afternoon|evening))"
    r"|(?P<weekday>(?:(?:last|next|this|coming)\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"|(?:last|this|next)\s(?:month|year|spring|summer|autumn|fall)|(?:the|this|last|next)\sweekend",
    re.IGNORECASE,
)
"""Times that a reader can place only if he knows when they were told."""
BEHIND = re.compile(
    r"(?:[’']s)?(?:\s(?:early\s|late\s)?(?:morning|afternoon|evening|night|noon|lunchtime)\b(?:[’']s)?)?"
)
"""What stands between such a time and its day: “Monday night [26 September 2016]”."""
SEVERAL = re.compile(
    r"\b(?:every|each|any|most|some|a|an|one|that|the|following|previous|until|till|by|before|for|to"
    r"|through|and|or|his|her|its|their|our|my|your|[a-z]+[’']s)\s$",
    re.IGNORECASE,
)
"""What before a weekday makes of it one of many, or one counted from elsewhere."""
DATED = re.compile(
    r",?\s(?:\(|\[|\d|(?:to|through|and|or)\s(?:[A-Z]|\d|the\s)|(?:after|before|of)\s"
    r"|[A-Z][a-z]{2,8}\.?\s\d)"
)
"""What behind a time tells its day, or that it is one of several."""
NOWADAYS = re.compile(r"\b(?:is|are|has|have|does|do|can|[a-z]+[’']s)\b")
PERHAPS = re.compile(r"\b(?:may|might|could|would|should)\b")
"""What neither tells of the past nor of what is to come: “Monday's debate might not matter”."""
MARKS = re.compile(r"[“”\"]")
WEEKEND = 2
OPENED = re.compile(
    r"(?:In(?!\s(?:addition|contrast|response|return|protest|fact|turn|all|short|other|light|spite)\b)"
    r"|At(?!\s(?:least|most)\b)|On(?!\s(?:top|behalf|average)\b)|Near|Outside|Inside|During|Across)"
    r"\s[^,;:—–()\[\]]{3,70}(?=,\s)"
)
"""What a claim begins with that tells where or at what it was, and takes a day behind it."""
LED = re.compile(
    r"\[[^\[\]]+,\]|(?:In|At|On)\s(?!least|most)|(?:[A-Z][a-z]+(?:ing|ed)|After|Before|Despite|By|With|Without|As|While|When|If|To|Following|Under"
    r"|For|Because|Since|Amid|Although|Though|Once|From|Among|Like|Unlike|Instead|But|And)\b"
)
"""Other words that lead into a claim, before which nothing else can."""
PLACE = re.compile(
    r"^\[(?:In|Near|Outside)\s(?!the\scase\s)[^\[\]]+(?=,\]\s)"
    r"|\s\[(?:in|near|outside)\s[A-Z][^\[\]]+(?=\]$)"
)
"""A place, or what happened, put in before a claim, or a place behind it."""
DATED_PUT = re.compile(r"\b(?:19|20)\d\d\b|day\b")
"""What is in brackets with a time of its own."""
FACT_CHECK = re.compile(r"\bfact[\s-]?check|\bpants on fire\b", re.IGNORECASE)


def find_happening(claim: FoundClaim, happenings: Sequence[Happening]) -> Happening | None:
    """Return what of its report's day a claim without a time tells first."""
    inside = (h for h in happenings if claim.start <= h.start < claim.end)
    first = None if _is_timed(claim) else next(inside, None)
    sure = first is not None and first.told is not None and _tells(claim.words, first.verb)
    return first if sure else None


def name_told_day(claim: FoundClaim, first: Happening | None, text: str) -> FoundClaim:
    """Return a claim of what happened on its report's day with that day.

    “[On 14 October 2024,] the council passed the plan”; behind a place that was put in already, or
    with which the claim begins.
    """
    if first is None or first.told is None or _is_timed(claim):
        return claim
    when = f"on {first.told.day.day} {first.told.day:%B %Y}"
    put = PLACE.search(claim.words)
    if put is not None:
        return _add_day(claim, put, when)
    opened = OPENED.match(claim.words)
    if opened is not None:
        reference = Reference("", claim.start, claim.start, *first.told.span, when)
        return put_in(claim, opened.end(), f" [{when}]", reference)
    if LED.match(claim.words):
        return claim
    return open_with(claim, f"{when[0].upper()}{when[1:]},", text, first.told.span) or claim


def _is_timed(claim: FoundClaim) -> bool:
    """Return True for a claim that has a time, or that lies ahead."""
    timed = claim.dates or any(DATED_PUT.search(put) for put in _list_put(claim))
    return bool(timed) or claim.needs_words or claim.hedge is Hedge.PREDICTED


def _tells(words: str, verb: str) -> bool:
    return re.search(rf"\b{re.escape(verb)}\b", words) is not None


def _add_day(claim: FoundClaim, put: re.Match[str], when: str) -> FoundClaim:
    """Return a claim with a day behind the place that was put in."""
    place = put[0].strip().removeprefix("[")
    when = f", {when}" if "," in place else f" {when}"
    references = tuple(
        replace(each, stands_for=each.stands_for.replace(place, f"{place}{when}"))
        if each.stands_for.rstrip(",") == place
        else each
        for each in claim.references
    )
    words = f"{claim.words[: put.end()]}{when}{claim.words[put.end() :]}"
    return replace(claim, words=words, references=references)


def name_day(claim: FoundClaim, published: date | None) -> FoundClaim:
    """Return a claim with the day, month or year that its first relative time is.

    Nothing is put in where that is not certain, or told already.
    """
    if published is None or any(str(published.year) in put for put in _list_put(claim)):
        return claim
    for mention in claim.dates:
        relative = RELATIVE.fullmatch(mention.text)
        told = write_span(mention) if relative is not None else None
        if relative is None or told is None or (relative["day"] and _is_heard(claim)):
            continue
        if relative["day"] and mention.text.lower() == "today" and NOWADAYS.search(claim.words):
            continue
        if relative["weekday"] and PERHAPS.search(claim.words):
            continue
        at = _find_place(claim.words, mention.text)
        if at is not None:
            place = mention.start, mention.end
            reference = Reference(mention.text, *place, *place, told)
            return put_in(claim, at, f" [{told}]", reference)
    return claim


def _list_put(claim: FoundClaim) -> list[str]:
    return re.findall(r"\[([^\[\]]+)\]", claim.words)


def write_span(mention: DateMention) -> str | None:
    """Return a day, a weekend, a month, or the year of what is longer, as they are written."""
    first, last = mention.first, mention.last
    if first is None or last is None or first.year != last.year:
        return None
    month, days = f"{calendar.month_name[first.month]} {first.year}", (last - first).days + 1
    if days == 1:
        return f"{first.day} {month}"
    if days == WEEKEND and first.month == last.month:
        return f"{first.day}–{last.day} {month}"
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return None
    return month if first.month == last.month else str(first.year)


def _is_heard(claim: FoundClaim) -> bool:
    """Return True if a “yesterday” may be quoted: it counts from the day it was said."""
    return claim.turn is not None or (
        bool(claim.attribution) and MARKS.search(claim.quote) is not None
    )


def _find_place(words: str, time: str) -> int | None:
    """Return where the day of a time is put into a claim's words; None where it is not alone."""
    found = [*re.finditer(rf"(?<![\w-]){re.escape(time)}(?![\w-])", words, re.IGNORECASE)]
    if len(found) != 1:
        return None
    start, end = found[0].span()
    behind = BEHIND.match(words, end)
    end = behind.end() if behind is not None else end
    if SEVERAL.search(words, 0, start) or DATED.match(words, end):
        return None
    return end
