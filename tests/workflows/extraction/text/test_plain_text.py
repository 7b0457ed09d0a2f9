"""What a reader reads of a text, and where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.extraction.text.plain_text import read_plain


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The gov-\nernment fell.", "The government fell."),
        ("A well-\r\nknown 40-\nyear-old dam", "A well-known 40-year-old dam"),
        ("The mill\n   closed  in May.", "The mill closed in May."),
        ("> The dam\n> is safe.", "> The dam is safe."),
        ("It has 900 beds.[1][2] It", "It has 900 beds. It"),
        ("The census¹ counts 40 km² of fields.", "The census counts 40 km² of fields."),
        ("It fell.12 The rest stayed at 4.12 percent", "It fell. The rest stayed at 4.12 percent"),
        ("🚨 Fire in #Olden 🔥🔥 kills two", "Fire in Olden kills two"),
        ("Read it: https://example.org/a?b=1. Then go.", "Read it:. Then go."),
        ("sky\u00adscraper\u200b and \ufeffmore", "skyscraper and more"),
        ("pumps[citation needed] failed[a]", "pumps failed"),
        ("It is **9 metres** deep, *Roe* said.*†", "It is 9 metres deep, Roe said."),
        ("The [port board](https://example.org/a) met.[^3]", "The port board met."),
        ("See ![a map](/m.png) the 3 * 4 _big_ nets", "See the 3 * 4 big nets"),
        ("It has 80 wells.(4) It shut in 2011 (5), ", "It has 80 wells. It shut in 2011,"),
        ("“It leaks,’’ Roe said. ‘‘It did.’′", '“It leaks,” Roe said. "It did."'),
        ("It leaks [sic] in [the] hall [1984].", "It leaks in the hall [1984]."),
    ],
)
def test_text_as_read(text, read):
    """Line ends, notes, pictures, links and invisible marks are passed over."""
    assert read_plain(text, 0, len(text)).text == read


@given(st.text("ab-1²[]().\n\r >#🔥\u00ad\u200b", max_size=40), st.data())
def test_places_kept(text, data):
    """Each character read stands in the text where it is said to, also in a part cut out."""
    plain = read_plain(text, 0, len(text))

    for index, character in enumerate(plain.text):
        start, end = plain.locate(index, index + 1)
        assert end == start + 1
        assert character in {text[start], " ", "-"}

    start = data.draw(st.integers(0, len(plain.text)))
    end = data.draw(st.integers(start, len(plain.text)))
    if start < end:
        assert plain.cut(start, end).locate(0, end - start) == plain.locate(start, end)


def test_inserted_by_an_editor():
    """What stands in square brackets is known; loose brackets are none."""
    plain = read_plain("ns] It [the dam] leaks [1] in Dorn] and [T]he [mill", 0, 51)

    assert [plain.text[slice(*put)] for put in plain.inserted] == ["the dam", "T"]
