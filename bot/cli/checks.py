"""What `corrobot check` looks at, each a finding: fine, wrong, or worth knowing."""

import asyncio
import shutil
import stat
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

import discord
from discord.http import Route

from bot.cli.options import open_for_reading
from bot.config import Config
from bot.delivery.fuse import Fuse
from bot.delivery.gate import Gate
from bot.delivery.meanings import EXPECTED
from bot.delivery.pace import Pace
from bot.extractor import Extractor
from bot.permissions import NAMES, invitation, lacking_in, uses
from workflows.desk import founding
from workflows.errors import CorrobotError
from workflows.policy import Policy
from workflows.store import connections
from workflows.teams import Settings

LEAST_FREE = 200 * 1024 * 1024
"""Bytes that must be free beside the database, besides room for a copy of it."""
CLOCK = 2.0
"""Seconds a clock may be off: clicks must be answered within three."""


class Verdict(Enum):
    FINE = "ok"
    WRONG = "wrong"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    verdict: Verdict
    about: str
    said: str


def fine(about: str, said: str) -> Finding:
    return Finding(Verdict.FINE, about, said)


def wrong(about: str, said: str) -> Finding:
    return Finding(Verdict.WRONG, about, said)


def note(about: str, said: str) -> Finding:
    return Finding(Verdict.NOTE, about, said)


# ------------------------------------------------------------------------------- this machine


def database(config: Config) -> Iterator[Finding]:
    """The file, its tables, the triggers that guard the history, and who may read it."""
    path = config.database
    if not path.exists():
        yield note("database", f"There is none at {path} yet; `corrobot run` makes one.")
        return
    try:
        with open_for_reading(config) as store:
            waiting, faults = store.waiting_steps(path), store.faults()
    except (CorrobotError, *connections.NOT_OURS) as error:
        yield wrong("database", f"{path}: {error}")
        return
    if waiting:
        yield note("database", f"{waiting} steps of its tables wait for the next start.")
    if faults:
        yield from (wrong("database", fault) for fault in faults)
    else:
        yield fine("database", f"{path} is sound.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield note("database", f"Others on this machine may read {path}; `chmod 600` keeps it.")


def disk(config: Config) -> Finding:
    """Room for what comes and for one more copy of what is there."""
    place = next(folder for folder in config.database.parents if folder.exists())
    size = config.database.stat().st_size if config.database.exists() else 0
    free = shutil.disk_usage(place).free
    said = f"{free // 2**20} MB are free in {place}"
    if free < LEAST_FREE + size:
        return wrong("disk", f"Only {said}; that may not last.")
    return fine("disk", f"{said}.")


async def model() -> Finding:
    """Whether claims can be found: the process that reads texts starts and has its model."""
    try:
        async with Extractor() as extractor:
            await extractor.warm()
    except CorrobotError as error:
        return wrong("extraction", str(error))
    return fine("extraction", "The language model is there and loads.")


def teams_of(config: Config) -> tuple[tuple[tuple[Settings, Policy], ...], list[Finding]]:
    """Every team with its own settings, and which keys of the file are not in force."""
    teams = {settings.guild: (settings, policy) for settings, policy in config.teams}
    findings: list[Finding] = []
    if config.database.exists():
        try:
            with open_for_reading(config) as store:
                kept = store.teams.all()
        except (CorrobotError, *connections.NOT_OURS):
            kept = []  # said by `database`
        for team in kept:
            guild = team.settings.guild
            if guild in teams and (differing := founding.differing(team, *teams[guild])):
                findings.append(
                    note(
                        f"server {guild}",
                        "The team goes by its own settings, not the file's: "
                        + ", ".join(differing)
                        + ". `/setup` and `/policy set` change them.",
                    )
                )
            teams[guild] = (team.settings, team.policy)
    if not teams:
        findings.append(note("teams", "There is none yet: invite the bot, and use `/setup`."))
    return tuple(teams.values()), findings


# ------------------------------------------------------------------------------------ Discord


async def discord_side(
    config: Config, token: str, teams: Iterable[tuple[Settings, Policy]]
) -> AsyncIterator[Finding]:
    """The token, the clock, and in each server the channels, permissions and roles."""
    Route.BASE = str(config.api_url).rstrip("/")
    gate = Gate(Pace(), Fuse(), lambda _: None)
    async with discord.Client(intents=discord.Intents.none(), http_trace=gate) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            yield wrong("token", "Discord does not accept the token in DISCORD_TOKEN.")
            return
        except EXPECTED as error:
            yield wrong("Discord", f"It cannot be reached at {config.api_url}: {error}.")
            return
        yield fine("token", f"Discord knows it: {client.user}.")
        yield _clock(gate)
        for settings, policy in teams:
            async for finding in _server(client, settings, policy):
                yield finding


def _clock(gate: Gate) -> Finding:
    ahead = gate.ahead
    if ahead is None:
        return note("clock", "Discord does not say what time it is.")
    if abs(ahead) > CLOCK:
        way = "ahead of" if ahead > 0 else "behind"
        return wrong(
            "clock",
            f"This machine's clock is {abs(ahead):.0f} s {way} Discord's. Let it be set by the"
            " network (NTP).",
        )
    return fine("clock", "It agrees with Discord's.")


async def _server(
    client: discord.Client, settings: Settings, policy: Policy
) -> AsyncIterator[Finding]:
    about = f"server {settings.guild}"
    try:
        guild = await client.fetch_guild(settings.guild)
        channels = {channel.id: channel for channel in await guild.fetch_channels()}
        me = await guild.fetch_member(client.user.id if client.user else 0)
    except (discord.NotFound, discord.Forbidden):
        link = invitation(client.application_id or 0, settings.guild)
        yield wrong(about, f"The bot is not in it. Invite it: {link}")
        return
    except EXPECTED as error:
        yield wrong(about, f"Discord does not tell of it: {error}.")
        return
    found = list(_channels(settings, channels, me))
    if any(finding.verdict is Verdict.WRONG for finding in found):
        link = invitation(client.application_id or 0, settings.guild)
        found.append(note(about, f"This link grants what is missing: {link}"))
    for finding in found:
        yield finding
    roles = settings.voter_roles | settings.moderator_roles | set(policy.weights)
    for role in sorted(roles - {role.id for role in guild.roles}):
        yield wrong(about, f"There is no role {role}, which its settings or its rules name.")


def _channels(
    settings: Settings, channels: Mapping[int, discord.abc.GuildChannel], me: discord.Member
) -> Iterator[Finding]:
    about = f"server {settings.guild}"
    for id_, needed in uses(settings).items():
        channel = channels.get(id_)
        if channel is None:
            yield wrong(about, f"There is no channel {id_}, or the bot may not see it.")
        elif lacking := lacking_in(channel, needed, me):
            names = ", ".join(NAMES[name] for name in lacking)
            yield wrong(about, f"In #{channel.name} the bot may not: {names}.")
        else:
            yield fine(about, f"In #{channel.name} the bot may do all that it needs.")


async def all_of(config: Config, token: str | None) -> AsyncIterator[Finding]:
    """Everything but the configuration itself; what needs Discord only with a token."""
    for finding in await asyncio.to_thread(lambda: list(database(config))):
        yield finding
    yield disk(config)
    yield await model()
    teams, findings = teams_of(config)
    for finding in findings:
        yield finding
    if token is not None:
        async for finding in discord_side(config, token, teams):
            yield finding
