"""The button under a member's own digest: to have no more of them."""

import re
from typing import Self

import discord
from discord import ui

from bot.controls.buttons import KeyButton
from bot.controls.client_of import corrobot
from bot.language.words import Words
from bot.people import readers_words
from workflows.desk import subscriptions


class UnsubscribeButton(KeyButton, template=r"^unsubscribe:(?P<key>\d{1,20})$"):
    """Its id carries the server; whose digest it is, Discord says with the click."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(
            key, ui.Button(label=words.say("Unsubscribe"), custom_id=f"unsubscribe:{key}")
        )

    async def pressed(self, interaction: discord.Interaction) -> None:
        bot = corrobot(interaction)
        await bot.desk.write(subscriptions.unsubscribe, int(self.key), interaction.user.id)
        words = readers_words(interaction)
        await interaction.response.edit_message(view=None)
        await interaction.followup.send(
            words.say("No more digests come to you. `/digest subscribe` brings them back."),
            ephemeral=True,
        )

    @classmethod
    def of(cls, match: re.Match[str], words: Words) -> Self:
        return cls(match["key"], words)


def unsubscribe_view(guild: int, words: Words) -> ui.View:
    """What stands under each personal digest; fresh for each message."""
    view = ui.View(timeout=None)
    view.add_item(UnsubscribeButton(str(guild), words))
    return view
