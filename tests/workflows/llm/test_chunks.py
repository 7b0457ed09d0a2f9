"""A text is cut into parts that together are all of it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workflows.claims import Place
from workflows.llm.chunks import OPENING, SIZE, cut_text


@given(st.lists(st.sampled_from(["word", "a. ", "\n\n", "\n", "x" * 900, "다. "]), max_size=400))
def test_all_of_it(pieces: list[str]):
    """No letter is left out, none stands in two parts, and no part is longer than it may be."""
    text = "".join(pieces)
    chunks = cut_text(text, None)
    told = "".join(text[slice(*chunk.span)] for chunk in chunks)
    assert [m for m in told if m.isalnum()] == [m for m in text if m.isalnum()]
    assert all(chunk.span.end - chunk.span.start <= SIZE for chunk in chunks)
    assert all(chunk.context.end == chunk.span.start for chunk in chunks)


def test_where_paragraphs_end():
    """A part ends where a paragraph does, and the next is shown what stands before it."""
    text = "Olden\n\n" + ("It leaks. " * 90 + "\n\n") * 3
    first, second, *_ = cut_text(text, None)
    assert text[: first.span.end].endswith("\n\n")
    assert second.opening == (0, min(OPENING, second.context.start))
    assert second.context.end == first.span.end


def test_days_of_entries():
    """What is told on a day of its own is read apart, on that day."""
    places = [Place(0, "9:00", day=date(2024, 5, 1)), Place(6, "8:00", day=date(2024, 5, 2))]
    assert [(chunk.span, chunk.told) for chunk in cut_text("first\nsecond", None, places)] == [
        ((0, 6), date(2024, 5, 1)),
        ((6, 12), date(2024, 5, 2)),
    ]


def test_key():
    """The same part after the same words is the same; another model or day is not."""
    (chunk,) = cut_text("It leaks.", None)
    key = chunk.make_key("It leaks.", "m", "1")
    assert key == chunk.make_key("It leaks.", "m", "1")
    assert (
        len({key, chunk.make_key("It leaks.", "n", "1"), chunk.make_key("It leaks.", "m", "2")})
        == 3
    )
    (later,) = cut_text("It leaks.", date(2024, 5, 1))
    assert later.make_key("It leaks.", "m", "1") != key
