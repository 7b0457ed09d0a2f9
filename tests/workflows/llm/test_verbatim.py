"""Words are found in a text exactly, white space and kinds of quotation marks aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.llm.verbatim import SearchableText, TextSpan, fold


def find(words: str, text: str) -> str | None:
    span = SearchableText(text).find(words, TextSpan(0, len(text)))
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("he said", "So he\r\n said.", "he\r\n said"),
        ('"No"', "«No»", "«No»"),
        ("it's", "it’s", "it’s"),
        ("art", "party art", "art"),
        ("40", "400 or 40", "40"),
        ("40", "40,000", None),
        ("000", "40,000", None),
        ("40", "40km", "40"),
        ("서울", "서울은", "서울"),
        ("ميناء", "الميناء", "ميناء"),
        ("He", "he", None),
        (" ", "a b", None),
    ],
)
def test_words(words: str, text: str, found: str | None):
    """Whole words and numbers only; a particle may hang on in scripts where it does."""
    assert find(words, text) == found


def test_nearest():
    """Of several places, the nearest is taken."""
    text = "Roe left. Roe came. Roe won."
    assert SearchableText(text).find("Roe", TextSpan(0, len(text)), near=18) == (20, 23)


@given(st.text(), st.text(max_size=4))
def test_any_text(text: str, words: str):
    """What is found is, folded, what was looked for."""
    found = find(words, text)
    assert found is None or fold(found) == fold(words)
