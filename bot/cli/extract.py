"""corrobot extract: the claims of documents, for people as a table, for programs as JSON lines."""

import asyncio
import sys
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from spacy.language import Language

from bot.cli import worker_pool
from bot.cli.claim_table import show_explained, show_table
from bot.cli.errors import echo_error
from bot.cli.options import config_option
from bot.cli.sources import STANDARD_INPUT, is_link, open_sources
from bot.cli.status import show_status, tell_paragraphs
from bot.i18n.escaping import plain
from bot.reading.extractor import Extractor
from workflows.claims import FoundClaim
from workflows.documents import language
from workflows.documents.document import ReadDocument
from workflows.documents.reading import SUFFIXES
from workflows.errors import BadInput, CorrobotError, Unavailable
from workflows.export.json_objects import make_attribution, make_date, make_figure
from workflows.extraction import entries, model, pipeline
from workflows.extraction.text import absence

if TYPE_CHECKING:
    from bot.config.model import Config
    from bot.reading.engine import Engine
    from workflows.engines import ReadingReport

ENDED = (
    "A process that reads documents was ended from outside, perhaps because memory ran out. Give"
    " fewer documents at once."
)
UNREADABLE = 2
"""The exit code when a source could not be read."""


class SentenceLine(msgspec.Struct, frozen=True):
    """One line of `--sentences FILE`."""

    id: int | str
    text: str


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "jsonl"]),
    help="table for people (the default on a terminal), jsonl for programs.",
)
@click.option("--published", metavar="YYYY-MM-DD", help="The day that dates are relative to.")
@click.option(
    "--explain",
    is_flag=True,
    help="For people: the words that led to each claim, and its check-worthiness.",
)
@click.option("--text", "only_text", is_flag=True, help="Print the text that offsets refer to.")
@click.option(
    "--engine",
    "engine_kind",
    type=click.Choice(["rules", "llm"]),
    default="rules",
    show_default=True,
    help="What finds the claims: the built-in rules, or the language model of [engine].",
)
@config_option
@click.option("--sentences", metavar="FILE.jsonl", help="Rate the check-worthiness of sentences.")
def extract(
    sources: tuple[str, ...],
    shape: str | None,
    published: str | None,
    sentences: str | None,
    engine_kind: str,
    config_file: Path,
    *,
    explain: bool,
    only_text: bool,
) -> None:
    """Find the claims in documents: who says what, and how firmly.

    SOURCE is a file (text, Markdown, a web page, PDF, Word, an e-mail or subtitles), a folder
    (every such file in it), an http(s) address or - for standard input. Of a web page the main
    text is read; --text prints it. The configuration is needed for nothing but [intake] and
    [engine].
    """
    try:
        day = _read_day(published)
        if sentences is not None:
            _judge(sentences)
            return
        if not sources:
            raise BadInput("Name a file or a folder to read, or - for standard input.")
        show = _choose_form(shape, explain=explain)
        found = list(_find_claims(sources))
        by_model = engine_kind == "llm" and not only_text
        config = _require_engine(config_file) if by_model else None
        finder = _Finder(show, day, alone=len(found) == 1)
        done = asyncio.run(_read_all(found, _print if only_text else finder, config, config_file))
    except CorrobotError as error:
        echo_error(error)
        sys.exit(UNREADABLE)
    if not done:
        sys.exit(UNREADABLE)


def _read_day(published: str | None) -> date | None:
    if published is None:
        return None
    try:
        return datetime.strptime(published, "%Y-%m-%d").date()  # noqa: DTZ007  a calendar day
    except ValueError:
        raise BadInput(
            "{given} is no date; write the day of publication as YYYY-MM-DD, say 2024-10-18.",
            given=repr(published),
        ) from None


Tell = Callable[[], None]
Use = Callable[[str, ReadDocument], Awaitable[Tell]]
"""What is done with a document; what comes of it is told when it is its turn."""
Show = Callable[[str, ReadDocument, Sequence[FoundClaim]], None]


def _require_engine(config_file: Path) -> "Config":
    """Return the configuration of a language model. Raises BadInput where there is none."""
    from bot.config.read import read_config  # noqa: PLC0415  # for a language model only

    config = read_config(config_file)
    if config.engine is None:
        raise BadInput(
            '{path} names no language model. Set kind = "llm" in its [engine], with base_url and'
            " model.",
            path=config_file,
        )
    return config


class _Finder:
    """Finds the claims of documents and shows them; of one `alone`, it says how far it is."""

    def __init__(self, show: Show, day: date | None, *, alone: bool) -> None:
        self._show, self._day, self._alone = show, day, alone
        self.engine: Engine | None = None
        self.pool: ProcessPoolExecutor | None = None
        self._nlp: Language | None = None
        self.claims = self.dropped = 0

    async def __call__(self, name: str, read: ReadDocument) -> Tell:
        with show_status(f"Reading {name} …", enabled=self._alone) as say:
            reach = tell_paragraphs(say, read.text, name)
            day = self._day or read.published
            if self.engine is None:
                claims = await self._find_by_rules(name, read, day, reach)
            else:
                found = await self.engine.read_claims(read.text, day, name, reach, read.places)
                claims = found.claims
                self.claims += len(claims)
                self.dropped += found.reading.dropped
                _tell_reading(name, found.reading)
        return partial(self._tell, name, read, claims)

    def _tell(self, name: str, read: ReadDocument, claims: Sequence[FoundClaim]) -> None:
        if not claims:
            reason = absence.SENTENCES[absence.explain_absence(read.text)]
            click.echo(
                reason.format(name="standard input" if name == "-" else plain(name)), err=True
            )
        self._show(name, read, claims)

    async def _find_by_rules(
        self, name: str, read: ReadDocument, day: date | None, reach: Callable[[float], None]
    ) -> tuple[FoundClaim, ...]:
        language.require_english(read.text, name)
        if self.pool is not None:
            loop = asyncio.get_running_loop()
            try:
                return await loop.run_in_executor(
                    self.pool, worker_pool.find_claims, read.text, day, read.places
                )
            except BrokenProcessPool as error:
                raise Unavailable(ENDED) from error
        self._nlp = self._nlp or model.load_model()
        return entries.extract_dated_claims(
            self._nlp, read.text, day, read.places, lambda offset: reach(offset / len(read.text))
        )


def _tell_reading(name: str, reading: "ReadingReport") -> None:
    """Say what became of the language model's part, where that isn't plain."""
    if reading.fell_back:
        click.echo(
            f"{name}: the language model couldn't read it, so the built-in rules did.", err=True
        )
    elif reading.dropped:
        were = "claim was" if reading.dropped == 1 else "claims were"
        click.echo(f"{name}: {reading.dropped} {were} dropped: not in the text.", err=True)


async def _read_all(
    found: Sequence[str], use: Use, config: "Config | None", config_file: Path
) -> bool:
    """Read all sources, with a language model where a configuration of one is given.

    The rules read several at once, on as many cores as there are.
    """
    cores = worker_pool.count_cores()
    if not isinstance(use, _Finder) or (config is None and min(cores, len(found)) == 1):
        return await _use_each(found, use, config_file)
    if config is None:
        with worker_pool.open_pool(model.load_model(), len(found)) as use.pool:
            return await _use_each(found, use, config_file, at_once=cores + 1)
    from bot.reading.engine import NoMemory, open_engine  # noqa: PLC0415  # as above

    memory, begun = NoMemory(), time.monotonic()
    async with Extractor() as extractor, open_engine(config, extractor, memory) as engine:
        use.engine = engine
        good = await _use_each(found, use, config_file)
    seconds = time.monotonic() - begun
    used = memory.used
    click.echo(
        f"Language model: {used['requests']} requests, {used['shown']} tokens shown,"
        f" {used['written']} written, {seconds:.1f} s; {use.claims} claims, {use.dropped} dropped.",
        err=True,
    )
    return good


async def _use_each(found: Sequence[str], use: Use, config_file: Path, *, at_once: int = 1) -> bool:
    """Use every document that can be read, and say of each other one why not.

    So many are begun before the first of them is told; they are told in order.
    """
    good = True
    begun: deque[asyncio.Task[Tell]] = deque()
    reading = asyncio.Lock()
    with _show_progress(found) as progress:
        bar = progress.add_task("Reading", total=len(found))
        async with open_sources(found, config_file) as read_source:

            async def use_one(name: str) -> Tell:
                async with reading:
                    with show_status(f"Fetching {name} …", enabled=_is_one_link(found)):
                        read = await read_source(name)
                return await use(name, read)

            for number, name in enumerate(found, 1):
                begun.append(asyncio.create_task(use_one(name)))
                while begun and (len(begun) == at_once or number == len(found)):
                    good &= await _tell_next(begun)
                    progress.advance(bar)
    return good


async def _tell_next(begun: deque[asyncio.Task[Tell]]) -> bool:
    """Tell what comes of the document begun first. Return False where it can't be read."""
    try:
        tell = await begun.popleft()
        tell()
    except CorrobotError as error:
        echo_error(error)
        return False
    return True


def _is_one_link(found: Sequence[str]) -> bool:
    return len(found) == 1 and is_link(found[0])


def _show_progress(found: Sequence[str]) -> Progress:
    """A bar on the terminal's standard error while several documents are read, gone at the end.

    What is printed meanwhile goes above it, unless it goes elsewhere.
    """
    return Progress(
        *Progress.get_default_columns(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
        disable=len(found) < 2 or not sys.stderr.isatty(),  # noqa: PLR2004  # one is soon read
    )


def _find_claims(sources: tuple[str, ...]) -> Iterator[str]:
    """Yield the files of all sources: a folder stands for every text in it, sorted."""
    for source in sources:
        if is_link(source):
            yield source
            continue
        folder = Path(source)
        if source != STANDARD_INPUT and folder.is_dir():
            files = (p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            yield from sorted(map(str, files)) or [source]
        else:
            yield source


async def _print(_name: str, read: ReadDocument) -> Tell:
    return partial(click.echo, read.text.encode(), nl=False)


def _choose_form(shape: str | None, *, explain: bool) -> Show:
    if explain and shape == "jsonl":
        raise BadInput("--explain is for people; leave out --format jsonl.")
    if explain:
        return show_explained
    if shape == "table" or (shape is None and sys.stdout.isatty()):
        return show_table
    return _print_lines


def _print_lines(name: str, _: ReadDocument, claims: Sequence[FoundClaim]) -> None:
    for claim in claims:
        click.echo(msgspec.json.encode(as_object(name, claim)))


def as_object(document: str, claim: FoundClaim) -> dict[str, Any]:
    """Return a claim as the contract of `extract` has it, its keys in that order."""
    return {
        "document": document,
        "claim": claim.words,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "attribution": [make_attribution(link) for link in claim.attribution],
        "hedge": claim.hedge,
        "polarity": claim.polarity,
        "references": [msgspec.to_builtins(reference) for reference in claim.references],
        "needs_words": claim.needs_words,
        "turn": msgspec.to_builtins(claim.turn),
        "figures": [make_figure(figure) for figure in claim.figures],
        "dates": [make_date(mention) for mention in claim.dates],
        "as_of": claim.as_of,
        "check_worthiness": claim.check_worthiness,
        "nested": claim.nested,
        "counters": claim.counters,
    }


def _judge(name: str) -> None:
    """Prints the check-worthiness of each line of a file."""
    lines = [_read_line(raw, number, name) for number, raw in _number_lines(_read_content(name))]
    for line, worth in zip(
        lines,
        pipeline.score_sentences(model.load_model(), [line.text for line in lines]),
        strict=True,
    ):
        click.echo(msgspec.json.encode({"id": line.id, "check_worthiness": worth}))


def _read_content(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput("{name} cannot be read: {reason}.", name=name, reason=reason) from None


def _number_lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    return ((n, raw) for n, raw in enumerate(content.splitlines(), 1) if raw.strip())


def _read_line(raw: bytes, number: int, name: str) -> SentenceLine:
    try:
        return msgspec.json.decode(raw, type=SentenceLine)
    except msgspec.MsgspecError as error:
        raise BadInput(
            'Line {number} of {name} is no {{"id", "text"}} object: {reason}.',
            number=number,
            name=name,
            reason=str(error),
        ) from None
