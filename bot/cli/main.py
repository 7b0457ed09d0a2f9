"""The terminal's commands: each parses, calls, prints. Errors of ours are one sentence."""

import importlib
import signal
import sys
from collections.abc import Mapping

import click

from bot.i18n.translator import translator_for
from workflows.errors import BadInput, CorrobotError

COMMANDS: Mapping[str, str] = {
    "audit": "bot.cli.audit:audit",
    "backup": "bot.cli.backup:backup",
    "bench": "bot.cli.bench:bench",
    "check": "bot.cli.check:check",
    "demo": "bot.cli.demo:demo",
    "digest": "bot.cli.digest:digest",
    "export": "bot.cli.export:export",
    "extract": "bot.cli.extract:extract",
    "feed": "bot.cli.feed:feed",
    "forget": "bot.cli.forget:forget",
    "intake": "bot.cli.intake:intake",
    "policy": "bot.cli.policy:policy",
    "publish": "bot.cli.publish:publish",
    "restore": "bot.cli.backup:restore",
    "run": "bot.cli.run:run",
}
"""Each command's place; loaded when it is used, so that none waits for another's libraries."""


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
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CorrobotError as error:
            click.echo(translator_for("en").error_text(error, plain=True), err=True)
            sys.exit(2 if isinstance(error, BadInput) else 1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="corrobot", prog_name="corrobot")
def main() -> None:
    """Verify claims together, in Discord: documents in, claims on cards, votes, a daily digest."""
