"""What paragraphs begin with before their first word: bullets, datelines, clock times, alarms."""

import re

from workflows.extraction.text.plain_text import PICTURE, CharSpan

PLACE = r"[A-Z][\w.’']+(?:[ /-][A-Z][\w.’']+){0,3}"
CAPITALS = r"[A-Z][A-Z.’']+(?:[ /-][A-Z][A-Z.’']+){0,3}"
REGION = r"(?:,? ?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2}){0,2}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
DAY = (
    rf"(?:,? ?(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}} {MONTH})(?:,? \d{{4}})?"
    r"|,? \d{1,2}(?= ?[(/—–-]))"
)
STATE = (
    r"(?:Ala|Alaska|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Hawaii|Idaho|Ill|Ind|Iowa|Kan|Ky|La|Maine"
    r"|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|N\.H|N\.J|N\.M|N\.Y|N\.C|N\.D|Ohio|Okla|Ore|Pa|R\.I"
    r"|S\.C|S\.D|Tenn|Tex|Texas|Utah|Vt|Va|Wash|W\. ?Va|Wis|Wyo|D\.C)\.?"
)
"""How American papers write a state behind a town."""
WIRE = r"(?:\s?(?:\([^()\n]{1,40}\)|/[A-Z][\w .-]{1,40}/))"
DASH = r"(?:\s?(?:—|--)\s?|\s?[–-]\s)"
DATELINE = re.compile(
    "|".join(
        (
            rf"(?P<dated>{PLACE}){REGION}{DAY}{WIRE}?(?:{DASH}|:\s|(?<=[)/])\s)",
            rf"(?P<before>{PLACE}){REGION}{DASH}{DAY}{DASH}",
            rf"{DAY}{DASH}(?P<after>{CAPITALS}){REGION}{DASH}",
            rf"(?P<wired>{PLACE}){REGION}\s?(?:--\s?)?{WIRE}{{1,2}}(?:{DASH}|:\s)",
            rf"(?P<capital>{CAPITALS}){REGION}{DASH}",
            rf"(?P<stated>{PLACE}), {STATE}\s-\s(?=[A-Z“\"])",
            rf"{WIRE}{DASH}",
            rf"\[(?P<boxed>{PLACE})(?:,[^\[\]\n]{{1,40}})?\]\s(?=[A-Z“\"])",
        )
    )
)
"""“LISBON, March 3 (Wire) --”."""
NO_PLACE = re.compile(
    r"correct|clarif|amend|updat|editor|(?:usa|uk|uae|india|pakistan|china|nepal)\b", re.IGNORECASE
)
"""“Correction, Oct. 16, 2024:” is dated like a dateline, and names no place; “USA:” is no town."""
FIRST_DATELINE = re.compile(
    rf"(?P<place>{PLACE}){REGION}\s?(?:[—–]\s|—|--\s?)(?=[A-Z“\"])"
    r"(?![^.\n]{0,120}?(?:—|--|\s–\s))"
)
"""“Olden — Two people …”: only the first paragraph of a text begins so."""
COLON_DATELINE = re.compile(
    rf"(?P<place>(?=[A-Z]{{3}}){CAPITALS}){REGION}:\s(?=[A-Z“\"])"
    r"(?![^\n]*\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b)(?=(?:\S+\s){9})"
)
"""“OLDEN: Two people …”, as papers of South Asia print it; not what somebody says."""
HEADED = re.compile(
    r"(?:FACT|CHECK|CLAIM|VERDICT|FALSE|TRUE|HOAX|MISLEADING|SATIRE|NOTE|TOPIC|REPORT|POLL|STUDY"
    r"|OPINION|ANALYSIS|INTERVIEW|SUMMARY|STATEMENT|SUBJECT|FROM|PRESS)\b"
)
"""What heads a paragraph and is no place."""
LABELLED = re.compile(r"^[A-Z][A-Z.’' -]{1,40}:\s", re.MULTILINE)
CLOCK = re.compile(
    r"\[?\d{1,2}[:.h]\d\d ?(?:[ap]\.?m\.?|[A-Z]{2,4})?\]?(?: ?[-–—:|])? (?=[\"“A-Z@])"
)
"""What an entry of a live page begins with: “14:05”, “3:20 p.m. ET -”."""


CLOCK_ALONE = re.compile(
    r"\[?\d{1,2}[:.h]\d\d ?(?:[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?\]?:?$|\d{1,3} ?(?:m|min|h)\w* ago$"
)
"""The time alone on its line, at which an entry of a live page begins."""
LONGEST_CLOSING_CHARS = 200
BULLET = re.compile(
    r"(?:[-*•·▪◦–—]|\d{1,3}[.)]|\d{1,2}/(?:\d{1,2})?(?=\s[A-Z“])|\(\d{1,3}\)|#{1,6})\s+(?=\S)"
)
ALARM = re.compile(
    r"[^\w“\"'‘@#$€£(]*(?:(?:BREAKING|UPDATED?|JUST IN|ALERT|URGENT|EXCLUSIVE|DEVELOPING|FLASH"
    r"|LIVE|LATEST|NEW|VIDEO|WATCH|[Bb]reaking|[Uu]pdated?|[Jj]ust in|[Aa]lert|[Uu]rgent"
    r"|[Ee]xclusive|[Dd]eveloping|[Ll]atest)(?: (?:NEWS|[Nn]ews|\d{1,2}(?=\s?[-:–—])))?"
    r"\s?(?::|\||[–—-](?=\s)|(?<=\d)-|[^\w\s,.;’'-])\s*"
    r"|(?:BREAKING|JUST IN|URGENT|EXCLUSIVE|DEVELOPING)(?: NEWS)?\s"
    r"|(?:Key points?|In brief|At a glance|Highlights|Summary|Background|Context"
    r"|Conclusion|Verdict)\s?:\s+)+"
)
"""“BREAKING:”, “🚨 UPDATE 2 -”: it cries and says nothing."""
CREDIT = re.compile(r"(?<=[.!?])--[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){1,2}\.?$")
"""“… of Pell.--Ann Lee”: who wrote it."""
LINKS = re.compile(rf"(?:\s*(?:https?://\S+|www\.\S+|[{PICTURE}]+))+$")
HASHTAGS = re.compile(r"(?:(?<=[.!?;,…])\s*#\w+|(?:\s+#\w+){2,})(?:\s+#\w+)*$")
"""What a post ends with behind its last word."""
TAGGED = re.compile(r"#\w{2,30}\s?[:|]\s")
"""“#Olden: …”: what a post is filed under."""
SITE = re.compile(r"\((?:[A-Za-z][\w-]*\.)+[a-z]{2,4}\)\s+(?=[A-Z“\"])")
"""“(Olden-Post.org) …”: where it stood first."""
DATED = re.compile(rf"(?:{MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {MONTH} \d{{4}}){DASH}(?=[A-Z“\"])")
"""“November 23, 2004 - …”."""
MENTIONS = re.compile(r"\.?(?:@\w{2,30}\s+)+(?=[A-Z\d“])")
"""The handles that an answer to a post begins with."""


def find_closing(text: str, start: int, end: int) -> int:
    """Return where the last word of a paragraph ends, before the links and hashtags behind it."""
    if "--" in text[max(start, end - 60) : end]:
        found = CREDIT.search(text, start, end)
        end = found.start() if found is not None else end
    if text[end - 1].isalnum() or not text[end - 1].isascii() or "#" in text[start:end]:
        for pattern in (LINKS, HASHTAGS, LINKS):
            found = pattern.search(text, max(start, end - LONGEST_CLOSING_CHARS), end)
            end = found.start() if found is not None and found.start() > start else end
    return end


def skip_opening(text: str, start: int, end: int, *, first: bool) -> tuple[int, CharSpan | None]:
    """Return where a paragraph's first sentence begins, and the place its dateline names.

    `first` tells that it is the first paragraph of its text.
    """
    for pattern in (BULLET, ALARM, TAGGED, MENTIONS, SITE, DATED):
        found = pattern.match(text, start, end)
        start = found.end() if found is not None and found.end() < end else start
    found = DATELINE.match(text, start, end)
    if found is None and first:
        found = FIRST_DATELINE.match(text, start, end) or _find_colon(text, start, end)
    if found is not None and found.end() < end:
        group = next((name for name, value in found.groupdict().items() if value), None)
        named = group is not None and NO_PLACE.match(found[group]) is None
        return found.end(), CharSpan(*found.span(group)) if group is not None and named else None
    for pattern in (CLOCK, MENTIONS):
        found = pattern.match(text, start, end)
        start = found.end() if found is not None and found.end() < end else start
    return start, None


def _find_colon(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return a dateline that a colon ends: its text has no other name in capitals before one."""
    found = COLON_DATELINE.match(text, start, end)
    if found is None or HEADED.match(found["place"]) or LABELLED.search(text, end):
        return None
    return found
