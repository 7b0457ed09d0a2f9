"""What a speaker says of his own saying is not what he says."""

import pytest

from workflows.claims import Hedge


@pytest.mark.parametrize(
    ("text", "words", "hedge"),
    [
        ("“I think the bridge is unsafe,” Lee said.", "The bridge is unsafe", Hedge.SPECULATED),
        ("“I would say the bridge is unsafe,” Lee said.", "The bridge is unsafe", Hedge.REPORTED),
        (
            "“I would suggest that the fund has lost 40 million dollars,” Lee said.",
            "The fund has lost 40 million dollars",
            Hedge.REPORTED,
        ),
        (
            "“We believe that 40 workers died in the mill,” Lee said.",
            "40 workers died in the mill",
            Hedge.SPECULATED,
        ),
        (
            "“I can tell you that the mill has closed,” Lee said.",
            "The mill has closed",
            Hedge.REPORTED,
        ),
        (
            "“I know that the mill has closed,” Lee said.",
            "The mill has closed",
            Hedge.REPORTED,
        ),
        (
            "“I don't think the bridge is unsafe,” Lee said.",
            "[Lee] doesn't think the bridge is unsafe",
            Hedge.REPORTED,
        ),
        (
            "“I said the bridge was unsafe,” Lee said.",
            "[Lee] said the bridge was unsafe",
            Hedge.REPORTED,
        ),
    ],
)
def test_what_is_said_is_the_claim(find, text, words, hedge):
    """The claim is what the speaker holds; what he does not hold, or once said, stays whole."""
    [claim] = find(text)

    assert (claim.words, claim.hedge) == (words, hedge)
    assert [link.resolved or link.source for link in claim.attribution] == ["Lee"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is no secret that Lee owns two mills.", ["Lee owns two mills"]),
        ("There is no denying that Lee owns two mills.", ["Lee owns two mills"]),
        (
            "The sale comes as no surprise, as Norlink lost $3 million in May.",
            ["Norlink lost $3 million in May"],
        ),
        ("The dam was no surprise.", ["The dam was no surprise"]),
        (
            "Noting that both mills burned in 1990, Ann Lee closed the school in Dorn.",
            ["Both mills burned in 1990", "Ann Lee closed the school in Dorn"],
        ),
    ],
)
def test_no_frame(find, text, words):
    """What only leads to a claim is no part of it."""
    assert [claim.words for claim in find(text)] == words
