"""The Discord client: what it listens to, how it starts, how it stops without losing anything."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from functools import partial

import discord
from discord import app_commands

from bot.command_sync import register
from bot.connection import LONGEST_WAIT, OUT_OF_ORDER, PatientClient, waits
from bot.delivery.card_check import Patrol
from bot.delivery.card_sync import Showing
from bot.delivery.channel_health import Surroundings
from bot.delivery.circuit_breaker import Fuse
from bot.delivery.outbox import Outbox
from bot.delivery.request_limiter import Gate, Pace
from bot.errors import answer_error
from bot.extractor import Extractor
from bot.features import (
    audit,
    claim_group,
    digest,
    documents,
    evidence,
    export,
    help,  # noqa: A004  # the command's own name
    intake,
    intake_preview,
    manual_claims,
    merging,
    message_evidence,
    moderation,
    policy,
    privacy,
    search,
    setup,
    subscriptions,
    voting,
)
from bot.i18n.command_names import CommandNames
from bot.message_builder import Faces
from bot.rendering.charts import Charts
from bot.schedule import AlarmClock
from bot.ui.context import Command, answering
from bot.ui.feature import Feature
from bot.ui.modals import submit
from workflows.desk import notices, outbox
from workflows.desk.claim_desk import ClaimDesk
from workflows.desk.retention import Retention
from workflows.errors import CorrobotError, DatabaseGone

_log = logging.getLogger(__name__)

FEATURES: tuple[Feature, ...] = (
    intake.FEATURE,
    intake_preview.FEATURE,
    claim_group.FEATURE,
    voting.FEATURE,
    evidence.FEATURE,
    message_evidence.FEATURE,
    search.FEATURE,
    manual_claims.FEATURE,
    documents.FEATURE,
    moderation.FEATURE,
    merging.FEATURE,
    digest.FEATURE,
    subscriptions.FEATURE,
    policy.FEATURE,
    export.FEATURE,
    audit.FEATURE,
    setup.FEATURE,
    privacy.FEATURE,
    help.FEATURE,
)
"""Everything the bot answers; each feature has its namesake in `workflows/desk`."""
COMMANDS = tuple(command for feature in FEATURES for command in feature.commands)
ITEMS = tuple(item for feature in FEATURES for item in feature.items)
MODALS = {kind: handler for feature in FEATURES for kind, handler in feature.modals.items()}
WATCH = 0.5
"""Seconds between two looks whether another process has written to the database."""
SERVERS_LATE = 0.5
"""Seconds of silence after which no more servers are waited for at a start."""
TOO_LATE = 4.0
"""Seconds after which Discord surely takes no first answer: three, and one for its clock, which it
tells to the second."""
DRAIN = 10.0
"""Seconds a stop waits for handlers that are under way."""


class Tree(app_commands.CommandTree["CorrobotClient"]):
    async def on_error(
        self,
        interaction: discord.Interaction["CorrobotClient"],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        await answer_error(interaction, error)
        interaction.client.done(interaction.id)


class CorrobotClient(PatientClient):
    """The bot. It needs no privileged intent: servers, channels and roles, and interactions."""

    def __init__(
        self, desk: ClaimDesk, extractor: Extractor, now: Callable[[], datetime], keeping: Retention
    ) -> None:
        gate = Gate(Pace(), Fuse(), self._taken_again)
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            guild_ready_timeout=SERVERS_LATE,
            http_trace=gate,
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        self.desk, self.extractor, self.now = desk, extractor, now
        self.keeping = keeping
        self.charts = Charts()
        self.tree = Tree(self)
        self.gate, faces = gate, Faces(desk, self.charts, now, self._server_name)
        self.surroundings = Surroundings(self, desk, now, self._opened)
        self.showing = Showing(
            self,
            desk,
            faces.face,
            now,
            refused=self.surroundings.refused,
            told=self._told,
        )
        self.outbox = Outbox(
            self,
            desk,
            faces.post,
            self.showing.doubt,
            now,
            hindrance=self.surroundings.hindrance,
            refused=self.surroundings.refused,
        )
        self.patrol = Patrol(self, desk, now, self._told)
        self.clock = AlarmClock(desk, now, self._rung)
        self._under_way: set[int] = set()
        self._idle = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None
        self._beside: set[asyncio.Task[None]] = set()
        self._registering: asyncio.Task[None] | None = None
        self._begun = False
        self.serving = asyncio.Event()
        self.failed = asyncio.Event()
        self.failure: CorrobotError | None = None

    def commands(self) -> list[Command]:
        return self.tree.get_commands()

    async def setup_hook(self) -> None:
        self.add_dynamic_items(*ITEMS)
        for command in COMMANDS:
            self.tree.add_command(command)
        await self.tree.set_translator(CommandNames())
        if not await self._registered():
            self._registering = asyncio.create_task(self._register_later(), name="registering")

    async def _registered(self) -> bool:
        """Whether Discord has our commands. Without them the bot serves none the less."""
        try:
            await register(self.tree, self.desk, self.application_id)
        except app_commands.CommandSyncFailure:
            _log.exception("Discord does not take our commands; those it has stay")
        except (*OUT_OF_ORDER, CorrobotError) as error:
            _log.warning("the commands could not be told to Discord yet: %s", error)
            return False
        return True

    async def _register_later(self) -> None:
        for wait in waits():
            await asyncio.sleep(wait)
            if await self._registered():
                return

    async def on_ready(self) -> None:
        """May come again after each reconnect; what is started is started once."""
        if self._begun:
            return
        self._begun = True
        self.outbox.start()
        self.showing.start()
        await self.clock.start()
        self._watching = asyncio.create_task(self._watch(), name="watch")
        self.surroundings.start()
        self.patrol.start()
        self.serving.set()
        _log.info("ready: serving as %s in %d servers", self.user, len(self.guilds))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.surroundings.changed(guild.id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        self.surroundings.changed(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.surroundings.changed(guild.id)

    async def on_guild_channel_update(
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        self.surroundings.changed(after.guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self.surroundings.changed(channel.guild.id)

    async def on_thread_update(self, _before: discord.Thread, after: discord.Thread) -> None:
        self.surroundings.changed(after.guild.id)

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        self.surroundings.changed(thread.guild_id)

    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        self.surroundings.changed(after.guild.id)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        self.surroundings.changed(role.guild.id)

    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        self.surroundings.changed(after.guild.id)  # our own roles: of others we hear nothing

    async def on_interaction(self, interaction: discord.Interaction["CorrobotClient"]) -> None:
        """Forms come in here, by their id, whether this process opened them or one before it.

        Commands are only noted: discord.py runs them, and says below when they are done.
        """
        if interaction.type is discord.InteractionType.application_command:
            self._under_way.add(interaction.id)
        elif interaction.type is discord.InteractionType.modal_submit:
            await answering(interaction, partial(submit, handlers=MODALS))

    async def on_app_command_completion(
        self, interaction: discord.Interaction, command: object
    ) -> None:
        del command
        self.done(interaction.id)

    @asynccontextmanager
    async def handling(self, interaction: discord.Interaction) -> AsyncIterator[None]:
        """While inside, a stop waits for us."""
        self._under_way.add(interaction.id)
        try:
            yield
        finally:
            self.done(interaction.id)

    def done(self, interaction: int) -> None:
        self._under_way.discard(interaction)
        if not self._under_way:
            self._idle.set()

    async def drain(self) -> None:
        """Finish what was begun, in the order in which one thing leads to another; then close."""
        for task in (self._watching, self._registering):
            if task:
                task.cancel()
        await self.patrol.stop()
        await self.surroundings.stop()
        if self._begun:
            await self.clock.stop()
        self.extractor.stop()
        await self._handlers_done()
        await self.outbox.stop()
        with suppress(CorrobotError):  # what is not kept is found again at the next start
            await self.showing.stop()
        await self.charts.close()
        await self.close()

    async def _handlers_done(self) -> None:
        self._idle.clear()
        if self._under_way:
            with suppress(TimeoutError):
                async with asyncio.timeout(DRAIN):
                    await self._idle.wait()

    def too_late(self, interaction: discord.Interaction) -> bool:
        """Whether Discord waits for no answer any more, by its own clock as far as that is known.

        While it is not known everything is answered: our clock alone may be wrong by any time.
        """
        if self.gate.ahead is None:
            return False
        return self.gate.age(interaction.created_at, self.now()) > TOO_LATE

    def _taken_again(self, seconds: float) -> None:
        self._spawn(self._tell_of_pause(seconds))

    async def _tell_of_pause(self, seconds: float) -> None:
        await self.desk.write(notices.tell_all_of_pause, seconds, self.now())
        self.outbox.wake()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        """Do it beside everything else; what goes wrong is logged."""
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._ended_beside)

    def _ended_beside(self, task: asyncio.Task[None]) -> None:
        self._beside.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("work beside the bot failed", exc_info=error)

    def _opened(self, channels: Iterable[int]) -> None:
        for channel in channels:
            self.showing.opened(channel)
        self.outbox.wake()

    def _told(self) -> None:
        self.outbox.wake()

    def _server_name(self, guild: int) -> str | None:
        server = self.get_guild(guild)
        return server.name if server else None

    async def _rung(self) -> None:
        self.outbox.wake()
        self.showing.nudge()

    async def _watch(self) -> None:
        """Notice what other processes write: `corrobot intake` beside us, for one."""
        seen: int | None = None
        while True:
            try:
                version = await self.desk.write(outbox.read_data_version)
            except DatabaseGone as error:
                self.failure = error
                self.failed.set()
                return
            except CorrobotError as error:
                _log.warning("looking again later: %s", error)
            else:
                if seen is not None and version != seen:
                    await self._rung()
                seen = version
            await asyncio.sleep(WATCH)
