"""The vote: its buttons, the reason, the private confirmation."""

import re
from typing import Self

import discord
from discord import ui

from bot.features.evidence import EvidenceButton, LinkButton, OwnLinks, details_view
from bot.features.subscriptions import with_ending
from bot.i18n.escaping import cut
from bot.i18n.labels import VERDICT_SIGNS, VERDICTS
from bot.i18n.translator import Words, words_for
from bot.rendering.cards import claim_embed
from bot.rendering.details import details_embed
from bot.ui.buttons import KEY, KeyButton
from bot.ui.context import Interaction, guild_of, person_of, readers_words, surely
from bot.ui.deferral import within_patience
from bot.ui.feature import Feature
from bot.ui.modals import Submitted, line, open_form, show_on_card
from workflows.claims import ClaimKey, Verdict
from workflows.desk import claim_views, votes
from workflows.desk.votes import VoteReceipt

_STYLES = {
    Verdict.SUPPORTED: discord.ButtonStyle.success,
    Verdict.REFUTED: discord.ButtonStyle.danger,
    Verdict.NOT_ENOUGH_EVIDENCE: discord.ButtonStyle.secondary,
}


class VoteButton(
    KeyButton,
    template=rf"^vote:{KEY}:(?P<verdict>supported|refuted|not_enough_evidence)$",
):
    """Supported, Refuted or Can't tell: answered by the card itself."""

    def __init__(self, key: str, words: Words, verdict: Verdict) -> None:
        super().__init__(
            key,
            ui.Button(
                label=words.say(VERDICTS[verdict]),
                emoji=VERDICT_SIGNS[verdict],
                style=_STYLES[verdict],
                custom_id=f"vote:{key}:{verdict.value}",
            ),
        )
        self.verdict = verdict

    @classmethod
    def of(cls, match: re.Match[str], words: Words) -> Self:
        return cls(match["key"], words, Verdict(match["verdict"]))

    async def pressed(self, interaction: Interaction) -> None:
        bot = interaction.client
        message = interaction.message.id if interaction.message else 0
        late = bot.too_late(interaction)
        with bot.showing.writing(message) as write:
            cast = bot.desk.write(
                votes.cast_vote,
                guild_of(interaction),
                ClaimKey(self.key),
                person_of(interaction),
                self.verdict,
                bot.now(),
                with_view=not (write.crowded or late),
            )
            try:
                receipt = await within_patience(interaction, cast)
            except votes.ReasonNeeded:
                if late:
                    return
                if interaction.response.is_done():
                    raise
                await open_form(
                    interaction,
                    reason_form(ClaimKey(self.key), self.verdict, readers_words(interaction)),
                )
                return
            if not late:
                write.shows(await self._answer(interaction, receipt))
        bot.showing.nudge()
        if receipt.changed and receipt.view:
            await confirm(interaction, receipt)

    @staticmethod
    async def _answer(interaction: Interaction, receipt: VoteReceipt) -> int:
        """Answer with the card as it stands now, and give the version it shows.

        In a burst, or where the answer could not wait: empty, with 0; the card follows soon.
        """
        if interaction.response.is_done():
            return 0
        if receipt.view is None:
            await surely(interaction.response.defer)
            return 0
        words = words_for(receipt.view.team.settings.language)
        embed = claim_embed(receipt.view, words)
        await surely(lambda: interaction.response.edit_message(embed=embed))
        return receipt.claim.version


class DetailsButton(KeyButton, template=rf"^details:{KEY}$"):
    """Answers privately with all there is to know."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(
            key, ui.Button(label=words.say("Details"), emoji="📖", custom_id=f"details:{key}")
        )

    async def pressed(self, interaction: Interaction) -> None:
        details = await interaction.client.desk.read(
            claim_views.view_details, guild_of(interaction), ClaimKey(self.key), interaction.user.id
        )
        words = readers_words(interaction)
        view = details_view(details, person_of(interaction), words)
        await interaction.response.send_message(
            embed=details_embed(details, words), view=view, ephemeral=True
        )


class ReasonButton(KeyButton, template=rf"^reason:{KEY}$"):
    """On the private confirmation: say why."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(key, ui.Button(label=words.say("Add a reason"), custom_id=f"reason:{key}"))

    async def pressed(self, interaction: Interaction) -> None:
        await open_form(
            interaction, reason_form(ClaimKey(self.key), None, readers_words(interaction))
        )


class TakeBackButton(KeyButton, template=rf"^back:{KEY}$"):
    """On the private confirmation: undo the vote."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(key, ui.Button(label=words.say("Take back"), custom_id=f"back:{key}"))

    async def pressed(self, interaction: Interaction) -> None:
        bot = interaction.client
        receipt = await bot.desk.write(
            votes.take_back_vote,
            guild_of(interaction),
            ClaimKey(self.key),
            person_of(interaction),
            bot.now(),
        )
        bot.showing.nudge()
        words = readers_words(interaction)
        said = words.say("Your vote on #{number} is taken back.", number=receipt.claim.number)
        await interaction.response.edit_message(content=said, view=None)


async def confirm(interaction: Interaction, receipt: VoteReceipt) -> None:
    """Tell a voter privately what now stands as their vote, and what they can do with it."""
    words = readers_words(interaction)
    if receipt.vote is None:
        return
    said = words.say("You: **{verdict}**", verdict=words.say(VERDICTS[receipt.vote.verdict]))
    said += f" · #{receipt.claim.number}"
    if receipt.before and receipt.before.stale:
        said += "\n-# " + words.say("Your earlier vote was on other words and counted no more.")
    if receipt.first_ever:
        said += "\n-# " + words.say(
            "Supported: sources show that it is so. Refuted: sources show that it is not."
            " Can't tell: the sources at hand decide neither; it counts towards the quorum."
        )
    view = ui.View(timeout=None)
    for button in (ReasonButton, TakeBackButton, LinkButton):
        view.add_item(button(receipt.claim.key, words))
    said = await with_ending(interaction, said)
    await interaction.followup.send(said, view=view, ephemeral=True)


def claim_view(key: ClaimKey, words: Words) -> ui.View:
    """A claim card's row of buttons; a fresh one for each message."""
    view = ui.View(timeout=None)
    for verdict in Verdict:
        view.add_item(VoteButton(key, words, verdict))
    view.add_item(EvidenceButton(key, words))
    view.add_item(DetailsButton(key, words))
    return view


# ---------------------------------------------------------------------------------- reason


def reason_form(key: ClaimKey, verdict: Verdict | None, words: Words) -> ui.Modal:
    """Why: for the standing vote, or, with `verdict`, for the vote that is about to be cast."""
    cast = verdict.value if verdict else ""
    form = ui.Modal(title=words.say("Your reason"), custom_id=f"reason:{key}:{cast}")
    about = words.say("The team reads it in the claim's history.")
    label = words.say(VERDICTS[verdict]) if verdict else words.say("Reason")
    form.add_item(line(label, "reason", description=about, most=500, long=True))
    return form


async def _reason(interaction: Interaction, carried: list[str], sent: Submitted) -> None:
    bot = interaction.client
    key, cast = ClaimKey(carried[0]), carried[1]
    guild, person, now = guild_of(interaction), person_of(interaction), bot.now()
    reason = cut(sent.get("reason", ""), 500)
    words = readers_words(interaction)
    if cast:
        receipt = await bot.desk.write(
            votes.cast_vote, guild, key, person, Verdict(cast), now, reason=reason
        )
    else:
        receipt = await bot.desk.write(votes.give_reason, guild, key, person, reason, now)
    said = words.say("Your vote on #{number} stands, with its reason.", number=receipt.claim.number)
    if receipt.view:
        await show_on_card(interaction, receipt.view, said)


FEATURE = Feature(
    items=(
        VoteButton,
        EvidenceButton,
        DetailsButton,
        ReasonButton,
        TakeBackButton,
        LinkButton,
        OwnLinks,
    ),
    modals={
        "reason": _reason,
    },
)
