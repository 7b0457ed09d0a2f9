"""Presses and choices, given by their id to the button or menu that answers them."""

from collections.abc import Sequence

from bot.errors import get_custom_id
from bot.ui.buttons import KeyButton
from bot.ui.context import Interaction
from bot.ui.selects import SelectMenu
from workflows.errors import NotFound

Component = type[KeyButton] | type[SelectMenu]


async def handle_component(interaction: Interaction, components: Sequence[Component]) -> None:
    """Let the one component that the id fits answer.

    Raises NotFound for an id of nobody's, as another version may have left, and what it raises.
    """
    custom_id = get_custom_id(interaction)
    for component in components:
        if match := component.template.fullmatch(custom_id):
            await component.answer(interaction, match)
            return
    raise NotFound(
        "This button is from another version of Corrobot and no longer works. Use the command"
        " instead."
    )
