"""/export: the team's claims as a file, for moderators, privately."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import discord
from discord import app_commands

from bot.i18n.escaping import cut, plain
from bot.i18n.labels import STATUSES, gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.export_files import PackedFile, pack_file
from bot.ui.context import (
    Interaction,
    get_guild,
    get_person,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.deferral import with_progress
from bot.ui.feature import Feature
from bot.ui.modals import parse_day
from workflows.claims import Status
from workflows.desk import exports
from workflows.errors import CorrobotError, NotFound
from workflows.export import formats
from workflows.export.model import ExportedClaim, Format
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person

FORMATS = {
    Format.CSV: gettext_noop("CSV, for spreadsheets"),
    Format.JSONL: gettext_noop("JSON Lines, with everything"),
    Format.CLAIMREVIEW: gettext_noop("ClaimReview, settled verdicts for fact-check pages"),
}
CHOICES = 25
_LABEL = 100


@app_commands.command(
    name="export", description="Export the team's claims as a file, only to you (moderators)"
)
@app_commands.describe(
    form="The file format",
    status="Only claims with this status",
    document="Only claims from this document",
    since="Only claims added or decided since this day, as YYYY-MM-DD",
)
@app_commands.rename(form="format")
@app_commands.choices(
    form=[app_commands.Choice(name=label, value=form.value) for form, label in FORMATS.items()],
    status=[
        app_commands.Choice(name=label, value=status.value) for status, label in STATUSES.items()
    ],
)
async def export(
    interaction: Interaction,
    form: str,
    status: str | None = None,
    document: app_commands.Range[str, 1, 300] | None = None,
    since: app_commands.Range[str, 1, 10] | None = None,
) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    guild, person = get_guild(interaction), get_person(interaction)
    asked = exports.ExportRequest(
        Format(form),
        frozenset({Status(status)} if status else ()),
        document or "",
        parse_day(since or ""),
    )
    total = await bot.desk.read(exports.check_request, guild, asked, person)
    if not total:
        raise NotFound("No claim matches. ClaimReview contains settled verdicts only.")
    await interaction.response.defer(ephemeral=True, thinking=True)
    writing = _ExportJob(
        asked,
        person,
        guild,
        reviewer=interaction.guild.name if interaction.guild else "",
        name=f"corrobot-claims-{bot.now():%Y-%m-%d}",
        limit=interaction.filesize_limit,
        total=total,
    )
    work = bot.desk.read_apart(writing.files)
    files = await with_progress(interaction, work, lambda: writing.how_far(tr))
    for number, file in enumerate(files):
        said = "" if number else tr.plural("{n} claim.", "{n} claims.", writing.done)
        await interaction.followup.send(
            said, file=discord.File(io.BytesIO(file.content), file.name), ephemeral=True
        )


@dataclass(slots=True)
class _ExportJob:
    """One export under way; `done` claims of about `total` are written."""

    asked: exports.ExportRequest
    person: Person
    guild: int
    reviewer: str
    name: str
    limit: int
    total: int
    done: int = 0

    def files(self, store: ClaimStore) -> list[PackedFile]:
        begun = exports.begin_export(store, self.guild, self.asked, self.person)
        shape = formats.get_layout(self.asked.form, begun.team, self.reviewer)
        return pack_file(shape, self._counted(begun.claims), self.name, self.limit)

    def how_far(self, tr: Translator) -> str:
        share = tr.percent(min(1.0, self.done / self.total))
        return tr.text("Writing the file … {share}", share=share)

    def _counted(self, claims: Iterator[ExportedClaim]) -> Iterator[ExportedClaim]:
        for claim in claims:
            yield claim
            self.done += 1


@export.autocomplete("document")
async def complete_titles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    guild, person = get_guild(interaction), get_person(interaction)
    try:
        found = await interaction.client.desk.read(
            exports.list_documents, guild, person, typed, CHOICES
        )
    except CorrobotError:  # not theirs to export: the command itself says so
        return []
    return [
        app_commands.Choice(name=cut(plain(each.title), _LABEL) or "…", value=each.key)
        for each in found
    ]


EXPORT = offer_in_servers_only(export)


FEATURE = Feature(commands=(EXPORT,))
