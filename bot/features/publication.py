"""Publication: which settled claims go out on the team's public pages, as moderators say."""

from typing import Any

import discord
from discord import app_commands, ui

from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from bot.ui.buttons import KEY, KeyButton
from bot.ui.claim_option import ClaimNumber
from bot.ui.context import Interaction, get_acting, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from bot.ui.modals import ANY_KEY, ModalValues, open_form
from workflows.claims import ClaimKey, Consent, Status
from workflows.desk import publication
from workflows.desk.publication import ConsentView
from workflows.errors import BadInput
from workflows.export.publication import TextKind

CONSENTS = {
    Consent.PUBLISHED: gettext_noop("Publish it"),
    Consent.WITHHELD: gettext_noop("Don't publish it"),
}
TEXTS = {
    TextKind.RULING: gettext_noop("The moderator's reason: {text}"),
    TextKind.REASON: gettext_noop("A reason: {text}"),
    TextKind.NOTE: gettext_noop("A note: {text}"),
}
MOST_TEXTS = 25
"""Choices of a menu."""
_LABEL = 100
SettledClaim = app_commands.Transform[int, ClaimNumber((Status.SUPPORTED, Status.REFUTED))]


def consent_form(view: ConsentView, tr: Translator) -> ui.Modal:
    """Return what a moderator decides: whether the claim goes out, and which words with it."""
    form = ui.Modal(
        title=tr.text("Publication of #{number}", number=view.claim.number),
        custom_id=f"consent:{view.claim.key}",
    )
    said = escape(view.claim.words, 300) + "\n\n"
    said += tr.text(
        "Its page shows the claim, who says so, the verdict and the links. Nobody who voted or"
        " added something is named."
    )
    form.add_item(ui.TextDisplay(said))
    chosen = Consent.PUBLISHED if view.published else Consent.WITHHELD
    choice: ui.RadioGroup[Any] = ui.RadioGroup(
        custom_id="consent",
        options=[
            discord.RadioGroupOption(
                label=tr.text(label), value=consent.value, default=consent is chosen
            )
            for consent, label in CONSENTS.items()
        ],
    )
    form.add_item(ui.Label(text=tr.text("On the public pages"), component=choice))
    if view.texts:
        form.add_item(_make_texts_field(view, tr))
    return form


def _make_texts_field(view: ConsentView, tr: Translator) -> ui.Label[Any]:
    offered = view.texts[:MOST_TEXTS]
    menu: ui.Select[Any] = ui.Select(
        custom_id="texts",
        required=False,
        min_values=0,
        max_values=len(offered),
        placeholder=tr.text("none"),
        options=[
            discord.SelectOption(
                label=cut(tr.text(TEXTS[text.kind], text=plain(text.body)), _LABEL),
                value=text.key,
                default=text.published,
            )
            for text in offered
        ],
    )
    return ui.Label(
        text=tr.text("Reasons and notes to publish with it"),
        description=tr.text("They were written for the team; publish only what may be public."),
        component=menu,
    )


async def _open(interaction: Interaction, which: int | ClaimKey) -> None:
    view = await interaction.client.desk.read(
        publication.view_consent, get_guild(interaction), which, get_person(interaction)
    )
    await open_form(interaction, consent_form(view, reader_translator(interaction)))


async def _take_consent(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    if sent.get("consent") not in set(Consent):
        raise BadInput("Please choose whether to publish it.")
    claim = await bot.desk.write(
        publication.give_consent,
        get_acting(interaction),
        ClaimKey(carried[0]),
        Consent(sent["consent"]),
        sent.get("texts", "").split(),
    )
    if claim.consent is Consent.PUBLISHED:
        said = tr.text("#{number} will appear on the public pages.", number=claim.number)
    else:
        said = tr.text(
            "#{number} will stay off the public pages, or be taken off them.", number=claim.number
        )
    bot.card_sync.wake()
    await interaction.response.send_message(said, ephemeral=True)


class PublicationButton(KeyButton, template=rf"^consent:{KEY}$"):
    """Opens the form for a claim's publication; moderators find it under Details."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Publication"), emoji="🌐", custom_id=f"consent:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        await _open(interaction, ClaimKey(self.key))


@app_commands.command(
    name="publish", description="Publish a settled claim or withhold it (moderators)"
)
@app_commands.describe(number="Its number, such as 15, or words from it")
async def publish(interaction: Interaction, number: SettledClaim) -> None:
    await _open(interaction, number)


FEATURE = Feature(
    claim_commands=(publish,),
    items=(PublicationButton,),
    modals={f"consent:{ANY_KEY}": _take_consent},
)
