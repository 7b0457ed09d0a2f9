"""Who answers in an interview."""

import pytest

from workflows.extraction.text.interviews import find_interviewee


def interviewee(text):
    found = find_interviewee(text, len(text))
    return text[slice(*found)] if found is not None else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Interview with Kit Roe\n", "Kit Roe"),
        ("Q&A: Kit Roe on the flood\n", "Kit Roe"),
        ("The mayor of Olden talks to Jo Ames about the flood.", "The mayor of Olden"),
        ("Olden's mayor, Kit Roe, speaks to the Post.", "Kit Roe"),
        ("Kit Roe, head of the Morrow port, spoke with the Post.", "Kit Roe"),
        ("Kit Roe answered questions from the Morrow Post.", "Kit Roe"),
        ("We interviewed Dr Kit Roe, who runs the clinics.", "Dr Kit Roe"),
        ("The Post talked to Kit Roe about the flood.", "Kit Roe"),
        ("In an interview with the engineer Kit Roe, we asked why.", "Kit Roe"),
        ("Kit Roe talks to Jo Ames about the flood.", None),
        ("We spoke to Kit Roe and we spoke to Jo Ames.", None),
        ("The mayor of Olden resigned in May.", None),
    ],
)
def test_introductions(text, name):
    """An introduction tells who answers; where it may be either of two, nobody is named."""
    assert interviewee(text) == name
