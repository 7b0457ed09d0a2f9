"""Who is told of as a source in passing: “As the Post reported, …”."""

import pytest

from workflows.claims import Hedge


def put(find, text):
    """Each claim's words without square brackets, its sources and its hedge."""
    return [
        (
            claim.words.replace("[", "").replace("]", ""),
            [link.resolved or link.source for link in claim.attribution],
            claim.hedge,
        )
        for claim in find(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "As the Olden Post reported, the mayor sold the hall in May.",
        "As first reported by the Olden Post, the mayor sold the hall in May.",
        "The mayor sold the hall in May, as reported by the Olden Post.",
        "The mayor, as the Olden Post reported on Monday, sold the hall in May.",
        "As was reported by the Olden Post, the mayor sold the hall in May.",
    ],
)
def test_a_remark_names_the_source(find, text):
    """What stands beside “as the Post reported” is the Post's, and its words go out whole."""
    assert put(find, text) == [
        ("The mayor sold the hall in May", ["the Olden Post"], Hedge.REPORTED)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The bank closed 40 branches, as Lee had predicted.",
        "As announced on Monday, the mayor sold the hall.",
        "As Lee explained the plan in May, the dam burst.",
        "The hall was sold, as expected, in May.",
    ],
)
def test_what_is_no_remark(find, text):
    """That it came as somebody had foretold, or while he spoke, makes him no source of it."""
    assert all(not sources for _, sources, _ in put(find, text))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Police spokeswoman Cpl. Ann Roe said the man fled.", "Cpl. Ann Roe"),
        ("The man fled in May, according to police Sgt. Kit Lee.", "Sgt. Kit Lee"),
        ("Norlink, Inc. said the plant in Olden closed.", "Norlink"),
        ("News affiliate ABC 7 is reporting that the plant closed.", "ABC 7"),
        ("Local group ‘Homes for Olden’ claims the plant closed.", "group “Homes for Olden”"),
        ("Kit saw a sign at an exit in Olden that read: “The dam is old.”", "sign"),
    ],
)
def test_a_source_is_whole(find, text, source):
    """Ranks, firms and names in quotation marks are told in full as sources."""
    named = [
        link.resolved or link.source or "" for claim in find(text) for link in claim.attribution
    ]

    assert any(source in name for name in named), named


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Lee admits the dam is cracked, and the hall has become a danger.", ["Lee"]),
        ("Lee said the dam was cracked, and the hall was a danger to the town.", ["Lee"]),
        ("Lee said 14 had died, and police are looking for the driver.", []),
        ("Lee said the dam was cracked, and the council closed the road.", []),
    ],
)
def test_second_halves_by_their_tense(find, text, sources):
    """The second half of a sentence is said too where it stands in the time of what is told."""
    assert put(find, text)[-1][1] == sources


@pytest.mark.parametrize(
    "text",
    [
        "In the debates, Roe would constantly argue with the moderators.",
        "Drivers are used to seeing the sign warn of fog in May.",
        "It is gratifying to see the hard work of the team pay off.",
    ],
)
def test_what_tells_nothing(find, text):
    """Quarrels, habits and what somebody sees happen are nobody's sayings."""
    assert put(find, text) == [(text.removesuffix("."), [], Hedge.ASSERTED)]
