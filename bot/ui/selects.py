"""The menus on messages. A menu's id carries what it needs, as a button's does."""

import re
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.ui.context import Interaction, get_fields


class SelectMenu(ui.Select[Any]):
    """A menu that outlives a restart; `template` is what its ids look like."""

    template: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls, *, template: str) -> None:
        super().__init_subclass__()
        cls.template = re.compile(template)

    def __init__(
        self,
        custom_id: str,
        *,
        placeholder: str | None = None,
        options: Sequence[discord.SelectOption] = (),
        min_values: int = 1,
        max_values: int = 1,
    ) -> None:
        super().__init__(
            custom_id=custom_id,
            placeholder=placeholder,
            options=list(options),
            min_values=min_values,
            max_values=max_values,
        )

    @classmethod
    def from_use(cls, match: re.Match[str]) -> Self:
        """Return the menu somebody has chosen from: what it offered is not known any more."""
        return cls(match.string)

    @classmethod
    async def answer(cls, interaction: Interaction, match: re.Match[str]) -> None:
        """Answer a choice from a menu with this id. Raises what `on_select` raises."""
        values = get_fields(interaction).get("values")
        chosen = list(map(str, values)) if isinstance(values, list) else []
        await cls.from_use(match).on_select(interaction, chosen)

    @abstractmethod
    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        """Do what the choice asks for; what this raises is answered. `values` are from outside."""

    def is_dispatchable(self) -> bool:
        """Return False: as a button's."""
        return False


def first_value(values: list[str]) -> str:
    """Return the one value chosen; empty for none."""
    return values[0] if values else ""
