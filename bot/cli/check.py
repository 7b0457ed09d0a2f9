"""corrobot check: is everything there that a bot needs? Green, or a sentence each."""

import asyncio
import getpass
import shutil
import stat
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

import click
import discord
from discord.http import Route
from rich.console import Console
from rich.text import Text

from bot.channel_permissions import (
    find_lacking,
    is_unfit,
    list_forums,
    list_needed,
    list_uses,
    make_invitation,
    name_permission,
)
from bot.cli.database import open_for_reading
from bot.cli.options import config_option
from bot.clock import TrustedClock
from bot.config.environment import read_token
from bot.config.model import Config
from bot.config.read import read_config
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.discord_errors import EXPECTED
from bot.delivery.forum_tags import lacks_tags
from bot.delivery.request_limiter import RequestLimiter, RequestPacer
from bot.i18n.translator import translator_for
from bot.reading.chat import ChatClient
from bot.reading.engine import NoMemory, open_engine
from bot.reading.extractor import Extractor
from bot.rendering.waiting_posts import write_waiting
from workflows.desk import outbox, setup
from workflows.desk.channel_health import Cause, Hindrance
from workflows.desk.outbox import is_waiting
from workflows.errors import BadInput, CorrobotError
from workflows.policy import Policy
from workflows.store import connections
from workflows.store.outbox import WaitingPosts
from workflows.teams import Layout, Settings

LEAST_FREE = 200 * 1024 * 1024
"""Bytes that must be free beside the database, besides room for a copy of it."""
TRIED = "The mayor of Olden said on 3 May that 40 families had left the town."
"""What the language model is given to read."""
CLOCK = 2.0
"""Seconds a clock may be off: clicks must be answered within three."""


class CheckOutcome(Enum):
    FINE = "ok"
    WRONG = "wrong"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class CheckResult:
    verdict: CheckOutcome
    about: str
    said: str


def pass_check(about: str, said: str) -> CheckResult:
    return CheckResult(CheckOutcome.FINE, about, said)


def fail_check(about: str, said: str) -> CheckResult:
    return CheckResult(CheckOutcome.WRONG, about, said)


def note_check(about: str, said: str) -> CheckResult:
    return CheckResult(CheckOutcome.NOTE, about, said)


# ------------------------------------------------------------------------------- this machine


def database(config: Config) -> Iterator[CheckResult]:
    """Yield the file, its tables, the triggers that guard the history, and who may read it."""
    path = config.database
    if not path.exists():
        yield note_check("database", f"There is none at {path} yet; `corrobot run` creates one.")
        return
    try:
        with open_for_reading(config) as store:
            waiting, faults = store.waiting_steps(path), store.faults()
    except (CorrobotError, *connections.NOT_OURS) as error:
        yield fail_check("database", f"{path}: {error}")
        return
    if waiting:
        yield note_check("database", f"{waiting} migrations are waiting for the next start.")
    if faults:
        yield from (fail_check("database", fault) for fault in faults)
    else:
        yield pass_check("database", f"{path} is sound.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield note_check(
            "database", f"Other users of this machine can read {path}; protect it with `chmod 600`."
        )


def places(config: Config) -> Iterator[CheckResult]:
    """Yield the folders that the bot writes into and this account can't, each by trying."""
    folders = {
        "database": config.database.parent,
        "backup": config.backup_folder,
        "health": config.health_file.parent if config.health_file else None,
        "publish": config.publish.folder,
    }
    for about, folder in folders.items():
        # The bot makes the folders of backups and pages itself, within one that is there.
        there = (
            next((each for each in (folder, *folder.parents) if each.exists()), folder)
            if folder
            else None
        )
        if there is None:
            continue
        try:
            with tempfile.TemporaryFile(dir=there):
                pass
        except OSError as error:
            yield fail_check(
                about,
                f"{getpass.getuser()} can't write to {there}: {error.strerror}. Choose another"
                " folder in the configuration, or give this one to the bot's account.",
            )


def disk(config: Config) -> CheckResult:
    """Room for what comes and for one more copy of what is there."""
    place = next(folder for folder in config.database.parents if folder.exists())
    size = config.database.stat().st_size if config.database.exists() else 0
    free = shutil.disk_usage(place).free
    said = f"{free // 2**20} MB are free in {place}"
    if free < LEAST_FREE + size:
        return fail_check("disk", f"Only {said}; that may soon run out.")
    return pass_check("disk", f"{said}.")


async def model() -> CheckResult:
    """Return True if claims can be found: the process that reads texts starts and has its model."""
    try:
        async with Extractor() as extractor:
            await extractor.warm()
    except CorrobotError as error:
        return fail_check("extraction", str(error))
    return pass_check("extraction", "The language model is installed and loads.")


Waiting = Mapping[int, tuple[WaitingPosts, ...]]
"""By server, what its channels have not taken yet."""


def waiting_of(config: Config) -> Waiting:
    """Return what waits in each server; nothing where no database can be read."""
    if not config.database.exists():
        return {}
    try:
        with open_for_reading(config) as store:
            guilds = [team.settings.guild for team in store.teams.all()]
            return {guild: outbox.list_waiting(store, guild) for guild in guilds}
    except (CorrobotError, *connections.NOT_OURS):  # said by `database`
        return {}


def waiting(
    found: Iterable[WaitingPosts],
    settings: Settings,
    now: datetime,
    channels: Mapping[int, discord.abc.GuildChannel] | None = None,
    me: discord.Member | None = None,
) -> Iterator[CheckResult]:
    """Yield what is held up, and why; `channels` are those that Discord has now, if it was asked.

    Without it the reason is the one kept beside the posts.
    """
    about, tr = f"server {settings.guild}", translator_for("en")
    for each in found:
        channel = (channels or {}).get(each.channel)
        problem = _find_problem(channel, me) if channels is not None else None
        if not is_waiting(each, now, hindered=problem is not None):
            continue
        said = write_waiting(
            each,
            problem,
            tr,
            channel=f"#{channel.name}" if channel else f"channel {each.channel}",
            since=f"{each.since:%Y-%m-%d %H:%M} UTC",
        )
        known = problem is not None or each.reason is not None
        yield fail_check(about, said) if known else note_check(about, said)


def _find_problem(
    channel: discord.abc.GuildChannel | None, me: discord.Member | None
) -> Hindrance | None:
    if channel is None:
        return Hindrance(Cause.DELETED)
    if is_unfit(channel):
        return Hindrance(Cause.UNFIT)
    lacking = find_lacking(channel, ("view_channel", "send_messages"), me)
    names = tuple(name_permission(name, channel) for name in lacking)
    return Hindrance(Cause.CLOSED, names) if names else None


async def engine(config: Config) -> AsyncIterator[CheckResult]:
    """Yield whether the language model's server answers, has the model, and keeps to the shape."""
    if config.engine is None:
        return
    name, where = config.engine.model, config.engine.base_url
    async with ChatClient(config.engine, proxy=config.proxy) as chat:
        try:
            models = await chat.list_models()
        except CorrobotError as error:
            yield note_check("engine", f"{error} Its models can't be listed at {where}.")
        else:
            if models and name not in models:
                listed = ", ".join(models[:5])
                yield note_check("engine", f"{where} doesn't list {name}. It lists: {listed}.")
    async with (
        Extractor() as extractor,
        open_engine(config, extractor, NoMemory()) as reading,
    ):
        try:
            read = await reading.read_claims(TRIED, None)
        except CorrobotError as error:
            yield fail_check("engine", str(error))
            return
    if read.reading.fell_back:
        yield fail_check(
            "engine",
            f"{name} at {where} couldn't read a sentence; the log above says why. English is read"
            " by the built-in rules until it can.",
        )
    elif not read.claims:
        yield note_check(
            "engine", f"{name} answers in the right shape, but found nothing in: {TRIED}"
        )
    else:
        yield pass_check("engine", f"{name} at {where} reads: “{read.claims[0].words}”.")


def teams_of(config: Config) -> tuple[tuple[tuple[Settings, Policy], ...], list[CheckResult]]:
    """Return every team with its own settings, and which keys of the file are not in force."""
    teams = {settings.guild: (settings, policy) for settings, policy in config.teams}
    findings: list[CheckResult] = []
    if config.database.exists():
        try:
            with open_for_reading(config) as store:
                kept = store.teams.all()
        except (CorrobotError, *connections.NOT_OURS):
            kept = []  # said by `database`
        for team in kept:
            guild = team.settings.guild
            if guild in teams and (differing := setup.find_differing(team, *teams[guild])):
                findings.append(
                    note_check(
                        f"server {guild}",
                        "The team uses its own settings, not the file's: "
                        + ", ".join(differing)
                        + ". Change them with `/setup` and `/policy set`.",
                    )
                )
            teams[guild] = (team.settings, team.policy)
    if not teams:
        findings.append(
            note_check("teams", "There is none yet. Invite the bot, then use `/setup`.")
        )
    return tuple(teams.values()), findings


# ------------------------------------------------------------------------------------ Discord


async def discord_side(
    config: Config,
    token: str,
    teams: Iterable[tuple[Settings, Policy]],
    held: Waiting,
) -> AsyncIterator[CheckResult]:
    """Yield the token, the clock, and in each server the channels, permissions and roles."""
    Route.BASE = str(config.api_url).rstrip("/")
    clock = TrustedClock(config.now)
    gate = RequestLimiter(RequestPacer(), CircuitBreaker(), lambda _: None, clock)
    async with discord.Client(intents=discord.Intents.none(), http_trace=gate) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            yield fail_check(
                "token",
                "Discord doesn't accept the token in DISCORD_TOKEN. Reset it and copy it again.",
            )
            return
        except EXPECTED as error:
            yield fail_check("Discord", f"It can't be reached at {config.api_url}: {error}.")
            return
        yield pass_check("token", f"Discord accepts it: {client.user}.")
        yield _clock(clock)
        for settings, policy in teams:
            there = held.get(settings.guild, ())
            async for finding in _server(client, settings, policy, there, config.now()):
                yield finding


def _clock(clock: TrustedClock) -> CheckResult:
    ahead = clock.ahead_s
    if ahead is None:
        return note_check("clock", "Discord doesn't say what time it is.")
    if abs(ahead) > CLOCK:
        way = "ahead of" if ahead > 0 else "behind"
        return fail_check(
            "clock",
            f"This machine's clock is {abs(ahead):.0f} s {way} Discord's."
            " Have it set over the network (NTP).",
        )
    return pass_check("clock", "It agrees with Discord's.")


async def _server(
    client: discord.Client,
    settings: Settings,
    policy: Policy,
    held: Iterable[WaitingPosts],
    now: datetime,
) -> AsyncIterator[CheckResult]:
    about = f"server {settings.guild}"
    try:
        guild = await client.fetch_guild(settings.guild)
        channels = {channel.id: channel for channel in await guild.fetch_channels()}
        me = await guild.fetch_member(client.user.id if client.user else 0)
    except (discord.NotFound, discord.Forbidden):
        link = make_invitation(client.application_id or 0, settings.guild)
        yield fail_check(about, f"The bot isn't in this server. Invite it: {link}")
        return
    except EXPECTED as error:
        yield fail_check(about, f"Discord doesn't answer for it: {error}.")
        return
    found = list(_channels(settings, channels, me))
    if any(finding.verdict is CheckOutcome.WRONG for finding in found):
        needed = list_needed(settings, list_forums(channels.values()))
        link = make_invitation(client.application_id or 0, settings.guild, needed)
        found.append(note_check(about, f"Grant the missing permissions: {link}"))
    found += waiting(held, settings, now, channels, me)
    for finding in found:
        yield finding
    roles = settings.voter_roles | settings.moderator_roles | set(policy.weights)
    for role in sorted(roles - {role.id for role in guild.roles}):
        yield fail_check(
            about,
            f"There is no role {role}, although its settings or rules use it."
            " Change them with `/setup`.",
        )


def _channels(
    settings: Settings, channels: Mapping[int, discord.abc.GuildChannel], me: discord.Member
) -> Iterator[CheckResult]:
    about = f"server {settings.guild}"
    forums = list_forums(channels.values())
    if settings.layout is Layout.FORUM and settings.claims_channel not in forums:
        yield fail_check(
            about,
            'The layout is "forum", but the claims channel is no forum: cards are posted there as'
            " in any text channel. Choose a forum or another layout with `/setup`.",
        )
    for id_, needed in list_uses(settings, forums).items():
        channel = channels.get(id_)
        if channel is None:
            yield fail_check(about, f"There is no channel {id_}, or the bot can't see it.")
        elif is_unfit(channel):
            yield fail_check(
                about,
                f"#{channel.name} is a kind of channel in which nothing can be posted.",
            )
        elif lacking := find_lacking(channel, needed, me):
            names = ", ".join(name_permission(name, channel) for name in lacking)
            yield fail_check(about, f"The bot lacks permissions in #{channel.name}: {names}.")
        else:
            yield pass_check(about, f"The bot has all the permissions it needs in #{channel.name}.")
        if id_ == settings.claims_channel and isinstance(channel, discord.ForumChannel):
            yield _tags(channel, settings, me)


def _tags(forum: discord.ForumChannel, settings: Settings, me: discord.Member) -> CheckResult:
    about = f"server {settings.guild}"
    if lacks_tags(forum, settings.language, me):
        return note_check(
            about,
            f"#{forum.name} lacks status tags, and the bot can't create them: posts go without."
            " It needs Manage Channels there, and room for six tags among the forum's 20.",
        )
    return pass_check(about, f"#{forum.name}: each claim is a post, tagged with its status.")


async def run_checks(config: Config, token: str | None) -> AsyncIterator[CheckResult]:
    """Yield everything but the configuration itself; what needs Discord only with a token."""
    for finding in await asyncio.to_thread(lambda: list(database(config))):
        yield finding
    for finding in places(config):
        yield finding
    yield disk(config)
    yield await model()
    async for finding in engine(config):
        yield finding
    teams, findings = teams_of(config)
    for finding in findings:
        yield finding
    held = waiting_of(config)
    if token is not None:
        async for finding in discord_side(config, token, teams, held):
            yield finding
        return
    for settings, _ in teams:
        for finding in waiting(held.get(settings.guild, ()), settings, config.now()):
            yield finding


_SIGNS = {
    CheckOutcome.FINE: ("✓", "green"),
    CheckOutcome.WRONG: ("✗", "red"),
    CheckOutcome.NOTE: ("·", "yellow"),
}


@click.command()
@click.option("--offline", is_flag=True, help="Don't contact Discord.")
@config_option
def check(*, offline: bool, config_file: Path) -> None:
    """Check everything the bot needs, with or without a running bot.

    The configuration, the token, the database, the disk, the language model; and in Discord the
    clock, the bot's place in each server, its permissions in each channel, and the roles. Ends with
    1 if anything is wrong.
    """
    sys.exit(asyncio.run(_check(config_file, offline=offline)))


async def _check(config_file: Path, *, offline: bool) -> int:
    console = Console(highlight=False, soft_wrap=True)
    troubles = 0

    def say(finding: CheckResult) -> None:
        nonlocal troubles
        troubles += finding.verdict is CheckOutcome.WRONG
        sign, colour = _SIGNS[finding.verdict]
        console.print(Text(f"{sign} {finding.about}: ", style=colour) + Text(finding.said, ""))

    try:
        config = read_config(config_file)
    except BadInput as error:
        say(fail_check("configuration", str(error)))
        return 1
    say(pass_check("configuration", f"{config_file} is understood."))
    token = None
    try:
        token = read_token()
    except BadInput as error:
        say(fail_check("token", str(error)))
    async for finding in run_checks(config, None if offline else token):
        say(finding)
    if not troubles:
        console.print(Text("Nothing is wrong.", style="bold green"))
    return 1 if troubles else 0
