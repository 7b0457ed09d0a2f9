"""/help: what this person can do here, on one screen; what a card says; the rules."""

from collections.abc import Iterator

import discord
from discord import app_commands, ui

from bot.command_access import RIGHTS, may
from bot.i18n.labels import COLOURS, N_, PROVISIONALLY, STATUSES, VERDICT_SIGNS, VERDICTS
from bot.i18n.translator import Words
from bot.rendering.rules import rules_embed
from bot.ui.buttons import KeyButton
from bot.ui.context import Command, Interaction, guild_of, person_of, readers_words, servers_only
from bot.ui.feature import Feature
from workflows.claims import Status, Verdict
from workflows.desk import claim_views, setup
from workflows.teams import Person, Team, is_voter


@app_commands.command(name="help", description="What you can do here, and what a card says")
async def show_help(interaction: Interaction) -> None:
    bot, words = interaction.client, readers_words(interaction)
    team = await bot.desk.read(setup.get_team, guild_of(interaction))
    embed = help_embed(bot.commands(), person_of(interaction), team, words)
    view = ui.View(timeout=None)
    for key in _PAGES if team else ():
        view.add_item(HelpButton(key, words))
    await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


def help_embed(
    commands: list[Command], person: Person, team: Team | None, words: Words
) -> discord.Embed:
    """The commands this person may use, one line for those that belong together."""
    lines = [_about(person, team, words), ""]
    menus = []
    for command in commands:
        if isinstance(command, app_commands.ContextMenu):
            if may(person, RIGHTS[command.name], team):
                menus.append(f"`{words.named('command', command.name)}`")
        elif inner := list(_usable(command, person, team, words)):
            lines.append(f"{' '.join(inner)}\n-# {words.say(command.description)}")
    if menus:
        on_messages = words.say("On any message, under Apps in its menu")
        lines.append(f"{' '.join(menus)}\n-# {on_messages}")
    return discord.Embed(
        title=words.say("What you can do here"),
        description="\n".join(lines),
        colour=COLOURS[Status.IN_REVIEW],
    )


def _about(person: Person, team: Team | None, words: Words) -> str:
    if team is None:
        return words.say(
            "This server is not set up for Corrobot yet. An administrator can do it with /setup."
        )
    if not is_voter(team, person):
        roles = [f"<@&{role}>" for role in sorted(team.settings.voter_roles)]
        return words.say(
            "You can read every card and its Details. Votes and links come from {roles}.",
            roles=words.listed(roles),
        )
    return words.say(
        "A text goes in; each claim in it becomes a card. Vote with the buttons of a card, and add"
        " links that show whether it is so. The card says what a verdict still needs."
    )


def _usable(
    command: app_commands.Group | app_commands.Command[app_commands.Group, ..., object],
    person: Person,
    team: Team | None,
    words: Words,
) -> Iterator[str]:
    """The names of a command, or of a group's commands, that this person may use."""
    every = command.walk_commands() if isinstance(command, app_commands.Group) else [command]
    for each in every:
        if not isinstance(each, app_commands.Group) and may(
            person, RIGHTS[each.qualified_name], team
        ):
            parts = each.qualified_name.split()
            yield f"`/{' '.join(words.named('command', part) for part in parts)}`"


# -------------------------------------------------------------------------------- more of it


class HelpButton(KeyButton, template=r"^help:(?P<key>card|rules)$"):
    """Answers privately with one page more."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(key, ui.Button(label=words.say(_PAGES[key]), custom_id=f"help:{key}"))

    async def pressed(self, interaction: Interaction) -> None:
        words = readers_words(interaction)
        if self.key == "rules":
            bot = interaction.client
            team = await bot.desk.read(claim_views.get_team, guild_of(interaction))
            embed = rules_embed(team, words)
        else:
            embed = card_page(words)
        await interaction.response.send_message(embed=embed, ephemeral=True)


_PAGES = {"card": N_("What a card says"), "rules": N_("How a verdict comes about")}

VERDICT_MEANINGS = {
    Verdict.SUPPORTED: N_("sources show that it is so"),
    Verdict.REFUTED: N_("sources show that it is not so"),
    Verdict.NOT_ENOUGH_EVIDENCE: N_("the sources at hand decide neither; it counts as a vote"),
}
STATUS_MEANINGS = (
    (STATUSES[Status.UNREVIEWED], N_("nobody has voted yet")),
    (STATUSES[Status.IN_REVIEW], N_("votes or a source are missing; the card says which")),
    (STATUSES[Status.CONFLICTING], N_("enough votes, but no verdict has its share")),
    (PROVISIONALLY[Status.SUPPORTED], N_("a verdict that others can still answer, for a time")),
    (STATUSES[Status.SUPPORTED], N_("settled: votes are closed, new links still welcome")),
    (STATUSES[Status.NOT_ENOUGH_EVIDENCE], N_("never settles; new evidence brings it back")),
    (STATUSES[Status.SHELVED], N_("kept, but not posted; one click on its document posts it")),
    (STATUSES[Status.DROPPED], N_("taken out by a moderator, who says why")),
    (STATUSES[Status.DUPLICATE], N_("another claim says the same; vote there")),
)


def card_page(words: Words) -> discord.Embed:
    """What the verdicts and the statuses mean."""
    verdicts = "\n".join(
        f"{VERDICT_SIGNS[verdict]} **{words.say(VERDICTS[verdict])}** · {words.say(meaning)}"
        for verdict, meaning in VERDICT_MEANINGS.items()
    )
    statuses = "\n".join(
        f"**{words.say(status)}** · {words.say(meaning)}" for status, meaning in STATUS_MEANINGS
    )
    embed = discord.Embed(
        title=words.say("What a card says"),
        description=words.say(
            "The claim in plain words; who says so, and how firmly (✓ where a link shows that they"
            " said it); the words it was taken from. The question is always whether it was so at"
            " the time the card names."
        ),
        colour=COLOURS[Status.IN_REVIEW],
    )
    embed.add_field(name=words.say("Your vote"), value=verdicts, inline=False)
    embed.add_field(name=words.say("Where a claim stands"), value=statuses, inline=False)
    return embed


HELP = servers_only(show_help)


FEATURE = Feature(commands=(HELP,), items=(HelpButton,))
