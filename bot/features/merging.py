"""Claims split and merged, and both undone: previews, forms and buttons for moderators."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands, ui

from bot.features.moderation import NUMBER, REASON, WHY, Reason, answer, reason_line
from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import gettext_noop, label_status
from bot.i18n.translator import Translator
from bot.rendering.passages import source_line
from bot.rendering.standing import votes_line
from bot.ui.buttons import KEY, KeyButton
from bot.ui.claim_option import NotOut
from bot.ui.context import Interaction, get_acting, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from bot.ui.modals import ANY_KEY, COUNT, ModalValues, open_form, text_field
from workflows.claims import ClaimKey, EvidenceKey
from workflows.desk import claim_views, merging, moderation
from workflows.desk.claim_views import ClaimView

OPTIONS, LABEL = 25, 100
"""Discord's limits for a menu: its options, and the characters of each."""


# ----------------------------------------------------------------------------------- split


def split_form(view: ClaimView, tr: Translator, reason: str | None) -> ui.Modal:
    """Return what is taken out as a claim of its own, with which passages and links; what stays."""
    claim = view.claim
    form = ui.Modal(
        title=tr.text("Split #{number}", number=claim.number),
        custom_id=f"split:{claim.key}:{claim.wording}",
    )
    most = moderation.LONGEST
    form.add_item(text_field(tr.text("The new claim"), "words", most=most, long=True))
    about = tr.text("If you change the wording, votes on the old wording no longer count.")
    form.add_item(
        text_field(
            tr.text("What remains of #{number}", number=claim.number),
            "rest",
            description=about,
            default=claim.words,
            most=most,
            long=True,
        )
    )
    passages = [
        (str(passage.id), f"{passage.document.title}: {passage.quote}") for passage in view.passages
    ]
    links = [(str(link.key), link.url) for link in view.evidence]
    if len(passages) > 1:
        form.add_item(_has_several(tr.text("Passages to move"), "passages", passages, tr))
    if links:
        form.add_item(_has_several(tr.text("Links to move"), "links", links, tr))
    form.add_item(reason_line(tr, reason))
    return form


def _has_several(
    label: str, custom_id: str, given: list[tuple[str, str]], tr: Translator
) -> ui.Label[Any]:
    options = [
        discord.SelectOption(label=cut(plain(text), LABEL) or value, value=value)
        for value, text in given[:OPTIONS]
    ]
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id,
        required=False,
        min_values=0,
        max_values=len(options),
        placeholder=tr.text("none"),
        options=options,
    )
    return ui.Label(text=label, component=menu)


async def _split(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    parted = await bot.desk.write(
        merging.split,
        get_acting(interaction),
        ClaimKey(carried[0]),
        merging.ClaimPart(
            sent.get("words", ""),
            passages=[int(row) for row in sent.get("passages", "").split() if row.isdecimal()],
            evidence=[EvidenceKey(link) for link in sent.get("links", "").split()],
            rest=sent.get("rest", ""),
            wording=int(carried[1]),
        ),
        cut(sent.get("reason", ""), REASON),
    )
    said = tr.text(
        "#{number} was split; the new claim is #{other}.",
        number=parted.kept.claim.number,
        other=parted.other.claim.number,
    )
    view = ui.View(timeout=None)
    view.add_item(UndoSplitButton(parted.other.claim.key, tr))
    await answer(interaction, said, view)


# ----------------------------------------------------------------------------------- merge


async def preview_merge(
    interaction: Interaction, number: int, into: int, reason: str | None
) -> None:
    """Show both claims beside each other, before one becomes the other's duplicate."""
    bot, guild, person = interaction.client, get_guild(interaction), get_person(interaction)
    goes, stays = await bot.desk.read(merging.look_up, guild, number, into, person)
    tr = reader_translator(interaction)
    view = ui.View(timeout=None)
    view.add_item(MergeButton(f"{goes.claim.key}:{stays.claim.key}", tr))
    view.add_item(CancelButton("cancel", tr))
    await interaction.response.send_message(
        embed=_show_side_by_side(goes, stays, tr, reason), view=view, ephemeral=True
    )


def _show_side_by_side(
    goes: ClaimView, stays: ClaimView, tr: Translator, reason: str | None
) -> discord.Embed:
    """The reason, if one is given already, stands in the footer: the button reads it there."""
    title = tr.text(
        "Merge #{number} into #{into}?", number=goes.claim.number, into=stays.claim.number
    )
    said = tr.text(
        "The passages and links of #{number} move over. Its votes don't: its voters are"
        " asked to vote on #{into}. You can undo this.",
        number=goes.claim.number,
        into=stays.claim.number,
    )
    embed = discord.Embed(title=title, description=said)
    for view, name in (
        (goes, gettext_noop("Claim to merge: #{number}")),
        (stays, gettext_noop("Claim to keep: #{number}")),
    ):
        embed.add_field(
            name=tr.text(name, number=view.claim.number),
            value="\n".join(_summarize(view, tr)),
        )
    if reason:
        embed.set_footer(text=plain(cut(reason, REASON)))
    return embed


def _summarize(view: ClaimView, tr: Translator) -> Iterator[str]:
    yield escape(view.claim.words, 250)
    if view.passages:
        yield cut(source_line(view.passages[0], tr), 300)
    yield label_status(view.claim.state, tr) + " · " + votes_line(view, tr)
    passages, links = len(view.passages), len(view.evidence)
    counted = (
        tr.plural("{n} passage", "{n} passages", passages),
        tr.plural("{n} link", "{n} links", links),
    )
    yield " · ".join(counted)


class MergeButton(KeyButton, template=r"^merge:(?P<key>[\w-]{22}:[\w-]{22})$"):
    """Under the two claims: merge them, once there is a reason."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(
            key,
            label=tr.text("Merge"),
            style=discord.ButtonStyle.danger,
            custom_id=f"merge:{key}",
        )

    async def on_press(self, interaction: Interaction) -> None:
        await _require_moderator(interaction)
        embeds = interaction.message.embeds if interaction.message else []
        reason = embeds[0].footer.text if embeds else None
        if reason:
            await _merge(interaction, self.key.split(":"), {"reason": reason})
            return
        tr = reader_translator(interaction)
        form = ui.Modal(title=tr.text("Merge"), custom_id=f"merge:{self.key}")
        form.add_item(reason_line(tr))
        key = ClaimKey(self.key.partition(":")[0])
        claim = await interaction.client.desk.read(
            claim_views.find_claim, get_guild(interaction), get_person(interaction), key
        )
        await open_form(interaction, form, claim)


async def _merge(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    key, into = map(ClaimKey, carried)
    merged = await bot.desk.write(
        merging.merge, get_acting(interaction), [key], into, cut(sent.get("reason", ""), REASON)
    )
    (duplicate,) = merged.duplicates
    said = tr.text(
        "#{number} was merged into #{into}.",
        number=duplicate.claim.number,
        into=merged.kept.claim.number,
    )
    if merged.asked:
        said += " " + tr.plural(
            "{n} voter is asked to vote there.", "{n} voters are asked to vote there.", merged.asked
        )
    view = ui.View(timeout=None)
    view.add_item(UndoMergeButton(key, tr))
    await _replace(interaction, said, view)


class CancelButton(KeyButton, template=r"^(?P<key>cancel)$"):
    """Under a question: nothing is done."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Cancel"), custom_id=key)

    async def on_press(self, interaction: Interaction) -> None:
        said = reader_translator(interaction).text("Nothing was changed.")
        await _replace(interaction, said, None)


class UndoMergeButton(KeyButton, template=rf"^unmerge:{KEY}$"):
    """The duplicate stands by itself again, once there is a reason."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Undo"), custom_id=f"unmerge:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        await _ask_why(interaction, gettext_noop("Undo the merge"), f"unmerge:{self.key}")


class UndoSplitButton(KeyButton, template=rf"^unsplit:{KEY}$"):
    """What was split off goes back, once there is a reason."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Undo"), custom_id=f"unsplit:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        await _ask_why(interaction, gettext_noop("Undo the split"), f"unsplit:{self.key}")


async def _require_moderator(interaction: Interaction) -> None:
    """Nobody fills in a form for nothing. Raises NotFound, NotAllowed."""
    await interaction.client.desk.read(
        moderation.require_claim, get_guild(interaction), get_person(interaction)
    )


async def _ask_why(interaction: Interaction, title: str, custom_id: str) -> None:
    await _require_moderator(interaction)
    tr = reader_translator(interaction)
    form = ui.Modal(title=tr.text(title), custom_id=custom_id)
    form.add_item(reason_line(tr))
    claim = await interaction.client.desk.read(
        claim_views.find_claim,
        get_guild(interaction),
        get_person(interaction),
        ClaimKey(custom_id.partition(":")[2]),
    )
    await open_form(interaction, form, claim)


async def _unmerge(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    parted = await bot.desk.write(
        merging.undo_merge,
        get_acting(interaction),
        ClaimKey(carried[0]),
        cut(sent.get("reason", ""), REASON),
    )
    said = tr.text(
        "#{number} is a separate claim again, with its votes.", number=parted.other.claim.number
    )
    await _replace(interaction, said, None)


async def _unsplit(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    merged = await bot.desk.write(
        merging.undo_split,
        get_acting(interaction),
        ClaimKey(carried[0]),
        cut(sent.get("reason", ""), REASON),
    )
    (gone,) = merged.duplicates
    said = tr.text(
        "#{other} is merged back into #{number}.",
        number=merged.kept.claim.number,
        other=gone.claim.number,
    )
    await _replace(interaction, said, None)


async def _replace(interaction: Interaction, said: str, view: ui.View | None) -> None:
    """Replace the private message that asked with what was done."""
    bot = interaction.client
    bot.outbox.wake()
    bot.card_sync.wake()
    if interaction.message is None or not interaction.message.flags.ephemeral:
        await interaction.response.send_message(said, view=view or ui.View(), ephemeral=True)
    else:
        await interaction.response.edit_message(content=said, embed=None, view=view)


@app_commands.command(
    name="split", description="Split part of a claim off as a claim of its own (moderators)"
)
@app_commands.describe(number=NUMBER, reason=WHY)
async def split(interaction: Interaction, number: NotOut, reason: Reason | None = None) -> None:
    view = await interaction.client.desk.read(
        moderation.look_up_before, get_guild(interaction), number, get_person(interaction), "split"
    )
    await open_form(interaction, split_form(view, reader_translator(interaction), reason))


@app_commands.command(
    name="merge", description="Mark a claim as a duplicate of another (moderators)"
)
@app_commands.describe(
    number="The duplicate: its number, or words from it",
    into="The claim to keep: its number, or words from it",
    reason=WHY,
)
async def merge(
    interaction: Interaction,
    number: NotOut,
    into: NotOut,
    reason: Reason | None = None,
) -> None:
    await preview_merge(interaction, number, into, reason)


FEATURE = Feature(
    claim_commands=(merge, split),
    items=(MergeButton, CancelButton, UndoMergeButton, UndoSplitButton),
    modals={
        f"split:{ANY_KEY}:{COUNT}": _split,
        f"merge:{ANY_KEY}:{ANY_KEY}": _merge,
        f"unmerge:{ANY_KEY}": _unmerge,
        f"unsplit:{ANY_KEY}": _unsplit,
    },
)
