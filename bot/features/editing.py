"""A claim's words, who says so and how firmly: the form to change them, and what follows."""

from collections.abc import Collection

import discord
from discord import app_commands, ui

from bot.features.moderation import NUMBER, REASON, WHY, Reason, answer, reason_line
from bot.i18n.escaping import cut, escape
from bot.i18n.translator import Translator
from bot.rendering.passages import name_source
from bot.ui.buttons import KEY, KeyButton
from bot.ui.claim_option import NotOut
from bot.ui.context import Interaction, get_acting, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from bot.ui.modals import (
    ANY_KEY,
    COUNT,
    ModalValues,
    hedge_field,
    open_form,
    read_hedge,
    read_sources,
    sources_field,
    text_field,
)
from bot.ui.waiting_posts import add_waiting
from workflows.claims import ClaimKey, Status
from workflows.desk import documents, moderation
from workflows.desk.claim_views import ClaimView

EDITABLE = frozenset({"words", "source"})


def edit_form(
    view: ClaimView,
    tr: Translator,
    reason: str | None,
    fields: Collection[str] = EDITABLE,
) -> ui.Modal:
    """Return the claim's words, sources or hedge to be changed; what becomes of the votes."""
    claim = view.claim
    form = ui.Modal(
        title=tr.text("Edit #{number}", number=claim.number),
        custom_id=f"edit:{claim.key}:{claim.wording}",
    )
    about = None
    if claim.tally.votes:
        about = tr.plural(
            "{n} vote on this wording will no longer count.",
            "{n} votes on this wording will no longer count.",
            claim.tally.votes,
        )
    if "words" in fields:
        form.add_item(
            text_field(
                tr.text("The claim"),
                "words",
                description=about,
                default=claim.words,
                most=moderation.LONGEST,
                long=True,
            )
        )
    else:
        said = escape(claim.words, 300)
        form.add_item(ui.TextDisplay(f"{said}\n\n{about}" if about else said))
    if "source" in fields and (sources := sources_field(tr, _list_names(view, tr))):
        form.add_item(sources)
    if "hedge" in fields:
        hedge = view.passages[0].hedge.value if view.passages else None
        form.add_item(hedge_field(tr, hedge))
    form.add_item(reason_line(tr, reason))
    return form


def has_editable_sources(view: ClaimView, tr: Translator) -> bool:
    """Return True if a form can hold the names of who says so."""
    return sources_field(tr, _list_names(view, tr)) is not None


def _list_names(view: ClaimView, tr: Translator) -> list[str]:
    """Return the names of the first passage's sources; none where one has no name at all."""
    sources = view.passages[0].attribution if view.passages else ()
    if not all(source.said.resolved or source.said.source for source in sources):
        return []
    return [name_source(source, tr) for source in sources]


async def _take_edit(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    view = await bot.desk.write(
        moderation.edit_claim,
        get_acting(interaction),
        ClaimKey(carried[0]),
        sent.get("words"),
        cut(sent.get("reason", ""), REASON),
        wording=int(carried[1]),
        said_by=read_sources(sent.get("said_by")),
        hedge=read_hedge(sent.get("hedge", "")),
    )
    said = tr.text("#{number} was edited.", number=view.claim.number)
    if view.stale:
        said += " " + tr.plural(
            "{n} vote on the old wording no longer counts.",
            "{n} votes on the old wording no longer count.",
            view.stale,
        )
    offered = ui.View(timeout=None)
    if view.claim.state.status is Status.SHELVED:
        said += " " + tr.text("It is still on the shelf.")
        offered.add_item(PostClaimButton(view.claim.key, tr))
    await answer(interaction, said, offered)


class EditClaimButton(KeyButton, template=rf"^reword:{KEY}$"):
    """Opens the form for a claim's words and who says so; moderators find it under Details."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Edit"), emoji="✏️", custom_id=f"reword:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        view = await interaction.client.desk.read(
            moderation.look_up_before,
            get_guild(interaction),
            ClaimKey(self.key),
            get_person(interaction),
            "edit",
        )
        await open_form(interaction, edit_form(view, reader_translator(interaction), None))


class PostClaimButton(KeyButton, template=rf"^unshelve:{KEY}$"):
    """Posts a claim from the shelf, once its words are right."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(
            key,
            label=tr.text("Post it"),
            style=discord.ButtonStyle.success,
            custom_id=f"unshelve:{key}",
        )

    async def on_press(self, interaction: Interaction) -> None:
        bot, tr = interaction.client, reader_translator(interaction)
        await bot.desk.write(
            documents.post_from_shelf, get_acting(interaction), [ClaimKey(self.key)]
        )
        bot.outbox.wake()
        bot.card_sync.wake()
        said = await add_waiting(interaction, tr.text("Its card is on its way."))
        await interaction.response.edit_message(content=said, view=None)


@app_commands.command(name="edit", description="Change a claim's wording (moderators)")
@app_commands.describe(number=NUMBER, reason=WHY)
async def edit(interaction: Interaction, number: NotOut, reason: Reason | None = None) -> None:
    view = await interaction.client.desk.read(
        moderation.look_up_before, get_guild(interaction), number, get_person(interaction), "edit"
    )
    await open_form(interaction, edit_form(view, reader_translator(interaction), reason))


FEATURE = Feature(
    claim_commands=(edit,),
    items=(EditClaimButton, PostClaimButton),
    modals={f"edit:{ANY_KEY}:{COUNT}": _take_edit},
)
