"""Turns: the stretches of a document that belong to one speaker, and the labels that say whose.

A label is found in a line by its form alone; whether it is one is told by its company: a transcript
has many, and an article may have a colon anywhere.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.lines import STOPPED, Line
from workflows.extraction.text.plain_text import CharSpan


class LabelForm(StrEnum):
    """How a label stands."""

    COLON = "colon"
    """“MS. DAHL: …”, and what is said behind it."""
    DASH = "dash"
    """“Mr Dahl —…”, and what is said behind it."""
    ALONE = "alone"
    """A name on a line of its own, and what is said below."""


class Body(NamedTuple):
    """A firm, ministry or other body by its name, and where that stands."""

    span: CharSpan
    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """What may be the label of a turn: `key` is the name it goes by in the rest of the text.

    `sure` is true where its form alone makes it one, `marked` where a title, a party or a time of
    day stands by the name, `capital` where it is written in capital letters.
    """

    form: LabelForm
    span: CharSpan
    name: CharSpan
    words_start: int
    key: str
    sure: bool = False
    marked: bool = False
    capital: bool = False
    nickname: bool = False
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose words a stretch is: `label` and `name` are spans of the document.

    `speaker` is the name as a reader would write it; it is None where nobody is named. `outer` is
    the turn in which it stands, such as the post that gives a minister's words.
    """

    label: CharSpan
    name: CharSpan | None
    speaker: str | None
    anonymous: bool
    outer: "Turn | None" = None
    confirms: bool = False
    """True where the words are another's, and its speaker said yes to them."""
    body: "Body | None" = None
    """Whom its speaker leads, and means by "we"."""


TIME = r"(?:\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?)"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
DATE = (
    rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\d{{1,2}}\.? {MONTH}(?:,? \d{{4}})?"
    rf"|{MONTH} \d{{1,2}}(?:,? \d{{4}})?|Today|Yesterday)"
)
STAMP = (
    rf"[\[(<]?(?:{DATE},?(?: at)?\s)?{TIME}(?:\s?(?:-->|[-–—])\s?{TIME})?[\])>]?(?:\s?[-–—|·•])?"
)
SPACED_STAMP = STAMP.replace(" ", r"\ ")
COLON = re.compile(
    rf"""(?P<mark>[*_]{{0,3}}|[-–—•]\s)(?P<stamp>{SPACED_STAMP}\s+)?(?P<mark2>[*_]{{0,3}})
    (?P<name><[@\w][^<>\n]{{0,30}}>|[@\w][^:\n<>()\[\]“”"]{{0,60}}?|\[[\w .'’-]{{2,40}}\])
    (?P<more>\s?(?:\([^()\n]{{1,60}}\)|\[[^\[\]\n]{{1,40}}\]|,\s[^:,\n“”"]{{2,60}}))?
    \s?(?P<late>{SPACED_STAMP})?[*_]{{0,3}}(?::|(?<=>))[*_]{{0,3}}(?=\s|$)\s*""",
    re.VERBOSE,
)
DAY = re.compile(DATE)
BARE_STAMP = re.compile(STAMP)
RECORD = re.compile(
    r"(?P<name>(?:Mr|Mrs|Ms|Miss|Dr|The)\.? [A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,3}"
    r"|The (?:CHAIR|SPEAKER|PRESIDENT|Chair|Speaker|President)[A-Za-z]*)"
    r"(?: of [A-Z][a-z]+(?: [A-Z][a-z]+)?| \([^()\n]{1,60}\))?\.(?: ?—|--)? (?=[A-Z“\"])"
)
"""“Mr. DAHL of Pell. I rise …”, as parliaments print it."""
DASHED = re.compile(
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Prof|Professor|Senator|Mayor|Lord|Lady|Baroness"
    r"|Cr|Councillor|Rev)\.? |[Tt]he |(?=[A-Z]{4}))[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+){0,3})"
    r"(?: ?\([^()\n]{1,60}\)){0,2} ?(?:—|–) ?(?=[A-Z“\"\d$£€])"
)
"""“Mr DAHL (Pell)—I rise …”, “The CHAIR —Order!”, as other parliaments print it."""
DEPOSED = re.compile(r"(?P<name>[QA])\d{0,3}[.:]?\s+(?=[A-Z“\"\d])")
"""“Q. When …”, “A  At nine.”, as courts print it."""
LATE_STAMP = re.compile(
    rf"(?:\s*[·•|,–—-]\s*|\s+)(?:{STAMP}|[\[(]?{DATE}[\])]?|\d{{1,2}}\s?(?:h|m|min|hrs?)(?: ago)?)$"
)
EARLY_STAMP = re.compile(rf"{STAMP}\s+")
ALONE = re.compile(
    r"""(?P<mark>[*_\#]{0,3}\s?)(?P<name>[@A-Z][^(),\[\]:@·|•“”"?!—\n]{1,60}?)
    (?P<more>\s*\([^()\n]{1,60}\)){0,2}(?P<role>(?:,|\s(?:--|—|–|\|))\s[^:,“”"\n]{2,60})?(?P<handle>\s*\(?@\w{2,30}\)?)?
    [*_]{0,3}\s?(?P<colon>:?)$""",
    re.VERBOSE,
)
RELAYED = re.compile(
    r"(?:RT|Forwarded from|Retweeted|Reposted from)\s(?P<name>@?[\w][^:\n]{1,40}?)(?::\s|$)\s*"
)
POSTED = re.compile(rf"{STAMP}\s+(?P<name>@\w{{2,30}})\s+(?=[A-Z“\"\d])")
"""“10:31 @harbourpost The …”, as a live page shows a post."""
PARTICLES = word_set("of the for and de van von al bin la le du da di der den y del st on to in &")
TITLES = word_set(
    """
    mr mrs ms miss dr prof professor sir lord lady dame rev judge justice senator sen rep
    representative congressman congresswoman councillor councilor councilmember mayor governor
    gov president minister secretary chair chairman chairwoman chairperson speaker deputy
    ambassador general gen colonel col captain capt major sergeant sgt lt lieutenant officer
    inspector detective commissioner director chief counsel attorney baroness baron viscount
    prince princess king queen pope bishop archbishop cllr alderman delegate moderator
    interviewer interviewee host presenter anchor reporter journalist witness operator clerk
    foreman juror defendant plaintiff prosecutor narrator caller question answer q a chancellor
    premier taoiseach spokesman spokeswoman spokesperson
    """
)
ROLES = word_set(
    """
    speaker moderator interviewer interviewee host presenter anchor reporter journalist witness
    operator clerk caller narrator chair question answer q a spokesman spokeswoman spokesperson
    official officials police prosecutors authorities resident residents user
    """
)
"""Names of parts somebody plays: they name nobody."""
LEADERS = word_set("ceo coo cfo chief director founder head leader manager owner president")
LED = re.compile(
    rf"\s?[,(]\s?(?:the\s|its\s)?(?:[\w-]+\s){{0,2}}(?:{'|'.join(sorted(LEADERS))})(?:\s[a-z]+){{0,2}}"
    r"\s(?:of|at|for)\s(?:the\s)?(?P<body>[A-Z][\w’'&.-]*(?:\s[A-Z][\w’'&.-]*){0,4})\)?"
)
"""“, director of Olden Zoo”, “(head of the Olden Trust)”."""
SOMEBODY = re.compile(
    r"(?:(?:an?|the|first|second|another)\s)?(?:(?:un(?:named|known|identified|seen)|masked|male"
    r"|female|old|young|off-screen)\s){0,2}(?:man|woman|boy|girl|voice|soldier|fighter|officer"
    r"|official|cameraman|commander|driver|protester|prisoner|resident|person|speaker)(?:\s\d)?"
)
"""“0:08 unnamed man: …”, as the words of a video are written down."""
NOBODY = frozenset({"q", "a", "question", "answer", "questioner"})
ANSWERS = frozenset({"a", "answer"})
PARTY = re.compile(
    r"(?:(?i:ind|lab|con|dem|rep|lib|green|labour|conservative|independent|democrat|republican)"
    r"|[A-Z]{1,5})\.?(?:\s?[,/–-].*)?|.*\b(?i:party)\b.*|[RDI]-.*"
)
HEADS = word_set(
    """
    address advertisement agenda alert also analysis answer article attention background
    breaking brief briefing bottom by call caption caveat cc claim clarification comment
    comments conclusion contact contents context copyright correction credit credits data date dates
    deadline deaths details developing dial disclaimer document editing email evidence example
    exclusive explainer fact facts fax figure figures file flash from gallery graphic headline
    highlights image images important injured injuries it key kind latest lead link links list
    location loss map media meaning more name news note notes now number opinion overview phone
    photo photograph photographs photos picture pictures place plus point points ps price prices
    profit ratio read reading reason recommended related re report reporting result results
    revenue review roads rule sales schools score section see source sources step story subject
    summary table tags takeaway tel terms text that this ticker time timeline times tip title
    toll topic topics total transcript type update updated updates urgent venue verdict version
    video videos views vote votes warning watch weather what when where which who why how
    website writing
    """
)
"""Words before a colon that head what follows and speak nothing."""
KEPT_CAPITAL = frozenset({"UN", "EU", "US", "UK", "USA", "UAE", "II", "III"})
LONGEST_LABEL_CHARS = 140
NO_NAME = word_set(
    """
    stated continued added wrote replied is are was were be been has have had do does did will
    would can could may might must said says say told not i we you he she they it this that
    there what who which on in to with how why after but his her their a.m p.m am pm
    """
)
"""Words that no name holds."""
MOST_WORDS = 8
"""Words of a speaker's name with title and role."""
MOST_CAPITAL_WORDS = 4
"""Words of a name in capital letters; more make a heading."""
FEWEST_NAME = 2
FEWEST_TURNS = 2
"""Turns that make a text a transcript."""
SOME = 0.3
"""Share of a text's lines that begin with a name in capital letters, if these are labels."""
MOSTLY = 0.6
"""Share of a text's lines whose beginnings, unknown as labels, make each other labels."""
NICKNAME = re.compile(r"[a-z][\w-]{1,29}")
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|I['’](?:m|ve|ll|d))\b")
SAID = re.compile(r"\b(?:said|says|told|added)\b")
FIRST_LINES = 5
"""Lines within which a statement names who makes it: title, day and volume stand before."""
WORD = re.compile(r"[^\W_][\w.'’-]*")


def find_labels(text: str, lines: list[Line]) -> dict[int, Label]:
    """Return, by the place of its line, each label of a text."""
    forms = {i: label for i in range(len(lines)) if (label := _read_label(text, lines, i))}
    forms.update(_mark_introduced(text, forms) or _mark_only_speaker(text, lines, forms))
    full = sum(BARE_STAMP.fullmatch(text, line.start, line.end) is None for line in lines)
    company = _Company.count(forms, full)
    return {i: label for i, label in forms.items() if _is_label(text, lines, i, label, company)}


def _mark_introduced(text: str, forms: dict[int, Label]) -> dict[int, Label]:
    """Return, as marked, the names before a colon that a text introduced before, if two were.

    “Ann Roe talked with Kit Lee.” Each may speak but once.
    """
    found: dict[int, Label] = {}
    for index, label in forms.items():
        name = text[slice(*label.name)]
        known = len(name.split()) >= FEWEST_NAME and name in text[: label.name.start]
        if label.form is LabelForm.COLON and known:
            found[index] = replace(label, marked=True)
    return found if len({label.key for label in found.values()}) >= FEWEST_TURNS else {}


def _mark_only_speaker(text: str, lines: list[Line], forms: dict[int, Label]) -> dict[int, Label]:
    """Return, as sure, the full name before a colon that a whole statement stands behind.

    Such a text begins with it, and goes on in the first person below.
    """
    named = (i for i, label in forms.items() if i < FIRST_LINES and _is_full_name(text, label))
    index = next(named, None)
    if index is None:
        return {}
    label = forms[index]
    own, *below = (text[line.start : line.end] for line in lines[index:])
    mine = [FIRST_PERSON.search(each) is not None for each in (own, *below[:2])]
    if not mine[0] or not any(mine[1:]) or any(map(SAID.search, below)):
        return {}
    return {index: replace(label, sure=True)}


def _is_full_name(text: str, label: Label) -> bool:
    names = WORD.findall(text[slice(*label.name)])
    colon = label.form is LabelForm.COLON
    return colon and len(names) >= FEWEST_NAME and all(name.isalpha() for name in names)


def _read_label(text: str, lines: list[Line], index: int) -> Label | None:
    """Return what has the form of a label at the beginning of a line."""
    line = lines[index]
    below = index + 1 < len(lines)
    if text.find(":", line.start, min(line.end, line.start + LONGEST_LABEL_CHARS)) >= 0 or (
        text[line.start] in "<[("
    ):
        found = _read_relayed(text, line) or _read_colon(text, line)
        if found is not None:
            return found if found.words_start < line.end or below else None
    found = _read_record(text, line)
    if found is not None or not below or line.end - line.start > LONGEST_LABEL_CHARS:
        return found
    return _read_alone(text, lines, index)


def _read_relayed(text: str, line: Line) -> Label | None:
    match = POSTED.match(text, line.start, line.end)
    if match is not None:
        return _build_label(text, LabelForm.COLON, match, sure=True)
    match = RELAYED.match(text, line.start, line.end)
    if match is None:
        return None
    form = LabelForm.COLON if match.end() < line.end else LabelForm.ALONE
    return _build_label(text, form, match, sure=True)


def _read_colon(text: str, line: Line) -> Label | None:
    match = COLON.match(text, line.start, line.end)
    if match is None:
        return None
    name = match["name"]
    stamped = bool(match["stamp"] or match["late"])
    party = match["more"] is not None and PARTY.fullmatch(match["more"].strip(" ()[],")) is not None
    if name.startswith(("@", "<")):
        return _build_label(text, LabelForm.COLON, match, sure=True)
    somebody = stamped and SOMEBODY.fullmatch(name) is not None
    if not (somebody or is_name(name.strip("[]"), nickname=True)):
        return None
    more = match["more"] or ""
    if more.startswith(",") and not (party or _is_role(more[1:])):
        return None
    capital = name == name.upper()
    if capital and len(name.split()) > MOST_CAPITAL_WORDS and not is_titled(name):
        return None
    marked = party or is_titled(name) or (more.startswith(",") and _is_office(more[1:]))
    label = _build_label(text, LabelForm.COLON, match, sure=stamped, marked=marked)
    return replace(label, nickname=label.nickname and not somebody)


def _read_record(text: str, line: Line) -> Label | None:
    """Return the label of a line of a parliament's or a court's record."""
    match = RECORD.match(text, line.start, line.end)
    if match is not None:
        capital = any(len(word) > 1 and word.isupper() for word in WORD.findall(match["name"]))
        return _build_label(text, LabelForm.COLON, match, sure=capital)
    match = DASHED.match(text, line.start, line.end)
    if match is not None:
        return _build_label(text, LabelForm.DASH, match, marked=is_titled(match["name"]))
    match = DEPOSED.match(text, line.start, line.end)
    return _build_label(text, LabelForm.COLON, match) if match is not None else None


def _read_alone(text: str, lines: list[Line], index: int) -> Label | None:
    """Return the label that a line is by itself: a name, with a title, a party, a time of day."""
    line = lines[index]
    early = EARLY_STAMP.match(text, line.start, line.end)
    start = early.end() if early is not None else line.start
    boxed = text[start] == "[" and text[line.end - 1] == "]"
    if boxed:
        start += 1
    late = LATE_STAMP.search(text, start, line.end)
    end = late.start() if late is not None else line.end - boxed
    match = ALONE.match(text, start, end)
    if match is None or not is_name(match["name"].lstrip("@")):
        return None
    if STOPPED.search(match["name"]) or "/" in match["name"]:
        return None
    if match["role"] is not None and not _is_role(match["role"]):
        return None
    if len(match["name"].split()) > MOST_CAPITAL_WORDS and not is_titled(match["name"]):
        return None
    stamped = early is not None or (late is not None and ":" in late.group())
    more = match["more"]
    party = more is not None and PARTY.fullmatch(more.strip(" ()")) is not None
    handled = more is not None and more.strip().startswith("(@")
    handle = match["handle"] is not None or handled or match["name"].startswith("@")
    dated = late is not None and stamped and "[" in late.group()
    found = _build_label(text, LabelForm.ALONE, match, sure=handle or dated)
    marked = stamped or party or is_titled(match["name"]) or bool(match["colon"])
    role = match["role"] is not None and not match["role"].startswith(",")
    named = boxed and len(match["name"].split()) > 1
    below = BARE_STAMP.fullmatch(text, lines[index + 1].start, lines[index + 1].end)
    marked = marked or role or named or below is not None
    return replace(found, span=CharSpan(line.start, line.end), words_start=line.end, marked=marked)


def _build_label(
    text: str,
    form: LabelForm,
    match: re.Match[str],
    *,
    sure: bool = False,
    marked: bool = False,
) -> Label:
    start, end = match.span("name")
    while start < end and text[start] in "<[* ":
        start += 1
    while end > start and text[end - 1] in ">]* ":
        end -= 1
    words = WORD.findall(text[start:end])
    label = text[match.start() : match.end()].rstrip()
    return Label(
        form,
        CharSpan(match.start(), match.start() + len(label)),
        CharSpan(start, end),
        match.end(),
        _get_key(words),
        sure,
        marked,
        all(word.isupper() for word in words),
        text[start].islower(),
        _find_body(text, match),
    )


def _is_role(words: str) -> bool:
    """Return True if what stands between a name and its colon may be a role or a firm."""
    found = WORD.findall(words)
    return len(found) <= MOST_WORDS and not {word.lower() for word in found} & NO_NAME


def _is_office(words: str) -> bool:
    """Return True for “director of Olden Zoo”, “head teacher” behind a name and a comma."""
    found = [word.lower() for word in WORD.findall(words)]
    return any(word in ROLES or word in TITLES or word in LEADERS for word in found[:3])


def _find_body(text: str, match: re.Match[str]) -> Body | None:
    """Return the zoo of “Ann Lee, director of Olden Zoo:”, for which she says “we”."""
    more = match.groupdict().get("more")
    led = LED.fullmatch(more) if more else None
    if led is None:
        return None
    start = match.start("more")
    span = CharSpan(start + led.start("body"), start + led.end("body"))
    return Body(span, text[slice(*span)])


def _get_key(words: list[str]) -> str:
    """Return what a name is known by: its last word, or all of “Speaker A”."""
    if len(words) > 1 and len(words[-1].rstrip(".")) == 1:
        return " ".join(words).lower()
    return words[-1].lower().rstrip(".") if words else ""


def is_titled(name: str) -> bool:
    """Return True if a name begins with a title or is the name of a part somebody plays."""
    words = [word.lower().rstrip(".") for word in WORD.findall(name)]
    return any(word in TITLES for word in words[:2])


def is_name(name: str, *, nickname: bool = False) -> bool:
    """Return True if words may name who speaks: capitals throughout, and no mere heading."""
    words = WORD.findall(name)
    lower = {word.lower().rstrip(".") for word in words}
    if not words or len(words) > MOST_WORDS or words[-1].endswith(("'s", "’s")):
        return False
    if len(words) == 1 and words[0].lower() in NOBODY:
        return True
    if lower & NO_NAME or words[0].lower() in HEADS or words[-1].lower() in HEADS:
        return False
    if DAY.fullmatch(name) is not None:
        return False
    if nickname and NICKNAME.fullmatch(name) is not None:
        return True
    named = [word for word in words if word.lower() not in PARTICLES]
    return (words[0][:1].isupper() or words[0] == "the") and all(
        word[:1].isupper() or word.isdigit() for word in named
    )


@dataclass(frozen=True, slots=True)
class _Company:
    """How many labels there may be in a text, by form and by what makes them likely."""

    keys: Counter[tuple[LabelForm, str]]
    marked: Counter[LabelForm]
    capital: int
    every: Counter[LabelForm]
    lines: int

    @classmethod
    def count(cls, forms: dict[int, Label], lines: int) -> "_Company":
        labels = forms.values()
        return cls(
            Counter((label.form, label.key) for label in labels),
            Counter(label.form for label in labels if label.marked or label.sure),
            sum(label.capital for label in labels if label.form is LabelForm.COLON),
            Counter(label.form for label in labels),
            lines,
        )


def _is_label(text: str, lines: list[Line], index: int, label: Label, company: _Company) -> bool:
    """Return True if what has the form of a label is one in the company of the others."""
    if label.key in NOBODY:
        other = NOBODY - {label.key}
        asked = company.keys[label.form, label.key]
        named = company.every[label.form] - asked  # “Question: …”, “Ann Roe: …”
        return any(company.keys[label.form, key] for key in other) or min(asked, named) > 1
    if label.form is LabelForm.DASH:
        company_of = company.every[label.form] + company.marked[LabelForm.COLON]
        return label.marked and company_of >= FEWEST_TURNS
    again = company.keys[label.form, label.key] > 1
    marked = company.marked[label.form] - (label.marked or label.sure)
    many = company.every[label.form] >= max(FEWEST_TURNS, company.lines * MOSTLY)
    if label.sure or many:
        return label.sure or not label.nickname or company.every[label.form] > FEWEST_TURNS
    if label.nickname:
        return False
    if label.form is LabelForm.ALONE:
        below = text[lines[index + 1].start : lines[index + 1].end]
        spoken = FIRST_PERSON.search(below) is not None
        return (again and STOPPED.search(below) is not None) or (
            label.marked and (marked > 0 or spoken)
        )
    capital = label.capital and company.capital >= max(FEWEST_TURNS, company.lines * SOME)
    return label.marked or again or marked >= FEWEST_TURNS or capital


def name_speakers(
    text: str, labels: dict[int, Label], interviewee: CharSpan | None = None
) -> dict[int, Turn]:
    """Return, by the place of its line, whose turn each label begins; “A:” is the interviewee's."""
    found: dict[int, Turn] = {}
    fullest: dict[str, str] = {}
    for index, label in labels.items():
        name = write_name(text[slice(*label.name)])
        if label.key in NOBODY:
            answers = interviewee if label.key in ANSWERS else None
            speaker = text[slice(*answers)] if answers is not None else None
            found[index] = Turn(label.span, answers, speaker, anonymous=answers is None)
            continue
        before = fullest.get(label.key, "")
        if set(WORD.findall(name)) <= set(WORD.findall(before)):
            name = before
        elif set(WORD.findall(before)) <= set(WORD.findall(name)):
            fullest[label.key] = name
        unnamed = is_unnamed(name)
        found[index] = Turn(label.span, label.name, name, anonymous=unnamed, body=label.body)
    return found


def write_name(name: str) -> str:
    """Return a name as a sentence has it: “MS. DAHL” as “Ms. Dahl”."""
    words = name.split()
    capital = [word for word in words if word == word.upper() and len(word) > 1]
    small = [word for word in words if word.islower() or word.startswith("@")]
    if small or len(capital) < len(words) - 1 or not capital:
        return " ".join(words)
    return " ".join(_lower_capitals(word) for word in words)


def _lower_capitals(word: str) -> str:
    bare = word.strip(".,()")
    if word != word.upper() or bare in KEPT_CAPITAL:
        return word
    if len(bare) < 4 and not set(bare) & set("AEIOUY") and bare.lower() not in TITLES:  # noqa: PLR2004
        return word
    if bare.lower() in PARTICLES - {"the"}:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)


def is_unnamed(name: str) -> bool:
    """Return True if a name names nobody but a part that somebody plays."""
    if SOMEBODY.fullmatch(name) is not None:
        return True
    words = [word.lower() for word in WORD.findall(name) if not word.isdigit()]
    return all(word in ROLES or word in {"the", "a", "an"} for word in words)
