"""/claim: everything one does to a claim, by its number."""

from discord import app_commands

from bot.commands.looking import listed, search, show
from bot.servers_only import servers_only

CLAIM = servers_only(
    app_commands.Group(name="claim", description="Find the team's claims and work on them")
)
CLAIM.add_command(show)
CLAIM.add_command(listed)
CLAIM.add_command(search)
