"""The claims of several documents at once: processes that share one model, one for each core."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date

from spacy.language import Language

from workflows.claims import FoundClaim, Place
from workflows.extraction import entries

_models: list[Language] = []
"""In a process of the pool, the model that it has from its parent."""


@contextmanager
def open_pool(nlp: Language, documents: int) -> Iterator[ProcessPoolExecutor]:
    """Open processes for so many documents, a core each; none is begun once it is left.

    They are forked, and so have the model without loading it or holding it once more.
    """
    pool = ProcessPoolExecutor(
        min(count_cores(), documents),
        multiprocessing.get_context("fork"),
        initializer=_start,
        initargs=(nlp,),
    )
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def count_cores() -> int:
    """Return how many cores this process may use: one where forking it isn't safe."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def find_claims(text: str, day: date | None, places: Sequence[Place]) -> tuple[FoundClaim, ...]:
    """Return the claims of a text, in a process of the pool."""
    return entries.extract_dated_claims(_models[0], text, day, places)


def _start(nlp: Language) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    _models.append(nlp)
