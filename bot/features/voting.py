"""The vote: its buttons, the reason, the private confirmation."""

import re

import discord
from discord import ui

from bot.features.details import DetailsButton
from bot.features.evidence import EvidenceButton, LinkButton, OwnLinks
from bot.features.subscriptions import ending_line
from bot.i18n.escaping import cut
from bot.i18n.labels import VERDICT_SIGNS, VERDICTS
from bot.i18n.translator import Translator, translator_for
from bot.rendering.claim_card import claim_embed
from bot.ui.buttons import KEY, KeyButton
from bot.ui.context import (
    Interaction,
    get_acting,
    get_guild,
    get_person,
    reader_translator,
    release,
    retry_once,
)
from bot.ui.deferral import defer_if_slow
from bot.ui.feature import Feature
from bot.ui.modals import ANY_KEY, VERDICT, ModalValues, open_form, show_on_card, text_field
from workflows.claims import Claim, ClaimKey, Verdict, Vote
from workflows.desk import claim_views, votes
from workflows.desk.votes import VoteReceipt
from workflows.voting import VOTABLE, is_votable

STYLES = {
    Verdict.SUPPORTED: discord.ButtonStyle.success,
    Verdict.REFUTED: discord.ButtonStyle.danger,
    Verdict.NOT_ENOUGH_EVIDENCE: discord.ButtonStyle.secondary,
}


class VoteButton(
    KeyButton,
    template=rf"^vote:{KEY}:(?P<verdict>supported|refuted|not_enough_evidence)$",
):
    """Supported, Refuted or Can't tell: answered by the card itself."""

    def __init__(
        self, key: str, tr: Translator, verdict: Verdict, *, disabled: bool = False
    ) -> None:
        super().__init__(
            key,
            label=tr.text(VERDICTS[verdict]),
            emoji=VERDICT_SIGNS[verdict],
            style=STYLES[verdict],
            disabled=disabled,
            custom_id=f"vote:{key}:{verdict.value}",
        )
        self.verdict = verdict

    async def on_press(self, interaction: Interaction) -> None:
        await _cast_vote(interaction, ClaimKey(self.key), self.verdict)

    @classmethod
    async def answer(cls, interaction: Interaction, match: re.Match[str]) -> None:
        """Cast the vote that the id names. No button is made for it: there may be a rush."""
        await _cast_vote(interaction, ClaimKey(match["key"]), Verdict(match["verdict"]))
        release(interaction)


async def _cast_vote(interaction: Interaction, key: ClaimKey, verdict: Verdict) -> None:
    bot = interaction.client
    message = interaction.message.id if interaction.message else 0
    late = bot.is_too_late(interaction)
    with bot.card_sync.track_write(message) as write:
        cast = bot.desk.write(
            votes.cast_vote,
            get_acting(interaction),
            key,
            verdict,
            with_view=not (write.in_burst or late),
        )
        try:
            receipt = await defer_if_slow(interaction, cast, privately=True)
        except votes.ReasonNeeded:
            if late:
                return
            if interaction.response.is_done():
                raise
            await _ask_reason(interaction, key, verdict)
            return
        deferred = interaction.response.is_done()
        if not late:
            write.mark_shown(await _answer_with_card(interaction, receipt))
    bot.card_sync.wake()
    if deferred or receipt.view:
        await send_confirmation(interaction, receipt, deferred=deferred)


async def _answer_with_card(interaction: Interaction, receipt: VoteReceipt) -> int:
    """Answer with the card as it stands now, and return the version it shows.

    In a burst, or where the answer could not wait: empty, with 0; the card follows soon.
    """
    if interaction.response.is_done():
        return 0
    if receipt.view is None:
        await retry_once(interaction.response.defer)
        return 0
    tr = translator_for(receipt.view.team.settings.language)
    embed = claim_embed(receipt.view, tr)
    if is_votable(receipt.claim.state):
        await retry_once(lambda: interaction.response.edit_message(embed=embed))
    else:  # this vote settled it
        view = claim_view(receipt.claim, tr)
        await retry_once(lambda: interaction.response.edit_message(embed=embed, view=view))
    return receipt.claim.version


class ReasonButton(KeyButton, template=rf"^reason:{KEY}$"):
    """On the private confirmation: say why."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Add a reason"), custom_id=f"reason:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        await _ask_reason(interaction, ClaimKey(self.key), None)


class TakeBackButton(KeyButton, template=rf"^back:{KEY}$"):
    """On the private confirmation: undo the vote."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Take back"), custom_id=f"back:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        bot = interaction.client
        receipt = await bot.desk.write(
            votes.take_back_vote, get_acting(interaction), ClaimKey(self.key)
        )
        bot.card_sync.wake()
        tr = reader_translator(interaction)
        said = tr.text("Your vote on #{number} was taken back.", number=receipt.claim.number)
        await interaction.response.edit_message(content=said, view=None)


async def send_confirmation(
    interaction: Interaction, receipt: VoteReceipt, *, deferred: bool = False
) -> None:
    """Tell a voter privately what now stands as their vote, and what they can do with it.

    `deferred`: a private answer waits to be completed with it.
    """
    if receipt.vote is None:
        return
    tr = reader_translator(interaction)
    said = write_receipt(receipt, receipt.vote, tr)
    view = ui.View(timeout=None)
    for button in (
        (ReasonButton, TakeBackButton, LinkButton) if receipt.changed else (TakeBackButton,)
    ):
        view.add_item(button(receipt.claim.key, tr))
    if deferred:
        await interaction.edit_original_response(content=said, view=view)
    else:
        await interaction.followup.send(said, view=view, ephemeral=True)


def write_receipt(receipt: VoteReceipt, vote: Vote, tr: Translator) -> str:
    """Return what a voter is told of their vote."""
    verdict = tr.text(VERDICTS[vote.verdict])
    if receipt.changed:
        said = tr.text("You: **{verdict}**", verdict=verdict)
    else:
        said = tr.text("You already voted **{verdict}**.", verdict=verdict)
    said += f" · #{receipt.claim.number}"
    if receipt.before and receipt.before.stale:
        said += "\n-# " + tr.text("Your earlier vote was on the old wording and no longer counted.")
    if receipt.first_ever:
        said += "\n-# " + tr.text(
            "Supported: sources show that it's true. Refuted: sources show that it's"
            " false. Can't tell: the sources at hand don't decide it; this is a vote"
            " like the others."
        )
    if receipt.digest_ended:
        said += ending_line(tr)
    return said


def claim_view(claim: Claim, tr: Translator) -> ui.View:
    """Return a claim card's row of buttons, those that would be refused greyed out.

    A fresh one for each message.
    """
    view, state = ui.View(timeout=None), claim.state
    for verdict in Verdict:
        view.add_item(VoteButton(claim.key, tr, verdict, disabled=not is_votable(state)))
    view.add_item(EvidenceButton(claim.key, tr, disabled=state.status not in VOTABLE))
    view.add_item(DetailsButton(claim.key, tr))
    return view


# ---------------------------------------------------------------------------------- reason


async def _ask_reason(interaction: Interaction, key: ClaimKey, verdict: Verdict | None) -> None:
    claim = await interaction.client.desk.read(
        claim_views.find_claim, get_guild(interaction), get_person(interaction), key
    )
    await open_form(interaction, reason_form(key, verdict, reader_translator(interaction)), claim)


def reason_form(key: ClaimKey, verdict: Verdict | None, tr: Translator) -> ui.Modal:
    """Why: for the standing vote, or, with `verdict`, for the vote that is about to be cast."""
    cast = verdict.value if verdict else ""
    form = ui.Modal(title=tr.text("Your reason"), custom_id=f"reason:{key}:{cast}")
    about = tr.text("The team can read it in the claim's history.")
    label = tr.text(VERDICTS[verdict]) if verdict else tr.text("Reason")
    form.add_item(text_field(label, "reason", description=about, most=500, long=True))
    return form


async def _take_reason(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    bot = interaction.client
    key, cast = ClaimKey(carried[0]), carried[1]
    acting, reason = get_acting(interaction), cut(sent.get("reason", ""), 500)
    tr = reader_translator(interaction)
    if cast:
        receipt = await bot.desk.write(votes.cast_vote, acting, key, Verdict(cast), reason=reason)
    else:
        receipt = await bot.desk.write(votes.give_reason, acting, key, reason)
    said = tr.text(
        "Your vote on #{number} was recorded with its reason.", number=receipt.claim.number
    )
    if receipt.view:
        await show_on_card(interaction, receipt.view, said)


FEATURE = Feature(
    items=(
        VoteButton,
        EvidenceButton,
        ReasonButton,
        TakeBackButton,
        LinkButton,
        OwnLinks,
    ),
    modals={f"reason:{ANY_KEY}:{VERDICT}?": _take_reason},
)
