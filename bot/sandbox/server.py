"""The offline Discord with its page, on one loopback port.

    world = World(name="Newsroom", channels=("claims", "digest"), owner="Ada", bot="corrobot")
    moderators = world.role("moderators", MODERATOR)  # bot.sandbox.rules.permissions
    world.add_channel("moderators", only=(moderators,))
    world.user("Ben", (moderators,))
    discord = OfflineDiscord(world)
    await discord.start(8080)  # OSError when the port is taken
    print(discord.page_address)  # http://127.0.0.1:8080/?token=...
    ...the bot finds it at discord.api_url and discord.gateway_url...
    await discord.stop()

To keep a world: `world.save(path)`, and `World.load(path)` instead of `World(...)`.
"""

import secrets

from bot.sandbox.loopback import Loopback
from bot.sandbox.page import PageServer
from bot.sandbox.rest import ROOT
from bot.sandbox.world import World


class OfflineDiscord:
    """REST, gateway and page for one world."""

    def __init__(self, world: World, page_token: str | None = None) -> None:
        self.world = world
        self.page_token = page_token or secrets.token_urlsafe(24)
        app = world.application()
        PageServer(world, self.page_token).add_to(app)
        self._loopback = Loopback(app)

    async def start(self, port: int = 0) -> int:
        self.world.settle_at(await self._loopback.start(port))
        return self.world.port

    async def stop(self) -> None:
        await self.world.gateway.close()
        await self._loopback.stop()

    @property
    def page_address(self) -> str:
        return self.world.address(f"/?token={self.page_token}")

    @property
    def api_url(self) -> str:
        return self.world.address(ROOT)

    @property
    def gateway_url(self) -> str:
        return self.world.address("/gateway/", "ws")
