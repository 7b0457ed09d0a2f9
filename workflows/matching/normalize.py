"""A claim's words as they are compared with another's: what says the same in one form. Pure.

Articles, perfect tenses, titles and words of emphasis fall away; names are spelled one way; figures
stand apart as values. Order, prepositions and everything else that carries meaning stay.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflows.claims import Figure
from workflows.matching.word_lists import (
    AUXILIARIES,
    BASES,
    BEING,
    BOUNDS,
    COUNTRIES,
    DEICTIC,
    DEMONYMS,
    LIGHT,
    NEGATIONS,
    ONE_WORD,
    PARTICIPLES,
    POINTING,
    ROLES,
    SPOKEN_ONLY_IN_NEGATION,
    SYNONYMS,
    TITLES,
    UNCOUNTED,
    UNNAMED,
)

ABOUT = "about"
RATES = frozenset({"percent", "percentage points", "basis points"})
"""Units that stand within a figure's own words."""
TELLING = 1000
"""Two men were arrested in many places, 10,000 troops sent in few: from here on a figure tells."""
NUMBER, TIME = "\ue000", "\ue001"
"""The places of a figure and of a time among the words."""
_WORD = re.compile(rf"[{NUMBER}{TIME}$€£¥]|\w+(?:[.,:'/-]\w+)*")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DAY = r"on (?P<day{}>\d{{1,2}} [A-Z][a-z]{{2,8}} \d{{4}})"
_DAY_PUT_IN = re.compile(
    r" \[(?:(?:\d{1,2}(?:–\d{1,2})? )?[A-Z][a-z]{2,8} )?\d{4}\]"
    rf"|\[(?i:{_DAY.format(1)}),\] | \[{_DAY.format(2)}\]|,? {_DAY.format(3)}(?=,?\])"
)
"""What extraction puts in: behind “yesterday”, where the time itself is compared, and the day of a
report in what tells of it."""
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_BEFORE_A_TIME = frozenset({"on", "in", "at", "during"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: its words, value, end of range, bound ("about", "least", "most"), measure."""

    text: str
    value: float
    upper: float | None = None
    bound: str = ""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One word in its compared form; `name` is its spelling as a name, where it has a capital."""

    form: str
    name: str | None = None
    carries: bool = True


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """What a claim says: words in order, figures, how often it negates.

    `names`: it names somebody or something; `begins_with_name`: its first word may be a name,
    though any claim begins with a capital; `deictic`: it speaks of "today" and was not told which
    day; `dangling`: of "he" or "the country", and is understood with its document only.
    """

    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    negations: int
    names: bool
    deictic: bool
    dangling: bool
    begins_with_name: bool = False

    @property
    def telling(self) -> bool:
        """Return True if it names somebody, or a figure that few other claims will have."""
        return self.names or any(
            abs(figure.value) >= TELLING or figure.value % 1 for figure in self.quantities
        )

    @property
    def counts_something(self) -> bool:
        """Return True if each figure says what it counts; "has won five" does not."""
        forms = [word.form for word in self.words]
        units = [figure.unit is not None for figure in self.quantities]
        places = [place for place, form in enumerate(forms) if form == NUMBER]
        return all(
            unit or forms[place + 1 : place + 2] not in ([], [NUMBER])
            for place, unit in zip(places, units, strict=True)
        )


def normalize(words: str, figures: Sequence[Figure], times: Sequence[str]) -> NormalizedText:
    """`figures` and `times` are those found in these words."""
    text = _one_spelling(words)
    text = _remove(text, times)
    text, taken = _split_figures(text, figures)
    raw = _WORD.findall(text)
    kept, quantities = _find_counted(raw, taken)
    negations = sum(token.casefold() in NEGATIONS for token in kept)
    forms = tuple(_forms(kept, negated=negations > 0))
    return NormalizedText(
        words=forms,
        quantities=tuple(quantities),
        negations=negations,
        names=any(token[:1].isupper() for token in kept[1:]) or _is_named(kept[:1]),
        begins_with_name=_may_be_name(kept[:1]),
        deictic=any(token.casefold() in DEICTIC for token in kept),
        dangling=_is_dangling(kept),
    )


def remove_invisible(text: str) -> str:
    """Return a text without the characters that nobody sees: zero-width ones, soft hyphens."""
    return _INVISIBLE.sub("", text)


def remove_days(words: str) -> str:
    """Return a claim's words without the days put in: “yesterday [4 May 2024]”, “[On 4 May …,]”."""
    return _DAY_PUT_IN.sub("", words)


def find_day_put_in(words: str) -> str | None:
    """Return the day of its report that was put in a claim: “[On 4 May 2024,] Lee sang”."""
    days = (day for found in _DAY_PUT_IN.finditer(words) for day in found.groups() if day)
    return next(days, None)


def _one_spelling(words: str) -> str:
    seen = remove_invisible(remove_days(words))
    text = unicodedata.normalize("NFKC", seen).replace("’", "'").replace("‘", "'")
    text = re.sub(rf"[{NUMBER}{TIME}\[\]]", "", text).replace("‐", "-").replace("‑", "-")
    text = _HYPHEN.sub(" ", text)
    for many, one in ONE_WORD:
        text = many.sub(one, text)
    return _move_front(text)


_FRONT = re.compile(
    r"^((?:In|On|At|Near|Since|After|Before|During|Until|By) [^,]{1,40}), (.+?)\.?$"
)


def _move_front(text: str) -> str:
    """“In Kursk, soldiers fight”: what is put in front stands at the end as well."""
    match = _FRONT.match(text)
    if match is None or "," in match[2]:
        return text
    lead, rest = match.groups()
    return f"{rest} {lead[0].lower()}{lead[1:]}"


def _remove(text: str, times: Sequence[str]) -> str:
    for time in times:
        if found := _stand(text, time):
            text = f"{text[: found.start()]}{TIME}{text[found.end() :]}"
    return text


def _split_figures(text: str, figures: Sequence[Figure]) -> tuple[str, list[Figure]]:
    """The words with a mark for each figure found in them, and these figures in that order."""
    places: list[tuple[int, Figure]] = []
    for figure in figures:
        if found := _stand(text, figure.text):
            start, end = found.span()
            text = f"{text[:start]}{NUMBER}{text[end:]}"
            shorter = end - start - len(NUMBER)
            places = [(at - shorter if at > start else at, of) for at, of in places]
            places.append((start, figure))
    return text, [figure for _, figure in sorted(places, key=lambda place: place[0])]


def _stand(text: str, said: str) -> re.Match[str] | None:
    """Return where these words stand by themselves, not within a longer number."""
    said = _one_spelling(said)
    whole = rf"(?<![\w.,]){re.escape(said)}(?!\w|[.,]\d)"
    return re.search(whole, text, re.IGNORECASE) if said else None


# --------------------------------------------------------------------------------------- figures


def _find_counted(
    raw: Sequence[str], figures: Sequence[Figure]
) -> tuple[list[str], list[Quantity]]:
    """Return the words with every quantity marked, and the quantities.

    A number in a name stays a word.
    """
    kept: list[str] = []
    quantities: list[Quantity] = []
    told = iter(figures)
    for place, token in enumerate(raw):
        figure = next(told, None) if token == NUMBER else None
        before = raw[place - 1] if place else ""
        after = raw[place + 1] if place + 1 < len(raw) else ""
        named = before[:1].isupper() and before.casefold() not in (BOUNDS.keys() | LIGHT)
        if figure is not None and not (named and figure.unit is None and figure.upper is None):
            kept, bound, lead = _find_bound(kept, figure.modifier)
            quantities.append(_build_quantity(figure, bound, lead))
            kept.append(NUMBER)
        elif figure is not None:
            kept.append(figure.text)
        elif _counts(token, after) and not named:
            kept, bound, lead = _find_bound(kept, None)
            value = float(token.replace(",", ""))
            quantities.append(Quantity(f"{lead}{token}", value, None, bound))
            kept.append(NUMBER)
        else:
            kept.append(token)
    return kept, quantities


def _counts(token: str, after: str) -> bool:
    """Return True if digits that nobody has read as a figure count what follows them."""
    return (
        _DIGITS.fullmatch(token) is not None
        and _YEAR.fullmatch(token) is None
        and after[:1].isalpha()
        and after not in UNCOUNTED
    )


def _build_quantity(figure: Figure, bound: str, lead: str) -> Quantity:
    unit = figure.unit if figure.unit and (figure.unit in RATES or figure.unit.isupper()) else None
    text = " ".join(figure.text.split())
    modifier = figure.modifier or ""
    lead = lead or (f"{modifier} " if modifier and modifier not in text.casefold() else "")
    return Quantity(f"{lead}{text}", figure.value, figure.upper, bound, unit)


def _find_bound(kept: list[str], modifier: str | None) -> tuple[list[str], str, str]:
    """Return the words without the modifier that ends them; its kind, and how it reads."""
    for length in (3, 2, 1):
        lead = " ".join(kept[-length:]).casefold() if len(kept) >= length else ""
        if lead in BOUNDS:
            return kept[:-length], BOUNDS[lead], f"{lead} "
    said = (modifier or "").casefold()
    return kept, BOUNDS.get(said, said), ""


# ----------------------------------------------------------------------------------------- words


def _forms(raw: Sequence[str], *, negated: bool) -> Iterator[Word]:
    """Yield the words that are compared, each in its form."""
    for place, token in enumerate(raw):
        low = token.casefold().removesuffix("'s").removesuffix("'")
        after = raw[place + 1] if place + 1 < len(raw) else ""
        if token == TIME or (low in _BEFORE_A_TIME and after == TIME):
            continue
        if low in LIGHT or low in NEGATIONS or (negated and low in SPOKEN_ONLY_IN_NEGATION):
            continue
        if low in TITLES and after[:1].isupper():
            continue
        if low in AUXILIARIES and _is_perfect(raw[place + 1 :]):
            continue
        yield _word(token, low)


def _word(token: str, low: str) -> Word:
    if token == NUMBER:
        return Word(NUMBER, carries=False)
    if low in BEING:
        return Word("be", carries=False)
    if low == "there":
        return Word("there", carries=False)
    if token[:1].isupper():
        plain = DEMONYMS.get(low, low)
        return Word(SYNONYMS.get(find_base(plain), find_base(plain)), _name(plain))
    return Word(SYNONYMS.get(find_base(low), find_base(low)))


def find_base(word: str) -> str:
    """Return one form for a word's singular and plural, and for a verb's present and past."""
    if word in BASES:
        return BASES[word]
    if len(word) > 4 and word.endswith(("ies", "ied")):  # noqa: PLR2004  # a stem of two letters
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("ed") and not word.endswith("eed"):  # noqa: PLR2004
        stem = word[:-2]
        if stem[-1] == stem[-2] and stem[-1] not in "lsz":
            stem = stem[:-1]
        return stem
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004
        word = word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word  # noqa: PLR2004


def _name(word: str) -> str:
    """A name in one spelling: no accents, no doubled letters, one ending for -i, -iy, -yy."""
    letters = unicodedata.normalize("NFKD", word)
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = re.sub(r"(.)\1+", r"\1", letters)
    return re.sub(r"(?:iy|ij|yi|yj|i)$", "y", letters)


def _is_perfect(after: Sequence[str]) -> bool:
    """Return True if "has" is followed by what was done, and so says no more than the past."""
    for token in after:
        low = token.casefold()
        if low in LIGHT or low in NEGATIONS or low.endswith("ly"):
            continue
        return low == "been" or low in PARTICIPLES or (low.endswith("ed") and len(low) > 3)  # noqa: PLR2004
    return False


def _is_named(first: Sequence[str]) -> bool:
    """Return True if the first word, capitalised in any claim, is a name all the same."""
    return any(token in COUNTRIES or token.endswith("'s") for token in first)


def _may_be_name(first: Sequence[str]) -> bool:
    """Return True for a bare singular that is no common noun: "Kherson", not "sales"."""
    word = first[0] if first else ""
    low = word.casefold()
    plain = word.isalpha() and word[:1].isupper() and len(word) > len("it")
    known = low in LIGHT or low in UNNAMED or low in ROLES or low in POINTING
    return plain and not known and not low.endswith(("s", "ing", "tion", "ment", "ity", "ness"))


def _is_dangling(raw: Sequence[str]) -> bool:
    """Return True if it speaks of somebody or something that only its document names."""
    low = [token.casefold() for token in raw]
    if not low or low[0] in POINTING or {"them", "there", "here"} & set(low[1:]):
        return True
    named = any(token[:1].isupper() for token in raw[1:])
    head = low[1:4] if low[0] in ("the", "a", "an", "both") else []
    return not named and (low[:2] == ["the", "two"] or bool(ROLES & set(head)))
