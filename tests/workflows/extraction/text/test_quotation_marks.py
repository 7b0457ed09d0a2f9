"""Quotation marks of every kind become the same two; apostrophes stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.extraction.text.quotation_marks import make_plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("«It is safe,» Lee said.", "“It is safe,” Lee said."),
        ("»It is safe,« Lee said.", "“It is safe,” Lee said."),
        ("„It is safe,“ Lee said.", "“It is safe,” Lee said."),
        ("‚It is safe,‘ Lee said.", "“It is safe,” Lee said."),
        ("「It is safe」 Lee said.", "“It is safe” Lee said."),
        ("« It is safe, » Lee said.", " “It is safe,”  Lee said."),
        ("'It is safe,' Lee said.", "“It is safe,” Lee said."),
        ("‘It isn’t safe,’ Lee said.", "“It isn’t safe,” Lee said."),
        (
            "'They're 60 and haven't been mended since '98.'",
            "“They're 60 and haven't been mended since '98.”",
        ),
        (
            "The workers' union and the towns' mayors met.",
            "The workers' union and the towns' mayors met.",
        ),
        ("“He said ‘no’ to it,” Lee said.", "“He said ‘no’ to it,” Lee said."),
        ('They “won\'t go," Lee said. It is "safe.”', "They “won't go,” Lee said. It is “safe.”"),
        ("It fell in '98, 'twas said.", "It fell in '98, 'twas said."),
    ],
)
def test_marks_are_made_plain(text, plain):
    """A pair of marks of any kind is read as “ and ”."""
    assert make_plain(text) == plain


@given(st.text(alphabet="ab s.,'\"‘’“”«»„‚「」‹›\n", max_size=60))
def test_length_is_kept(text):
    """Offsets into the text stay true."""
    assert len(make_plain(text)) == len(text)
