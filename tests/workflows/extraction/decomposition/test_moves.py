"""What is told of a measure behind its figure is a claim of its own, of the same measure."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Revenue rose 11% to $22.5 million, ahead of the $21.3 million forecast by analysts.",
            [
                "Revenue rose 11% to $22.5 million",
                "Revenue was ahead of the $21.3 million forecast by analysts",
            ],
        ),
        (
            (
                "Norlink’s profit fell 4% to 310 million euros, below the 330 million that "
                "analysts had expected."
            ),
            [
                "Norlink’s profit fell 4% to 310 million euros",
                "Norlink’s profit was below the 330 million that analysts had expected",
            ],
        ),
        (
            (
                "Norlink raised its profit outlook to 40 million euros, up from 35 million, "
                "compared with a consensus of 38 million."
            ),
            [
                "Norlink raised its profit outlook to 40 million euros",
                "Norlink’s profit outlook was up from 35 million",
                "The consensus for Norlink’s profit outlook was 38 million",
            ],
        ),
        (
            (
                "Amber Rail, a freight carrier, generated $620 million in sales for the second "
                "quarter, down 3% from 2023."
            ),
            [
                (
                    "Amber Rail, a freight carrier, generated $620 million in sales for the second "
                    "quarter"
                ),
                "Amber Rail’s sales for the second quarter were down 3% from 2023",
            ],
        ),
        (
            (
                "Sales at the ferry unit climbed 16% to $8.4 million, driven by strong demand for "
                "night crossings."
            ),
            [
                "Sales at the ferry unit climbed 16% to $8.4 million",
                "Sales at the ferry unit were driven by strong demand for night crossings",
            ],
        ),
        (
            "Norlink posted earnings of $1.70 a share, beating consensus estimates of $1.41.",
            [
                "Norlink posted earnings of $1.70 a share",
                "Norlink’s earnings beat consensus estimates of $1.41",
            ],
        ),
        (
            "The unemployment rate fell to 4.2 percent in June, its lowest level since 2008.",
            [
                "The unemployment rate fell to 4.2 percent in June",
                "The unemployment rate in June was at its lowest level since 2008",
            ],
        ),
        (
            "Exports grew 9% in May, the fastest pace in three years.",
            ["Exports grew 9% in May", "Exports in May grew at the fastest pace in three years"],
        ),
        (
            "Norlink’s revenue reached $3 million, up 12% and above estimates, helped by ferries.",
            [
                "Norlink’s revenue reached $3 million",
                "Norlink’s revenue was up 12%",
                "Norlink’s revenue was above estimates",
                "Norlink’s revenue was helped by ferries",
            ],
        ),
    ],
)
def test_told_behind(find, text, words):
    """Each part has the measure, its owner and its time."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "Lee finished in 41 minutes, ahead of Roe.",
        "Lee climbed to 8,400 metres, driven by the wish to break the record.",
        "Profit could fall 4% to $30 million, below the forecast of $33 million.",
        "Norlink did not raise its outlook to $4 million, up from $3 million in May.",
        "The club sold 4,000 tickets or 8% fewer, below the 4,300 it had hoped for.",
        "Norlink kept its dividend at $1, up 10 cents, despite lower sales.",
    ],
)
def test_nothing_measured(find, text):
    """What is no measure, or did not happen, stays whole."""
    assert [claim.words for claim in find(text)] == [text.removesuffix(".")]
