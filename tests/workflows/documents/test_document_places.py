"""Where a stretch of a text stands: its paragraph, and how many of them are done."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.documents.document import (
    FEWEST_PARAGRAPHS,
    ParagraphCount,
    find_place,
    number_paragraphs,
)

TEXT = "\n\nOne.\n\nTwo,\nand more.\n \n\n\nThree.\n\nFour.\n\n"


def test_paragraphs_are_numbered():
    """An empty line parts paragraphs, a line end does not."""
    places = number_paragraphs(TEXT)

    assert [TEXT[place.start :].split(".", 1)[0] for place in places] == [
        *("One", "Two,\nand more", "Three", "Four")
    ]
    assert find_place(places, TEXT.index("more")).name == "2"


def test_short_texts():
    """Of a text of a few paragraphs none is numbered."""
    assert number_paragraphs("One.\n\nTwo.\n\nThree.") == ()
    assert find_place((), 5) is None


@given(st.lists(st.text(st.characters(exclude_characters="\n\r", codec="utf-8"), min_size=1)))
def test_any_text(lines):
    """Numbers count up from 1 in any text, and nothing is counted twice."""
    places = number_paragraphs("\n\n".join(lines))

    assert [place.name for place in places] == [str(n + 1) for n in range(len(places))]
    assert len(places) == 0 or len(places) >= FEWEST_PARAGRAPHS
    assert len({place.start for place in places}) == len(places)


def test_paragraphs_done():
    """Paragraphs are done one after the other, the last of them in the end."""
    count, told = ParagraphCount(TEXT.strip()), []

    for share in (0.0, 0.2, 0.5, 0.99):
        count.reach(share)
        told.append(count.done)

    assert count.total == 4
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 3)
