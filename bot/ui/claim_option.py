"""A claim's number as an option: completed from its digits, or from words of the claim."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.i18n.escaping import fit_label
from bot.i18n.labels import label_status
from bot.i18n.translator import Translator
from bot.ui.context import get_guild, get_person, reader_translator
from workflows.claims import Status
from workflows.desk import search
from workflows.errors import BadInput, CorrobotError
from workflows.search import POSTED, ClaimSummary, find_number

CHOICE = 100
"""Characters of a choice that is offered, or of a menu's option."""


class ClaimNumber(app_commands.Transformer):
    """Takes "15" and "#15", and offers the claims of these statuses, or of all."""

    def __init__(self, statuses: Sequence[Status] = ()) -> None:
        self.statuses = tuple(statuses)

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> int:  # noqa: ANN401  # as sent
        del interaction
        number = find_number(str(value))
        if number is None:
            raise BadInput(
                '"{typed}" isn\'t a claim number. Pick a suggestion or type a number, such as 15.',
                typed=str(value),
            )
        return number

    async def autocomplete(  # type: ignore[override]  # the library's union names no one kind
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[app_commands.Choice[str]]:
        try:
            found = await interaction.client.desk.read(
                search.complete_number,
                get_guild(interaction),
                get_person(interaction),
                str(value),
                self.statuses,
            )
        except CorrobotError:  # a stranger, or a server without a team: the command itself says so
            return []
        tr = reader_translator(interaction)
        return [
            app_commands.Choice(name=name_claim(claim, tr), value=str(claim.number))
            for claim in found
        ]


def name_claim(claim: ClaimSummary, tr: Translator, most: int = CHOICE) -> str:
    """Return a claim in one short line without markup: its number, its words, where it stands."""
    number, status = f"#{claim.number} · ", " · " + label_status(claim.state, tr)
    return number + fit_label(claim.words, most - len(number) - len(status)) + status


AnyClaim = app_commands.Transform[int, ClaimNumber()]
BeforeTheTeam = app_commands.Transform[int, ClaimNumber(POSTED)]
NotOut = app_commands.Transform[int, ClaimNumber((*POSTED, Status.SHELVED))]
Closed = app_commands.Transform[
    int, ClaimNumber((Status.SUPPORTED, Status.REFUTED, Status.DROPPED))
]
