"""A team's public pages, written into place: each file whole or not at all, and only if it changed.

Any host or git folder can serve the result. What a page held that is no longer published gives way
to a note at the same address; nothing that isn't ours is replaced.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.config.environment import make_child_environment
from bot.config.model import Site
from bot.i18n.translator import translator_for
from bot.rendering.site.build import build_gone_page, build_site
from bot.rendering.site.context import GENERATOR
from workflows.desk.publication import Publication
from workflows.errors import BadInput, Unavailable

_PAGES = ("claims/*.html", "documents/*.html", "sources/*.html", "verdicts/*.html", "index-*.html")
"""Where pages stand that leave a note behind."""

_MARK = f'<meta name="generator" content="{GENERATOR}">'.encode()


@dataclass(frozen=True, slots=True)
class WriteCounts:
    """What became of the files: how many were written, were as they are, or gave way to a note."""

    claims: int
    written: int
    unchanged: int
    withdrawn: int
    size_bytes: int


def publish(publication: Publication, site: Site, language: str, folder: Path) -> WriteCounts:
    """Write a team's pages into a folder, which is made if there is none.

    Raises BadInput for a folder that holds pages of somebody else's, or that can't be written to.
    """
    tr = translator_for(language)
    _require_ours(folder)
    written = size = 0
    made: set[str] = set()
    try:
        for path, content in build_site(publication, site, tr):
            made.add(path)
            size += len(content)
            written += _write(folder / path, content)
        withdrawn = [path for path in _list_pages(folder) if path not in made]
        noted = sum(
            _write(folder / path, build_gone_page(publication, site, tr, path))
            for path in withdrawn
        )
    except OSError as error:
        raise Unavailable(
            "{folder} cannot be written to: {reason}.",
            folder=folder,
            reason=error.strerror or str(error),
        ) from error
    return WriteCounts(
        claims=len(publication.claims),
        written=written,
        unchanged=len(made) - written,
        withdrawn=noted,
        size_bytes=size,
    )


async def publish_apart(config_file: Path) -> str:
    """Run `corrobot publish` in a process of its own, and return what it says.

    Making a thousand pages would hold the interpreter's lock for a second. Raises Unavailable.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "publish",
        "--config",
        str(config_file),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=make_child_environment(),
    )
    try:
        said, _ = await process.communicate()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    last = said.decode(errors="replace").strip().splitlines()[-1:] or [""]
    if process.returncode:
        raise Unavailable("The pages couldn't be written: {reason}", reason=last[0])
    return last[0]


def _require_ours(folder: Path) -> None:
    """Raise BadInput where the folder's first page was not made here."""
    index = folder / "index.html"
    with suppress(FileNotFoundError, NotADirectoryError):
        if _MARK not in index.read_bytes():
            raise BadInput(
                "{folder} holds a website that wasn't made here. Choose an empty folder.",
                folder=folder,
            )
    if folder.exists() and not folder.is_dir():
        raise BadInput("{folder} isn't a folder.", folder=folder)


def _list_pages(folder: Path) -> Iterator[str]:
    """Yield the pages of ours that stand there from before."""
    for pattern in _PAGES:
        for page in sorted(folder.glob(pattern)):
            if _MARK in page.read_bytes():
                yield page.relative_to(folder).as_posix()


def _write(file: Path, content: bytes) -> bool:
    """Put a file into place, whole; return False where it is there already, and left alone."""
    with suppress(FileNotFoundError):
        if file.stat().st_size == len(content) and file.read_bytes() == content:
            return False
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as new:
            new.write(content)
            os.fchmod(new.fileno(), 0o644)  # for whatever serves it
        Path(beside).replace(file)
    finally:
        with suppress(FileNotFoundError):
            Path(beside).unlink()
    return True
