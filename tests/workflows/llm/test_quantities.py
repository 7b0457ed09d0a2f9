"""Figures and days are kept only as far as their digits bear them."""

from datetime import date

import pytest

from workflows.llm.quantities import find_days, is_borne

TOLD = date(2024, 10, 18)


@pytest.mark.parametrize(
    ("text", "value", "borne"),
    [
        ("1.200", 1200, True),
        ("1,5", 1.5, True),
        ("1 200,5", 1200.5, True),
        ("3 millones", 3e6, True),
        ("3 millones", 3e9, False),
        ("2,5 млн", 2.5e6, True),
        ("300만", 3e6, True),
        ("٤٠", 40, True),
        ("40", 41, False),
        ("forty", 40, False),
    ],
)
def test_figures(text: str, value: float, borne: bool):
    """Digits of any script, with either marks, times a scale word that is known."""
    assert is_borne(text, value) is borne


@pytest.mark.parametrize(
    ("text", "language", "first", "last", "kept"),
    [
        ("9 May 2024", "en", "2024-05-09", None, True),
        ("9 May", "en", "2024-05-09", None, True),
        ("9 May", "en", "2014-05-09", None, False),
        ("9 May", "en", "2024-06-09", None, False),
        ("9 May", "en", "2024-05-10", None, False),
        ("17 жовтня", "uk", "2024-10-17", None, True),
        ("17 жовтня", "uk", "2024-11-17", None, False),
        ("10월 17일", "ko", "2024-10-17", None, True),
        ("in 2019", "en", "2019-01-01", "2019-12-31", True),
        ("ayer", "es", "2024-10-17", None, False),
        ("9 May 2024", "en", "yesterday", None, False),
        ("9 May 2024", "xx", "2024-05-09", "2024-05-01", False),
    ],
)
def test_days(text: str, language: str, first: str, last: str | None, kept: bool):
    """Days stand only where the numbers, the month's name and the year bear them."""
    found = find_days(text, first, last, language, TOLD)
    assert (found != (None, None)) is kept
