"""Buttons whose id carries a key, so that nothing need be remembered.

None is kept in memory: discord.py stores no view of theirs (`is_dispatchable`), and the client
gives each press to the button its id names.
"""

import re
from abc import abstractmethod
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.i18n.translator import Translator, translator_for
from bot.ui.context import Interaction

KEY = r"(?P<key>[\w-]{22})"


class KeyButton(ui.Button[Any]):
    """A button about one claim or document; `template` is what its ids look like."""

    template: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls, *, template: str) -> None:
        super().__init_subclass__()
        cls.template = re.compile(template)

    def __init__(
        self,
        key: str,
        *,
        label: str,
        custom_id: str,
        emoji: str | None = None,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        disabled: bool = False,
        row: int | None = None,
    ) -> None:
        super().__init__(
            label=label, custom_id=custom_id, emoji=emoji, style=style, disabled=disabled, row=row
        )
        self.key = key

    @classmethod
    def from_match(cls, match: re.Match[str], tr: Translator) -> Self:
        return cls(match["key"], tr)  # type: ignore[call-arg, arg-type]  # each kind's own form

    @classmethod
    async def answer(cls, interaction: Interaction, match: re.Match[str]) -> None:
        """Answer a press on a button with this id. Raises what `on_press` raises."""
        tr = translator_for(str(interaction.guild_locale or interaction.locale))
        await cls.from_match(match, tr).on_press(interaction)

    @abstractmethod
    async def on_press(self, interaction: Interaction) -> None:
        """Do what the press asks for; whatever this raises is answered."""

    def is_dispatchable(self) -> bool:
        """Return False: the library need not remember in which message it stands."""
        return False
