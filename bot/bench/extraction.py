"""How fast claims are found, beside the parser's own time for the same text in the same run."""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workflows.extraction import model, pipeline


@dataclass(frozen=True, slots=True)
class Pace:
    """Sentences a second for the parser alone and for all stages."""

    parser: float
    all_stages: float


def measure(document: Path, times: int) -> Pace:
    """Return both read the same document, `times` times over."""
    text = document.read_text(encoding="utf-8")
    nlp = model.load_model()
    sentences = times * len(list(nlp(text).sents))
    begun = time.perf_counter()
    for _ in range(times):
        nlp(text)
    parsed = time.perf_counter()
    for _ in range(times):
        pipeline.extract_claims(nlp, text, date(2024, 10, 18))
    done = time.perf_counter()
    return Pace(sentences / (parsed - begun), sentences / (done - parsed))
