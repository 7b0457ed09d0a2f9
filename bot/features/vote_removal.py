"""/votes remove: what it would change, asked once more, then done.

What it is about stands in the private message that asks: the account in the button's id, the
reason in the embed. So nothing need be remembered.
"""

import discord
from discord import app_commands, ui

from bot.features.merging import CancelButton
from bot.i18n.labels import STATUSES
from bot.i18n.translator import Translator
from bot.ui.buttons import KeyButton
from bot.ui.context import (
    Interaction,
    get_acting,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.feature import Feature
from workflows.desk import vote_removal
from workflows.desk.vote_removal import RemovedVote
from workflows.errors import NotFound

COLOUR = 0xE6A23C
MOST_NAMED = 20
"""Claims that the answer names."""

VOTES = offer_in_servers_only(
    app_commands.Group(name="votes", description="Votes that shouldn't count (moderators)")
)


@VOTES.command(name="remove", description="Remove a member's votes from open claims (moderators)")
@app_commands.describe(
    user="The member whose votes to remove; may have left the server",
    reason="The reason; everyone can read it in the claims' history",
)
async def remove(
    interaction: Interaction, user: discord.User, reason: app_commands.Range[str, 1, 500]
) -> None:
    tr = reader_translator(interaction)
    found = await interaction.client.desk.read(
        vote_removal.preview_removal, get_acting(interaction), user.id
    )
    embed = discord.Embed(description=_write_preview(found, tr), colour=COLOUR)
    embed.add_field(name=tr.text("Member"), value=f"<@{user.id}>", inline=False)
    embed.add_field(name=tr.text("Reason"), value=reason, inline=False)
    view = ui.View(timeout=None)
    view.add_item(TakeOutButton(str(user.id), tr))
    view.add_item(CancelButton("cancel", tr))
    await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


class TakeOutButton(KeyButton, template=r"^takeout:(?P<key>\d{1,20})$"):
    """Under the preview: do it. Its id holds whose votes."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(
            key,
            label=tr.text("Take them out"),
            style=discord.ButtonStyle.danger,
            custom_id=f"takeout:{key}",
        )

    async def on_press(self, interaction: Interaction) -> None:
        bot, tr = interaction.client, reader_translator(interaction)
        acting, account = get_acting(interaction), int(self.key)
        await bot.desk.read(
            vote_removal.preview_removal, acting, account
        )  # whose right it is first
        removed = await bot.desk.write(
            vote_removal.remove_votes, acting, account, _read_reason(interaction)
        )
        bot.card_sync.wake()
        bot.outbox.wake()
        said = tr.plural("{n} vote was taken out.", "{n} votes were taken out.", len(removed))
        lines = [said, *_list_changes(removed, tr)]
        await interaction.response.edit_message(
            embed=discord.Embed(description="\n".join(lines), colour=COLOUR), view=None
        )


def _read_reason(interaction: Interaction) -> str:
    """Return the reason in the message that asks. Raises NotFound where it is no longer there."""
    embeds = interaction.message.embeds if interaction.message else []
    if not embeds or len(embeds[0].fields) < 2:  # noqa: PLR2004  # whose, and why
        raise NotFound("This question has expired. Please start again.")
    return str(embeds[0].fields[1].value)


def _write_preview(found: tuple[RemovedVote, ...], tr: Translator) -> str:
    numbers = [f"#{each.number}" for each in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        numbers.append("…")
    said = tr.plural(
        "{n} vote on {claims} would be taken out.",
        "{n} votes on {claims} would be taken out.",
        len(found),
        claims=tr.join(numbers),
    )
    changes = list(_list_changes(found, tr)) or [tr.text("No claim would change.")]
    settled = tr.text("Settled claims stay as they are.")
    return "\n".join((said, *changes, f"-# {settled}"))


def _list_changes(removed: tuple[RemovedVote, ...], tr: Translator) -> list[str]:
    """Return a line for each claim that stands elsewhere."""
    return [
        f"#{each.number}: {tr.text(STATUSES[each.before])} → {tr.text(STATUSES[each.after])}"
        for each in list(vote_removal.list_changes(removed))[:MOST_NAMED]
    ]


FEATURE = Feature(commands=(VOTES,), items=(TakeOutButton,))
