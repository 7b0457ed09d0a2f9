"""What a language model costs beside the rules: the same text, read once by each in one run."""

import asyncio
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.config.model import Config
from bot.reading.engine import NoMemory, open_engine
from bot.reading.extractor import Extractor
from workflows.extraction import model, pipeline


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What one reading by the language model took. `dropped` is a share of what it answered.

    `rules` are the seconds that the built-in rules need for the text; `fell_back`: the model
    couldn't read it and they did.
    """

    seconds: float
    rules: float
    requests: int
    tokens_shown: int
    tokens_written: int
    claims: int
    dropped: float
    fell_back: bool


def measure(config: Config, document: Path) -> ModelReading:
    """Have the language model of the configuration read a text. Raises CorrobotError."""
    return asyncio.run(_measure(config, document.read_text(encoding="utf-8"), document.stem))


async def _measure(config: Config, text: str, name: str) -> ModelReading:
    day, memory = date(2024, 10, 18), NoMemory()
    nlp = model.load_model()
    begun = time.perf_counter()
    pipeline.extract_claims(nlp, text, day)
    by_rules = time.perf_counter() - begun
    async with Extractor() as extractor, open_engine(config, extractor, memory) as engine:
        begun = time.perf_counter()
        found = await engine.read_claims(text, day, name)
        seconds = time.perf_counter() - begun
    dropped = found.reading.dropped
    answered = dropped + (0 if found.reading.fell_back else len(found.claims))
    return ModelReading(
        seconds=seconds,
        rules=by_rules,
        requests=memory.used["requests"],
        tokens_shown=memory.used["shown"],
        tokens_written=memory.used["written"],
        claims=len(found.claims),
        dropped=dropped / answered if answered else 0.0,
        fell_back=found.reading.fell_back,
    )
