"""Presses and choices, given by their id to the button or menu that answers them."""

from collections.abc import Sequence

from bot.errors import get_custom_id
from bot.ui.buttons import KeyButton
from bot.ui.context import Interaction
from bot.ui.selects import SelectMenu

Component = type[KeyButton] | type[SelectMenu]


async def handle_component(interaction: Interaction, components: Sequence[Component]) -> None:
    """Let the one component that the id fits answer; an id of nobody's is left alone.

    Raises what that component raises.
    """
    custom_id = get_custom_id(interaction)
    for component in components:
        if match := component.template.fullmatch(custom_id):
            await component.answer(interaction, match)
            return
