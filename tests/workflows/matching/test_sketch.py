"""Sketches: nearly identical texts share most of theirs, others nothing."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.matching.sketch import KEPT, sketch_text

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
