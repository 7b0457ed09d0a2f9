"""What is typed is looked for, never read as a command to the index."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.search import MOST_WORDS, find_number, parse_expression


@pytest.fixture(scope="module")
def index():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE searched USING fts5(words, sources)")
    db.execute("INSERT INTO searched VALUES ('The bridge is closed', 'BBC')")
    yield db
    db.close()


@given(words=st.text(max_size=60), among=st.sampled_from([(), ("sources",)]))
def test_any_text(index, words, among):
    """No text breaks the query."""
    asked = parse_expression(words, among=among)

    if asked:
        index.execute("SELECT * FROM searched WHERE searched MATCH ?", [asked]).fetchall()
    else:
        assert not any(map(str.isalnum, words))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bri clo", True),
        ("BRIDGE", True),
        ('bridge" OR "x', False),
        ("bridge NOT closed", False),
        ("words:bridge", False),
        ("bridge*", True),
        ("bbc", True),
    ],
)
def test_prefixes_all_match(index, words, found):
    """Words match by how they begin, and all of them must be there."""
    asked = parse_expression(words)

    assert (
        bool(index.execute("SELECT 1 FROM searched WHERE searched MATCH ?", [asked]).fetchall())
        is found
    )


def test_one_column():
    """A column can be searched alone."""
    assert parse_expression("bbc", among=("sources",)) == '{sources} : ("bbc"*)'


def test_endless_words():
    """Endless words are cut off."""
    assert parse_expression("a " * 500).count('"a"*') == MOST_WORDS


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        ("#12", 12),
        (" # 12 ", 12),
        ("", None),
        ("12a", None),
        ("-3", None),
        ("١٢", None),
        ("9" * 40, None),
    ],
)
def test_number_sign(typed, number):
    """A number is written with or without its sign."""
    assert find_number(typed) == number
