"""Dates: times named in a text, with the tense of their verb, resolved to days."""

import calendar
import re
from collections.abc import Sequence
from datetime import date

from workflows.claims import DateMention
from workflows.extraction.parse import Doc, Token
from workflows.extraction.quantities.date_spans import OPEN, DateSpan, Tense, find_span, shift_back
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.syntax import HELPERS

_NAMES = [*calendar.month_name[1:], *(rf"{n}\.?" for n in calendar.month_abbr[1:]), r"Sept\.?"]
_MONTH = f"(?:{'|'.join(_NAMES)})"
_SURE_MONTH = "(?:" + "|".join(n for n in calendar.month_name[1:] if n != "May") + ")"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[6-9]|20)\d\d"
_N = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = r"(?:day|week|month|year|decade)s?"
_WHOLE = rf"(?:{_YEAR}|(?i:(?:the|this|last|next)\syear))"
_ORDER = "(?:first|second|third|fourth|final)"
_TO = r"\s?(?:-|–|to|through|until|and)\s?"
_FIRST = r"""(?=[\d'’]|(?i:
    jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|q\d|h\d|fy|the|this
    |last|next|coming|past|between|from|first|second|third|fourth|final|fiscal|financial|an?\s
    |one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|spring|summer|autumn|winter|fall
    |yesterday|today|tomorrow|tonight|new|christ|boxing|early|late|mid))
"""
"""What a time begins with: most words are none, and are passed over at once."""
MENTION = re.compile(
    rf"""(?:(?<![\w-])|(?<=[Mm]id-)){_FIRST}(?:
      (?P<iso>\d{{4}}-\d\d-\d\d)
    | (?P<day_range>{_DAY}{_TO}{_DAY}\s{_MONTH}(?:,?\s{_YEAR})?
        |{_MONTH}\s{_DAY}{_TO}{_DAY}(?![\d,]\d)(?:,?\s{_YEAR})?)
    | (?P<full>{_MONTH}\s{_DAY},?\s{_YEAR}|{_DAY}\s(?:of\s)?{_MONTH},?\s{_YEAR})
    | (?P<day>{_MONTH}\s{_DAY}|(?:[Tt]he\s)?{_DAY}\s(?:of\s)?{_MONTH})(?![\d,]\d)
    | (?P<month_range>(?:[Bb]etween|[Ff]rom)\s{_MONTH}(?:,?\s{_YEAR})?\s(?:and|to|until|through)
        \s{_MONTH}(?:,?\s{_YEAR})?(?!\s\d)|{_MONTH}[-–]{_MONTH}(?:\s{_YEAR})?)
    | (?P<year_range>[Bb]etween\s{_YEAR}\sand\s{_YEAR}
        |[Ff]rom\s{_YEAR}\s(?:to|until|through)\s{_YEAR}
        |{_YEAR}(?:-|–|/)(?:{_YEAR}|\d\d)(?![\d-]))
    | (?P<part>(?i:(?:the\s)?{_ORDER}(?:\s|-)(?:quarter|half)\sof\s){_WHOLE}
        |(?i:the\sfirst\s{_N}\smonths\sof\s){_WHOLE}
        |{_YEAR}\s(?:(?i:{_ORDER}(?:\s|-)(?:quarter|half))|Q[1-4]|H[12])
        |(?i:(?:the\s)?{_ORDER}(?:\s|-)quarter)(?:,?\s{_YEAR})?
        |(?:Q[1-4]|[1-4]Q|H[12])(?:\s?(?:of\s)?{_YEAR})?)
    | (?P<fiscal>(?i:fiscal|financial)\s(?:year\s)?{_YEAR}(?:[-–/]\d\d)?
        (?:\s(?i:{_ORDER}(?:\s|-)(?:quarter|half)))?
        |FY\s?\d{{2,4}}(?:[-–/]\d\d)?)
    | (?P<month_year>{_MONTH},?\s(?:of\s)?{_YEAR})
    | (?P<rel_month>(?i:last|this|next)\s{_MONTH})
    | (?P<month>(?:(?<=[Ii]n\s)|(?<=[Ss]ince\s)|(?<=[Uu]ntil\s)|(?<=[Bb]y\s)|(?<=[Ee]arly\s)
        |(?<=[Ll]ate\s)|(?<=[Mm]id-)|(?<=[Dd]uring\s)){_MONTH}
        |(?:(?<=of\s)|(?<=[Bb]efore\s)|(?<=[Aa]fter\s)|(?<=than\s)){_SURE_MONTH})(?!\s\d)
    | (?P<ago>(?i:{_N}\s{_UNIT}\s(?:ago|earlier)))
    | (?P<stretch>(?i:(?:(?:last|past|next|coming)\s(?!an?\s|one\s){_N}|past|coming)\s{_UNIT}))
    | (?P<season>(?i:(?:last|this|next)\s(?:spring|summer|autumn|winter|fall))
        |(?:spring|summer|autumn|winter|fall)\s(?:of\s)?{_YEAR}(?:[-–/]\d\d)?)
    | (?P<period>(?i:(?:last|this|next)\s(?:week|month|quarter|year))(?!end))
    | (?P<weekend>(?i:(?:last|this|next|the|past|coming)\sweekend))
    | (?P<near>(?i:yesterday|today|tomorrow|tonight|last\snight
        |this\s(?:morning|afternoon|evening)))
    | (?P<holiday>(?i:(?:(?<=on\s)|(?<=since\s)|(?<=by\s)|(?<=until\s))(?:new\syear['’]s|christmas)
        \s(?:day|eve)|(?<=on\s)boxing\sday)(?:,?\s{_YEAR})?)
    | (?P<weekday>(?:(?i:last|next|this|coming)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)
    | (?P<decade>(?:(?i:early|late|mid)[\s-])?(?:the\s)?(?:{_YEAR}(?<=0)s|[’']?[2-9]0s))
    | (?P<year>(?:(?<=[Ii]n\s)|(?<=[Ss]ince\s)|(?<=[Uu]ntil\s)|(?<=[Bb]y\s)|(?<=[Dd]uring\s)
        |(?<=[Oo]f\s)|(?<=[Ff]rom\s)|(?<=[Ff]or\s)|(?<=[Bb]efore\s)|(?<=[Aa]fter\s)|(?<=[Tt]o\s)
        |(?<=[Ee]arly\s)|(?<=[Ll]ate\s)|(?<=[Mm]id-)|(?<=than\s)|(?<=with\s)|(?<=least\s)
        |(?<=\sand\s)|(?<=\()|(?<=[Tt]he\s)){_YEAR})
    )(?![\w-])""",
    re.VERBOSE,
)
BOUND = re.compile(
    r"(?<!\w)(since|until|till|by|before|after)\s(?:at\sleast\s|early\s|late\s|mid-)?$",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"(?<!\w)(?:will|would|shall|(?:must|may|might|could|should)(?! (?:not )?have\b)"
    r"|(?:expect|hope|intend|aim|promise|pledge|vow)(?:s|d|ed|ing)?"
    r"|(?:going|plans?|due|expected|set|scheduled|is|are) to)"
    r"\s(?:[^\s.;]+\s){1,12}$"
)
PLANNED = re.compile(r"(?:due|expected|set|scheduled) to\s")
IN_TITLE = re.compile(r"[A-Z][\w’'-]*\s$")
"""Before a “Today” with a capital letter: “Pell Today” is a paper or a programme."""
NAMED_DAY = re.compile(
    r"(?<!\w)(?:Black|Good|Easter|Super|Cyber|Bloody|Palm|Ash|Maundy|Holy|Shrove|Giving|Whit|Casual"
    r"|Ruby|Sheffield|Mardi|Gras|Green|White|Blue|Red|Fat|Pancake)\s$"
)
"""What makes of a weekday the name of one day a year, or of something else: "Black Friday"."""
NAMING_DAY = re.compile(
    r"\s(?:Times|Telegraph|Mirror|Express|Post|Mail|Night|Club|Magazine|Herald|Independent|World"
    r"|Agreement|[Aa]greement|[Mm]assacre|School|Sport|Accords?)\b"
)
AGED = re.compile(
    r"\b(?:his|her|their|my|your|our)\s(?:(?:early|mid|late)[\s-])?"
    r"(?:\d0s\s(?:and|or|to)\s)?$",
    re.IGNORECASE,
)
"""What makes of "20s" an age: "women in their 20s and 30s"."""
COUNTED = re.compile(r"\s(?:[a-z]+\s)?(?:people|men|women|children|soldiers|troops|homes)\b")
"""What follows a number that only looks like a year."""
PLAYED = re.compile(
    r"\b(?:touchdown|goals?|scored?|scoring|points|match|halftime|game|fiscal)\b", re.IGNORECASE
)
"""Words beside which a quarter or half may be no part of a calendar year."""
UNTIMELY = frozenset({"to", "until", "till", "for", "by", "before", "through"})
"""Prepositions of a day that may lie on the other side of its verb: "was put off to 3 June"."""
RUNNING = frozenset({"since", "from"})
"""Prepositions of a day from which something that is going on has gone on."""
REALISED = word_set(
    "force forced manage managed fail failed have had has able unable refuse refused"
)
REALISED |= word_set("declined decline compelled began begin started start used helped help")
INTENDED = word_set(
    """
    agreed agree agrees decided decide order ordered orders told tell asked ask invited invite
    planned plan plans want wants wanted hope hopes hoped expect expected expects scheduled due set
    vowed promised pledged threatened intend intends intended prepare preparing ready supposed
    """
)
"""Verbs whose infinitive lies ahead of them."""
OPENING = word_set(
    """
    begins begin starts start opens open closes close ends end expires expire meets meet votes vote
    takes take goes go resumes resume launches launch arrives arrive kicks
    """
)
"""Verbs whose present tense, beside a day, tells what is on the calendar."""
COMING = frozenset({"expected", "due", "planned", "scheduled", "set", "slated"})
MODALS_AHEAD = word_set("will would shall 'll ’ll wo must may might could should can")
MODALS_OF_DOUBT = word_set("would must may might could should can")
"""What "have" behind them puts in the past, unlike “will have closed”."""
WITH_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
SAME_STORY_DAYS = 60
LOOK_BACK = 90
SPAN = 22
CLIMB = 6
"""Steps up from a time to the verb whose tense is its own."""


SCHEDULED = re.compile(
    r"\b(?:likely|expected|forecast)\sto\s(?:continue|last|remain|stay)\b[^.;]{0,40}\b(?:through|until|into)\s$|"
    r"\b(?:set|scheduled|slated|due|postponed|adjourned)\b[^.;]{0,60}\b(?:for|on|until|till)\s(?:[A-Z]\w+,?\s)?$"
)
"""Before a day without its year: what is planned for it lies ahead."""


def find_dates(
    text: str,
    published: date | None,
    doc: Doc | None = None,
    told_day: date | None = None,
) -> list[DateMention]:
    """Find the times a paragraph names, offsets within it; days only where they are certain.

    `doc` is the paragraph as parsed: with it, the tense of a time's verb chooses its year.
    `told_day` is the last day before it that was named with its year: a day near to it is of the
    same story, whenever that is published.
    """
    found: list[DateMention] = []
    for match in MENTION.finditer(text):
        kind = str(match.lastgroup)
        if not _is_time(text, kind, match):
            continue
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        ahead = SCHEDULED.search(before) is not None
        tense = Tense.FUTURE if ahead else find_tense(before, match, doc)
        first, last = _resolve(kind, match.group(), published, tense, text, found)
        told_day = find_told_day(found) or told_day
        if kind == "day" and first is not None and told_day is not None and not ahead:
            first, last = _move_near(first, told_day)
        bound = None if kind.endswith("range") else BOUND.search(before[-SPAN:])
        start = match.start()
        if bound is not None:
            first, last = _bound(bound[1].lower(), first, last, published)
            start -= len(bound.group())
        found.append(DateMention(text[start : match.end()], start, match.end(), first, last))
    return found


def find_told_day(found: Sequence[DateMention]) -> date | None:
    """Return the last single day among these that was named with its year."""
    return next(
        (
            mention.first
            for mention in reversed(found)
            if mention.first == mention.last and WITH_YEAR.search(mention.text)
        ),
        None,
    )


def find_written_day(dateline: str, published: date | None) -> date | None:
    """Return the day of a dateline, from which “on Monday” counts; else that of publication."""
    for match in MENTION.finditer(dateline):
        if match.lastgroup in {"full", "day"}:
            day, _ = find_span(match.lastgroup, match.group(), published, Tense.PAST)
            if day is not None and published is not None and day <= published:
                return day
    return published


def _move_near(day: date, told: date) -> DateSpan:
    """Return the day in the year in which it lies near the one told of, if there is one."""
    for year in (told.year, told.year + 1, told.year - 1):
        try:
            moved = day.replace(year=year)
        except ValueError:  # 29 February
            continue
        if abs((moved - told).days) <= SAME_STORY_DAYS:
            return moved, moved
    return day, day


def _is_time(text: str, kind: str, match: re.Match[str]) -> bool:
    """Return True unless the words only look like a time: "Black Friday", "the Sunday Times"."""
    start, end = match.span()
    if kind == "weekday":
        named = NAMED_DAY.search(text, max(0, start - LOOK_BACK), start)
        return named is None and NAMING_DAY.match(text, end) is None
    if kind == "near" and text[start].isupper():
        return IN_TITLE.search(text, max(0, start - LOOK_BACK), start) is None
    if kind == "decade":
        return AGED.search(text, max(0, start - SPAN), start) is None
    if kind in {"year", "year_range"}:
        return COUNTED.match(text, end) is None
    return True


def _resolve(
    kind: str,
    words: str,
    published: date | None,
    tense: Tense,
    text: str,
    found: list[DateMention],
) -> DateSpan:
    if kind == "part" and PLAYED.search(text) and "20" not in words:
        return OPEN
    if kind == "ago" and words.lower().endswith("earlier") and found:
        return shift_back((found[-1].first, found[-1].last), words)
    return find_span(kind, words, published, tense)


def find_tense(before: str, match: re.Match[str], doc: Doc | None) -> Tense:
    """Find where a time lies: by the verb it hangs on, else by the words before it."""
    verb = find_verb(doc, *match.span()) if doc is not None else None
    ahead = AHEAD.search(before)
    if verb is None:
        return Tense.FUTURE if ahead else Tense.UNKNOWN
    tense = _read_tense(verb)
    if tense is None or (ahead and tense is Tense.PRESENT):
        return Tense.FUTURE if ahead else Tense.UNKNOWN
    planned = PLANNED.match(before, ahead.start()) if ahead is not None else None
    if planned is not None and verb.idx <= match.start() - len(before) + planned.end():
        return Tense.FUTURE  # “set a goal for its fair set to take place in July”
    preposition = before.split()[-1:]
    word = preposition[0].lower() if preposition else ""
    if (tense is Tense.PAST and word in UNTIMELY) or (tense is Tense.FUTURE and word in RUNNING):
        return Tense.UNKNOWN
    return tense


def find_verb(doc: Doc, start: int, end: int) -> Token | None:
    """Return the verb that a time hangs on, by its offsets in the paragraph."""
    span = doc.char_span(start, end)
    if span is None:
        return None
    token = span.root
    for _ in range(CLIMB):
        if token.tag_.startswith("VB") and token.dep_ not in HELPERS:
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _read_tense(verb: Token) -> Tense | None:
    """Return the tense of a verb, with its helpers; None where it shows none."""
    helpers = [c for c in verb.lefts if c.dep_ in HELPERS]
    if any(h.lower_ in MODALS_AHEAD for h in helpers):
        perfect = any(h.lower_ == "have" for h in helpers)
        doubtful = any(h.lower_ in MODALS_OF_DOUBT for h in helpers)
        return Tense.PAST if perfect and doubtful else Tense.FUTURE
    if verb.tag_ == "VBD" or any(h.tag_ == "VBD" or h.lower_ in {"has", "have"} for h in helpers):
        return Tense.PAST
    if any(v.tag_ in {"VBZ", "VBP"} for v in (verb, *helpers)) and verb.tag_ != "VBN":
        return _read_present(verb)
    if verb.tag_ == "VB":
        return _read_infinitive(verb) if any(c.tag_ == "TO" for c in verb.lefts) else None
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "ROOT"}:
        return None if verb.lower_ in COMING else Tense.PAST
    lent = verb.dep_ in {"conj", "advcl"} and verb.head.i != verb.i
    return _read_tense(verb.head) if lent else None


def _read_present(verb: Token) -> Tense:
    """“Is running in May”, “is due in May” and “opens in May” lie ahead; of others it is open."""
    due = any(c.lower_ in COMING and c.dep_ == "acomp" for c in verb.rights)
    ahead = due or verb.tag_ == "VBG" or verb.lower_ in OPENING
    return Tense.FUTURE if ahead else Tense.PRESENT


def _read_infinitive(verb: Token) -> Tense | None:
    """“Failed to come” has happened, "agreed to come" has not."""
    if verb.head.i == verb.i:
        return None
    if verb.head.lower_ in REALISED or verb.dep_ == "advcl":
        return _read_tense(verb.head)
    return Tense.FUTURE if verb.head.lower_ in INTENDED else None


def _bound(word: str, first: date | None, last: date | None, published: date | None) -> DateSpan:
    """“Since June” runs from its first day to the publication, “until June” ends there."""
    if word in {"since", "after"}:
        return (
            first,
            published if first is None or published is None or published >= first else None,
        )
    return None, last
