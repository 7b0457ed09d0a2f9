"""Whether what came with a command is what the command asks for.

Discord sees to it, but what it sends was typed or made by somebody: nothing rests on that here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import discord
from discord import AppCommandOptionType, app_commands

from bot.i18n.escaping import cut, plain
from bot.ui.context import Interaction, get_fields
from workflows.errors import BadInput

_NESTED = (AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value)
_RESOLVED: Mapping[AppCommandOptionType, tuple[str, ...]] = {
    AppCommandOptionType.channel: ("channels",),
    AppCommandOptionType.role: ("roles",),
    AppCommandOptionType.attachment: ("attachments",),
    AppCommandOptionType.mentionable: ("users", "roles"),
}
"""Where Discord describes what an option names by its id alone."""
SHOWN = 40
"""Characters of a wrong value that are shown back."""


def require_fitting_options(interaction: Interaction) -> None:
    """Raise BadInput for a value that the command, as we define it, doesn't take."""
    if interaction.type is discord.InteractionType.autocomplete:
        return  # what is not typed to its end may be anything
    command = interaction.command
    if not isinstance(command, app_commands.Command):
        return
    sent = get_fields(interaction)
    known = {each.display_name: each for each in command.parameters}
    for option in _iter_options(sent.get("options")):
        name, value = str(option.get("name")), option.get("value")
        if name not in known or not _fits(known[name], value, sent.get("resolved")):
            raise BadInput(
                "/{command} can't take “{value}” for {option}. Please choose it or type it again.",
                code="unfit-option",
                command=command.qualified_name,
                value=cut(plain(str(value)), SHOWN),
                option=cut(plain(name), SHOWN),
            )


def _iter_options(options: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401  # JSON as sent
    for option in options or ():
        if option.get("type") in _NESTED:
            yield from _iter_options(option.get("options"))
        else:
            yield option


def _fits(parameter: app_commands.Parameter, value: object, resolved: object) -> bool:
    if isinstance(value, bool):  # which is a number too, to Python
        return parameter.type is AppCommandOptionType.boolean
    chosen = [each.value for each in parameter.choices]
    return (not chosen or value in chosen) and _is_of_kind(parameter, value, resolved)


def _is_of_kind(parameter: app_commands.Parameter, value: object, resolved: object) -> bool:
    match parameter.type, value:
        case AppCommandOptionType.string, str(text):
            return _is_within(parameter, len(text))
        case AppCommandOptionType.integer, int(number):
            return _is_within(parameter, number)
        case AppCommandOptionType.number, (int() | float()) as number:
            return _is_within(parameter, number)
        case AppCommandOptionType.user, str(account):  # who left is described by nobody
            return account.isascii() and account.isdecimal()
        case kind, str(named) if isinstance(resolved, Mapping):
            return any(named in resolved.get(place, ()) for place in _RESOLVED.get(kind, ()))
    return False


def _is_within(parameter: app_commands.Parameter, size: float) -> bool:
    least, most = parameter.min_value, parameter.max_value
    return (least is None or size >= least) and (most is None or size <= most)
