"""What was checked before and is like a claim: found, shown, and taken as evidence."""

import discord
from discord import ui

from bot.features.evidence import open_evidence_form
from bot.i18n.escaping import cut, plain
from bot.i18n.translator import Translator
from bot.rendering.checked_before import list_checked
from bot.rendering.claim_card import claim_title
from bot.rendering.embeds import DESCRIPTION, card_address, join_within
from bot.ui.buttons import KEY, KeyButton
from bot.ui.context import Interaction, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from workflows.claims import Claim, ClaimKey
from workflows.desk import fact_checks, search
from workflows.desk.checked_before import CheckedBefore
from workflows.errors import NotFound, Unavailable

_LABEL = 80
"""Characters of a button's label that Discord shows."""


def offer_checked(view: ui.View, key: ClaimKey, checked: CheckedBefore, tr: Translator) -> None:
    """Add a button for each thing known that has an address, to take it as evidence."""
    for claim in checked.claims:
        if claim.link:
            view.add_item(DecidedButton(f"{key}:{claim.number}", tr))
    for check in (*checked.fact_checks, *checked.found):
        view.add_item(FactCheckButton(f"{key}:{check.id}", tr, check.publisher or ""))


class CheckedBeforeButton(KeyButton, template=rf"^checked:{KEY}$"):
    """Answers privately with all that was checked before and shares words with a claim."""

    def __init__(self, key: str, tr: Translator) -> None:
        label = tr.text("Checked before?")
        super().__init__(key, label=label, emoji="🔁", custom_id=f"checked:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        tr, key = reader_translator(interaction), ClaimKey(self.key)
        shown, checked = await interaction.client.desk.read(
            fact_checks.find_for_claim, get_guild(interaction), key, get_person(interaction)
        )
        search, trouble = interaction.client.fact_checks, None
        if search.is_on:
            await interaction.response.defer(ephemeral=True, thinking=True)
            checked, trouble = await self._search(interaction, shown.claim, checked)
        if not checked:
            raise trouble or NotFound(
                "Nothing similar has been checked before, here or in imported fact-checks."
            )
        lines = list_checked(checked, shown.team.settings.guild, tr)
        if trouble:
            lines.append("-# " + tr.error_text(trouble))
        embed = discord.Embed(
            title=claim_title(shown.claim),
            description=join_within(lines, DESCRIPTION),
        )
        said = [tr.text("Found by the words they share. You decide what it shows.")]
        if checked.found:
            said.append(tr.text("🌐: found by Google, which was sent the claim's words."))
        embed.set_footer(text=" ".join(said))
        view = ui.View(timeout=None)
        offer_checked(view, key, checked, tr)
        if search.is_on:
            await interaction.followup.send(embed=embed, view=view, ephemeral=True)
        else:
            await interaction.response.send_message(embed=embed, view=view, ephemeral=True)

    async def _search(
        self, interaction: Interaction, claim: Claim, checked: CheckedBefore
    ) -> tuple[CheckedBefore, Unavailable | None]:
        """Return what is known with what a search elsewhere finds, and what went wrong with it."""
        bot = interaction.client
        try:
            found = await bot.fact_checks.find(claim.words)
        except Unavailable as error:
            return checked, error
        kept = await bot.desk.write(
            fact_checks.keep_found, get_guild(interaction), claim.key, found, bot.now()
        )
        return checked.add_found(kept), None


class DecidedButton(KeyButton, template=r"^decided:(?P<key>[\w-]{22}:\d{1,9})$"):
    """Opens the form for a link with the card of a claim that the team has decided."""

    def __init__(self, key: str, tr: Translator) -> None:
        number = key.partition(":")[2]
        label = tr.text("Add as evidence: {source}", source=f"#{number}")
        super().__init__(key, label=label, emoji="🔗", custom_id=f"decided:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        claim, _, number = self.key.partition(":")
        guild = get_guild(interaction)
        _, card = await interaction.client.desk.read(
            search.show_by_number, guild, get_person(interaction), int(number)
        )
        address = card_address(guild, card) if card else None
        await open_evidence_form(interaction, ClaimKey(claim), address)


class FactCheckButton(KeyButton, template=r"^known:(?P<key>[\w-]{22}:\d{1,12})$"):
    """Opens the form for a link with a known fact-check's address; what it shows, a person says."""

    def __init__(self, key: str, tr: Translator, publisher: str = "") -> None:
        label = tr.text("Add as evidence: {source}", source=plain(publisher) or "…")
        super().__init__(key, label=cut(label, _LABEL), emoji="🔗", custom_id=f"known:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        claim, _, row = self.key.partition(":")
        check = await interaction.client.desk.read(
            fact_checks.get_fact_check, get_guild(interaction), int(row), get_person(interaction)
        )
        await open_evidence_form(interaction, ClaimKey(claim), check.url)


FEATURE = Feature(items=(CheckedBeforeButton, DecidedButton, FactCheckButton))
