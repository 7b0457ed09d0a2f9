"""The terminal's commands: each parses, calls, prints. Errors of ours are one sentence."""

import importlib
import signal
import sys
from collections.abc import Mapping
from typing import NamedTuple

import click

from bot.cli.errors import echo_error
from workflows.errors import BadInput, CorrobotError


class CommandEntry(NamedTuple):
    """A command's place, and its line in the list of commands."""

    place: str
    help: str


COMMANDS: Mapping[str, CommandEntry] = {
    "audit": CommandEntry("bot.cli.audit:audit", "Replay each team's history and compare."),
    "backup": CommandEntry("bot.cli.backup:backup", "Write a verified copy of the database."),
    "bench": CommandEntry("bot.cli.bench:bench", "Measure this machine, beside baselines."),
    "check": CommandEntry("bot.cli.check:check", "Check everything the bot needs."),
    "demo": CommandEntry("bot.cli.demo:demo", "Try it in a browser, without Discord."),
    "digest": CommandEntry("bot.cli.digest:digest", "Print or queue a team's digest."),
    "export": CommandEntry(
        "bot.cli.export:export", "Write claims as CSV, JSON Lines or ClaimReview."
    ),
    "extract": CommandEntry("bot.cli.extract:extract", "Find the claims in documents."),
    "feed": CommandEntry("bot.cli.feed:feed", "Read new items of addresses on a schedule."),
    "forget": CommandEntry("bot.cli.forget:forget", "Remove someone's identity from a team."),
    "import": CommandEntry(
        "bot.cli.import_reviews:import_reviews", "Bring in fact-checks of others."
    ),
    "intake": CommandEntry(
        "bot.cli.intake:intake", "Bring in a document and have its claims posted."
    ),
    "policy": CommandEntry("bot.cli.policy:policy", "Try other voting rules on a team's history."),
    "publish": CommandEntry(
        "bot.cli.publish:publish", "Write settled claims as web pages and feeds."
    ),
    "restore": CommandEntry("bot.cli.backup:restore", "Put a copy in place of the database."),
    "run": CommandEntry("bot.cli.run:run", "Serve all teams until it is stopped."),
    "unsubscribe": CommandEntry(
        "bot.cli.unsubscribe:unsubscribe", "End a digest that comes by mail."
    ),
}
"""Each is loaded when it is used, so that none waits for another's libraries."""


SERVING = frozenset({"demo", "run"})
"""The commands that go on until they are told to stop."""


def leave_on_signals() -> None:
    """Until there is something to finish, SIGTERM and Ctrl-C just end the process, well."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in SERVING:
            leave_on_signals()
        module, _, name = COMMANDS[cmd_name].place.partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].help) for name in sorted(COMMANDS)])

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CorrobotError as error:
            echo_error(error)
            sys.exit(2 if isinstance(error, BadInput) else 1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="corrobot", prog_name="corrobot")
def main() -> None:
    """Verify claims together, in Discord: documents in, claims on cards, votes, a daily digest."""
