"""Every text a person sees: one localisation path, and one escaper for what comes from outside.

The catalogues are gettext's, with the English sentence as the message identifier. What people,
documents and addresses bring along goes through `escape` before it stands in a message.
"""

import gettext
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import (
    format_date,
    format_datetime,
    format_skeleton,
    format_timedelta,
    get_day_names,
)
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from bot.i18n.escaping import escape, strip_unseen
from workflows.errors import CorrobotError

CATALOGUES = Path(__file__).with_name("locale")
LANGUAGES: tuple[str, ...] = ("en", "ko")
"""English, which the sentences are written in, and the languages with a complete catalogue."""
_AN_ID = 1 << 41
"""Discord's ids are larger than any count; they are written without separators."""


class Translator:
    """The texts of one language. Values put into a sentence must be fit to be shown already."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(language, sep="-" if "-" in language else "_")
        self._catalogue = _load_catalogue(language)

    def text(self, sentence: str, /, **values: object) -> str:
        return self._catalogue.gettext(sentence).format(**values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the form of the sentence that fits `n`, which stands in it as {n}."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **values)

    def name_command(self, kind: str, name: str) -> str:
        """Return the name of a command or an option in this language: a name is no sentence."""
        return self._catalogue.pgettext(kind, name)

    def number(self, value: float) -> str:
        return str(format_decimal(value, locale=self._locale))

    def name_language(self, english: str) -> str:
        """Return a language's name in this one, given its English name; anything else as it is."""
        code = _list_language_codes().get(english, "")
        return str(self._locale.languages.get(code, english))

    def percent(self, share: float) -> str:
        return str(format_percent(share, locale=self._locale))

    def day(self, day: date) -> str:
        return str(format_date(day, format="medium", locale=self._locale))

    def moment(self, at: datetime) -> str:
        """Return a time in its own zone, for what is read outside Discord."""
        return str(format_datetime(at, format="yyyy-MM-dd HH:mm zzz", locale=self._locale))

    def short_day(self, day: date) -> str:
        """As "Nov 24", where there is little room."""
        return str(format_skeleton("MMMd", day, locale=self._locale))

    def clock(self, at: datetime) -> str:
        """Return the time of day, as a schedule writes it."""
        return f"{at:%H:%M}"

    def weekday(self, day: int) -> str:
        """Return the name of a day of the week, 0 for Monday."""
        return str(get_day_names("wide", locale=self._locale)[day])

    def ahead(self, span: timedelta) -> str:
        """As "in 13 hours"."""
        return str(format_timedelta(span, threshold=1.5, add_direction=True, locale=self._locale))

    def span(self, span: timedelta) -> str:
        return str(format_timedelta(span, threshold=1.5, locale=self._locale))

    def join(self, items: Sequence[str]) -> str:
        return str(format_list(list(items), locale=self._locale))

    def error_text(self, error: CorrobotError, *, plain: bool = False) -> str:
        """Return the sentence of an error, for Discord, or `plain` for the terminal."""
        shown = {
            name: self._value(
                self.name_language(str(value)) if name == "language" else value, plain=plain
            )
            for name, value in error.values.items()
        }
        return self.text(error.sentence, **shown)

    def _value(self, value: object, *, plain: bool) -> str:
        match value:
            case datetime():
                return self.moment(value) if plain else make_timestamp(value)
            case frozenset():
                return " ".join(str(role) if plain else f"<@&{role}>" for role in sorted(value))
            case bool() | str() | Path():
                return strip_unseen(str(value)) if plain else escape(str(value), 300)
            case int() if value >= _AN_ID:
                return str(value)
            case int() | float():
                return self.number(value)
        return strip_unseen(str(value)) if plain else escape(str(value), 300)


def get_catalogue_file(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "corrobot.po"


def _load_catalogue(language: str) -> gettext.NullTranslations:
    """Compiled as it is read, so that one file holds a translation; without one: English."""
    file = get_catalogue_file(language)
    if not file.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as written:
        write_mo(compiled, read_po(written, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _list_language_codes() -> Mapping[str, str]:
    """Return every language's code by its English name, as errors carry it between processes."""
    return {name: code for code, name in Locale("en").languages.items()}


@lru_cache(maxsize=32)
def translator_for(locale: str) -> Translator:
    """Return the words of the first of: this locale, its language, English."""
    whole = locale.replace("-", "_")
    known = (each for each in (whole, whole.partition("_")[0]) if each in LANGUAGES)
    return Translator(next(known, "en"))


def make_timestamp(at: datetime, style: str = "f") -> str:
    """A time that Discord shows in each reader's own zone: f in full, R relative, d the day."""
    return f"<t:{int(at.timestamp())}:{style}>"
