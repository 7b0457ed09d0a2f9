"""Texts that are all somebody's."""

import pytest

from workflows.extraction.text.document import read_document
from workflows.extraction.text.parts import PartKind


def spoken(text):
    return [
        part.turn.speaker if part.turn is not None else None
        for part in read_document(text).parts
        if part.kind is PartKind.TEXT
    ]


@pytest.mark.parametrize(
    ("opening", "speaker"),
    [
        (
            "Minister Kit Roe issued the following statement on the fire (4 May):",
            "Minister Kit Roe",
        ),
        ("The Ministry of Water today released the following statement:", "The Ministry of Water"),
        ("Statement by the Minister of Water, Kit Roe, on the dam", "Kit Roe"),
        ("Press statement by President Kit Roe", "President Kit Roe"),
        ("MEDIA STATEMENT BY THE PREMIER, KIT ROE", "Kit Roe"),
        ("Remarks by Governor Kit Roe at the Morrow Bridge", "Governor Kit Roe"),
        ("Statement on the fire by the Pell Fire Department", "the Pell Fire Department"),
        ("Message from Kit Roe, chief executive of Nordbank", "Kit Roe"),
        ("Kit B. Roe, Secretary of Trade", "Kit B. Roe"),
        ("Here is what the auditor's report found:", "the auditor's report"),
    ],
)
def test_statements(opening, speaker):
    """What stands above a statement tells whose all of it is."""
    assert spoken(f"{opening}\n\nTwo gates broke.\n\nNine were sold.") == [speaker, speaker]


@pytest.mark.parametrize(
    ("frame", "teller"),
    [
        (
            "This, at least, is the story that emerges in a report by the group Lighthouse.",
            "the group Lighthouse",
        ),
        ("So says a report by the auditor, Mr. Roe, released on Monday.", "Mr. Roe"),
        (
            "These are some of the findings of a study by the University of Olden.",
            "the University of Olden",
        ),
        ("This is how prosecutors describe the events.", "prosecutors"),
        ("According to the ministry, that is what happened in May.", "the ministry"),
    ],
)
def test_frames(frame, teller):
    """What tells at the end whose story it was gives it all that stands before."""
    assert spoken(f"Two gates broke.\n\nNine were sold.\n\n{frame}") == [teller, teller]


@pytest.mark.parametrize(
    "text",
    [
        "Speech by president angers unions\n\nThe unions called a strike.",
        "Kit Roe, mayor of Olden\n\n“We lost it,” Roe said.\n\nThe town is poor.",
        "The army issued the following statement. The general left.\n\nNine died.",
        "So said his mother.",
        "This is the story of a dam.\n\nThe dam broke.",
        "The dam broke.\n\nThat is what the county paid for.",
    ],
)
def test_told_by_nobody(text):
    """A story in which its speaker is told of, or that nobody tells, stays the document's."""
    assert set(spoken(text)) == {None}


def test_body_of_speaker(find):
    """What a firm's head calls “we” is the firm."""
    [claim] = find("Message from Kit Roe, chief executive of Nordbank\n\nWe closed 40 branches.")

    assert claim.words == "[Nordbank] closed 40 branches"
