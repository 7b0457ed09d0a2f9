"""What every embed shares: Discord's limits, text cut to them, links that cannot end early."""

from collections.abc import Iterable

from bot.i18n.escaping import escape, holds_invitation
from workflows.digest.sections import CardLink
from workflows.store.outbox import Card

TITLE, FIELD, DESCRIPTION = 256, 1024, 4096
"""Discord's limits for an embed's parts, in characters."""

EMBED = 5900
"""Characters that an embed may have in all, with a little room; Discord takes 6,000."""

_ADDRESS = 520
"""The longest address that is linked; longer ones would leave no room for anything else."""


def fit_lines(lead: str, text: str, most: int) -> str:
    """`lead` and as much of `text`, escaped, as fits."""
    room = most - len(lead)
    shown = escape(text, room)
    while len(shown) > room:
        text = text[: max(1, min(len(text), room) - (len(shown) - room) - 1)]
        shown = escape(text + "…", room)
    return lead + shown


def join_within(lines: Iterable[str], most: int) -> str:
    """Return as many whole lines as fit, the first at least."""
    said = ""
    for line in lines:
        if said and len(said) + 1 + len(line) > most:
            break
        said = f"{said}\n{line}" if said else line[:most]
    return said


def card_address(guild: int, card: Card | CardLink) -> str:
    """Return where Discord's client jumps to for this message."""
    return f"https://discord.com/channels/{guild}/{card.channel}/{card.message}"


def make_masked_link(text: str, url: str) -> str:
    """Return a masked link, with an address that cannot end it early.

    Only its text for an invitation, which nobody is to follow from here.
    """
    if holds_invitation(url):
        return text
    address = url.replace(">", "%3E").replace("<", "%3C").replace(")", "%29").replace("(", "%28")
    return f"[{text}](<{address}>)" if len(address) <= _ADDRESS else text
