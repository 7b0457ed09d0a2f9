"""Our commands work in servers, for an app that is installed there."""

from discord import app_commands


def servers_only(group: app_commands.Group) -> app_commands.Group:
    """The same group, offered in servers and nowhere else."""
    group.allowed_contexts = app_commands.AppCommandContext(
        guild=True, dm_channel=False, private_channel=False
    )
    group.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
    return group
