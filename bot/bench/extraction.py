"""How fast claims are found, beside the parser's own time for the same text in the same run."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workflows.extraction import model, pipeline

PUBLISHED = date(2024, 10, 18)


@dataclass(frozen=True, slots=True)
class Pace:
    """Sentences a second of processor time, round by round, of the parser and of all stages."""

    parser: tuple[float, ...]
    all_stages: tuple[float, ...]

    @property
    def ratios(self) -> list[float]:
        return [ours / bare for ours, bare in zip(self.all_stages, self.parser, strict=True)]


def measure(document: Path, times: int) -> Pace:
    """Return how fast both read the same document, in turn, `times` times over."""
    text = document.read_text(encoding="utf-8")
    nlp = model.load_model()
    sentences = len(list(nlp(text).sents))
    pipeline.extract_claims(nlp, text, PUBLISHED)  # what is loaded once
    parser: list[float] = []
    all_stages: list[float] = []
    for _ in range(times):
        parser.append(sentences / _time(lambda: nlp(text)))
        all_stages.append(sentences / _time(lambda: pipeline.extract_claims(nlp, text, PUBLISHED)))
    return Pace(tuple(parser), tuple(all_stages))


def _time(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that some work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun
