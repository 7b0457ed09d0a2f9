"""/claim show, list and search: looking, for one reader alone."""

from typing import Any

import discord
from discord import app_commands

from bot.controls.client_of import corrobot
from bot.controls.lists import STANDS, show_claim, show_list
from bot.controls.numbers import CHOICE, AnyClaim
from bot.language.labels import HEDGES
from bot.language.words import cut, plain
from bot.people import guild_of, person_of
from workflows.claims import DocumentKey, Hedge
from workflows.desk import finding
from workflows.errors import CorrobotError
from workflows.finding import Wanted


@app_commands.command(name="show", description="Show one claim, for you alone")
@app_commands.describe(number="Its number, such as 15, or words of it")
async def show(interaction: discord.Interaction, number: AnyClaim) -> None:
    sheet, card = await corrobot(interaction).desk.read(
        finding.by_number, guild_of(interaction), person_of(interaction), number
    )
    await show_claim(interaction, sheet, card)


@app_commands.command(name="list", description="List claims in pages, for you alone")
@app_commands.describe(
    status="Where they stand; without one, all that are before the team",
    mine="Only those that still need your vote",
    overdue="Only those open for longer than the team's rules want",
    document="Only those of this document",
    source="Only those that this source or publisher says",
    hedge="Only those put as firmly as this",
    assignee="Only those this person looks after",
)
@app_commands.choices(
    status=[app_commands.Choice(name=STANDS[each][0], value=each) for each in STANDS],
    hedge=[app_commands.Choice(name=HEDGES[each], value=each.value) for each in Hedge],
)
async def listed(
    interaction: discord.Interaction,
    status: str | None = None,
    mine: bool = False,
    overdue: bool = False,
    document: app_commands.Range[str, 1, 100] | None = None,
    source: app_commands.Range[str, 1, 100] | None = None,
    hedge: str | None = None,
    assignee: discord.User | None = None,
) -> None:
    _, statuses, settled = STANDS.get(status or "", ("", (), None))
    wanted = Wanted(
        statuses=statuses,
        settled=settled,
        awaiting=mine,
        overdue=overdue,
        document=DocumentKey(document) if document else None,
        source=source or "",
        hedge=Hedge(hedge) if hedge else None,
    )
    await show_list(interaction, wanted, assignee=assignee.id if assignee else None)


@listed.autocomplete("document")
async def _documents(
    interaction: discord.Interaction, typed: str
) -> list[app_commands.Choice[str]]:
    found = await _offered(interaction, finding.documents, typed)
    return [
        app_commands.Choice(name=cut(plain(title), CHOICE) or key, value=key)
        for key, title in found
    ]


@listed.autocomplete("source")
async def _sources(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    found = await _offered(interaction, finding.sources, typed)
    names = dict.fromkeys(cut(plain(name), CHOICE) for name in found)
    return [app_commands.Choice(name=name, value=name) for name in names if name]


async def _offered(interaction: discord.Interaction, find: Any, typed: str) -> Any:  # noqa: ANN401  # as `find`
    """What `find` finds, or nothing for who takes no part here: the command itself says so."""
    try:
        return await corrobot(interaction).desk.read(
            find, guild_of(interaction), person_of(interaction), typed
        )
    except CorrobotError:
        return ()


@app_commands.command(name="search", description="Find claims by words, sources or documents")
@app_commands.describe(query="Words, or how they begin; or a number")
async def search(interaction: discord.Interaction, query: app_commands.Range[str, 1, 100]) -> None:
    await show_list(interaction, Wanted(words=" ".join(query.split())))


COMMANDS: tuple[app_commands.Command[Any, ..., None], ...] = (show, listed, search)
