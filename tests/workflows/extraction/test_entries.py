"""Live blogs are read entry by entry: each under its own day, offsets into the whole text."""

from datetime import date

import pytest

from workflows.claims import Place, PlaceKind
from workflows.extraction.entries import extract_dated_claims

FIRST = "Mayor Anna Dahl said on Monday that 30 people had left Olden."
SECOND = "Police in Olden arrested 12 people on Monday. He was later freed."
PLACES = (
    Place(0, "10 March", PlaceKind.ENTRY, date(2026, 3, 10)),
    Place(len(FIRST) + 2, "3 March", PlaceKind.ENTRY, date(2026, 3, 3)),
)


@pytest.fixture(scope="module")
def found(nlp):
    return extract_dated_claims(nlp, f"{FIRST}\n\n{SECOND}", date(2026, 3, 12), PLACES)


def test_each_on_its_day(found):
    """Any "Monday" is the Monday before the entry it stands in."""
    said = [link.date for claim in found for link in claim.attribution]
    told = [mention.first for claim in found for mention in claim.dates]

    assert set(said) == {date(2026, 3, 9)}
    assert set(told) == {date(2026, 3, 2)}


def test_offsets_hold(found):
    """Every offset is one into the whole text."""
    text = f"{FIRST}\n\n{SECOND}"

    assert found
    for claim in found:
        assert text[claim.quote_start :].startswith(claim.quote)
        for figure in claim.figures:
            assert text[figure.start : figure.end] == figure.text
        for mention in claim.dates:
            assert text[mention.start : mention.end] == mention.text
        for link in claim.attribution:
            assert link.source is None or text[link.start : link.end] == link.source


def test_entries_are_not_merged(found):
    """Nobody of one entry is meant by "he" in another."""
    assert not any("Dahl" in claim.words for claim in found if claim.start > len(FIRST))


def test_texts_without_days(nlp):
    """Pages change nothing: such a text is read in one."""
    places = (Place(0, "1"), Place(len(FIRST) + 2, "2"))
    text = f"{FIRST}\n\n{SECOND}"

    paged = extract_dated_claims(nlp, text, date(2026, 3, 12), places)

    assert paged == extract_dated_claims(nlp, text, date(2026, 3, 12))
