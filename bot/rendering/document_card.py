"""The document's card: what it is, and how far the team is with its claims."""

from collections.abc import Iterable

import discord

from bot.i18n.escaping import escape, holds_invitation
from bot.i18n.labels import STATUSES
from bot.i18n.translator import Translator
from bot.rendering.embeds import TITLE, fit_lines
from workflows.claims import Document, Status
from workflows.desk.claim_views import DocumentView


def document_embed(shown: DocumentView, tr: Translator) -> discord.Embed:
    """Return a document: what it is, how many claims were found in it, how far the team is."""
    document = shown.document
    origin = [escape(document.publisher, 80)] if document.publisher else []
    if document.published:
        origin.append(tr.day(document.published))
    posted = shown.claims - shown.counts.get(Status.SHELVED, 0)
    lines = [
        " · ".join(origin),
        tr.plural("**{n}** claim found", "**{n}** claims found", shown.claims)
        + ": "
        + " · ".join(_format_counts(shown, tr))
        if shown.claims
        else tr.text("No checkable claim was found."),
    ]
    if shown.changes is not None:
        lines.append(write_changes(*shown.changes, tr))
    if posted:
        lines.append(_format_progress(shown.decided, posted, tr))
    return discord.Embed(
        title=document_title(document),
        url=None if holds_invitation(document.url or "") else document.url,
        description="\n".join(line for line in lines if line),
        colour=0x5B6472,
    )


def document_title(document: Document) -> str:
    return fit_lines("📄 ", document.title, TITLE)


def write_changes(new: int, revised: int, gone: int, tr: Translator) -> str:
    """Write how the claims of a newer version differ from those of the one before."""
    said = [
        tr.plural("{n} new claim", "{n} new claims", new) if new else "",
        tr.plural("{n} with another figure", "{n} with another figure", revised) if revised else "",
        tr.plural("{n} gone", "{n} gone", gone) if gone else "",
    ]
    changes = ", ".join(filter(None, said)) or tr.text("the same claims")
    return tr.text("🔄 A newer version: {changes}", changes=changes)


def _format_counts(shown: DocumentView, tr: Translator) -> Iterable[str]:
    for status in (
        Status.SUPPORTED,
        Status.REFUTED,
        Status.CONFLICTING,
        Status.NOT_ENOUGH_EVIDENCE,
        Status.IN_REVIEW,
        Status.UNREVIEWED,
        Status.SHELVED,
    ):
        if claims := shown.counts.get(status):
            said = f"{tr.number(claims)} {tr.text(STATUSES[status]).lower()}"
            yield tr.text("{said} (not posted)", said=said) if status is Status.SHELVED else said


def _format_progress(decided: int, posted: int, tr: Translator, width: int = 12) -> str:
    filled = round(width * decided / posted)
    bar = f"`{'█' * filled}{'░' * (width - filled)}`"
    said = tr.text(
        "{decided} of {posted} decided", decided=tr.number(decided), posted=tr.number(posted)
    )
    return f"{bar} {said}"
