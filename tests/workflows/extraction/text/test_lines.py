"""Which lines of a text are one paragraph."""

import pytest

from workflows.extraction.text.lines import find_joints, iter_paragraphs, split_lines


def read(text):
    lines = split_lines(text)
    joints = find_joints(text, lines, frozenset())
    return [
        " ".join(text[lines[i].start : lines[i].end] for i in run)
        for run in iter_paragraphs(lines, joints)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The pilots said on Monday that\nthey had seen the wreck of a\nbarge off Olden.",
        "Two barns burned down when a van hit\na pole near Lower\nMorrow, police said.",
        "The parlia-\nment rose.",
        "The harbour master of Olden told the Post on Wednesday that\nMorrow had lost its port.",
        "The pilots said on Monday that\r\nthey had seen it.\r\n",
        "> The dam is old and it\n> leaks, we said.",
        "The bank's profit fell in the six-month period of\n2000.",
        "The bank paid fines to the county and the town for its\n400 branches in\nMorrow.",
        "A fine, said the bank,\n$40 million in all.",
        f"It sold all that it had {'in the north and ' * 6} abroad, which could\n$40 million.",
        "The mill was shut by\n12. In Morrow it rained.",
        "* a point that is long enough\n  to need a second line",
    ],
)
def test_wrapped_lines(text):
    """Lines that were ended for want of room are one paragraph, at any width."""
    assert len(read(text)) == 1


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Mayor resigns\nPort strike enters its third day\nRain", 3),
        ("A title without a stop\nThe mayor of Olden resigned on Monday, her office said.", 2),
        ("One.\n\nTwo.", 2),
        ("Duties Laid On Eleven Morrow Firms\nThe county laid duties on 11\nfirms on Monday.", 2),
        ("One ends here.\n   Two begins deeper\nand goes on here.", 2),
        ("- a point\n- another point\n- a third", 3),
        ("Forty words that were typed without any end of line " * 3 + "\nAnd another", 2),
    ],
)
def test_lines_apart(text, paragraphs):
    """Headlines, items and indented lines begin paragraphs of their own."""
    assert len(read(text)) == paragraphs
