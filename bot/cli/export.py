"""corrobot export: a team's claims as a file, beside a running bot or without one."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import Progress

from bot.cli.database import find_guild, open_for_reading
from bot.cli.options import DAY, config_option, guild_option
from bot.config.read import read_config
from workflows.claims import Status
from workflows.desk import exports
from workflows.errors import BadInput
from workflows.export import formats
from workflows.export.formats import FileLayout
from workflows.export.model import Format


@click.command()
@guild_option
@click.option("--format", "form", type=click.Choice([form.value for form in Format]), required=True)
@click.option(
    "--status",
    "statuses",
    type=click.Choice([status.value for status in Status]),
    multiple=True,
    help="Only claims with this status; may be given several times.",
)
@click.option("--document", default="", help="Only claims from this document: its title or link.")
@click.option(
    "--since", type=DAY, metavar="YYYY-MM-DD", help="Only claims added or decided since this day."
)
@click.option("--reviewer", help="Who is responsible for the verdicts; required for claimreview.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write; standard output by default.",
)
@config_option
def export(
    guild: int | None,
    form: str,
    statuses: tuple[str, ...],
    document: str,
    since: datetime | None,
    reviewer: str | None,
    output: Path | None,
    config_file: Path,
) -> None:
    """Write a team's claims as CSV, JSON Lines or ClaimReview.

    It is one state of the database, whatever is voted meanwhile. While the direction of a claim's
    votes is hidden, it stays so; people appear by random keys.
    """
    if form == Format.CLAIMREVIEW and not reviewer:
        raise BadInput("ClaimReview names who answers for the verdicts: give --reviewer NAME.")
    asked = exports.ExportRequest(
        Format(form),
        frozenset(map(Status, statuses)),
        document,
        since.date() if since else None,
    )
    config = read_config(config_file)
    guild = find_guild(config, guild)
    with open_for_reading(config) as store, store.one_state():
        begun = exports.begin_export(store, guild, asked, None)
        shape = formats.get_layout(asked.form, begun.team, reviewer or "")
        with _open(output) as file:
            written = _write(file, shape, begun)
    click.echo(f"{output or 'stdout'}: {written} claims", err=True)


def _write(file: BinaryIO, shape: FileLayout, begun: exports.Export) -> int:
    """Return how many claims were written; the bar is shown to people, not to files."""
    written = 0
    bar = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)
    with bar:
        file.write(shape.head.encode())
        for claim in bar.track(begun.claims, begun.total, description="Writing"):
            file.write(((shape.between if written else "") + shape.line(claim)).encode())
            written += 1
        file.write(shape.tail.encode())
    return written


@contextmanager
def _open(output: Path | None) -> Iterator[BinaryIO]:
    """The screen, or a file that gets its name once it is whole; only its owner may read it."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        descriptor, beside = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise _unwritable(output, error) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        Path(beside).replace(output)
    except OSError as error:
        raise _unwritable(output, error) from None
    finally:
        with suppress(FileNotFoundError):
            Path(beside).unlink()


def _unwritable(output: Path, error: OSError) -> BadInput:
    return BadInput(
        "{name} cannot be written: {reason}.", name=output, reason=error.strerror or str(error)
    )
