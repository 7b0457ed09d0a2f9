"""The menus on messages. A menu's id carries what it needs, as a button's does."""

import re
from abc import abstractmethod
from typing import Any, Self

import discord
from discord import ui

from bot.ui.context import Interaction, answering, fields_of


class Menu(ui.DynamicItem[ui.Select[Any]], template="^$"):
    """A menu that outlives a restart; its errors are answered like any other's."""

    def __init__(self, menu: ui.Select[Any]) -> None:
        super().__init__(menu)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        del interaction, item  # the id says it all
        return cls.used(match)

    @classmethod
    def used(cls, match: re.Match[str]) -> Self:
        """The menu somebody has chosen from: what it offered is not known any more."""
        return cls(ui.Select(custom_id=match.string))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await answering(interaction, self._answer)

    async def _answer(self, interaction: Interaction) -> None:
        values = fields_of(interaction).get("values")
        await self.chosen(interaction, list(map(str, values)) if isinstance(values, list) else [])

    @abstractmethod
    async def chosen(self, interaction: Interaction, values: list[str]) -> None:
        """What the choice does; whatever it raises is answered. `values` are from outside."""


def first(values: list[str]) -> str:
    """The one value chosen; empty for none."""
    return values[0] if values else ""
