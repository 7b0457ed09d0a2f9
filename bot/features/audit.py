"""/audit: one claim's whole story, or whether the team's history adds up to what is stored."""

import io

import discord
from discord import app_commands

from bot.i18n.escaping import escape
from bot.i18n.translator import Translator
from bot.rendering.embeds import card_address
from bot.rendering.history import history_lines, history_text
from bot.ui.claim_option import AnyClaim
from bot.ui.context import (
    Interaction,
    get_guild,
    get_person,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.feature import Feature
from workflows.claims import TeamId
from workflows.desk import audit, claim_views
from workflows.desk.audit import Report
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person, require_moderator

MESSAGE = 2000


@app_commands.command(
    name="audit",
    description="Show one claim's full history, or check that all history adds up (moderators)",
)
@app_commands.describe(claim="The claim; leave empty to check everything")
async def show_audit(interaction: Interaction, claim: AnyClaim | None = None) -> None:
    bot, guild = interaction.client, get_guild(interaction)
    person = get_person(interaction)
    team = await bot.desk.read(_audit, guild, person)
    await interaction.response.defer(ephemeral=True, thinking=True)
    if claim is None:
        report = await bot.desk.read_apart(audit.replay_team, team)
        lines = report_lines(report, reader_translator(interaction))
        await _answer(interaction, lines, lines, "audit")
    else:
        await _tell(interaction, guild, claim, person)


def _audit(store: ClaimStore, guild: int, person: Person) -> TeamId:
    team = claim_views.get_team(store, guild)
    require_moderator(team, person)
    return team.id


async def _tell(interaction: Interaction, guild: int, number: int, person: Person) -> None:
    desk, tr = interaction.client.desk, reader_translator(interaction)
    told = await desk.read_apart(audit.audit_claim, guild, number, person)
    cards = await desk.read(claim_views.list_cards, guild, [number])
    name = f"#{number}"
    linked = f"[{name}]({card_address(guild, cards[number])})" if number in cards else name
    await _answer(
        interaction,
        [f"**{linked} {escape(told.claim.words, 300)}**", *history_lines(told, tr)],
        [f"{name} {told.claim.words}", *history_text(told, tr)],
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


def report_lines(report: Report, tr: Translator) -> list[str]:
    """Return how much was replayed, then each difference."""
    counts = tr.text(
        "{claims}, {events}, {differences}",
        claims=tr.plural("{n} claim", "{n} claims", report.claims),
        events=tr.plural("{n} event", "{n} events", report.events),
        differences=tr.plural("{n} difference", "{n} differences", len(report.differences)),
    )
    if not report.differences:
        return [counts, tr.text("The history matches everything that is stored.")]
    advice = tr.text("Please tell whoever runs this bot; `corrobot audit` reports the same.")
    return [counts, advice, *report.differences]


AUDIT = offer_in_servers_only(show_audit)


FEATURE = Feature(commands=(AUDIT,))
