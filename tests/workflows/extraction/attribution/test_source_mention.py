"""Who says it: the speaker that belongs to a cue."""

import pytest


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "The minister said that exports had fallen, adding that 900 jobs were at risk.",
            "minister",
        ),
        ("The union said 40 guards had quit, noting that the mill had lost its licence.", "union"),
        ("Ann Roe said Lee had resigned, adding that the post would stay empty.", "Ann Roe"),
    ],
)
def test_who_speaks_adds(find, text, source):
    """What is added behind a saying is the speaker's, not that of what is told of."""
    last = find(text)[-1]

    assert source in (last.attribution[-1].resolved or last.attribution[-1].source)
    assert len(last.attribution) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Roe's aim is to find a way to admit that the rift between Olden and Dorn has grown.",
            ("The rift between Olden and Dorn has grown", []),
        ),
        (
            "The police responded to Olden in regards to a 25-year-old man who was hurt.",
            ("The police responded to Olden in regards to a 25-year-old man who was hurt", []),
        ),
        (
            "On Olden TV’s “Sunday Morning Futures,” Ann Roe said the dam is cracked.",
            ("The dam is cracked", ["Ann Roe"]),
        ),
        (
            "Detectives say when they found Lee, he had blood on his clothes.",
            ("When [detectives] found Lee, he had blood on his clothes", ["Detectives"]),
        ),
        (
            "“Ann Roe is the first mayor, at least in my lifetime, who wants the dam,” Lee said.",
            (
                "Ann Roe is the first mayor, at least in [Lee]'s lifetime, who wants the dam",
                ["Lee"],
            ),
        ),
    ],
)
def test_what_is_told_and_by_whom(find, text, told):
    """No way, hyphen or title makes a source, and what picks somebody out stays with him."""
    assert told in [
        (claim.words, [link.source for link in claim.attribution if link.source])
        for claim in find(text)
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "9,000 people marched, according to the Campaign to Save Our Libraries (CSOL).",
            "the Campaign to Save Our Libraries (CSOL)",
        ),
        ("The dam is cracked, said Ann Roe to Parliament.", "Ann Roe"),
        ("Ann Roe (D-Olden), who chairs the panel, said the dam is cracked.", "Ann Roe (D-Olden)"),
        ("Ann Roe (pictured) told the Post that the dam is cracked.", "Ann Roe"),
        (
            "OLDEN, NY (03/12/2014)(Wire)-- Park Commissioner Ann Roe said the dam is cracked.",
            "Park Commissioner Ann Roe",
        ),
        ("“The dam is cracked,’′ Ann Roe said. “It is old.”", "Ann Roe"),
        ("Roe's answer to them was to say that the dam is cracked.", "Roe"),
    ],
)
def test_whole_name(find, text, source):
    """A source is its whole name with the bracket behind it, and nothing that stands beside it."""
    link = find(text)[-1].attribution[-1]

    assert (link.resolved or link.source) == source
