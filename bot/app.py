"""The wiring: the one place where the parts of the process are built, started and stopped."""

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.background.archiving import Archiver
from bot.background.feeds import FeedPoller
from bot.background.publishing import publish_apart
from bot.background.rounds import one_of_many
from bot.background.watching import LinkWatcher
from bot.client import CorrobotClient
from bot.clock import TrustedClock
from bot.config.model import Config, MailConfig
from bot.fact_check_search import FactCheckSearch
from bot.fetch.fetcher import Fetcher
from bot.health import Health
from bot.page_copies import CopyFolder
from bot.reading.engine import Engine, open_engine, remember_at_desk
from bot.reading.extractor import Extractor
from bot.reading.reader import Reader, make_fetcher
from workflows.desk import audit, backups, publication, retention, setup
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import BadInput, CorrobotError, Unavailable
from workflows.store import connections
from workflows.store.event_mark import EventMark

_log = logging.getLogger(__name__)

SWITCH_S = 0.0005
"""Seconds after which a thread that works for long, such as comparing, lets the next one work.

A vote goes from the event loop to the writer and back: at Python's 5 ms it would wait each time.
"""
TIDYING = 3600.0
"""Seconds between two looks for texts that were kept long enough."""

UNKNOWN_TOKEN = 4004
"""The gateway's code for a token that it does not know, or knows no more."""
REFUSED = (
    "Discord doesn't accept the token in DISCORD_TOKEN. Reset it on the application's page and"
    " set it again."
)


async def serve(config: Config, token: str) -> None:
    """Serve every team until SIGTERM or SIGINT. Raises a sentence where that cannot be."""
    sys.setswitchinterval(SWITCH_S)
    with connections.serving(config.database):
        connections.migrate(config.database, served_here=True)
        for file in connections.tighten(config.database):
            _log.warning("%s can be read by others, and its rights can't be changed", file)
        with open_desk(config) as desk:
            await _name_lost_events(desk, config)
            await _create_teams(desk, config)
            clock = TrustedClock(config.now)
            copying = asyncio.create_task(_back_up_regularly(config, clock), name="backups")
            tidying = asyncio.create_task(_tidy_regularly(config, desk, clock), name="retention")
            try:
                async with (
                    Extractor() as extractor,
                    make_fetcher(config) as fetcher,
                    open_engine(
                        config, extractor, remember_at_desk(config, desk, clock.now)
                    ) as engine,
                ):
                    await _serve(config, token, desk, fetcher, extractor, engine, clock)
            finally:
                copying.cancel()
                tidying.cancel()


async def _back_up_regularly(config: Config, clock: TrustedClock) -> None:
    """Verified copies, as [backup] wants them; one that fails is said and tried again."""
    while config.backup_folder is not None:
        try:
            with one_of_many("backup"):
                made = await asyncio.to_thread(
                    backups.back_up_if_due,
                    config.database,
                    config.backup_folder,
                    config.backup_every,
                    config.backup_keep,
                    clock.now(),
                    config.retention.backups if clock.is_known else None,
                )
        except CorrobotError as error:
            _log.error("backup failed: %s", error)
        else:
            if made:
                _log.info("backup: %s", made)
        await asyncio.sleep(min(60.0, config.backup_every.total_seconds()))


async def _publish_regularly(
    config: Config, desk: ClaimDesk, clock: TrustedClock, client: CorrobotClient
) -> None:
    """Public pages, as [publish] wants them; what cannot be written is said and tried again."""
    pages, shown = config.publish, ""
    await client.serving.wait()
    while pages.is_regular:
        try:
            with one_of_many("publishing"):
                guild = await desk.read(publication.find_guild, pages.guild)
                current = await desk.read(publication.find_fingerprint, guild)
                if current != shown:
                    _log.info("published: %s", await publish_apart(config.file))
                    address = pages.site.base_url
                    await desk.write(publication.tell_published, guild, address, clock.now())
                    client.outbox.wake()
                    shown = current
        except CorrobotError as error:
            _log.error("publishing failed, retrying later: %s", error)
        await asyncio.sleep(pages.every.total_seconds())


async def _tidy_regularly(config: Config, desk: ClaimDesk, clock: TrustedClock) -> None:
    """Texts that were kept as long as [retention] wants are removed, a few at a time."""
    while True:
        if not clock.is_known:  # nothing is removed by a clock that may be wrong
            await asyncio.sleep(1)
            continue
        removed = 0
        try:
            with one_of_many("retention"):
                removed = await desk.write(retention.remove_texts, config.retention, clock.now())
        except CorrobotError as error:
            _log.warning("retention failed, retrying later: %s", error)
        if removed:
            _log.info("retention: removed the texts of %d documents", removed)
        await asyncio.sleep(1 if removed == retention.AT_ONCE else TIDYING)


@contextmanager
def open_desk(config: Config) -> Iterator[ClaimDesk]:
    """The desk over a migrated database; what was begun is finished when it closes."""
    desk = ClaimDesk(config.database)
    try:
        yield desk
    finally:
        desk.close()


async def _name_lost_events(desk: ClaimDesk, config: Config) -> None:
    last = await desk.read(audit.read_last_event)
    mark = EventMark(config.database)
    if (lost := mark.read_lost() + max(0, mark.read() - last)) > 0:
        _log.error(
            "database: the last %d events are gone; a write-ahead log was removed, or an older"
            " copy was put in the database's place. Votes that were answered may be missing."
            " Once you have looked into it, run `corrobot audit --acknowledge`.",
            lost,
        )


async def _create_teams(desk: ClaimDesk, config: Config) -> None:
    for settings, policy in config.teams:
        team, differing = await desk.write(setup.create_team, settings, policy, config.now())
        if differing:
            _log.warning(
                "the team of server %d uses its own settings, not the file's: %s",
                team.settings.guild,
                ", ".join(differing),
            )


async def _poll_feeds(client: CorrobotClient, poller: FeedPoller) -> None:
    await client.serving.wait()
    await poller.run()


async def _send_webhooks(client: CorrobotClient) -> None:
    await client.serving.wait()
    await client.webhooks.run()


async def _take_snapshots(client: CorrobotClient) -> None:
    await client.serving.wait()
    await client.snapshots.run()


async def _archive(client: CorrobotClient, archiver: Archiver) -> None:
    await client.serving.wait()
    await archiver.run()


async def _watch_links(client: CorrobotClient, watcher: LinkWatcher) -> None:
    await client.serving.wait()
    await watcher.run()


async def _send_mail(client: CorrobotClient, config: MailConfig | None) -> None:
    if config is not None:
        mail = client.use_mail(config)
        await client.serving.wait()
        await mail.run()


async def _serve(
    config: Config,
    token: str,
    desk: ClaimDesk,
    fetcher: Fetcher,
    extractor: Extractor,
    engine: Engine,
    clock: TrustedClock,
) -> None:
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
    Route.BASE = str(config.api_url).rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = config.gateway_url
    reader = Reader(fetcher, extractor)
    client = CorrobotClient(
        desk,
        extractor,
        reader,
        fetcher,
        clock,
        config.retention,
        engine,
        config.servers,
        FactCheckSearch(fetcher, config.fact_check_search),
        CopyFolder(config.copy_folder, config.copy_limit) if config.copy_folder else None,
    )
    poller = FeedPoller(desk, fetcher, extractor, clock.now, client.outbox.wake, engine)
    stopped = _wait_for_stop_signal()
    running = asyncio.create_task(client.start(token), name="discord")
    stopping = asyncio.create_task(stopped.wait(), name="signals")
    failing = asyncio.create_task(client.failed.wait(), name="failures")
    polling = asyncio.create_task(_poll_feeds(client, poller), name="feeds")
    mailing = asyncio.create_task(_send_mail(client, config.mail), name="mail")
    telling = asyncio.create_task(_send_webhooks(client), name="webhooks")
    archiver = Archiver(desk, fetcher, clock.now, config.archiving, client.card_sync.wake)
    archiving = asyncio.create_task(_archive(client, archiver), name="archiving")

    def show_changes() -> None:
        client.card_sync.wake()
        client.outbox.wake()

    watcher = LinkWatcher(desk, reader, clock.now, config.watch_every, show_changes)
    watching = asyncio.create_task(_watch_links(client, watcher), name="watching")
    taking = asyncio.create_task(_take_snapshots(client), name="snapshots")
    publishing = asyncio.create_task(
        _publish_regularly(config, desk, clock, client), name="publishing"
    )
    health = asyncio.create_task(Health(config.health_file).run(client), name="health")
    try:
        await asyncio.wait({running, stopping, failing}, return_when=asyncio.FIRST_COMPLETED)
        if stopped.is_set():
            _log.info("shutdown: finishing work in progress")
        health.cancel()
        polling.cancel()
        publishing.cancel()
        telling.cancel()
        taking.cancel()
        watching.cancel()
        archiving.cancel()
        mailing.cancel()
        await client.drain()
        running.cancel()
        await _wait_for_end(running, config)
        if client.failure:
            raise client.failure
    finally:
        for task in (
            stopping,
            failing,
            health,
            polling,
            publishing,
            telling,
            taking,
            watching,
            archiving,
            mailing,
        ):
            task.cancel()
        if not client.is_closed():
            await client.close()


async def _wait_for_end(running: asyncio.Task[None], config: Config) -> None:
    """Return what ended the connection, as a sentence where there is one."""
    try:
        await running
    except asyncio.CancelledError:
        return
    except discord.LoginFailure as error:
        raise BadInput(REFUSED) from error
    except discord.ConnectionClosed as error:
        if error.code == UNKNOWN_TOKEN:
            raise BadInput(REFUSED) from error
        raise Unavailable(
            "Discord closed the connection for good, with code {number}.", number=str(error.code)
        ) from error
    except (aiohttp.ClientError, OSError, discord.HTTPException, discord.GatewayNotFound) as error:
        raise Unavailable(
            "Discord cannot be reached at {address}: {reason}.",
            address=config.api_url,
            reason=str(error),
        ) from error


def _wait_for_stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped
