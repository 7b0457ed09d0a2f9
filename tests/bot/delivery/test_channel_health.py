"""The watch over what the bot stands on ends when it is told to, whatever happens just then."""

import asyncio
from types import SimpleNamespace

from bot.delivery.channel_health import ChannelHealth


class Desk:
    """No team is here."""

    def __init__(self):
        self.asked = asyncio.Event()

    async def read(self, *_question):
        self.asked.set()
        return ()


async def test_stop_with_a_change():
    """A stop that comes at the same moment as a change is not lost."""
    desk = Desk()
    watch = ChannelHealth(SimpleNamespace(guilds=[]), desk, lambda: None, lambda _: None)
    watch.start()
    await desk.asked.wait()
    await asyncio.sleep(0)

    watch.mark_changed(1)

    async with asyncio.timeout(2):
        await watch.stop()
