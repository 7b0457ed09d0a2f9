"""Texts that are all somebody's: a minister's statement, a story that a report tells.

Who it is stands once, in a title, above the first paragraph, or in a sentence at the end.
"""

import re
from dataclasses import replace

from workflows.extraction.text.interviews import NAMED, OFFICE
from workflows.extraction.text.parts import Part, PartKind
from workflows.extraction.text.plain_text import CharSpan
from workflows.extraction.text.turns import NO_NAME, WORD, Body, Turn, is_unnamed, write_name

ISSUED = re.compile(
    r"(?P<name>(?:[A-Z]|[Tt]he\s)[^,;:?!“”\"\n]{1,90}?)(?:,\s[^:;“”\"\n]{2,90},)?\s"
    r"(?:has\s|today\s|later\s)?(?:issued|released|made|published|gave|delivered|put\sout)\s"
    r"(?:today\s|on\s\w+\s)?(?:the\sfollowing|this)\s"
    r"(?:\w+\s){0,2}(?:statement|remarks|declaration|message|communiqu[eé]|speech|address)\b"
    r"(?:[^.:!?“”\"()]|\([^()\n]{1,40}\)){0,200}[:.]?$"
)
"""“Minister Dahl issued the following statement on the fire (4 May):”."""
TITLED = re.compile(
    r"(?:(?i:press|media|joint|written|opening|closing|official|prepared|public|full|keynote"
    r"|ministerial|oral|video|new year['’]s|press release:|transcript of(?: a| the)?)\s)*"
    r"(?i:statement|(?:opening )?remarks|speech|testimony|address|declaration|message)"
    r"(?:\s(?:on|regarding|about|to)\s[^\n]{2,80}?)?\s(?:by|of|from|BY|OF|FROM)\s"
    r"(?P<name>(?:the\s|The\s|THE\s)?[A-Z][^,;:()?!\n“”\"]{1,80}?)"
    rf"(?:,\s(?P<full>{NAMED}),?|,\s(?P<role>[^,;:()?!\n]{{2,80}}))?"
    r"(?=\s*$|\s*[:(–—]|,?\s(?i:on|at|to|before|regarding|concerning|following|during|in|about"
    r"|after)\s|(?<!Minister)(?<!MINISTER)(?<!Secretary)(?<!Commissioner)(?<!Department)"
    r"(?<!Ministry)(?<!Representative)(?<!Office)(?<!Centre)(?<!Center)(?<!Committee)"
    r"(?<!Spokesman)(?<!Spokeswoman)(?<!Spokesperson),?\s(?i:for)\s)"
)
"""“Statement by the Minister of Energy, Kit Roe, on the pipeline” as a title."""
HELD = re.compile(
    rf"(?P<name>{NAMED}),\s(?P<role>(?:[\w’'-]+\s){{0,5}}?(?i:{OFFICE})\b[^.;:!?\n]{{0,60}})$"
)
"""“Ola B. Brandt, Secretary of Trade” alone above the first paragraph."""
BODY = re.compile(
    r"\b(?i:executive|CEO|CFO|COO|chair|chairman|chairwoman|director|spokesman|spokeswoman"
    r"|spokesperson|founder|head|owner|officer|president|manager)(?:\s(?:of|at|for)|,)\s"
    r"(?P<body>(?:the\s)?[A-Z][^,;:()\n]{1,60})$"
)
"""“Chief executive of Nordbank”: whom its holder means by "we"."""
TELLER = (
    r"(?P<name>(?:(?:an?|the|its|this)\s|[A-Z]|police|prosecutors|officials|investigators|lawyers)"
    r"(?:[^.;:!?“”]|\b(?:Mr|Mrs|Ms|Dr|St)\.){0,160}?)"
)
STORY = (
    r"(?:story|account|picture|version(?:\sof\sevents)?|conclusions?|chronology|narrative"
    r"|findings?|timeline|tale|sequence\sof\sevents)"
)
TELLS = (
    r"(?:tells?|told|describes?|described|says?|said|has|have|puts?|reports|reported|finds?|found"
    r"|concludes?|concluded)"
)
EMERGES = (
    r"(?:(?:that|which)\s)?(?:emerges?|emerged|told|given|drawn|painted|presented|offered|made"
    r"|laid\sout|set\sout|reached|of|in)\s?(?:by|in|from|of)?"
)
LEAST = r"(?:,\sat\sleast,?|\sat\sleast)?"
THIS = rf"(?:Such|So|This|That|These|Those){LEAST}\s(?:is|are|was|were){LEAST}\s"
FRAMES = tuple(
    re.compile(rf"{pattern}[.]?$")
    for pattern in (
        rf"{THIS}(?:the|some\sof\sthe)\s(?:\w+\s)?{STORY}\s{EMERGES}\s{TELLER}\s?",
        rf"So\s(?:{TELLS}|runs|goes|writes?)\s{TELLER}\s?",
        rf"(?:That|This)\s(?:is|was)\s(?:how|what)\s{TELLER}\s{TELLS}(?:\s(?:it|happened|the\s\w+))?",
        rf"According\sto\s{TELLER},\s(?:that|this)\s(?:is|was)\s(?:what|how)\s[^.]{{2,60}}",
    )
)
"""“This, at least, is the story that emerges from a report by …”: all before it is the report's."""
OPENED = tuple(
    re.compile(rf"(?:Here|This|Below)\s(?:is|are)\s{pattern}\s?[:.]$")
    for pattern in (
        rf"the\s(?:\w+\s)?{STORY}\s(?:in|from|by|told\s(?:by|in))\s{TELLER}",
        rf"(?:what|how)\s{TELLER}\s{TELLS}(?:\s[\w\s]{{0,30}})?",
    )
)
"""“Here is what the report found:” above all that it tells."""
CAPITAL = r"[A-Z][\w.’&'-]*(?:\s(?:(?:of|for|and|the)\s){0,2}[A-Z][\w.’&'-]*){0,5}"
MAKER = re.compile(
    rf"\sby\s(?P<maker>(?:the\s|an?\s)?(?:[a-z][\w’'-]*\s){{0,4}}?{CAPITAL}(?:’s|'s)?"
    rf"|(?:the|an?)\s(?:[a-z][\w’'-]*\s){{0,3}}?[a-z][\w’'-]*,\s(?P<full>{CAPITAL}))"
)
TEXTS = (
    r"(?:report|study|investigation|inquiry|audit|paper|book|documentary|analysis|survey|review)"
)
ALONE = re.compile(rf"(?:the|this|its)\s(?:\w+\s)?(?P<noun>{TEXTS})$")
"""“The report”: who made it is told elsewhere."""
FIRST_PARTS = 4
LAST_PARTS = 2
FIRST_TOLD = 2
MOST_TITLE_WORDS = 30
LONGEST_FRAME_CHARS = 400
SAYS = (
    r"(?:also\s)?(?:said|says|told|added|adds|wrote|tweeted|replied|noted|explained|stated|argued)"
)
CLOSING = re.compile(
    r"(?:about|notes\sto|media\scontacts?|contacts?)\b[^.]{0,40}:?$|[-–—#\s]*ends?\b", re.IGNORECASE
)


def attach_statements(text: str, parts: list[Part]) -> list[Part]:
    """Return the parts, those of a statement or of a report's story with whose they are."""
    if any(part.turn is not None and part.turn.outer is None for part in parts[:FIRST_PARTS]):
        return _attach_frame(text, parts)
    return _attach_statement(text, parts) or _attach_frame(text, parts)


def _attach_statement(text: str, parts: list[Part]) -> list[Part] | None:
    read = {PartKind.TEXT, PartKind.HEADING}
    first = [i for i, part in enumerate(parts[: FIRST_PARTS + 1]) if part.kind in read]
    for index in first[:FIRST_PARTS]:
        turn = _read_opening(text, parts, index)
        if turn is not None and index + 1 < len(parts):
            rest = _give(text, parts, index + 1, turn)
            if rest is not None:
                return [*parts[:index], replace(parts[index], kind=PartKind.LABEL), *rest]
        if parts[index].kind is PartKind.TEXT and text[parts[index].end - 1] in ".!?":
            return None
    return None


def _read_opening(text: str, parts: list[Part], index: int) -> Turn | None:
    """Return whose all below a part is, if it says so."""
    part = parts[index]
    label = CharSpan(part.start, part.end)
    issued = ISSUED.match(text, part.start, part.end)
    if issued is not None:
        return _make_turn(text, label, CharSpan(*issued.span("name")))
    if text[part.end - 1] in ".!?" or len(text[slice(*label)].split()) > MOST_TITLE_WORDS:
        return None
    titled = TITLED.match(text, part.start, part.end)
    found = titled or HELD.match(text, part.start, part.end)
    if found is None:
        return None
    group = "full" if titled is not None and titled["full"] else "name"
    body = BODY.search(text, *found.span("role")) if found["role"] else None
    led = Body(CharSpan(*body.span("body")), body["body"]) if body is not None else None
    return _make_turn(text, label, CharSpan(*found.span(group)), led)


def _make_turn(text: str, label: CharSpan, name: CharSpan, body: Body | None = None) -> Turn | None:
    written = text[slice(*name)]
    words = WORD.findall(written)
    if not words or {word.lower() for word in words} & NO_NAME:
        return None
    speaker = write_name(" ".join(written.split()))
    return Turn(label, name, speaker, anonymous=is_unnamed(speaker), body=body)


def _give(text: str, parts: list[Part], start: int, turn: Turn) -> list[Part] | None:
    """Return the parts from `start` in a turn; None where somebody else tells of its speaker."""
    surname = turn.speaker.rsplit(maxsplit=1)[-1] if turn.speaker else ""
    told = re.compile(rf"\b{re.escape(surname)}\s{SAYS}\b|[,?!][\"”]\s(?:\w+\s){{1,4}}?{SAYS}\b")
    found: list[Part] = []
    quoted = ended = False
    for place in range(start, len(parts)):
        part = parts[place]
        body = text[part.start : part.end]
        if part.kind is PartKind.TEXT and told.search(body) is not None:
            return None
        quoted = quoted or (not found and body[:1] in "“\"'‘")
        ended = ended or CLOSING.match(body) is not None or (quoted and body[:1] not in "“\"'‘")
        mine = part.kind in {PartKind.TEXT, PartKind.HEADING} and part.turn is None and not ended
        found.append(replace(part, turn=turn) if mine else part)
    return None if quoted or not any(p.turn == turn for p in found) else found


def _attach_frame(text: str, parts: list[Part]) -> list[Part]:
    """Return the parts, those before “So says the report” in the report's turn."""
    told = [i for i, part in enumerate(parts) if part.kind is PartKind.TEXT]
    for index in told[:FIRST_TOLD]:
        part = parts[index]
        opened = _match(OPENED, text, part.start, part.end)
        if opened is not None:
            label = CharSpan(part.start, part.end)
            turn = _make_frame_turn(text, label, CharSpan(*opened.span("name")))
            return [
                *parts[:index],
                replace(part, kind=PartKind.LABEL),
                *_give_all(parts[index + 1 :], turn),
            ]
    for index in told[-LAST_PARTS:]:
        part = parts[index]
        start = _find_frame(text, part)
        found = next((m for f in FRAMES if (m := f.match(text, start, part.end)) is not None), None)
        if found is None or (index == told[0] and start == part.start):
            continue
        label = CharSpan(found.start(), found.end())
        turn = _make_frame_turn(text, label, CharSpan(*found.span("name")))
        rest = replace(part, start=start, kind=PartKind.LABEL)
        before = [*parts[:index], replace(part, end=start)] if start > part.start else parts[:index]
        return [*_give_all(before, turn), rest, *parts[index + 1 :]]
    return parts


def _give_all(parts: list[Part], turn: Turn) -> list[Part]:
    return [
        replace(part, turn=turn) if part.turn is None and part.kind is PartKind.TEXT else part
        for part in parts
    ]


def _find_frame(text: str, part: Part) -> int:
    """Return where the last sentence of a part begins."""
    start = max(part.start, part.end - LONGEST_FRAME_CHARS)
    ends = [m.end() for m in re.finditer(r"[.!?][”\"]?\s+(?=[A-Z])", text[start : part.end])]
    starts = [part.start, *(start + end for end in ends)]
    return next((at for at in starts if _match(FRAMES, text, at, part.end)), starts[-1])


def _match(
    patterns: tuple[re.Pattern[str], ...], text: str, start: int, end: int
) -> re.Match[str] | None:
    every = (pattern.match(text, start, end) for pattern in patterns)
    return next((match for match in every if match is not None), None)


def _make_frame_turn(text: str, label: CharSpan, teller: CharSpan) -> Turn:
    """Return the turn of who made a report, else of the report."""
    alone = ALONE.match(text, *teller)
    within = teller
    if alone is not None:
        noun = re.compile(rf"\b{alone['noun']}\b[^.;:!?]{{0,80}}")
        makers = [
            CharSpan(*found.span())
            for found in noun.finditer(text)
            if MAKER.search(text, *found.span()) is not None
        ]
        within = makers[0] if makers else teller
    maker = MAKER.search(text, *within)
    name = teller
    if maker is not None:
        name = CharSpan(*maker.span("full" if maker["full"] else "maker"))
    written = " ".join(text[slice(*name)].split())
    return Turn(label, name, written, anonymous=is_unnamed(written))
