"""The menus on messages. A menu's id carries what it needs, as a button's does."""

import re
from abc import abstractmethod
from typing import Any, Self

import discord
from discord import ui

from bot.ui.context import Interaction, get_fields, handle_errors


class SelectMenu(ui.DynamicItem[ui.Select[Any]], template="^$"):
    """A menu that outlives a restart; its errors are answered like any other's."""

    def __init__(self, menu: ui.Select[Any]) -> None:
        super().__init__(menu)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        del interaction, item  # the id says it all
        return cls.from_use(match)

    @classmethod
    def from_use(cls, match: re.Match[str]) -> Self:
        """Return the menu somebody has chosen from: what it offered is not known any more."""
        return cls(ui.Select(custom_id=match.string))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await handle_errors(interaction, self._answer)

    async def _answer(self, interaction: Interaction) -> None:
        values = get_fields(interaction).get("values")
        await self.on_select(
            interaction, list(map(str, values)) if isinstance(values, list) else []
        )

    @abstractmethod
    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        """Do what the choice asks for; what this raises is answered. `values` are from outside."""


def first_value(values: list[str]) -> str:
    """Return the one value chosen; empty for none."""
    return values[0] if values else ""
