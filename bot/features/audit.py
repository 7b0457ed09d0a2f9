"""/audit: one claim's whole story, or whether the team's history adds up to what is stored."""

import io

import discord
from discord import app_commands

from bot.i18n.escaping import escape
from bot.i18n.translator import Words
from bot.rendering.cards import card_address
from bot.rendering.history import story_lines, story_text
from bot.ui.claim_option import AnyClaim
from bot.ui.context import Interaction, guild_of, person_of, readers_words, servers_only
from bot.ui.feature import Feature
from workflows.claims import TeamId
from workflows.desk import audit, claim_views
from workflows.desk.audit import Report
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person, require_moderator

MESSAGE = 2000


@app_commands.command(
    name="audit", description="A claim's whole story, or the check of all history (moderators)"
)
@app_commands.describe(claim="The claim; without one, everything is replayed and compared")
async def show_audit(interaction: Interaction, claim: AnyClaim | None = None) -> None:
    bot, guild = interaction.client, guild_of(interaction)
    person = person_of(interaction)
    team = await bot.desk.read(_audited, guild, person)
    await interaction.response.defer(ephemeral=True, thinking=True)
    if claim is None:
        report = await bot.desk.read_apart(audit.replay_team, team)
        lines = report_lines(report, readers_words(interaction))
        await _answer(interaction, lines, lines, "audit")
    else:
        await _tell(interaction, guild, claim, person)


def _audited(store: ClaimStore, guild: int, person: Person) -> TeamId:
    team = claim_views.get_team(store, guild)
    require_moderator(team, person)
    return team.id


async def _tell(interaction: Interaction, guild: int, number: int, person: Person) -> None:
    desk, words = interaction.client.desk, readers_words(interaction)
    told = await desk.read_apart(audit.audit_claim, guild, number, person)
    cards = await desk.read(claim_views.list_cards, guild, [number])
    name = f"#{number}"
    linked = f"[{name}]({card_address(guild, cards[number])})" if number in cards else name
    await _answer(
        interaction,
        [f"**{linked} {escape(told.claim.words, 300)}**", *story_lines(told, words)],
        [f"{name} {told.claim.words}", *story_text(told, words)],
        f"claim-{number}",
    )


async def _answer(
    interaction: Interaction, lines: list[str], written: list[str], name: str
) -> None:
    """Privately: as a message where it fits, and else as a file, in which nothing is markup."""
    said = "\n".join(lines)
    if len(said) <= MESSAGE:
        await interaction.followup.send(said, ephemeral=True, suppress_embeds=True)
        return
    file = discord.File(io.BytesIO("\n".join(written).encode()), f"{name}.txt")
    await interaction.followup.send(lines[0], file=file, ephemeral=True, suppress_embeds=True)


def report_lines(report: Report, words: Words) -> list[str]:
    """How much was replayed, then each difference."""
    counts = words.say(
        "{claims}, {events}, {differences}",
        claims=words.count("{n} claim", "{n} claims", report.claims),
        events=words.count("{n} event", "{n} events", report.events),
        differences=words.count("{n} difference", "{n} differences", len(report.differences)),
    )
    if not report.differences:
        return [counts, words.say("History adds up to all that is stored.")]
    advice = words.say("Please tell whoever runs this bot; `corrobot audit` finds the same.")
    return [counts, advice, *report.differences]


AUDIT = servers_only(show_audit)


FEATURE = Feature(commands=(AUDIT,))
