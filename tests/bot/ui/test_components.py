"""Whatever was pressed is answered by the one component that its id names."""

import re
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.client import ITEMS
from bot.ui.buttons import KeyButton
from bot.ui.components import handle_component
from bot.ui.context import Interaction
from workflows.errors import NotFound


class Door(KeyButton, template=r"^door:(?P<key>\w+)$"):
    """Writes down who was let in."""

    opened: list[str]

    @classmethod
    def from_match(cls, match, tr):
        del tr
        return cls(match["key"], label="Open", custom_id=match.string)

    async def on_press(self, interaction):
        del interaction
        self.opened.append(self.key)


def press(custom_id: str) -> Interaction:
    pressed = SimpleNamespace(
        data={"custom_id": custom_id}, guild_locale=None, locale="en-US", client=None
    )
    return cast(Interaction, cast(Any, pressed))


async def test_answered_by_its_id():
    """A press reaches the button whose template fits its id; an id of nobody's is answered too."""
    Door.opened = []

    await handle_component(press("door:red"), [Door])
    for stale in ("door:", "gate:red"):
        with pytest.raises(NotFound, match="another version"):
            await handle_component(press(stale), [Door])

    assert Door.opened == ["red"]


def test_whole_ids():
    """Every template takes an id from its first letter to its last."""
    for item in ITEMS:
        assert re.match(r"\^.*\$", item.template.pattern), item
