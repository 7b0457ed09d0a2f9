"""/claim: one claim, by its number."""

import discord
from discord import app_commands

from bot.buttons import claim_view
from bot.cards import card_address, claim_embed
from bot.client_of import corrobot
from bot.people import guild_of, readers_words
from bot.servers_only import servers_only
from workflows.desk import sheets

CLAIM = servers_only(app_commands.Group(name="claim", description="Look at the team's claims"))


@CLAIM.command(name="show", description="Show one claim, for you alone")
@app_commands.describe(number="Its number: 15 for the claim called #15")
async def show(interaction: discord.Interaction, number: app_commands.Range[int, 1]) -> None:
    sheet, card = await corrobot(interaction).desk.read(
        sheets.by_number, guild_of(interaction), number
    )
    words = readers_words(interaction)
    link = ""
    if card:
        address = card_address(guild_of(interaction), card)
        link = words.say("[Go to its card]({address})", address=address)
    await interaction.response.send_message(
        link,
        embed=claim_embed(sheet, words),
        view=claim_view(sheet.claim.key, words),
        ephemeral=True,
    )
