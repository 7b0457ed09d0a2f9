"""/claim: everything one does to a claim, by its number."""

from discord import app_commands

from bot.features import (
    assignments,
    editing,
    evidence,
    manual_claims,
    merging,
    moderation,
    publication,
    scenes,
    search,
)
from bot.ui.context import offer_in_servers_only
from bot.ui.feature import Feature

CLAIM = offer_in_servers_only(
    app_commands.Group(name="claim", description="Find the team's claims and work on them")
)
for feature in (
    search,
    assignments,
    manual_claims,
    evidence,
    scenes,
    editing,
    moderation,
    merging,
    publication,
):
    for command in feature.FEATURE.claim_commands:
        CLAIM.add_command(command)

FEATURE = Feature(commands=(CLAIM,))
