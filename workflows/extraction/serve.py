"""The warm child: requests in on standard input, answers out on standard output, until its end."""

import logging
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import BinaryIO

import msgspec
from spacy.language import Language

from workflows.errors import CorrobotError, Unavailable
from workflows.extraction import model, pipeline
from workflows.extraction.messages import Answer, Request, read_request, write
from workflows.languages import require_english

log = logging.getLogger(__name__)

FAILED = "Finding the claims of this text failed. Try it in smaller parts; the log has the reason."
MEMORY = 4 * 1024**3
"""Bytes of data the child may hold; a long text needs a tenth of it."""
WATCH = 1.0
"""Seconds between looks at whether the parent still lives."""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    _end_with_parent()
    serve(sys.stdin.buffer, _only_answers(), _loader())


def serve(requests: BinaryIO, answers: BinaryIO, load: Callable[[], Language]) -> None:
    """Answers every line; the model is loaded once, at the first."""
    for line in requests:
        answers.write(write(answer(line, load)) + b"\n")
        answers.flush()


def answer(line: bytes, load: Callable[[], Language]) -> Answer:
    """One request's answer; whatever goes wrong is an answer too, so that the next can be asked."""
    number = 0
    try:
        request = read_request(line)
        number = request.id
        if request.text is not None:
            require_english(request.text, request.name)
        return _answered(request, load())
    except CorrobotError as error:
        unavailable = isinstance(error, Unavailable)
        return Answer(number, error=error.sentence, values=error.values, unavailable=unavailable)
    except msgspec.MsgspecError as error:
        return Answer(number, error="That is no request: {reason}", values={"reason": str(error)})
    except Exception:  # the edge of the process
        log.exception("reading a text failed")
        return Answer(number, error=FAILED, unavailable=True)


def _answered(request: Request, nlp: Language) -> Answer:
    if request.text is not None:
        return Answer(request.id, claims=pipeline.claims(nlp, request.text, request.published))
    return Answer(request.id, worth=pipeline.worths(nlp, request.sentences or ()))


def _loader() -> Callable[[], Language]:
    loaded: list[Language] = []

    def load() -> Language:
        if not loaded:
            loaded.append(model.load())
        return loaded[0]

    return load


def _limit_memory() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def _end_with_parent() -> None:
    """Ends this process soon after its parent, even in the middle of a long text."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH)
        os._exit(1)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()


def _only_answers() -> BinaryIO:
    """The standard output, kept from whatever a library might print."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers
