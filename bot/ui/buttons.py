"""Buttons whose id carries a key, so that nothing need be remembered.

discord.py only logs what such a button raises, so each runs inside `answering`.
"""

import re
from abc import abstractmethod
from typing import Any, Self

import discord
from discord import ui

from bot.i18n.translator import Translator, translator_for
from bot.ui.context import Interaction, handle_errors

KEY = r"(?P<key>[\w-]{22})"


class KeyButton(ui.DynamicItem[ui.Button[Any]], template="^$"):
    """A button about one claim or document; its errors are answered like any other's."""

    def __init__(self, key: str, button: ui.Button[Any]) -> None:
        super().__init__(button)
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        del item  # the id says it all
        return cls.from_match(
            match, translator_for(str(interaction.guild_locale or interaction.locale))
        )

    @classmethod
    def from_match(cls, match: re.Match[str], tr: Translator) -> Self:
        return cls(match["key"], tr)  # type: ignore[arg-type]  # each kind's own form

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await handle_errors(interaction, self.on_press)

    @abstractmethod
    async def on_press(self, interaction: Interaction) -> None:
        """Do what the press asks for; whatever this raises is answered."""
