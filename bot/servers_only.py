"""Our commands work in servers, for an app that is installed there."""

from typing import Any, TypeVar

from discord import app_commands

Command = TypeVar(
    "Command",
    app_commands.Group,
    app_commands.ContextMenu,
    app_commands.Command[Any, ..., Any],
)


def servers_only(command: Command) -> Command:
    """The same group or command, offered in servers and nowhere else."""
    command.allowed_contexts = app_commands.AppCommandContext(
        guild=True, dm_channel=False, private_channel=False
    )
    command.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
    return command
