"""Whatever the text, extraction answers, and what it answers stands in the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.extraction.setting.only_names import find_bearers
from workflows.extraction.setting.police import find_police
from workflows.extraction.setting.surveys import FINDING
from workflows.extraction.text.owners import find_sections

SAYINGS = st.sampled_from(
    [
        "The mayor said that the bridge was closed.",
        "“Nobody was hurt,” the police said, “and nothing burned.”",
        "According to the BBC, 10,000 troops have arrived since June.",
        "Experts say the numbers might be exaggerated",
        "RESIDENTS FEAR THAT THE DAM MAY BREAK",
        "- first point: costs rose by 12% to $3 million",
        "It ran from May until June 2023, or since 2031.",
        "| place | dead |\n| north | 1,200 |",
        "Der Minister sagte, die Brücke sei gesperrt.",
        "북한이 병력을 보냈다고 한다.",
        "He denied it. She could not confirm them.",
        '"Unbalanced, he said',
        "MS. ROE (LAB): It leaks. Is it not a fact that it leaked in May?",
        "[10:14] kit: 14 trucks left #Olden 🔥 https://example.org/a",
        "“It leaks.”\n— Kit Roe (@kit) October 18, 2024",
        "> The gov-\n> ernment fell.[1][2]\n>\n> -- Kit Roe",
        "The mayor said that the dam held.\ufeffA0 000 :B0( ",
        "OLDEN - Two were shot on [Mill[ Street, police said. The gunman did flee.",
        "OLDEN (AP) — 14 killed in mine, rescuers say",
        "Minister Roe said:",
        "Correction: An earlier version said that nine had died; in fact it was 14.",
        "Kit Roe\n10:14 AM",
        "It said that it said that it said that it was true.",
        "The vans burned in May. It was (allegedly",
    ]
)
ODD = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z", "Cc", "Cf", "Mn")),
    max_size=60,
)
BETWEEN = st.sampled_from([" ", "\n", "\r\n", "\n\n", "\u2028", "\ufeff", "\u202e", "🧾 ", ""])


@st.composite
def texts(draw):
    """Sentences with sources among odd ones, put together in odd ways."""
    parts = draw(st.lists(SAYINGS | ODD, max_size=8))
    return "".join(part + draw(BETWEEN) for part in parts)


@settings(
    max_examples=150,
)
@given(text=texts())
def test_offsets_into_any_text(find, text):
    """Any text is answered with offsets into it."""
    for claim in find(text):
        assert 0 <= claim.start < claim.end <= len(text)
        assert text[claim.start : claim.end].strip()
        assert text[claim.quote_start : claim.quote_start + len(claim.quote)] == claim.quote
        assert 0 <= claim.check_worthiness <= 1
        assert claim.words.strip()
        for link in claim.attribution:
            assert (link.source is None) == (link.start is None)
            if link.start is not None:
                assert text[link.start : link.end] == link.source
            if link.cue_start is not None:
                assert text[link.cue_start : link.cue_end] == link.cue
        for reference in claim.references:
            assert text[reference.start : reference.end] == reference.text
            assert text[reference.from_start : reference.from_end].strip()
            assert f"[{reference.stands_for}]" in claim.words
        for figure in claim.figures:
            assert text[figure.start : figure.end] == figure.text
        for mention in claim.dates:
            assert text[mention.start : mention.end] == mention.text
            if mention.first is not None and mention.last is not None:
                assert mention.first <= mention.last


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\ufeff",
        "." * 5000,
        "“" * 400,
        "word " * 4_000,
        "a" * 20_000,
        "The mayor said that " * 500,
        "10,000 " * 2000,
        "Mh. Roe's defeat won't ne\u200bcess\narily derail hir plan. He leads '…s fir",
        "supported the building of the hall, was sold in May.",
    ],
    ids=[
        "empty",
        "blank",
        "mark only",
        "dots",
        "quotes",
        "no end",
        "one word",
        "said that",
        "figures",
        "typing errors",
        "cut at its head",
    ],
)
def test_edge_cases(find, text):
    """Texts at the edges are answered."""
    for claim in find(text):
        assert 0 <= claim.start < claim.end <= len(text)


def test_line_endings_and_bom(find):
    """Line endings and a byte-order mark do not move offsets."""
    text = "\ufeffA headline\r\n\r\nThe mayor said that 12 bridges were closed.\r\n"

    claims = [claim for claim in find(text) if claim.figures]

    assert [text[c.start : c.end] for c in claims] == ["that 12 bridges were closed"]


@pytest.mark.parametrize("unit", ["A-", "A&", "A'", "A."])
@pytest.mark.parametrize(
    "read",
    [
        lambda text: find_sections(text, ()),
        find_bearers,
        lambda text: find_police(text, None),
        lambda text: list(FINDING.finditer(text)),
    ],
    ids=["owners", "bearers", "police", "pollsters"],
)
def test_time_grows_with_the_text(read, unit):
    """A run of capitals four times as long takes about four times as long to read, not sixteen."""

    def measure(units):
        text = f"The profit was $1. {unit * units}"
        taken = []
        for _ in range(3):
            begun = time.process_time()
            read(text)
            taken.append(time.process_time() - begun)
        return min(taken)

    assert measure(8_000) < 9 * max(measure(2_000), 0.0005)
