"""The bot in processes of its own, forked from one that has loaded it: a start costs no imports.

All else is as `python -m bot` has it: its own memory, environment, signals and exit code. That the
command itself starts is for the stories of the demo and the terminal.
"""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from workflows.urls import load_suffixes

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.bot_process", "bot.app", "bot.cli.run"])
load_suffixes()  # as each bot does once it serves


class BotProcess:
    """`python -m bot ARGUMENTS`, as `subprocess.Popen` would show it. Starts at once."""

    def __init__(
        self,
        arguments: Sequence[str],
        env: Mapping[str, str],
        out: Path,
        err: Path | None = None,
    ) -> None:
        """Append what it says to `out`, and its errors to `err` where that is another file."""
        self._process = _CONTEXT.Process(
            target=_run, args=(tuple(arguments), dict(env), out, err or out)
        )
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return its exit code, negative for the signal that ended it; None while it runs."""
        return self._process.exitcode

    def wait(self) -> int:
        self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it ended just now, and was waited for elsewhere
                os.kill(self.pid, number)


def _run(arguments: Sequence[str], env: Mapping[str, str], out: Path, err: Path) -> None:
    os.environ.clear()
    os.environ.update(env)
    _redirect(Path(os.devnull), 0, os.O_RDONLY)
    _redirect(out, 1, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    _redirect(err, 2, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from bot.cli.main import main  # noqa: PLC0415  # preloaded, but not in the tests' own process

    main(list(arguments), prog_name="corrobot")


def _redirect(file: Path, number: int, flags: int) -> None:
    opened = os.open(file, flags, 0o600)
    os.dup2(opened, number)
    os.close(opened)
