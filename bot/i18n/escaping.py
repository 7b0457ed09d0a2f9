"""The one escaper: text from outside, made safe to show in Discord."""

import re
import unicodedata
from urllib.parse import unquote

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing; the other invisible ones are known by their category."""
_NEEDED = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
"""Joiners, which several scripts and many emoji need, and signs that are seen after all."""
_FROM_THE_RIGHT = frozenset({"R", "AL", "AN"})
_NO_CHARACTER = 0xFFFE
"""What the last two of each plane end in: never characters, and no XML may hold them."""
_ISOLATE, _END = "\u2068", "\u2069"
"""What stands between them has a direction of its own, by its first strong letter."""
_MARKS_IN_A_ROW = 3
_MARKDOWN = re.compile(r"([\\*_~`|\[\]()<>#])")
_LIST = re.compile(r"^(\s*(?:\d+(?=\.)|(?=[-+])))([-+.])(?=\s|$)", re.MULTILINE)
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)


_INVITATION = re.compile(
    r"((?:discord(?:app)?\.(?:gg|gift|new|me|io|com/(?:invite|gifts|template|servers|events))"
    r"|(?:dsc|invite)\.gg))/",
    re.IGNORECASE,
)
"""What Discord shows as a button to join, to take a gift or a template: also without a scheme."""


def holds_invitation(address: str) -> bool:
    """Return True for an address that invites to a server, also one that leads on to such."""
    return _INVITATION.search(unquote(address)) is not None


def escape(text: str, most: int | None = None, *, lines: bool = False) -> str:
    """Text from outside as plain text in a message: no markup, no mention, no trick.

    At most `most` characters of it, before the escaping. Line breaks become spaces unless `lines`.
    """
    text = cut(plain(text, lines=lines), most)
    text = _MARKDOWN.sub(r"\\\1", text)
    text = _LIST.sub(r"\1\\\2", text)
    text = _EVERYONE.sub("@\u200b", text)
    text = _INVITATION.sub(r"\1\\/", text)
    return isolate(text.replace("://", "\\://"))


def plain(text: str, *, lines: bool = False) -> str:
    """Text from outside for places that know no markup (labels, titles, the terminal)."""
    seen = "".join(mark for mark in text if _is_seen(mark))
    seen = _strip_floods(unicodedata.normalize("NFC", seen))
    if lines:
        return "\n".join(" ".join(line.split()) for line in seen.splitlines())
    return " ".join(seen.split())


def strip_unseen(text: str) -> str:
    """Return text from outside for the terminal, in its lines: nothing that is unseen steers it."""
    return "".join(mark for mark in text if mark == "\n" or _is_seen(mark))


def fit_label(text: str, most: int) -> str:
    """Text from outside as a label of so many characters, that turns nothing beside it."""
    shown = cut(plain(text), most)
    return shown if isolate(shown) == shown else isolate(cut(shown, most - 2))


def isolate(text: str) -> str:
    """Return a text that runs from the right so that nothing around it is turned.

    Each line is closed in marks of its own: isolates do not reach beyond a paragraph.
    """
    if not any(unicodedata.bidirectional(mark) in _FROM_THE_RIGHT for mark in text):
        return text
    return "\n".join(f"{_ISOLATE}{line}{_END}" if line else "" for line in text.split("\n"))


def cut(text: str, most: int | None) -> str:
    """At most `most` characters, the last of them an ellipsis where something is left out."""
    if most is None or len(text) <= most:
        return text
    return text[: most - 1].rstrip() + "…" if most > 0 else ""


def _is_seen(mark: str) -> bool:
    """Return True if a mark shows something or parts words; no control, no direction, no blank."""
    if mark.isspace() or mark in _NEEDED:
        return True
    if unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Co") or mark in _BLANK:
        return False
    return ord(mark) & 0xFFFE != _NO_CHARACTER and not 0xFDD0 <= ord(mark) <= 0xFDEF  # noqa: PLR2004


def _strip_floods(text: str) -> str:
    """No more combining marks in a row than any script needs."""
    kept: list[str] = []
    run = 0
    for mark in text:
        run = run + 1 if unicodedata.category(mark) in ("Mn", "Me", "Cf") else 0
        if run <= _MARKS_IN_A_ROW:
            kept.append(mark)
    return "".join(kept)
