"""The queue: what awaits a reader's vote, in one private message that is edited in place.

Its buttons carry the server, so that they work in direct messages too.
"""

import re
from collections.abc import Mapping
from typing import Self

import discord
from discord import ui

from bot.features.evidence import attach_sent_link, evidence_form, write_attached
from bot.features.voting import STYLES, reason_form, write_receipt
from bot.i18n.escaping import cut
from bot.i18n.labels import VERDICT_SIGNS, VERDICTS, gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.claim_card import claim_embed
from bot.rendering.details import details_embed
from bot.rendering.embeds import card_address
from bot.ui.buttons import KeyButton
from bot.ui.context import Interaction, find_acting, reader_translator
from bot.ui.feature import Feature
from bot.ui.modals import ANY_KEY, SERVER, VERDICT, ModalValues, open_form
from workflows.claims import Claim, ClaimKey, Verdict
from workflows.desk import claim_views, evidence, queue, votes
from workflows.desk.queue import QueueView
from workflows.desk.votes import VoteReceipt
from workflows.errors import Refused
from workflows.teams import Acting

_CLAIM = r"[\w-]{22}"
_LABELS: Mapping[str, tuple[str, str | None]] = {
    "open": (gettext_noop("Needs my vote"), "🗳️"),
    "start": (gettext_noop("Next ▸"), None),
    "next": (gettext_noop("Skip ▸"), None),
    "evidence": (gettext_noop("Add evidence"), "🔗"),
    "details": (gettext_noop("Details"), "📖"),
    "why": (gettext_noop("Add a reason to #{number}"), None),
    "back": (gettext_noop("Take back #{number}"), None),
}
"""What a button does, by its name on the wire: its label and sign. The verdicts have their own."""


class QueueButton(
    KeyButton,
    template=rf"^queue:(?P<guild>\d{{1,20}}):(?P<act>[a-z_]+):(?P<key>(?:{_CLAIM})?):(?P<at>(?:{_CLAIM})?)$",
):
    """A step in the queue.

    Its id holds the server, what to do, the claim it is done to, and the one that stays in view.
    `number`: the claim's, where it isn't the one in view.
    """

    def __init__(
        self,
        key: str,
        tr: Translator,
        act: str,
        guild: int,
        *,
        at: str = "",
        number: int = 0,
        row: int | None = None,
    ) -> None:
        label, sign = _LABELS.get(act, _LABELS["open"])
        style = discord.ButtonStyle.secondary
        if act in set(Verdict):
            verdict = Verdict(act)
            label, sign, style = VERDICTS[verdict], VERDICT_SIGNS[verdict], STYLES[verdict]
        super().__init__(
            key,
            label=tr.text(label, number=number),
            emoji=sign,
            style=style,
            custom_id=f"queue:{guild}:{act}:{key}:{at}",
            row=row,
        )
        self.act, self.guild, self.at = act, guild, at

    @classmethod
    def from_match(cls, match: re.Match[str], tr: Translator) -> Self:
        return cls(match["key"], tr, match["act"], int(match["guild"]), at=match["at"])

    async def on_press(self, interaction: Interaction) -> None:
        acting = await find_acting(interaction, self.guild)
        desk, key = interaction.client.desk, ClaimKey(self.key)
        match self.act:
            case "start":
                await _show(interaction, await desk.read(queue.read_queue, acting))
            case "next":
                await _show(interaction, await desk.read(queue.read_queue, acting, after=key))
            case "evidence":
                claim, sources = await desk.read(
                    evidence.prepare_link, self.guild, acting.person, key
                )
                form = evidence_form(key, sources, reader_translator(interaction))
                form.custom_id = f"queue-evidence:{self.guild}:{key}"
                await open_form(interaction, form, claim)
            case "details":
                await _show_details(interaction, acting, key)
            case "why":
                await _ask_reason(interaction, acting, key, at=self.at)
            case "back":
                receipt, shown = await desk.write(queue.take_back, acting, key)
                await _show_receipt(interaction, receipt, shown)
            case "supported" | "refuted" | "not_enough_evidence":
                await _vote(interaction, acting, key, Verdict(self.act))
            case _:
                await open_queue(interaction, self.guild)


def open_button(guild: int, tr: Translator) -> QueueButton:
    """Return the way into the queue, for a digest and for lists of other claims."""
    return QueueButton("", tr, "open", guild)


def start_button(guild: int, tr: Translator) -> QueueButton:
    """Return the way into the queue from a private list, whose message it takes."""
    return QueueButton("", tr, "start", guild)


async def open_queue(interaction: Interaction, guild: int) -> None:
    """Answer privately with the first claim that awaits this person's vote."""
    acting = await find_acting(interaction, guild)
    shown = await interaction.client.desk.read(queue.read_queue, acting)
    tr = reader_translator(interaction)
    await _answer(interaction, *_build(shown, tr))


async def show_in_queue(interaction: Interaction, key: ClaimKey) -> None:
    """Show one claim of the list in its message's place; from there the queue goes on."""
    acting = await find_acting(interaction, interaction.guild_id or 0)
    await _show(interaction, await interaction.client.desk.read(queue.read_queue, acting, at=key))


async def _vote(
    interaction: Interaction,
    acting: Acting,
    key: ClaimKey,
    verdict: Verdict,
    reason: str | None = None,
) -> None:
    """Vote and show what is next; so too where the claim takes no vote any more, with why."""
    desk = interaction.client.desk
    try:
        receipt, shown = await desk.write(
            queue.vote_and_move_on, acting, key, verdict, reason=reason
        )
    except votes.ReasonNeeded:
        await _ask_reason(interaction, acting, key, verdict)
    except Refused as refusal:
        said = reader_translator(interaction).error_text(refusal)
        await _show(interaction, await desk.read(queue.read_queue, acting, after=key), said)
    else:
        await _show_receipt(interaction, receipt, shown)


async def _ask_reason(
    interaction: Interaction,
    acting: Acting,
    key: ClaimKey,
    verdict: Verdict | None = None,
    at: str = "",
) -> None:
    form = reason_form(key, verdict, reader_translator(interaction))
    cast = verdict.value if verdict else ""
    form.custom_id = f"queue-reason:{acting.guild}:{key}:{cast}:{at}"
    claim = await interaction.client.desk.read(
        claim_views.find_claim, acting.guild, acting.person, key
    )
    await open_form(interaction, form, claim)


async def _take_reason(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    guild, key, cast, at = carried
    acting, reason = await find_acting(interaction, int(guild)), cut(sent.get("reason", ""), 500)
    if cast:
        await _vote(interaction, acting, ClaimKey(key), Verdict(cast), reason)
        return
    desk = interaction.client.desk
    receipt = await desk.write(votes.give_reason, acting, ClaimKey(key), reason)
    shown = await desk.read(queue.read_queue, acting, at=ClaimKey(at) if at else None)
    said = reader_translator(interaction).text(
        "Your vote on #{number} was recorded with its reason.", number=receipt.claim.number
    )
    await _show(interaction, shown, said)


async def _take_link(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    guild, key = carried
    acting = await find_acting(interaction, int(guild))
    attached = await attach_sent_link(interaction, acting, ClaimKey(key), sent)
    shown = await interaction.client.desk.read(queue.read_queue, acting, at=ClaimKey(key))
    await _show(interaction, shown, write_attached(attached, reader_translator(interaction)))


async def _show_details(interaction: Interaction, acting: Acting, key: ClaimKey) -> None:
    details = await interaction.client.desk.read(
        claim_views.show_details, acting.guild, key, acting.person
    )
    embed = details_embed(details, reader_translator(interaction))
    await interaction.response.send_message(embed=embed, ephemeral=True)


# ------------------------------------------------------------------------------- what is shown


async def _show_receipt(interaction: Interaction, receipt: VoteReceipt, shown: QueueView) -> None:
    """Show what is next, above it what became of the vote before and how it can be changed."""
    tr = reader_translator(interaction)
    if receipt.vote is None:
        said = tr.text("Your vote on #{number} was taken back.", number=receipt.claim.number)
        await _show(interaction, shown, said)
        return
    await _show(interaction, shown, write_receipt(receipt, receipt.vote, tr), receipt.claim)


async def _show(
    interaction: Interaction, shown: QueueView, said: str = "", voted: Claim | None = None
) -> None:
    """Put it in the place of what the private message showed before."""
    bot = interaction.client
    bot.outbox.wake()
    bot.card_sync.wake()
    text, embed, view = _build(shown, reader_translator(interaction), said, voted)
    message = interaction.message
    if message and (message.flags.ephemeral or interaction.guild_id is None):
        await interaction.response.edit_message(content=text, embed=embed, view=view)
    else:  # never in the place of what others see
        await _answer(interaction, text, embed, view)


async def _answer(
    interaction: Interaction, said: str, embed: discord.Embed | None, view: ui.View
) -> None:
    await interaction.response.send_message(
        said, embed=embed or discord.utils.MISSING, view=view, ephemeral=True
    )


def _build(
    shown: QueueView, tr: Translator, said: str = "", voted: Claim | None = None
) -> tuple[str, discord.Embed | None, ui.View]:
    """Return the queue's text, card and buttons; fresh ones for each answer."""
    guild, view = shown.team.settings.guild, ui.View(timeout=None)
    lines = [said] if said else []
    at = shown.view.claim.key if shown.view else ""
    if shown.view:
        left = tr.plural(
            "**{n}** claim still needs your vote",
            "**{n}** claims still need your vote",
            shown.left,
        )
        if shown.card:
            address = card_address(guild, shown.card)
            left += " · " + tr.text("[Go to its card]({address})", address=address)
        lines.append(left)
        for verdict in Verdict:
            view.add_item(QueueButton(at, tr, verdict.value, guild, row=0))
        for act in ("next", "evidence", "details"):
            view.add_item(QueueButton(at, tr, act, guild, row=1))
    elif shown.left:
        lines.append(
            tr.plural(
                "That was the last one; {n} claim you left out still needs your vote.",
                "That was the last one; {n} claims you left out still need your vote.",
                shown.left,
            )
        )
        view.add_item(QueueButton("", tr, "start", guild, row=1))
    else:
        lines.append(tr.text("Nothing else is waiting for your vote."))
    if voted:
        for act in ("why", "back"):
            view.add_item(QueueButton(voted.key, tr, act, guild, at=at, number=voted.number, row=2))
    embed = claim_embed(shown.view, tr) if shown.view else None
    return "\n".join(lines), embed, view


FEATURE = Feature(
    items=(QueueButton,),
    modals={
        f"queue-reason:{SERVER}:{ANY_KEY}:{VERDICT}?:(?:{ANY_KEY})?": _take_reason,
        f"queue-evidence:{SERVER}:{ANY_KEY}": _take_link,
    },
)
