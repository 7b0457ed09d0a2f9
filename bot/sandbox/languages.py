"""The languages Discord can be set to, and a command as readers of one are shown it."""

from bot.sandbox.ids import Json

LOCALES = (
    "en-US", "en-GB", "bg", "cs", "da", "de", "el", "es-ES", "es-419", "fi", "fr", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr",
    "uk", "vi", "zh-CN", "zh-TW",
)  # fmt: skip
"""By the names that Discord gives them; the first of a language is its usual one."""


def nearest(language: str) -> str | None:
    """Discord's name for the language a browser is set to: "ko" for "ko-KR"."""
    if language in LOCALES:
        return language
    plain = language.partition("-")[0].lower()
    return next((each for each in LOCALES if each.partition("-")[0] == plain), None)


def shown_in(locale: str, named: Json) -> Json:
    """Return a command with its descriptions and choices in this language.

    Names stay what they are typed as here; Discord's own client shows them translated, too.
    """
    shown = dict(named)
    if said := (named.get("description_localizations") or {}).get(locale):
        shown["description"] = said
    if "options" in named:
        shown["options"] = [shown_in(locale, option) for option in named["options"] or []]
    if "choices" in named:
        shown["choices"] = [_choice_in(locale, choice) for choice in named["choices"] or []]
    return shown


def _choice_in(locale: str, choice: Json) -> Json:
    return {**choice, "name": (choice.get("name_localizations") or {}).get(locale, choice["name"])}
