"""Four guards on the cards of our own documents, which need no judge."""

import re
from datetime import date

import pytest

from workflows.extraction.text.lexicon import word_set

PRONOUNS = word_set("he she it they this that these those we i you his her its their")
CLASS_NOUNS = re.compile(
    r"the (?:company|bank|official|minister|group|agency|party|firm)$", re.IGNORECASE
)
OPEN_FIRST = 0.1
OPEN_SOURCES = 0.1
UNCOVERED = 0.35
"""Shares at most."""


@pytest.fixture(scope="module")
def documents(seeds, find):
    """The text and the claims of each of our documents."""
    paths = sorted((seeds / "documents").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return [(text, find(text, date(2024, 10, 28))) for text in texts]


@pytest.fixture(scope="module")
def posted(documents):
    return [claim for _, claims in documents for claim in claims if not claim.needs_words]


def test_no_open_pronoun_first(posted):
    """Hardly a posted card begins with a pronoun that nobody was found for."""
    begun = [c.words for c in posted if c.words.split()[0].lower() in PRONOUNS]

    assert len(begun) <= OPEN_FIRST * len(posted), begun


def test_verb_in_each(posted, nlp):
    """Every posted card has a verb in a tense."""
    tenses = {"VBD", "VBP", "VBZ", "MD"}
    plain = [re.sub(r"[\[\]]", "", claim.words) for claim in posted]

    assert [doc.text for doc in nlp.pipe(plain) if not tenses & {t.tag_ for t in doc}] == []


def test_sources_are_told(posted):
    """Hardly a source is a pronoun or a bare class noun."""
    names = [(link.resolved or link.source or "") for c in posted for link in c.attribution]
    bare = [n for n in names if n.lower() in PRONOUNS or CLASS_NOUNS.match(n)]

    assert len(bare) <= OPEN_SOURCES * len(names), bare


def test_clauses_are_covered(documents, nlp):
    """Most sentences with a verb in a tense are told by some card."""
    missed = total = 0
    for text, claims in documents:
        for sentence in nlp(text).sents:
            if sentence.root.tag_ not in {"VBD", "VBP", "VBZ"}:
                continue
            total += 1
            met = any(c.start < sentence.end_char and sentence.start_char < c.end for c in claims)
            missed += not met

    assert missed <= UNCOVERED * total
