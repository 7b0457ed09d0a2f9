"""/claim: everything one does to a claim, by its number."""

from discord import app_commands

from bot.commands import adding, evidence, looking, moderation
from bot.servers_only import servers_only

CLAIM = servers_only(
    app_commands.Group(name="claim", description="Find the team's claims and work on them")
)
for command in (*looking.COMMANDS, *adding.COMMANDS, *evidence.COMMANDS, *moderation.COMMANDS):
    CLAIM.add_command(command)
