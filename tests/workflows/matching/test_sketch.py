"""Sketches: nearly identical texts share most of theirs, others nothing."""

from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.matching.sketch import AT_ONCE, KEPT, RUN, sketch_text

TEXT = " ".join(
    f"On day {n} the harbour master counted {n * 37 % 101} boats near pier {n * 7 % 13}."
    for n in range(60)
)


def test_a_caption_more():
    """A few words more or less leave most of a sketch as it is."""
    ours, theirs = sketch_text(TEXT), sketch_text(f"Photo: boats. {TEXT} Updated at noon.")

    assert len(ours & theirs) > len(ours) / 2


def test_case_and_space():
    """How a text is set does not matter."""
    assert sketch_text(TEXT) == sketch_text(TEXT.upper().replace(" ", "\n  "))


def test_other_texts():
    """A text of other words shares nothing."""
    assert not sketch_text(TEXT) & sketch_text("The council met to vote on the new school. " * 20)


@given(st.text())
def test_any_text(text):
    """Any text has a sketch of a bounded size."""
    assert len(sketch_text(text)) <= KEPT


@pytest.mark.parametrize("more", range(-RUN, RUN + 1))
def test_long_text(more):
    """A text that is gone through bit by bit has the sketch of all its runs."""
    words = [f"word{number * number % 977}" for number in range(2 * AT_ONCE + more)]
    runs = [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
    lowest = sorted({crc32(run.encode()) for run in runs})[:KEPT]

    assert sketch_text(" ".join(words)) == frozenset(lowest)
