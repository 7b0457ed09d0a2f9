"""Speakers that stand around their words: signatures, “X said:” above, credits at a line's end."""

import re
from dataclasses import replace

from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.lines import STOPPED
from workflows.extraction.text.news_words import is_verbless
from workflows.extraction.text.parts import Part, PartKind
from workflows.extraction.text.plain_text import CharSpan
from workflows.extraction.text.turns import (
    FIRST_PERSON,
    HEADS,
    NO_NAME,
    PARTICLES,
    ROLES,
    WORD,
    Turn,
    is_name,
    is_unnamed,
    write_name,
)

MARKS = {"“": "”", '"': '"', "«": "»", "„": "“”", "‘": "’", "'": "'", "”": "”"}
SIGNED = re.compile(
    r"(?:[\"”»’'“]|[.!?])\s*(?P<label>(?:[-–—]{1,2}\s?|:\s)(?P<name>[^-–—\"”“()\n:][^\"”“()\n:]{1,100}?)"
    r"(?P<handle>\s\(@\w+\))?(?P<day>[,]?\s(?:[A-Z][a-z]+ \d{1,2}, \d{4}))?"
    r"|[(\[](?P<bracketed>[^\"”“()\[\]\n]{2,100})[)\]]"
    r"|(?<=[\"”»]\s)(?P<plain>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}, [^\"”“.:]{2,80}))\s*\.?$"
)
"""“…” — Name; “…” (Name); “…” Name, role."""
BELOW = re.compile(
    r"(?P<label>[>\s]*[-–—~]{1,2}\s?(?P<name>[^-–—\"”“()\n:][^\"”“()\n:]{1,120}?)"
    r"(?P<handle>\s\(@\w+\))?(?P<day>,?\s(?:[A-Z][a-z]+ \d{1,2}, \d{4}))?"
    r"|\((?P<bracketed>[^\"”“()\n]{2,100})\)|(?P<bare>[^\"”“()\n:.!?]{2,100}))\.?$"
)
"""The name in a paragraph of its own below what was said."""
SAID = re.compile(
    r"""(?:^|[,;.]\s)(?P<label>(?:In\s(?:an?|the|its|his|her|their)\s[^,:]{3,40}?\s(?=the\s|[A-Z]))?
    (?P<name>(?:[A-Z]|the\s|its\s|an?\s)[^,;:?!“”"]{1,80}?)(?:,[^:“”"]{1,60},)?
    \s(?:says|said|writes|wrote|adds|added|replies|replied|answers|answered|tweets|tweeted|posts
    |posted|told|tells|explains|explained|continues|continued|commented|comments|announced
    |responded|states|stated|testified|reported|reports|declared|concluded)
    (?:\s(?:in|on|at|to|via|during|after|before|as|when|of|about|again|later|yesterday|today|this
    |reporters|me|us|him|her|them|the\sfollowing|[A-Z])[^.?!:“”"]{0,60})?:)$""",
    re.VERBOSE,
)
"""“In a statement the ministry said:” with what is said below."""
INVERTED = re.compile(
    r"(?P<label>(?:Said|Says|Stated|Added|Continued|Replied|Wrote) "
    r"(?P<name>[A-Z][^:.!?“”\"]{1,60}):)$"
)
"""“Added Brandt:”."""
FROM = re.compile(
    r"(?P<label>(?:From|Via|According to|As reported by) "
    r"(?P<name>(?:the )?[A-Z][^:“”\"\n]{1,60}):)(?=\s|$)\s*"
)
CREDIT = re.compile(
    r"""(?P<label>,?\s*\((?:via|per|source|h/t|hat\stip|from|credit|according\sto)[:\s]\s?(?P<a>[^()]{2,60})\)
    |,\s(?:via|per)\s(?P<b>[^,.;:()\#]{2,60}?)
    |\s\((?P<paper>(?-i:(?:[A-Z][\w’']+\s){1,4}(?:Times|Post|News|Herald|Gazette|Journal|Tribune|Mail
    |Telegraph|Guardian|Observer|Standard|Star|Sun|Press|Today|Daily|Chronicle|Courier|Record|Radio|TV
    |Agency)|AP|AFP|Reuters|BBC|CNN|TASS|Xinhua))\)
    |,\s(?P<says>[^,.;:()]{2,60}?)\s(?:says?|said)
    |[.,]?\s(?:via|h/t|per)\s(?P<c>@\w+)
    |\sper\s(?P<d>(?:(?:local|city|state|county|federal|town)\s)?(?:police|officials|authorities|prosecutors))
    |\s[-–—]{1,2}\s?(?P<dash>[^-–—:,.;?!()]{2,60})
    |(?<=[.!])\s[-–—]{1,2}\s?(?P<signed>[^-–—:.;?!()]{2,60})
    |:\s(?P<colon>[^:,.;?!()]{2,50}))[.!]?(?:\s(?:\#\w+|https?://\S+))*$""",
    re.VERBOSE | re.IGNORECASE,
)
"""“(via Aven Fire Dept)”, “, per police”, “ - minister”, “: officials” at the end of news."""
SPEAKING = ROLES | word_set(
    """
    dept department crew crews service services union source sources expert experts analyst
    analysts minister ministry mayor governor army military navy government president premier
    report reports study survey poll court company agency un nato rescuers rescuer hospital
    hospitals doctor doctors medics prosecutor prosecutors media tv radio statement watchdog
    judge lawyer lawyers regulator regulators coastguard guard firefighters researchers
    scientists eyewitness eyewitnesses witnesses investigators operator spokesman spokeswoman
    council agencies officer officers chief sheriff diplomats diplomat adviser aide aides
    ministers leader director coroner
    """
)
"""Words by which a line's end names who says it."""
ARTICLES = frozenset({"the", "a", "an", "its"})
MOST_NAME_WORDS = 12
FEWEST_NEWS_WORDS = 2


def attach_signatures(text: str, parts: list[Part]) -> list[Part]:
    """Return the parts, those that are signed, announced or credited with the turn they are."""
    found = list(parts)
    for index, part in enumerate(found):
        if part.kind not in {PartKind.TEXT, PartKind.HEADING}:
            continue
        if part.turn is not None:
            found[index] = _read_credit(text, part) or part
            continue
        signed = _read_signed(text, part)
        if signed is not None:
            found[index] = signed
            continue
        body = text[part.start : part.end]
        if body.startswith(">"):
            found[index] = _read_block(text, found, index)
        elif (below := _read_below(text, found, index)) is not None:
            found[index : index + 2] = below
        elif body.endswith(":"):
            _announce(text, found, index)
        else:
            found[index] = _read_from(text, part) or _read_credit(text, part) or part
    return [_strip_marks(text, part) if part.turn is not None else part for part in found]


def _make_turn(
    text: str, label: tuple[int, int], name: tuple[int, int], *, announced: bool = False
) -> Turn | None:
    """Return the turn of a name, if it may be one; an announced one has a verb of saying."""
    start, end = name
    written = text[start:end]
    first = re.split(r",| \(|\s?<| \| |[\n>]", written, maxsplit=1)[0].rstrip()
    words = WORD.findall(first)
    if not words or len(words) > MOST_NAME_WORDS or not words[0][:1].isalpha():
        return None
    lower = [word.lower() for word in words]
    if set(lower) & NO_NAME or (lower[0] in HEADS and lower[-1] not in SPEAKING):
        return None
    named = first.startswith("@") or any(
        word[:1].isupper() for word in words if word.lower() not in ARTICLES
    )
    if not named and lower[-1] not in SPEAKING and not announced:
        return None
    whole = write_name(first) if len(words) > 1 else first
    unnamed = not named or is_unnamed(whole)
    label_start = label[1] - len(text[slice(*label)].lstrip(" \t,>\r\n"))
    return Turn(
        CharSpan(label_start, label[1]),
        CharSpan(start, start + len(first)),
        whole,
        anonymous=unnamed,
    )


def _read_signed(text: str, part: Part) -> Part | None:
    """Return a quotation with its signature behind it as the turn it is."""
    if text[part.start] not in MARKS:
        return None
    match = SIGNED.search(text, max(part.start, part.end - 160), part.end)
    if match is None:
        return None
    words = CharSpan(part.start, match.start("label"))
    if not _is_one_quotation(text[slice(*words)].rstrip()):
        return None
    group = next(name for name in ("name", "bracketed", "plain") if match[name])
    rest = {word.lower() for word in WORD.findall(match[group])}
    if group == "plain" and rest & NO_NAME:
        return None
    turn = _make_turn(text, match.span("label"), match.span(group), announced=True)
    if turn is None:
        return None
    end = words.start + len(text[slice(*words)].rstrip())
    return replace(part, kind=PartKind.TEXT, end=end, turn=turn)


def _is_one_quotation(body: str) -> bool:
    """Return True if a paragraph is a quotation from its first to its last character."""
    closing = MARKS.get(body[:1])
    if closing is None or len(body) < 3 or body[-1] not in closing:  # noqa: PLR2004
        return False
    inside = re.sub(r"(?<=[\n\r])\s*[“\"«„‘]", "", body[1:-1])
    if body[0] in "'‘":
        return re.search(r"['’](?=\s|$)", inside) is None
    return not any(mark in inside for mark in closing + body[0])


def _read_below(text: str, parts: list[Part], index: int) -> list[Part] | None:
    """Return a quotation and the signature in the paragraph below it, as turn and label."""
    if index + 1 >= len(parts):
        return None
    part, below = parts[index], parts[index + 1]
    if below.kind not in {PartKind.TEXT, PartKind.HEADING, PartKind.DIRECTION}:
        return None
    start = _find_line_start(text, below.start)
    match = BELOW.match(text, start, below.end)
    if match is None or below.turn is not None:
        return None
    quoted = _is_one_quotation(text[part.start : part.end])
    posted = match["handle"] is not None
    group = next(name for name in ("name", "bracketed", "bare") if match[name])
    signed = quoted or posted or _is_dashed_alone(text, parts, index)
    if not signed or (group == "bare" and not is_name(_first(match["bare"]))):
        return None
    turn = _make_turn(text, match.span("label"), match.span(group))
    if turn is None:
        return None
    label = replace(below, kind=PartKind.LABEL, start=start)
    return [replace(part, kind=PartKind.TEXT, turn=turn), label]


def _is_dashed_alone(text: str, parts: list[Part], index: int) -> bool:
    """Return True if “— Ann Lee, baker” below a paragraph signs it, and is no item of a list."""
    match = BELOW.match(text, _find_line_start(text, parts[index + 1].start), parts[index + 1].end)
    if match is None or match["name"] is None:
        return False
    body = text[parts[index].start : parts[index].end]
    roleless = "," not in match["name"] and FIRST_PERSON.search(body) is None
    if roleless and index > 1 and index + 2 == len(parts):
        return False  # a reporter's name below all of a report
    named = is_name(_first(match["name"]))
    around = (parts[index], parts[index + 2]) if index + 2 < len(parts) else (parts[index],)
    dashed = any(text[_find_line_start(text, each.start)] in "-–—" for each in around)
    return named and not dashed and text[parts[index].end - 1] in ".!?"


def _first(name: str) -> str:
    return name.split(",", maxsplit=1)[0].strip()


def _find_line_start(text: str, start: int) -> int:
    """Return where the line of a part begins, with the dash that was taken for a bullet."""
    first = start
    while first > 0 and text[first - 1] in " \t-–—>":
        first -= 1
    while first < start and text[first] in " \t":
        first += 1
    return first


def _read_block(text: str, parts: list[Part], index: int) -> Part:
    """Return a block quotation as a turn: of who is announced, signs it, or of somebody unknown."""
    part = parts[index]
    start = part.start
    while start < part.end and text[start] in "> \t":
        start += 1
    if start == part.end:
        return replace(part, kind=PartKind.NOTICE)
    mark = CharSpan(part.start, part.start + 1)
    turn: Turn | None = None
    end = part.end
    signed = re.compile(r"[\n\r>\s](?P<label>[-–—]{1,2}\s?(?P<name>[^\n]{2,100}))$").search(
        text, max(start, part.end - 140), part.end
    )
    if signed is not None:
        turn = _make_turn(text, signed.span("label"), signed.span("name"))
        end = signed.start() if turn is not None else end
    before = parts[index - 1] if index else None
    if turn is None and before is not None:
        if before.turn is not None and text[before.start - 2 : before.start].strip().endswith(">"):
            turn = before.turn
        elif before.kind is PartKind.LABEL:
            turn = _read_announcement(text, before)
    if turn is None and index + 1 < len(parts):
        turn = _sign_block(text, parts, index + 1)
    turn = turn or Turn(mark, None, None, anonymous=True)
    return replace(part, kind=PartKind.TEXT, start=start, end=end, turn=turn)


def _sign_block(text: str, parts: list[Part], index: int) -> Turn | None:
    """Return the turn of who signs a block quotation in its last line, which becomes a label."""
    for place in range(index, len(parts)):
        part = parts[place]
        if not text.startswith(">", part.start):
            return None
        match = BELOW.match(text, part.start, part.end)
        if match is not None and match["name"] is not None:
            turn = _make_turn(text, match.span("label"), match.span("name"))
            if turn is not None:
                parts[place] = replace(part, kind=PartKind.LABEL)
            return turn
    return None


def _announce(text: str, parts: list[Part], index: int) -> None:
    """Give what stands below “Minister Dahl said:” to him, in place."""
    part = parts[index]
    turn = _read_announcement(text, part)
    if turn is None or index + 1 >= len(parts) or parts[index + 1].turn is not None:
        return
    before = text[part.start : turn.label.start].rstrip()
    if before.endswith((".", "!", "?")):
        parts[index] = replace(part, end=part.start + len(before))
    else:
        parts[index] = replace(part, kind=PartKind.LABEL)
    for place in range(index + 1, len(parts)):
        follower = parts[place]
        body = text[follower.start : follower.end]
        mine = place == index + 1 or FIRST_PERSON.search(body) is not None
        mine = mine or _goes_on_quoting(text, parts[place - 1], body)
        if follower.kind is not PartKind.TEXT or follower.turn is not None or not mine:
            return
        if not body.startswith(">"):
            parts[place] = replace(follower, turn=turn)


def _goes_on_quoting(text: str, before: Part, body: str) -> bool:
    """Return True if a paragraph all in quotation marks stands below another of the same turn."""
    quoted = text[before.start] in MARKS and body[:1] in MARKS
    closing = MARKS.get(body[:1], "")
    return quoted and (_is_one_quotation(body) or not any(mark in body[1:] for mark in closing))


def _read_announcement(text: str, part: Part) -> Turn | None:
    body = text[part.start : part.end]
    match = SAID.search(body) or INVERTED.match(body)
    if match is None:
        found = FROM.match(text, part.start, part.end)
        if found is None or found.end() < part.end:
            return None
        return _make_turn(text, found.span("label"), found.span("name"))
    label, name = ([part.start + at for at in match.span(group)] for group in ("label", "name"))
    return _make_turn(text, (label[0], label[1]), (name[0], name[1]), announced=True)


def _read_from(text: str, part: Part) -> Part | None:
    """Return what “From the Harbour Post:” stands before, as the turn it is."""
    match = FROM.match(text, part.start, part.end)
    if match is None or match.end() == part.end:
        return None
    turn = _make_turn(text, match.span("label"), match.span("name"))
    return replace(part, start=match.end(), turn=turn) if turn is not None else None


def _read_credit(text: str, part: Part) -> Part | None:
    """Return news that names its source at its end, as the turn of that source."""
    match = CREDIT.search(text, max(part.start, part.end - 90), part.end)
    if match is None:
        return None
    news = text[part.start : match.start()]
    group = next(name for name, value in match.groupdict().items() if value and name != "label")
    if len(news.split()) < FEWEST_NEWS_WORDS or re.search(r"[.!?]\s+[A-Z]", news):
        return None
    if group == "says" and not is_verbless(news):
        return None
    if group in {"dash", "colon"} and not _is_crediting(text, part, match, group):
        return None
    turn = _make_turn(text, match.span("label"), match.span(group))
    if turn is None:
        return None
    return replace(part, end=match.start(), turn=replace(turn, outer=part.turn))


def _is_crediting(text: str, part: Part, match: re.Match[str], group: str) -> bool:
    """Return True if a dash or colon at the end of a headline stands before who says it."""
    if STOPPED.search(text, part.start, part.end):
        return False
    words = WORD.findall(match[group])
    if not words:
        return False
    if words[-1].lower() in SPEAKING:
        return True
    named = all(w[:1].isupper() or w.lower() in PARTICLES for w in words)
    if not named or words[0].lower() in HEADS or words[-1].lower() in HEADS:
        return False
    titled = len(words) <= 4  # noqa: PLR2004
    return titled and (group == "dash" or len(words) > 1 or words[0].isupper())


def _strip_marks(text: str, part: Part) -> Part:
    """Return a turn without the quotation marks around all of it."""
    start, end = part.start, part.end
    body = text[start:end].rstrip(" .")
    if _is_one_quotation(text[start:end]):
        return replace(part, start=start + 1, end=end - 1)
    if _is_one_quotation(body):
        return replace(part, start=start + 1, end=start + len(body) - 1)
    return part
