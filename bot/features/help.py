"""/help: what this person can do here, on one screen; what a card says; the rules."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import discord
from discord import app_commands, ui

from bot.command_access import RIGHTS, is_allowed
from bot.i18n.labels import (
    COLOURS,
    HEDGES,
    PROVISIONALLY,
    STATUSES,
    VERDICT_SIGNS,
    VERDICTS,
    gettext_noop,
)
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
from workflows.claims import Hedge, Status, Verdict
from workflows.desk import claim_views, setup
from workflows.teams import Person, Team, is_voter


@app_commands.command(name="help", description="Show what you can do here and how to read a card")
async def show_help(interaction: Interaction) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    team = await bot.desk.read(setup.get_team, get_guild(interaction))
    embed = help_embed(bot.list_commands(), get_person(interaction), team, tr, bot.command_ids)
    view = ui.View(timeout=None)
    for key in _PAGES if team else ():
        view.add_item(HelpButton(key, tr))
    await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


def help_embed(
    commands: list[Command],
    person: Person,
    team: Team | None,
    tr: Translator,
    ids: Mapping[str, int] = MappingProxyType({}),
) -> discord.Embed:
    """Return what a card says, then the commands this person may use, those of a kind in one line.

    With Discord's ids for them, by their names, they can be clicked.
    """
    lines = [_write_about(person, team, tr), ""]
    if team:
        lines.insert(0, f"**{tr.text(_PAGES['card'])}**: {tr.text(_CARD)}")
        lines.pop()  # the whole is to stay on one screen
    menus = []
    for command in commands:
        if isinstance(command, app_commands.ContextMenu):
            if is_allowed(person, RIGHTS[command.name], team):
                menus.append(f"`{tr.name_command('command', command.name)}`")
        elif inner := list(_list_usable(command, person, team, tr, ids)):
            lines.append(f"{' '.join(inner)}\n-# {tr.text(command.description)}")
    if menus:
        on_messages = tr.text("In any message's menu, under Apps")
        lines.append(f"{' '.join(menus)}\n-# {on_messages}")
    return discord.Embed(
        title=tr.text("What you can do here"),
        description="\n".join(lines),
        colour=COLOURS[Status.IN_REVIEW],
    )


def _write_about(person: Person, team: Team | None, tr: Translator) -> str:
    if team is None:
        return tr.text(
            "Corrobot isn't set up in this server yet. An administrator can do that with /setup."
        )
    if not is_voter(team, person) and not team.settings.voter_roles:
        return tr.text("Claims are for those who can see the claims channel, and you can't.")
    if not is_voter(team, person):
        roles = [f"<@&{role}>" for role in sorted(team.settings.voter_roles)]
        return tr.text(
            "You can read every card and its Details. Only {roles} can vote and add links.",
            roles=tr.join(roles),
        )
    return tr.text(
        "Give Corrobot a text, and each claim in it becomes a card. Vote with the card's"
        " buttons and add links that show whether it's true. The card says what a verdict"
        " still needs."
    )


def _list_usable(
    command: app_commands.Group | app_commands.Command[app_commands.Group, ..., object],
    person: Person,
    team: Team | None,
    tr: Translator,
    ids: Mapping[str, int],
) -> Iterator[str]:
    """Yield the names of a command, or of a group's commands, that this person may use."""
    every = command.walk_commands() if isinstance(command, app_commands.Group) else [command]
    for each in every:
        if not isinstance(each, app_commands.Group) and is_allowed(
            person, RIGHTS[each.qualified_name], team
        ):
            parts = each.qualified_name.split()
            if parts[0] in ids:
                yield f"</{each.qualified_name}:{ids[parts[0]]}>"
                continue
            yield f"`/{' '.join(tr.name_command('command', part) for part in parts)}`"


# -------------------------------------------------------------------------------- more of it


class HelpButton(KeyButton, template=r"^help:(?P<key>card|rules)$"):
    """Answers privately with one page more."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text(_PAGES[key]), custom_id=f"help:{key}")

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
    "card": gettext_noop("What a card shows"),
    "rules": gettext_noop("How a verdict is reached"),
}

_CARD = gettext_noop(
    "The claim in plain words; who says so and how firmly (✓ if a link shows that they said it);"
    " what a verdict still needs; and where it is from. Once somebody votes or adds a link, it also"
    " shows those. The question is always whether it was true at the time given on the card."
)

VERDICT_MEANINGS = {
    Verdict.SUPPORTED: gettext_noop("sources show that it's true"),
    Verdict.REFUTED: gettext_noop("sources show that it's false"),
    Verdict.NOT_ENOUGH_EVIDENCE: gettext_noop(
        "the sources at hand don't decide it; this counts as a vote"
    ),
}
HEDGE_MEANINGS: Mapping[Hedge, str] = MappingProxyType(
    {
        Hedge.ASSERTED: gettext_noop("the document states it, without naming a source"),
        Hedge.REPORTED: gettext_noop("a source says so"),
        Hedge.CONFIRMED: gettext_noop("a source vouches for it"),
        Hedge.ALLEGED: gettext_noop("an accusation, or something that isn't taken for granted"),
        Hedge.SPECULATED: gettext_noop("somebody thinks it possible or likely"),
        Hedge.PREDICTED: gettext_noop("it is about the future"),
        Hedge.DENIED: gettext_noop(
            "a source says that it isn't so; you vote on the claim, not on the denial"
        ),
        Hedge.UNCONFIRMED: gettext_noop("a source can't confirm it"),
    }
)
"""What the word behind a claim's sources means."""
STATUS_MEANINGS = (
    (STATUSES[Status.UNREVIEWED], gettext_noop("nobody has voted yet")),
    (
        STATUSES[Status.IN_REVIEW],
        gettext_noop("still needs votes or a source; the card says which"),
    ),
    (STATUSES[Status.CONFLICTING], gettext_noop("enough votes, but too few agree on one verdict")),
    (
        PROVISIONALLY[Status.SUPPORTED],
        gettext_noop("a verdict that can still change for a while"),
    ),
    (
        STATUSES[Status.SUPPORTED],
        gettext_noop("settled: voting is closed, new links are still welcome"),
    ),
    (
        STATUSES[Status.NOT_ENOUGH_EVIDENCE],
        gettext_noop("never settled; new evidence brings it back"),
    ),
    (
        STATUSES[Status.SHELVED],
        gettext_noop("kept but not posted; post it from its document's card"),
    ),
    (STATUSES[Status.DROPPED], gettext_noop("taken out by a moderator, who gives the reason")),
    (STATUSES[Status.DUPLICATE], gettext_noop("another claim says the same; vote on that one")),
)


def card_page(tr: Translator) -> discord.Embed:
    """Return what the verdicts, the hedges and the statuses mean."""
    verdicts = "\n".join(
        f"{VERDICT_SIGNS[verdict]} **{tr.text(VERDICTS[verdict])}** · {tr.text(meaning)}"
        for verdict, meaning in VERDICT_MEANINGS.items()
    )
    statuses = "\n".join(
        f"**{tr.text(status)}** · {tr.text(meaning)}" for status, meaning in STATUS_MEANINGS
    )
    embed = discord.Embed(
        title=tr.text("What a card shows"),
        description=tr.text(_CARD),
        colour=COLOURS[Status.IN_REVIEW],
    )
    embed.add_field(name=tr.text("Your vote"), value=verdicts, inline=False)
    hedges = "\n".join(
        f"**{tr.text(HEDGES[hedge])}** · {tr.text(meaning)}"
        for hedge, meaning in HEDGE_MEANINGS.items()
    )
    on_words = tr.text(
        "Supported means that the claim is true, whoever said it. Words in [brackets]"
        " replace a “he” or “it” in the document."
    )
    heading = tr.text("How firmly it is said")
    embed.add_field(name=heading, value=f"{hedges}\n-# {on_words}", inline=False)
    embed.add_field(name=tr.text("A claim's status"), value=statuses, inline=False)
    return embed


HELP = offer_in_servers_only(show_help)


FEATURE = Feature(commands=(HELP,), items=(HelpButton,))
