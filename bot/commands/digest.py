"""/digest: the summary of open claims, now or as it will come."""

import discord
from discord import app_commands

from bot.client_of import corrobot
from bot.digests import digest_embeds
from bot.people import guild_of, person_of, readers_words
from bot.servers_only import servers_only
from bot.words import stamp
from workflows.desk import digests

DIGEST = servers_only(
    app_commands.Group(name="digest", description="The daily summary of open claims")
)


@DIGEST.command(name="now", description="Post a digest to the digest channel now (moderators)")
async def now(interaction: discord.Interaction) -> None:
    bot = corrobot(interaction)
    digest = await bot.desk.write(
        digests.make_now, guild_of(interaction), person_of(interaction), bot.now()
    )
    bot.outbox.wake()
    words = readers_words(interaction)
    channel = f"<#{digest.team.settings.digest_channel}>"
    await interaction.response.send_message(
        words.say("The digest is on its way to {channel}.", channel=channel),
        ephemeral=True,
    )


@DIGEST.command(name="preview", description="See what the next digest will say, for you alone")
async def preview(interaction: discord.Interaction) -> None:
    bot = corrobot(interaction)
    words = readers_words(interaction)
    shown = await bot.desk.read(digests.preview, guild_of(interaction), bot.now())
    due = f"{stamp(shown.due_at)} ({stamp(shown.due_at, 'R')})"
    await interaction.response.send_message(
        words.say("The next digest comes {when}.", when=due),
        embeds=digest_embeds(shown.digest, words),
        ephemeral=True,
    )
