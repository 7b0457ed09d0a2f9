"""/policy: the rules under which votes become verdicts, shown, changed, and tried out."""

from collections.abc import Sequence

import discord
from discord import app_commands, ui

from bot.features.vote_removal import reach_button
from bot.i18n.escaping import cut, plain
from bot.i18n.labels import STATUSES, gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.embeds import card_address
from bot.rendering.rules import RULES, list_suggestions, rules_embed, write_preset, write_rule
from bot.rendering.simulations import simulation_lines
from bot.ui.buttons import KeyButton
from bot.ui.context import (
    Interaction,
    get_acting,
    get_guild,
    get_person,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.feature import Feature
from workflows.desk import claim_views, policies
from workflows.desk.policies import PolicyChange
from workflows.desk.vote_removal import Rule, find_reached
from workflows.flip_limit import Change, TooManyFlips
from workflows.policy import Policy

POLICY = offer_in_servers_only(
    app_commands.Group(name="policy", description="The rules that turn votes into verdicts")
)
MESSAGE = 2000
MOST_CHOICES = 25
MOST_LINES = 15
"""Claims that an answer names at most."""
PRESET = gettext_noop("preset · all rules at once, for one kind of team")

each_rule = app_commands.choices(
    rule=[
        app_commands.Choice(name=PRESET, value="preset"),
        *(app_commands.Choice(name=about, value=rule) for rule, about in RULES.items()),
    ]
)


@POLICY.command(name="show", description="Show the team's rules in plain words")
async def show(interaction: Interaction) -> None:
    team = await interaction.client.desk.read(claim_views.get_team, get_guild(interaction))
    await interaction.response.send_message(
        embed=rules_embed(team, reader_translator(interaction)), ephemeral=True
    )


@POLICY.command(name="set", description="Change a rule; open claims are decided again (moderators)")
@app_commands.describe(rule="The rule", value="The new value; pick one or type your own")
@each_rule
async def set_rule(
    interaction: Interaction, rule: str, value: app_commands.Range[str, 1, 60]
) -> None:
    value = " ".join(value.split())
    await show_effect(interaction, rule, value)


@POLICY.command(name="simulate", description="Try a rule on the team's history; changes nothing")
@app_commands.describe(rule="The rule", value="The value to try; pick one or type your own")
@each_rule
async def simulate(
    interaction: Interaction, rule: str, value: app_commands.Range[str, 1, 60]
) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    simulated = await bot.desk.read(
        policies.simulate_policy,
        get_guild(interaction),
        get_person(interaction),
        [(rule, value)],
        bot.now(),
    )
    tried = _write_rule(simulated.policy, rule, value, tr)
    lines = [tr.text("Under this rule: {rule}", rule=tried), *simulation_lines(simulated, tr)]
    await interaction.followup.send(cut("\n".join(lines), MESSAGE), ephemeral=True)


@simulate.autocomplete("value")
@set_rule.autocomplete("value")
async def _complete_values(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    team = await interaction.client.desk.read(claim_views.get_team, get_guild(interaction))
    tr, rule = reader_translator(interaction), str(interaction.namespace.rule or "")
    offered = list_suggestions(rule, typed.strip(), team.policy, _list_roles(interaction), tr)
    return [
        app_commands.Choice(name=cut(said, 100), value=value)
        for said, value in offered[:MOST_CHOICES]
    ]


def _list_roles(interaction: Interaction) -> list[tuple[int, str]]:
    """Return the roles people are given by hand, the highest first."""
    roles = interaction.guild.roles if interaction.guild else []
    return [
        (role.id, plain(role.name))
        for role in reversed(roles)
        if not (role.is_default() or role.managed)
    ]


async def show_effect(
    interaction: Interaction, rule: str, value: str, confirmed_at: int | None = None
) -> None:
    """Change the rule, or ask once more where the brake holds it."""
    members = interaction.guild.member_count if interaction.guild else None
    policies.require_reachable(rule, value, members)
    bot, guild, tr = interaction.client, get_guild(interaction), reader_translator(interaction)
    view, changes = ui.View(timeout=None), None
    try:
        changed = await bot.desk.write(
            policies.set_rule,
            get_acting(interaction),
            rule,
            value,
            confirmed_at=confirmed_at,
        )
    except TooManyFlips as braked:
        team = await bot.desk.read(claim_views.get_team, guild)
        view.add_item(ConfirmRule(f"{team.policy_version}:{rule}:{value}", tr))
        said, changes = tr.error_text(braked), braked.changes
    else:
        bot.card_sync.wake()
        said, changes = _write_changed(changed, rule, value, tr), changed.changes
        for reached in Rule if rule == "preset" else [each for each in Rule if each == rule]:
            if votes := await bot.desk.read(find_reached, get_acting(interaction), reached):
                view.add_item(reach_button(reached, votes, tr))
    lines = await _write_changes(interaction, changes, tr)
    text = "\n".join((said, *lines))
    if confirmed_at is None:
        await interaction.response.send_message(text, view=view, ephemeral=True)
    else:
        await interaction.response.edit_message(content=text, view=view)


class ConfirmRule(KeyButton, template=r"^rules:(?P<key>\d+:\w+:.+)$"):
    """On the brake's refusal: change the rule all the same. Its id holds version, rule, value."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(
            key,
            label=tr.text("Change it anyway"),
            style=discord.ButtonStyle.danger,
            custom_id=f"rules:{key}",
        )

    async def on_press(self, interaction: Interaction) -> None:
        version, rule, value = self.key.split(":", 2)
        await show_effect(interaction, rule, value, int(version))


def _write_changed(changed: PolicyChange, rule: str, value: str, tr: Translator) -> str:
    team = changed.team
    said = tr.text(
        "New rule (version {version}): {rule}",
        version=tr.number(team.policy_version),
        rule=_write_rule(team.policy, rule, value, tr),
    )
    if changed.changes:
        claims = len(changed.changes)
        said += "\n" + tr.plural("{n} open claim changes:", "{n} open claims change:", claims)
    else:
        said += "\n" + tr.text("This changes no open claim.")
    if changed.still_hidden:
        hidden = [f"#{number}" for number in changed.still_hidden[:MOST_LINES]]
        said += "\n" + tr.text(
            "These claims were voted on while votes were hidden, so they stay hidden until"
            " enough people have voted: {claims}.",
            claims=tr.join(hidden),
        )
    return said


def _write_rule(policy: Policy, rule: str, value: str, tr: Translator) -> str:
    return write_rule(policy, rule, tr) if rule in RULES else write_preset(value, tr)


async def _write_changes(
    interaction: Interaction, changes: Sequence[Change], tr: Translator
) -> list[str]:
    """Return each changed claim, with a link to its card: where it stood, and where it stands."""
    guild, named = get_guild(interaction), changes[:MOST_LINES]
    cards = await interaction.client.desk.read(
        claim_views.list_cards, guild, [change.number for change in named]
    )
    lines = []
    for change in named:
        number = f"#{change.number}"
        if card := cards.get(change.number):
            number = f"[{number}]({card_address(guild, card)})"
        before, after = tr.text(STATUSES[change.before]), tr.text(STATUSES[change.after])
        lines.append(f"{number} · {before} → {after}")
    if more := len(changes) - len(named):
        lines.append(tr.plural("and {n} more", "and {n} more", more))
    return lines


FEATURE = Feature(commands=(POLICY,), items=(ConfirmRule,))
