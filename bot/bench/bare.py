"""The baseline: a bare discord.py bot whose button edits its message. It stores nothing.

python -m bot.bench.bare API_URL GATEWAY_URL CHANNEL MESSAGES TOKEN
"""

import asyncio
import re
import sys
from typing import Any, Self

import discord
from discord import ui
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from workflows.memory import settle_memory


class CountButton(ui.DynamicItem[ui.Button[Any]], template=r"^count:(?P<number>\d+)$"):
    """Counts in memory and shows the count."""

    counts: dict[int, int]

    def __init__(self, number: int) -> None:
        super().__init__(ui.Button(label="Count", custom_id=f"count:{number}"))
        self.number = number

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        del interaction, item
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        self.counts[self.number] = self.counts.get(self.number, 0) + 1
        embed = discord.Embed(title=f"#{self.number}", description=str(self.counts[self.number]))
        await interaction.response.edit_message(embed=embed)


class BareBot(discord.Client):
    def __init__(self, channel: int, messages: int) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self._channel, self._messages = channel, messages

    async def setup_hook(self) -> None:
        CountButton.counts = {}
        self.add_dynamic_items(CountButton)

    async def on_ready(self) -> None:
        for number in range(self._messages):
            view = ui.View(timeout=None)
            view.add_item(CountButton(number))
            channel = self.get_partial_messageable(self._channel)
            await channel.send(embed=discord.Embed(title=f"#{number}"), view=view)
        settle_memory()
        sys.stdout.write("ready\n")
        sys.stdout.flush()


def main() -> None:
    api_url, gateway_url, channel, messages, token = sys.argv[1:]
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api_url, URL(gateway_url)
    asyncio.run(BareBot(int(channel), int(messages)).start(token))


if __name__ == "__main__":
    main()
