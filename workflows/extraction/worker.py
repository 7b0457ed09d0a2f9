"""The warm child: requests in on standard input, answers out on standard output, until its end."""

import logging
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from workflows.documents import reading
from workflows.documents.language import require_english
from workflows.errors import CorrobotError, Unavailable
from workflows.extraction.protocol import (
    READING,
    TOO_LARGE,
    Request,
    Response,
    read_request,
    write,
)

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger(__name__)

FAILED = "Finding the claims of this text failed. Try it in smaller parts; the log has the reason."
TOO_MUCH = "Reading this takes too much memory. Try it in smaller parts."
MEMORY = 4 * 1024**3
"""Bytes of data the child may hold; a long text needs a tenth of it."""
MEMORY_READING = 1024**3
"""Bytes of data that reading a file may take; a large one needs a quarter of it."""
NICENESS = 10
"""How far whoever clicks goes before what is read."""
TELL = 0.5
"""Seconds between two tellings of how far a text is read."""
WATCH = 1.0
"""Seconds between looks at whether the parent still lives."""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    _limit_memory(MEMORY_READING if READING in sys.argv else MEMORY)
    _end_with_parent()
    serve(sys.stdin.buffer, _reserve_stdout(), _make_loader())


def serve(requests: BinaryIO, answers: BinaryIO, load: Callable[[], "Language"]) -> None:
    """Answers every line; the model is loaded once, at the first."""

    def tell(told: Response) -> None:
        answers.write(write(told) + b"\n")
        answers.flush()

    for line in requests:
        tell(answer_line(line, load, tell))


def answer_line(
    line: bytes, load: Callable[[], "Language"], tell: Callable[[Response], None]
) -> Response:
    """Return one request's answer.

    Whatever goes wrong is an answer too, so that the next can be asked.
    """
    number = 0
    try:
        request = read_request(line)
        number = request.id
        if request.file is not None:
            return _read_file(request, request.file)
        if request.text is not None:
            require_english(request.text, request.name)
        return _answer_request(request, load(), tell)
    except CorrobotError as error:
        unavailable = isinstance(error, Unavailable)
        return Response(
            number,
            error=error.sentence,
            code=error.code,
            values=error.values,
            unavailable=unavailable,
        )
    except msgspec.MsgspecError as error:
        return Response(number, error="That is no request: {reason}", values={"reason": str(error)})
    except MemoryError:
        log.warning("reading a text took more memory than it may")
        return Response(number, error=TOO_MUCH, code=TOO_LARGE, unavailable=True)
    except Exception:  # the edge of the process
        log.exception("reading a text failed")
        return Response(number, error=FAILED, unavailable=True)


def _answer_request(
    request: Request, nlp: "Language", tell: Callable[[Response], None]
) -> Response:
    pipeline: Any = import_module("workflows.extraction.pipeline")  # slow; files are read without
    if request.text is None:
        return Response(request.id, worth=pipeline.score_sentences(nlp, request.sentences or ()))
    entries: Any = import_module("workflows.extraction.entries")
    reached = _make_progress_reporter(request.id, len(request.text), tell)
    found = entries.extract_dated_claims(
        nlp, request.text, request.published, request.places, reached
    )
    return Response(request.id, claims=found)


def _read_file(request: Request, content: bytes) -> Response:
    if request.feed:
        feed_files: Any = import_module("workflows.documents.feed_files")  # as below
        return Response(request.id, feed=feed_files.parse_feed(content, request.name))
    if not request.picture:
        read = reading.read_document(content, request.name, request.media_type)
        return Response(request.id, document=read)
    pictures: Any = import_module("workflows.documents.pictures")  # documents are read without
    if request.picture == "text":
        return Response(request.id, picture_text=pictures.read_picture_text(content, request.name))
    return Response(request.id, picture=pictures.read_picture(content, request.name))


def _make_progress_reporter(
    number: int, length: int, tell: Callable[[Response], None]
) -> Callable[[int], None]:
    """Tells now and then how much of a text is read, by the offset come to."""
    told_at = time.monotonic()

    def reached(offset: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= TELL:
            told_at = time.monotonic()
            tell(Response(number, share=offset / length))

    return reached


def _make_loader() -> Callable[[], "Language"]:
    loaded: list[Language] = []

    def load() -> "Language":
        if not loaded:
            model: Any = import_module("workflows.extraction.model")
            loaded.append(model.load_model())
        return loaded[0]

    return load


def _limit_memory(wanted: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def _end_with_parent() -> None:
    """Ends this process soon after its parent, even in the middle of a long text."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH)
        os._exit(1)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()


def _reserve_stdout() -> BinaryIO:
    """Return the standard output, kept from whatever a library might print."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers
