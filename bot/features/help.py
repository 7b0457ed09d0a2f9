"""/help: what this person can do here, on one screen; what a card says; the rules."""

from collections.abc import Iterator

import discord
from discord import app_commands, ui

from bot.command_access import RIGHTS, is_allowed
from bot.i18n.labels import COLOURS, PROVISIONALLY, STATUSES, VERDICT_SIGNS, VERDICTS, gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.rules import rules_embed
from bot.ui.buttons import KeyButton
from bot.ui.context import (
    Command,
    Interaction,
    get_guild,
    get_person,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.feature import Feature
from workflows.claims import Status, Verdict
from workflows.desk import claim_views, setup
from workflows.teams import Person, Team, is_voter


@app_commands.command(name="help", description="What you can do here, and what a card says")
async def show_help(interaction: Interaction) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    team = await bot.desk.read(setup.get_team, get_guild(interaction))
    embed = help_embed(bot.list_commands(), get_person(interaction), team, tr)
    view = ui.View(timeout=None)
    for key in _PAGES if team else ():
        view.add_item(HelpButton(key, tr))
    await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


def help_embed(
    commands: list[Command], person: Person, team: Team | None, tr: Translator
) -> discord.Embed:
    """Return the commands this person may use, one line for those that belong together."""
    lines = [_write_about(person, team, tr), ""]
    menus = []
    for command in commands:
        if isinstance(command, app_commands.ContextMenu):
            if is_allowed(person, RIGHTS[command.name], team):
                menus.append(f"`{tr.name_language('command', command.name)}`")
        elif inner := list(_list_usable(command, person, team, tr)):
            lines.append(f"{' '.join(inner)}\n-# {tr.text(command.description)}")
    if menus:
        on_messages = tr.text("On any message, under Apps in its menu")
        lines.append(f"{' '.join(menus)}\n-# {on_messages}")
    return discord.Embed(
        title=tr.text("What you can do here"),
        description="\n".join(lines),
        colour=COLOURS[Status.IN_REVIEW],
    )


def _write_about(person: Person, team: Team | None, tr: Translator) -> str:
    if team is None:
        return tr.text(
            "This server is not set up for Corrobot yet. An administrator can do it with /setup."
        )
    if not is_voter(team, person):
        roles = [f"<@&{role}>" for role in sorted(team.settings.voter_roles)]
        return tr.text(
            "You can read every card and its Details. Votes and links come from {roles}.",
            roles=tr.join(roles),
        )
    return tr.text(
        "A text goes in; each claim in it becomes a card. Vote with the buttons of a card, and add"
        " links that show whether it is so. The card says what a verdict still needs."
    )


def _list_usable(
    command: app_commands.Group | app_commands.Command[app_commands.Group, ..., object],
    person: Person,
    team: Team | None,
    tr: Translator,
) -> Iterator[str]:
    """Yield the names of a command, or of a group's commands, that this person may use."""
    every = command.walk_commands() if isinstance(command, app_commands.Group) else [command]
    for each in every:
        if not isinstance(each, app_commands.Group) and is_allowed(
            person, RIGHTS[each.qualified_name], team
        ):
            parts = each.qualified_name.split()
            yield f"`/{' '.join(tr.name_language('command', part) for part in parts)}`"


# -------------------------------------------------------------------------------- more of it


class HelpButton(KeyButton, template=r"^help:(?P<key>card|rules)$"):
    """Answers privately with one page more."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, ui.Button(label=tr.text(_PAGES[key]), custom_id=f"help:{key}"))

    async def on_press(self, interaction: Interaction) -> None:
        tr = reader_translator(interaction)
        if self.key == "rules":
            bot = interaction.client
            team = await bot.desk.read(claim_views.get_team, get_guild(interaction))
            embed = rules_embed(team, tr)
        else:
            embed = card_page(tr)
        await interaction.response.send_message(embed=embed, ephemeral=True)


_PAGES = {
    "card": gettext_noop("What a card says"),
    "rules": gettext_noop("How a verdict comes about"),
}

VERDICT_MEANINGS = {
    Verdict.SUPPORTED: gettext_noop("sources show that it is so"),
    Verdict.REFUTED: gettext_noop("sources show that it is not so"),
    Verdict.NOT_ENOUGH_EVIDENCE: gettext_noop(
        "the sources at hand decide neither; it counts as a vote"
    ),
}
STATUS_MEANINGS = (
    (STATUSES[Status.UNREVIEWED], gettext_noop("nobody has voted yet")),
    (
        STATUSES[Status.IN_REVIEW],
        gettext_noop("votes or a source are missing; the card says which"),
    ),
    (STATUSES[Status.CONFLICTING], gettext_noop("enough votes, but no verdict has its share")),
    (
        PROVISIONALLY[Status.SUPPORTED],
        gettext_noop("a verdict that others can still answer, for a time"),
    ),
    (
        STATUSES[Status.SUPPORTED],
        gettext_noop("settled: votes are closed, new links still welcome"),
    ),
    (
        STATUSES[Status.NOT_ENOUGH_EVIDENCE],
        gettext_noop("never settles; new evidence brings it back"),
    ),
    (
        STATUSES[Status.SHELVED],
        gettext_noop("kept, but not posted; one click on its document posts it"),
    ),
    (STATUSES[Status.DROPPED], gettext_noop("taken out by a moderator, who says why")),
    (STATUSES[Status.DUPLICATE], gettext_noop("another claim says the same; vote there")),
)


def card_page(tr: Translator) -> discord.Embed:
    """Return what the verdicts and the statuses mean."""
    verdicts = "\n".join(
        f"{VERDICT_SIGNS[verdict]} **{tr.text(VERDICTS[verdict])}** · {tr.text(meaning)}"
        for verdict, meaning in VERDICT_MEANINGS.items()
    )
    statuses = "\n".join(
        f"**{tr.text(status)}** · {tr.text(meaning)}" for status, meaning in STATUS_MEANINGS
    )
    embed = discord.Embed(
        title=tr.text("What a card says"),
        description=tr.text(
            "The claim in plain words; who says so, and how firmly (✓ where a link shows that they"
            " said it); the words it was taken from. The question is always whether it was so at"
            " the time the card names."
        ),
        colour=COLOURS[Status.IN_REVIEW],
    )
    embed.add_field(name=tr.text("Your vote"), value=verdicts, inline=False)
    embed.add_field(name=tr.text("Where a claim stands"), value=statuses, inline=False)
    return embed


HELP = offer_in_servers_only(show_help)


FEATURE = Feature(commands=(HELP,), items=(HelpButton,))
