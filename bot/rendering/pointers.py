"""The short messages about a card that stands elsewhere: it moved, or somebody looks after it."""

import discord

from bot.i18n.escaping import escape
from bot.i18n.labels import COLOURS
from bot.i18n.translator import Translator
from bot.rendering.claim_card import claim_title
from bot.rendering.document_card import document_title
from bot.rendering.embeds import card_address
from workflows.claims import Claim, Status
from workflows.desk.claim_views import ClaimView
from workflows.desk.outbox import CardMove
from workflows.store.outbox import Card


def write_nudge(shown: ClaimView, card: Card | None, tr: Translator) -> str:
    """Return what whoever looks into a claim is reminded of when their day has come."""
    number = f"**#{shown.claim.number}**"
    if card:
        number = f"[{number}](<{card_address(shown.team.settings.guild, card)}>)"
    return tr.text(
        "You're looking into {number} until today: {claim}\nAfter today, others can take it again.",
        number=number,
        claim=escape(shown.claim.words, 200),
    )


def pointer_embed(move: CardMove, tr: Translator) -> discord.Embed:
    """Return what stays of a card whose claim or document has a newer one."""
    shown = move.shown
    title = claim_title(shown) if isinstance(shown, Claim) else document_title(shown)
    said = tr.text("There is a newer card for this claim.")
    if move.card:
        address = card_address(move.team.settings.guild, move.card)
        said = tr.text("This card has moved: [go to the new one]({address}).", address=address)
    return discord.Embed(title=title, description=said, colour=COLOURS[Status.DROPPED])


def write_assignment(shown: ClaimView, card: Card | None, tr: Translator) -> str:
    """Return what whoever looks after a claim now is called with."""
    number = f"**#{shown.claim.number}**"
    if card:
        number = f"[{number}](<{card_address(shown.team.settings.guild, card)}>)"
    said = escape(shown.claim.words, 200)
    if shown.assignee is None:
        return tr.text(
            "{number} is no longer assigned to anyone: {claim}", number=number, claim=said
        )
    return tr.text(
        "{who}, please look after {number}: {claim}",
        who=f"<@{shown.assignee}>",
        number=number,
        claim=said,
    )
