"""How far a command is, on the terminal's standard error; nothing where that is no terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

from bot.i18n.escaping import plain
from workflows.documents.document import ParagraphCount


@contextmanager
def show_status(first: str, *, enabled: bool = True) -> Iterator[Callable[[str], None]]:
    """Show one line that can be changed, and is gone in the end."""
    if not (enabled and sys.stderr.isatty()):
        yield lambda _: None
        return
    console = Console(stderr=True)
    with console.status(plain(first)) as status:
        yield lambda said: status.update(plain(said))


def tell_paragraphs(say: Callable[[str], None], text: str, name: str) -> Callable[[float], None]:
    """Return what is told the share of a text that is read, and says how many paragraphs it is."""
    count = ParagraphCount(text)

    def reach(share: float) -> None:
        count.reach(share)
        say(f"Reading {name}: {count.done} of {count.total} paragraphs …")

    return reach
