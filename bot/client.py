"""The Discord client: what it listens to, how it starts, how it stops without losing anything."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial

import discord
from discord import app_commands
from discord.webhook.async_ import async_context

from bot.background.mail import MailSender
from bot.background.snapshots import SnapshotTaker
from bot.background.webhooks import WebhookSender
from bot.clock import TrustedClock
from bot.command_sync import sync_commands
from bot.config.model import FactCheckConfig, MailConfig
from bot.connection import CONNECTION_ERRORS, MAX_WAIT_S, ReconnectingClient, iter_waits
from bot.delivery.answers import AnswerAdapter
from bot.delivery.card_check import CardCheck
from bot.delivery.card_sync import CardSync
from bot.delivery.channel_health import ChannelHealth
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.outbox import Outbox
from bot.delivery.placement import Placement
from bot.delivery.post_sync import PostSync
from bot.delivery.request_limiter import RequestLimiter, RequestPacer
from bot.delivery.withdrawal import Withdrawal
from bot.draft_matches import DraftMatches
from bot.errors import answer_error
from bot.fact_check_search import FactCheckSearch
from bot.features import (
    assignments,
    audit,
    checked_before,
    claim_group,
    details,
    digest,
    documents,
    editing,
    evidence,
    export,
    feeds,
    help,  # noqa: A004  # the command's own name
    intake,
    intake_preview,
    manual_claims,
    merging,
    message_evidence,
    moderation,
    moderation_menu,
    policy,
    privacy,
    publication,
    queue,
    scenes,
    search,
    setup,
    subscriptions,
    vote_removal,
    voting,
    webhooks,
)
from bot.fetch.fetcher import Fetcher
from bot.i18n.command_names import CommandNames
from bot.message_builder import MessageBuilder
from bot.page_copies import CopyFolder
from bot.reading.engine import Engine
from bot.reading.extractor import Extractor
from bot.reading.reader import Reader
from bot.rendering.charts import ChartProcess
from bot.schedule import AlarmClock
from bot.ui.command_options import require_fitting_options
from bot.ui.components import handle_component
from bot.ui.context import Command, describe_member, handle_errors
from bot.ui.feature import Feature
from bot.ui.modals import FormMemory, TryAgainButton, handle_modal
from workflows.desk import intake as desk_intake
from workflows.desk import notices, outbox
from workflows.desk.channel_health import Resolved
from workflows.desk.claim_desk import ClaimDesk
from workflows.desk.retention import Retention
from workflows.errors import CorrobotError, DatabaseGone, Refused, Unavailable
from workflows.memory import settle_memory
from workflows.teams import Person
from workflows.urls import load_suffixes

_log = logging.getLogger(__name__)

FEATURES: tuple[Feature, ...] = (
    intake.FEATURE,
    intake_preview.FEATURE,
    feeds.FEATURE,
    webhooks.FEATURE,
    claim_group.FEATURE,
    voting.FEATURE,
    evidence.FEATURE,
    queue.FEATURE,
    message_evidence.FEATURE,
    search.FEATURE,
    assignments.FEATURE,
    manual_claims.FEATURE,
    documents.FEATURE,
    moderation.FEATURE,
    editing.FEATURE,
    moderation_menu.FEATURE,
    details.FEATURE,
    checked_before.FEATURE,
    publication.FEATURE,
    scenes.FEATURE,
    vote_removal.FEATURE,
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
ITEMS = (
    voting.VoteButton,
    TryAgainButton,
    *(item for feature in FEATURES for item in feature.items),
)
MODALS = {kind: handler for feature in FEATURES for kind, handler in feature.modals.items()}
DATABASE_WATCH_S = 0.5
"""Seconds between two looks whether another process has written to the database."""
GUILD_READY_TIMEOUT_S = 0.5
"""Seconds of silence after which no more servers are waited for at a start."""
ANSWER_DEADLINE_S = 4.0
"""Seconds after which Discord surely takes no first answer: three, and one for its clock, which it
tells to the second."""
DRAIN_TIMEOUT_S = 10.0
"""Seconds a stop waits for handlers that are under way."""


async def _refuse_foreign(_: discord.Interaction["CorrobotClient"]) -> None:
    raise Refused(
        "This installation of Corrobot doesn't serve this server. Whoever runs it can add it to"
        " [discord] servers.",
        code="foreign-server",
    )


async def _load_suffixes() -> None:
    """Load what tells sites apart beside the votes: whoever brings the first link needs it."""
    await asyncio.to_thread(load_suffixes)


class Tree(app_commands.CommandTree["CorrobotClient"]):
    async def interaction_check(
        self, interaction: discord.Interaction["CorrobotClient"], /
    ) -> bool:
        if not interaction.client.is_foreign(interaction):
            return await self._is_fitting(interaction)
        if interaction.type is not discord.InteractionType.autocomplete:
            await handle_errors(interaction, _refuse_foreign)
        return False

    async def _is_fitting(self, interaction: discord.Interaction["CorrobotClient"]) -> bool:
        """Return True for a command with what it takes; for another say so."""
        try:
            require_fitting_options(interaction)
        except CorrobotError as error:
            await answer_error(interaction, error)
            return False
        return True

    async def on_error(
        self,
        interaction: discord.Interaction["CorrobotClient"],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        await answer_error(interaction, error)
        interaction.client.mark_done(interaction.id)


class CorrobotClient(ReconnectingClient):
    """The bot. It needs no privileged intent: servers, channels and roles, and interactions."""

    def __init__(
        self,
        desk: ClaimDesk,
        extractor: Extractor,
        reader: Reader,
        fetcher: Fetcher,
        clock: TrustedClock,
        keeping: Retention,
        engine: Engine,
        servers: frozenset[int] = frozenset(),
        fact_checks: FactCheckSearch | None = None,
        copies: CopyFolder | None = None,
    ) -> None:
        """`servers` are the only ones that are served; empty: all."""
        gate = RequestLimiter(RequestPacer(), CircuitBreaker(), self._on_circuit_closed, clock)
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            guild_ready_timeout=GUILD_READY_TIMEOUT_S,
            http_trace=gate,
            max_ratelimit_timeout=MAX_WAIT_S,
        )
        self.desk, self.extractor, self.reader = desk, extractor, reader
        self.engine = engine
        self.fact_checks = fact_checks or FactCheckSearch(fetcher, FactCheckConfig())
        self.clock, self.now = clock, clock.now
        now = clock.now
        self.retention, self._servers = keeping, servers
        self.charts = ChartProcess()
        self.draft_matches = DraftMatches()
        self.tree = Tree(self)
        self.request_limiter, faces = (
            gate,
            MessageBuilder(desk, self.charts, now, self._get_server_name, self.find_person),
        )
        self.channel_health = ChannelHealth(self, desk, now, self._on_channels_open)
        placement = Placement(self, desk)
        self.post_sync = PostSync(
            self,
            desk,
            faces.build_post,
            now,
            placement.tags,
            refused=self.channel_health.mark_refused,
            told=self._wake_outbox,
        )
        self.card_sync = CardSync(
            self,
            desk,
            faces.build_card,
            now,
            refused=self.channel_health.mark_refused,
            told=self._wake_outbox,
            shown=self.post_sync.wake,
        )
        self.outbox = Outbox(
            self,
            desk,
            faces.build_message,
            self.card_sync.mark_stale,
            self._get_discord_time,
            placement,
            hindrance=self.channel_health.find_reason,
            refused=self.channel_health.mark_refused,
        )
        self.webhooks = WebhookSender(desk, fetcher, now, self._wake_outbox)
        self.snapshots = SnapshotTaker(desk, reader, now, self.card_sync.wake, copies)
        self.mail: MailSender | None = None
        self.withdrawal = Withdrawal(self, desk)
        self.card_check = CardCheck(self, desk, now, self._wake_outbox)
        self.alarm_clock = AlarmClock(
            desk,
            now,
            self._on_ring,
            before=self._confirm_time,
            find_person=self.find_person,
            find_direct=self._find_direct,
        )
        self.forms = FormMemory()
        self.command_ids: dict[str, int] = {}
        self._under_way: set[int] = set()
        self._idle = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None
        self._beside: set[asyncio.Task[None]] = set()
        self._registering: asyncio.Task[None] | None = None
        self._arriving = asyncio.Lock()
        self._begun = False
        self._told_of_clock: bool | None = None
        self.serving = asyncio.Event()
        self.failed = asyncio.Event()
        self.failure: CorrobotError | None = None

    def list_commands(self) -> list[Command]:
        return self.tree.get_commands()

    async def setup_hook(self) -> None:
        async_context.set(AnswerAdapter(self.request_limiter))
        for command in COMMANDS:
            self.tree.add_command(command)
        await self.tree.set_translator(CommandNames())
        if not await self._sync_commands():
            self._registering = asyncio.create_task(self._sync_commands_later(), name="registering")

    async def _sync_commands(self) -> bool:
        """Return True if Discord has our commands. Without them the bot serves none the less."""
        try:
            self.command_ids = await sync_commands(self.tree, self.desk, self.application_id)
        except app_commands.CommandSyncFailure:
            _log.exception("command sync refused by Discord; keeping the commands it has")
        except (*CONNECTION_ERRORS, CorrobotError) as error:
            _log.warning("command sync failed, retrying: %s", error)
            return False
        return True

    async def _sync_commands_later(self) -> None:
        for wait in iter_waits():
            await asyncio.sleep(wait)
            if await self._sync_commands():
                return

    async def on_ready(self) -> None:
        """May come again after each reconnect; what is started is started once."""
        if self._begun:
            return
        self._begun = True
        self.outbox.start()
        self.card_sync.start()
        self.post_sync.start()
        await self.alarm_clock.start()
        self._watching = asyncio.create_task(self._watch_database(), name="watch")
        self.channel_health.start()
        self.card_check.start()
        self.withdraw()
        self._spawn(self._finish_arrivals())
        self._spawn(_load_suffixes())
        settle_memory()
        self.serving.set()
        _log.info("ready: serving as %s in %d servers", self.user, len(self.guilds))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.channel_health.mark_changed(guild.id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        self.channel_health.mark_changed(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.channel_health.mark_changed(guild.id)

    async def on_guild_channel_update(
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        self.channel_health.mark_changed(after.guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self.channel_health.mark_changed(channel.guild.id)

    async def on_thread_update(self, _before: discord.Thread, after: discord.Thread) -> None:
        self.channel_health.mark_changed(after.guild.id)

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        self.channel_health.mark_changed(thread.guild_id)
        self._spawn(self._lose_thread(thread.thread_id))

    async def _lose_thread(self, thread: int) -> None:
        """The cards in a thread or post that was deleted are gone as deleted ones are."""
        if await self.desk.write(outbox.mark_thread_lost, thread, self.now()):
            self.outbox.wake()

    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        self.channel_health.mark_changed(after.guild.id)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        self.channel_health.mark_changed(role.guild.id)

    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        self.channel_health.mark_changed(after.guild.id)  # our own roles: of others we hear nothing

    async def on_interaction(self, interaction: discord.Interaction["CorrobotClient"]) -> None:
        """Presses, choices and forms come in here, by their id, whichever process showed them.

        Commands are only noted: discord.py runs them, and says below when they are done.
        """
        if interaction.type is discord.InteractionType.application_command:
            self._under_way.add(interaction.id)
        elif self.is_foreign(interaction):
            await handle_errors(interaction, _refuse_foreign)
        elif interaction.type is discord.InteractionType.component:
            await handle_errors(interaction, partial(handle_component, components=ITEMS))
        elif interaction.type is discord.InteractionType.modal_submit:
            await handle_errors(interaction, partial(handle_modal, handlers=MODALS))

    def is_foreign(self, interaction: discord.Interaction["CorrobotClient"]) -> bool:
        """Return True in a server that this installation does not serve."""
        served = not self._servers or interaction.guild_id in (None, *self._servers)
        if not served:
            _log.warning("server %s isn't in [discord] servers", interaction.guild_id)
        return not served

    def tell_of_unknown_card(self, interaction: discord.Interaction["CorrobotClient"]) -> None:
        """A card names a claim that this database does not have: log it, tell moderators once."""
        message, guild = interaction.message, interaction.guild_id
        if guild is None or message is None or message.flags.ephemeral:
            return
        _log.warning(
            "a card in server %d names a claim that this database doesn't have (%s): it was posted"
            " from another database, or a second corrobot runs with this token",
            guild,
            message.jump_url,
        )
        self._spawn(self._tell_of_unknown_card(guild, message.jump_url))

    async def _tell_of_unknown_card(self, guild: int, link: str) -> None:
        with suppress(CorrobotError):  # a server without a team has nobody to be told
            await self.desk.write(notices.tell_of_unknown_card, guild, link, self.now())
            self.outbox.wake()

    async def on_app_command_completion(
        self, interaction: discord.Interaction, command: object
    ) -> None:
        del command
        self.mark_done(interaction.id)

    @contextmanager
    def track_handler(self, interaction: discord.Interaction) -> Iterator[None]:
        """While inside, a stop waits for us."""
        self._under_way.add(interaction.id)
        try:
            yield
        finally:
            self.mark_done(interaction.id)

    def mark_done(self, interaction: int) -> None:
        self._under_way.discard(interaction)
        if not self._under_way:
            self._idle.set()

    async def drain(self) -> None:
        """Finish what was begun, in the order in which one thing leads to another; then close."""
        for task in (self._watching, self._registering):
            if task:
                task.cancel()
        await self.card_check.stop()
        await self.channel_health.stop()
        if self._begun:
            await self.alarm_clock.stop()
        self.extractor.stop()
        self.engine.stop()
        await self._wait_for_handlers()
        await self.outbox.stop()
        await self.post_sync.stop()
        with suppress(CorrobotError):  # what is not kept is found again at the next start
            await self.card_sync.stop()
        await self.charts.close()
        await self.close()

    async def _wait_for_handlers(self) -> None:
        self._idle.clear()
        if self._under_way:
            with suppress(TimeoutError):
                async with asyncio.timeout(DRAIN_TIMEOUT_S):
                    await self._idle.wait()

    def is_too_late(self, interaction: discord.Interaction) -> bool:
        """Return True if Discord no longer waits for an answer, by what it lately said of the time.

        Else everything is answered: our clock alone may be wrong by any time, or have jumped.
        """
        theirs = self.clock.discord_time()
        return (theirs is not None and self.clock.is_fresh) and (
            (theirs - interaction.created_at).total_seconds() > ANSWER_DEADLINE_S
        )

    def _get_discord_time(self) -> datetime:
        """Return the time by which Discord forgets a nonce, and dates its messages."""
        return self.clock.discord_time() or self.now()

    async def _confirm_time(self) -> None:
        """Before anything is done by the clock: where the two disagree, tell of it once."""
        if self.clock.is_doubtful:
            await self.http.get_bot_gateway()  # any answer tells the time
        ahead = self.clock.ahead_s
        if ahead is None or self.clock.is_wrong is self._told_of_clock:
            return
        self._told_of_clock = self.clock.is_wrong
        await self.desk.write(
            notices.tell_all_of_clock, ahead if self._told_of_clock else None, self.now()
        )
        self.outbox.wake()

    async def find_person(self, server: int, account: int) -> Person | None:
        """Return somebody with the roles they have now; None where they are not in the server.

        Raises Unavailable where the bot itself is not there.
        """
        guild = self.get_guild(server)
        if guild is None:
            raise Unavailable(
                "The bot isn't in server {guild}. Invite it there first.", guild=str(server)
            )
        try:
            member = await guild.fetch_member(account)
        except discord.NotFound:
            return None
        return describe_member(member)

    async def _find_direct(self, account: int) -> int | None:
        """Return the direct channel to somebody; None where Discord gives none."""
        try:
            return (await self.create_dm(discord.Object(account))).id
        except (discord.Forbidden, discord.NotFound):
            return None

    def _on_circuit_closed(self, seconds: float) -> None:
        self._spawn(self._tell_of_pause(seconds))

    async def _tell_of_pause(self, seconds: float) -> None:
        await self.desk.write(notices.tell_all_of_pause, seconds, self.now())
        self.outbox.wake()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        """Do it beside everything else; what goes wrong is logged."""
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._on_background_done)

    def _on_background_done(self, task: asyncio.Task[None]) -> None:
        self._beside.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("background task failed", exc_info=error)

    def _on_channels_open(self, resolved: Resolved) -> None:
        for channel in resolved.channels:
            self.card_sync.mark_channel_open(channel)
            self.post_sync.mark_channel_open(channel)
        if resolved.queued:
            self.post_sync.wake()
            self.outbox.wake()

    def _wake_outbox(self) -> None:
        self.outbox.wake()

    def use_mail(self, config: MailConfig) -> MailSender:
        """Have digests go out by mail too."""
        self.mail = MailSender(
            self.desk,
            config,
            self.now,
            lambda guild: self._get_server_name(guild) or "Discord",
            self.find_person,
        )
        return self.mail

    def _get_server_name(self, guild: int) -> str | None:
        server = self.get_guild(guild)
        return server.name if server else None

    async def _on_ring(self) -> None:
        self._spawn(self._finish_arrivals())
        self.outbox.wake()
        self.card_sync.wake()
        self.withdraw()

    async def _finish_arrivals(self) -> None:
        """Go on with documents that a process left half written when it ended."""
        try:
            async with self._arriving:
                await self.desk.write_steps(desk_intake.write_next, None, self.now())
        except (
            Unavailable
        ) as error:  # a stop, say: what is left is written by the next ring or start
            _log.warning("a document is half written, continuing later: %s", error)
        self.outbox.wake()

    def withdraw(self) -> None:
        """Delete, beside everything else, the messages that called somebody forgotten."""
        self._spawn(self.withdrawal.run())

    async def _watch_database(self) -> None:
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
                _log.warning("retrying later: %s", error)
            else:
                if seen is not None and version != seen:
                    await self._on_ring()
                seen = version
            await asyncio.sleep(DATABASE_WATCH_S)
