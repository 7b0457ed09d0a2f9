"""/votes remove: what it would change, asked once more, then done.

What it is about stands in the private message that asks: the account in the button's id, the
reason in the embed. So nothing need be remembered.
"""

from dataclasses import replace
from datetime import datetime

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
from workflows.desk.vote_removal import Removal, Rule, VoteSelection
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
    tr, selection = reader_translator(interaction), VoteSelection(user.id)
    found = await interaction.client.desk.read(
        vote_removal.preview_removal, get_acting(interaction), selection
    )
    embed, view = _build_question(found, selection, reason, tr)
    await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


def _build_question(
    found: Removal, selection: VoteSelection, reason: str, tr: Translator
) -> tuple[discord.Embed, ui.View]:
    embed = discord.Embed(description=_write_preview(found, selection, tr), colour=COLOUR)
    whose = _name_reached(selection.rule, found.days, tr) if selection.rule else None
    member = whose or f"<@{selection.account}>"
    embed.add_field(name=tr.text("Member"), value=member, inline=False)
    embed.add_field(name=tr.text("Reason"), value=reason, inline=False)
    view = ui.View(timeout=None)
    view.add_item(TakeOutButton(_write_key(selection), tr))
    if found.others and found.joined_at and not selection.since:
        wider = _write_key(replace(selection, since=True))
        view.add_item(WidenButton(wider, tr, _name_others(found.others, found.joined_at, tr)))
    if found.links and not selection.links:
        wider = _write_key(replace(selection, links=True))
        said = tr.plural("Also {n} link of theirs", "Also {n} links of theirs", found.links)
        view.add_item(WidenButton(wider, tr, said))
    view.add_item(CancelButton("cancel", tr))
    return embed, view


def _name_others(others: int, joined_at: datetime, tr: Translator) -> str:
    return tr.plural(
        "Also {n} other who joined since {day}",
        "Also {n} others who joined since {day}",
        others,
        day=tr.short_day(joined_at.date()),
    )


def _name_reached(rule: Rule, days: int, tr: Translator) -> str:
    """Return who is meant by a rule that reaches votes already cast."""
    if rule is Rule.OWN_CLAIMS:
        return tr.text("Everyone who voted on a claim they added")
    return tr.plural(
        "Everyone who has been here for less than {n} day",
        "Everyone who has been here for less than {n} days",
        days,
    )


def reach_button(rule: Rule, votes: int, tr: Translator) -> "WidenButton":
    """Return the button below a changed rule: the votes cast before it, shown before they go."""
    said = tr.plural(
        "Also take out {n} vote cast before", "Also take out {n} votes cast before", votes
    )
    return WidenButton(_write_key(VoteSelection(rule=rule)), tr, said)


KEY = r"(?P<key>\d{1,20}s?l?|(?:member_days|own_claims)(?:\.l)?)"
"""Whose votes: an account; `s`: also of those who joined since; `l`: with their links.

Or a rule's name.
"""


def _write_key(selection: VoteSelection) -> str:
    if selection.rule:
        return f"{selection.rule.value}{'.l' * selection.links}"
    return f"{selection.account}{'s' * selection.since}{'l' * selection.links}"


def _read_key(key: str) -> VoteSelection:
    if key[0].isdecimal():
        return VoteSelection(int(key.rstrip("sl")), since="s" in key, links="l" in key)
    rule, _, links = key.partition(".")
    return VoteSelection(rule=Rule(rule), links=bool(links))


class TakeOutButton(KeyButton, template=rf"^takeout:{KEY}$"):
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
        acting, selection = get_acting(interaction), _read_key(self.key)
        await bot.desk.read(
            vote_removal.preview_removal, acting, selection
        )  # whose right it is first
        removed = await bot.desk.write(
            vote_removal.remove_votes, acting, selection, _read_reason(interaction)
        )
        said = [tr.plural("{n} vote was taken out.", "{n} votes were taken out.", removed.votes)]
        if removed.links:
            said.append(
                tr.plural("{n} link was removed.", "{n} links were removed.", removed.links)
            )
        view = ui.View(timeout=None)
        view.add_item(PutBackButton(self.key, tr))
        await _show_done(interaction, said, removed, view)


class WidenButton(KeyButton, template=rf"^widen:{KEY}$"):
    """Under the preview: the same with more, shown before it is done."""

    def __init__(self, key: str, tr: Translator, label: str = "") -> None:
        del tr
        super().__init__(key, label=label, custom_id=f"widen:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        tr, selection = reader_translator(interaction), _read_key(self.key)
        found = await interaction.client.desk.read(
            vote_removal.preview_removal, get_acting(interaction), selection
        )
        reason = _find_reason(selection.rule, found.days, tr) if selection.rule else None
        reason = reason or _read_reason(interaction)
        embed, view = _build_question(found, selection, reason, tr)
        await interaction.response.edit_message(embed=embed, view=view)


class PutBackButton(KeyButton, template=rf"^putback:{KEY}$"):
    """Under what was done: votes that were taken out lately stand again."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Undo"), custom_id=f"putback:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        tr, selection = reader_translator(interaction), _read_key(self.key)
        restored = await interaction.client.desk.write(
            vote_removal.restore_votes, get_acting(interaction), selection
        )
        said = [tr.plural("{n} vote was put back.", "{n} votes were put back.", restored.votes)]
        if selection.links:
            said.append(
                tr.plural("{n} link was put back.", "{n} links were put back.", restored.links)
            )
        await _show_done(interaction, said, restored, None)


async def _show_done(
    interaction: Interaction, said: list[str], changed: Removal, view: ui.View | None
) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    bot.card_sync.wake()
    bot.outbox.wake()
    lines = [*said, *_list_changes(changed, tr)]
    embed = discord.Embed(description="\n".join(lines), colour=COLOUR)
    await interaction.response.edit_message(embed=embed, view=view)


def _find_reason(rule: Rule, days: int, tr: Translator) -> str:
    """Return why a rule's votes go, as everyone can read it."""
    if rule is Rule.OWN_CLAIMS:
        return tr.text("The rules no longer let people vote on claims they added.")
    return tr.plural(
        "The rules now ask for {n} day in the server.",
        "The rules now ask for {n} days in the server.",
        days,
    )


def _read_reason(interaction: Interaction) -> str:
    """Return the reason in the message that asks. Raises NotFound where it is no longer there."""
    embeds = interaction.message.embeds if interaction.message else []
    if not embeds or len(embeds[0].fields) < 2:  # noqa: PLR2004  # whose, and why
        raise NotFound("This question has expired. Please start again.")
    return str(embeds[0].fields[1].value)


def _write_preview(found: Removal, selection: VoteSelection, tr: Translator) -> str:
    numbers = [f"#{each.number}" for each in found.claims[:MOST_NAMED]]
    if len(found.claims) > MOST_NAMED:
        numbers.append("…")
    said = [
        tr.plural(
            "{n} vote on {claims} would be taken out.",
            "{n} votes on {claims} would be taken out.",
            found.votes,
            claims=tr.join(numbers),
        )
    ]
    if selection.since and found.joined_at:
        day = tr.day(found.joined_at.date())
        said.append(tr.text("They were cast by members who joined since {day}.", day=day))
    if selection.links and found.links:
        said.append(
            tr.plural(
                "{n} link would be removed, too.",
                "{n} links would be removed, too.",
                found.links,
            )
        )
    changes = _list_changes(found, tr) or [tr.text("No claim would change.")]
    settled = tr.text("Settled claims stay as they are.")
    return "\n".join((*said, *changes, f"-# {settled}"))


def _list_changes(removed: Removal, tr: Translator) -> list[str]:
    """Return a line for each claim that stands elsewhere."""
    return [
        f"#{each.number}: {tr.text(STATUSES[each.before])} → {tr.text(STATUSES[each.after])}"
        for each in list(removed.list_changes())[:MOST_NAMED]
    ]


FEATURE = Feature(commands=(VOTES,), items=(TakeOutButton, WidenButton, PutBackButton))
