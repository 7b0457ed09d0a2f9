"""Where a stretch of a text stands: its paragraph, and how many of them are done."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.claims import Place, PlaceKind
from workflows.documents.document import (
    FEWEST_PARAGRAPHS,
    ParagraphCount,
    find_places,
)

TEXT = "\n\nOne.\n\nTwo,\nand more.\n \n\n\nThree.\n\nFour.\n\n"


def name_at(text, *offsets, own=()):
    return [place and place.name for place in find_places(text, own, offsets)]


def test_paragraphs_are_numbered():
    """An empty line parts paragraphs, a line end does not."""
    said = ("One", "Two", "more", "Three", "Four")

    assert name_at(TEXT, 0, *map(TEXT.index, said)) == [None, "1", "2", "2", "3", "4"]


def test_own_places_first():
    """A document's own places are named, and no paragraph."""
    pages = [Place(2, "i", PlaceKind.PAGE), Place(9, "ii", PlaceKind.PAGE)]

    assert name_at(TEXT, 0, 2, 8, 9, len(TEXT), own=pages) == [None, "i", "i", "ii", "ii"]


def test_short_texts():
    """Of a text of a few paragraphs none is numbered."""
    assert name_at("One.\n\nTwo.\n\nThree.", 0, 7) == [None, None]


@given(st.lists(st.text(st.characters(exclude_characters="\n\r", codec="utf-8"), min_size=1)))
def test_any_text(lines):
    """Numbers count up from 1 in any text, and no paragraph has two."""
    text = "\n\n".join(lines)
    places = dict.fromkeys(filter(None, find_places(text, (), range(len(text)))))

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
