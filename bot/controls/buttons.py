"""The buttons. A button's id carries the claim's random key, so that nothing need be remembered.

discord.py only logs what such a button raises, so each runs inside `answering`.
"""

import re
from abc import abstractmethod
from typing import Any, Self

import discord
from discord import ui

from bot.controls.client_of import answering, corrobot, surely
from bot.controls.endings import with_ending
from bot.controls.evidence_forms import evidence_form
from bot.controls.forms import open_form, reason_form
from bot.controls.own_links import OwnLinks, details_view
from bot.controls.progress import within_patience
from bot.language.labels import VERDICT_SIGNS, VERDICTS
from bot.language.words import Words, words_for
from bot.people import guild_of, person_of, readers_words
from bot.rendering.cards import claim_embed
from bot.rendering.details import details_embed
from workflows.claims import ClaimKey, Verdict
from workflows.desk import evidence, sheets, votes
from workflows.desk.votes import Receipt

_STYLES = {
    Verdict.SUPPORTED: discord.ButtonStyle.success,
    Verdict.REFUTED: discord.ButtonStyle.danger,
    Verdict.NOT_ENOUGH_EVIDENCE: discord.ButtonStyle.secondary,
}
KEY = r"(?P<key>[\w-]{22})"


class KeyButton(ui.DynamicItem[ui.Button[Any]], template="^$"):
    """A button about one claim or document; its errors are answered like any other's."""

    def __init__(self, key: str, button: ui.Button[Any]) -> None:
        super().__init__(button)
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        del item  # the id says it all
        return cls.of(match, words_for(str(interaction.guild_locale or interaction.locale)))

    @classmethod
    def of(cls, match: re.Match[str], words: Words) -> Self:
        return cls(match["key"], words)  # type: ignore[arg-type]  # each kind's own form

    async def callback(self, interaction: discord.Interaction) -> None:
        await answering(interaction, self.pressed)

    @abstractmethod
    async def pressed(self, interaction: discord.Interaction) -> None:
        """What the press does; whatever it raises is answered."""


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

    async def pressed(self, interaction: discord.Interaction) -> None:
        bot = corrobot(interaction)
        message = interaction.message.id if interaction.message else 0
        late = bot.too_late(interaction)
        with bot.showing.writing(message) as write:
            cast = bot.desk.write(
                votes.cast,
                guild_of(interaction),
                ClaimKey(self.key),
                person_of(interaction),
                self.verdict,
                bot.now(),
                with_sheet=not (write.crowded or late),
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
        if receipt.changed and receipt.sheet:
            await confirm(interaction, receipt)

    @staticmethod
    async def _answer(interaction: discord.Interaction, receipt: Receipt) -> int:
        """Answer with the card as it stands now, and give the version it shows.

        In a burst, or where the answer could not wait: empty, with 0; the card follows soon.
        """
        if interaction.response.is_done():
            return 0
        if receipt.sheet is None:
            await surely(interaction.response.defer)
            return 0
        words = words_for(receipt.sheet.team.settings.language)
        embed = claim_embed(receipt.sheet, words)
        await surely(lambda: interaction.response.edit_message(embed=embed))
        return receipt.claim.version


class EvidenceButton(KeyButton, template=rf"^evidence:{KEY}$"):
    """Opens the form for a link."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(
            key,
            ui.Button(label=words.say("Add evidence"), emoji="🔗", custom_id=f"evidence:{key}"),
        )

    async def pressed(self, interaction: discord.Interaction) -> None:
        await open_evidence_form(interaction, ClaimKey(self.key))


async def open_evidence_form(
    interaction: discord.Interaction, key: ClaimKey, address: str | None = None
) -> None:
    """The form for a link, with the sources that the claim has at this moment."""
    sources = await corrobot(interaction).desk.read(evidence.sources_of, guild_of(interaction), key)
    words = readers_words(interaction)
    await open_form(interaction, evidence_form(key, sources, words, address))


class DetailsButton(KeyButton, template=rf"^details:{KEY}$"):
    """Answers privately with all there is to know."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(
            key, ui.Button(label=words.say("Details"), emoji="📖", custom_id=f"details:{key}")
        )

    async def pressed(self, interaction: discord.Interaction) -> None:
        details = await corrobot(interaction).desk.read(
            sheets.details, guild_of(interaction), ClaimKey(self.key), interaction.user.id
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

    async def pressed(self, interaction: discord.Interaction) -> None:
        await open_form(
            interaction, reason_form(ClaimKey(self.key), None, readers_words(interaction))
        )


class TakeBackButton(KeyButton, template=rf"^back:{KEY}$"):
    """On the private confirmation: undo the vote."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(key, ui.Button(label=words.say("Take back"), custom_id=f"back:{key}"))

    async def pressed(self, interaction: discord.Interaction) -> None:
        bot = corrobot(interaction)
        receipt = await bot.desk.write(
            votes.take_back,
            guild_of(interaction),
            ClaimKey(self.key),
            person_of(interaction),
            bot.now(),
        )
        bot.showing.nudge()
        words = readers_words(interaction)
        said = words.say("Your vote on #{number} is taken back.", number=receipt.claim.number)
        await interaction.response.edit_message(content=said, view=None)


class LinkButton(KeyButton, template=rf"^link:{KEY}$"):
    """On the private confirmation: attach a link at once."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(key, ui.Button(label=words.say("Add a link"), custom_id=f"link:{key}"))

    async def pressed(self, interaction: discord.Interaction) -> None:
        await open_evidence_form(interaction, ClaimKey(self.key))


BUTTONS = (
    VoteButton,
    EvidenceButton,
    DetailsButton,
    ReasonButton,
    TakeBackButton,
    LinkButton,
    OwnLinks,
)


def claim_view(key: ClaimKey, words: Words) -> ui.View:
    """A claim card's row of buttons; a fresh one for each message."""
    view = ui.View(timeout=None)
    for verdict in Verdict:
        view.add_item(VoteButton(key, words, verdict))
    view.add_item(EvidenceButton(key, words))
    view.add_item(DetailsButton(key, words))
    return view


async def confirm(interaction: discord.Interaction, receipt: Receipt) -> None:
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
