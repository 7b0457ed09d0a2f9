"""The model, loaded once, and ways to read a text with it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language

from workflows.claims import FoundClaim
from workflows.extraction import model, pipeline
from workflows.extraction.text import sentences
from workflows.extraction.text.document import read_document
from workflows.extraction.text.sentences import Paragraph

SEEDS = Path(__file__).parents[3] / "seeds"
PUBLISHED = date(2024, 10, 18)


@pytest.fixture(scope="session")
def nlp() -> Language:
    return model.load_model()


@pytest.fixture(scope="session")
def paragraph(nlp: Language) -> Callable[[str], Paragraph]:
    """Reads a text of one paragraph."""

    def read(text: str) -> Paragraph:
        return next(sentences.read_paragraphs(nlp, text, read_document(text).parts))

    return read


@pytest.fixture(scope="session")
def find(nlp: Language) -> Callable[..., tuple[FoundClaim, ...]]:
    """Finds the claims of a text, published on 18 October 2024 unless told."""

    def claims(text: str, published: date | None = PUBLISHED) -> tuple[FoundClaim, ...]:
        return pipeline.extract_claims(nlp, text, published)

    return claims


@pytest.fixture(scope="session")
def only(find: Callable[..., tuple[FoundClaim, ...]]) -> Callable[..., FoundClaim]:
    """Finds the one claim of a text that is not nested in another."""

    def claim(text: str, published: date | None = PUBLISHED) -> FoundClaim:
        [found] = [claim for claim in find(text, published) if not claim.nested]
        return found

    return claim


@pytest.fixture(scope="session")
def seeds() -> Path:
    return SEEDS
