"""corrobot check: is everything there that a bot needs? Green, or a sentence each."""

import asyncio
import getpass
import shutil
import stat
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from bot.cli.check_discord import Waiting, check_servers, check_waiting
from bot.cli.check_result import CheckOutcome, CheckResult, fail_check, note_check, pass_check
from bot.cli.database import open_for_reading
from bot.cli.options import config_option
from bot.config.environment import read_token
from bot.config.model import Config
from bot.config.read import read_config
from bot.reading.chat import ChatClient
from bot.reading.engine import NoMemory, open_engine
from bot.reading.extractor import Extractor
from workflows.desk import outbox, setup
from workflows.errors import BadInput, CorrobotError
from workflows.policy import Policy
from workflows.store import connections
from workflows.teams import Settings

LEAST_FREE = 200 * 1024 * 1024
"""Bytes that must be free beside the database, besides room for a copy of it."""
TRIED = "The mayor of Olden said on 3 May that 40 families had left the town."
"""What the language model is given to read."""


def check_database(config: Config) -> Iterator[CheckResult]:
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


def check_places(config: Config) -> Iterator[CheckResult]:
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


def check_disk(config: Config) -> CheckResult:
    """Room for what comes and for one more copy of what is there."""
    place = next(folder for folder in config.database.parents if folder.exists())
    size = config.database.stat().st_size if config.database.exists() else 0
    free = shutil.disk_usage(place).free
    said = f"{free // 2**20} MB are free in {place}"
    if free < LEAST_FREE + size:
        return fail_check("disk", f"Only {said}; that may soon run out.")
    return pass_check("disk", f"{said}.")


async def check_model() -> CheckResult:
    """Return True if claims can be found: the process that reads texts starts and has its model."""
    try:
        async with Extractor() as extractor:
            await extractor.warm()
    except CorrobotError as error:
        return fail_check("extraction", str(error))
    return pass_check("extraction", "The language model is installed and loads.")


def list_waiting(config: Config) -> Waiting:
    """Return what waits in each server; nothing where no database can be read."""
    if not config.database.exists():
        return {}
    try:
        with open_for_reading(config) as store:
            guilds = [team.settings.guild for team in store.teams.all()]
            return {guild: outbox.list_waiting(store, guild) for guild in guilds}
    except (CorrobotError, *connections.NOT_OURS):  # said by `check_database`
        return {}


async def check_engine(config: Config) -> AsyncIterator[CheckResult]:
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


def list_teams(config: Config) -> tuple[tuple[tuple[Settings, Policy], ...], list[CheckResult]]:
    """Return every team with its own settings, and which keys of the file are not in force."""
    teams = {settings.guild: (settings, policy) for settings, policy in config.teams}
    findings: list[CheckResult] = []
    if config.database.exists():
        try:
            with open_for_reading(config) as store:
                kept = store.teams.all()
        except (CorrobotError, *connections.NOT_OURS):
            kept = []  # said by `check_database`
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


async def run_checks(config: Config, token: str | None) -> AsyncIterator[CheckResult]:
    """Yield everything but the configuration itself; what needs Discord only with a token."""
    for finding in await asyncio.to_thread(lambda: list(check_database(config))):
        yield finding
    for finding in check_places(config):
        yield finding
    yield check_disk(config)
    yield await check_model()
    async for finding in check_engine(config):
        yield finding
    teams, findings = list_teams(config)
    for finding in findings:
        yield finding
    held = list_waiting(config)
    if token is not None:
        async for finding in check_servers(config, token, teams, held):
            yield finding
        return
    for settings, _ in teams:
        for finding in check_waiting(held.get(settings.guild, ()), settings, config.now()):
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
