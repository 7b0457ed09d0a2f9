"""What negates, refuses or takes back a saying: never the opposite of what its source said."""

import pytest

from workflows.claims import Hedge


def put(find, text):
    """The words of each claim with its hedge, without square brackets."""
    return {(c.words.replace("[", "").replace("]", ""), c.hedge) for c in find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Auditors found no evidence that the fund had been emptied.",
        "Researchers have yet to find proof that the well was poisoned.",
        "Detectives turned up nothing to suggest that the fire was deliberate.",
        "The archivist could find no deed that the mill had been sold.",
        "The commission unearthed little to show that the vote was bought.",
        "Auditors have no evidence to suggest that the treasurer took cash.",
        "The mayor did not have any sign to show that the clerk had lied.",
        "The evidence does not show that the drug works.",
        "The union stopped short of saying that the minister had lied.",
        "The panel refrained from saying that the vote was rigged.",
        "The spokesman never said that the plant would close.",
        "None of the witnesses said that the car had stopped.",
        "No one knew that the ship had sunk.",
        "The firm did not disclose that it had lost 40 million dollars.",
        "The general no longer claims that the town was taken.",
        "Few experts think that the plan works.",
        "It would be wrong to say that the vote was fair.",
        "The union urged the minister to admit that the dam was cracked.",
    ],
)
def test_absence_stays_in_words(find, text):
    """What nobody found, said or knew keeps its negation in its words, and nothing else is told."""
    [claim] = find(text)

    assert claim.words == text.removesuffix(".")


@pytest.mark.parametrize(
    ("text", "words", "hedge"),
    [
        ("Lee did not deny that the mill was sold.", "The mill was sold", Hedge.UNCONFIRMED),
        (
            "The port neither confirmed nor denied that the mill was sold.",
            "The mill was sold",
            Hedge.UNCONFIRMED,
        ),
        (
            "The port would neither confirm nor deny that the mill was sold.",
            "The mill was sold",
            Hedge.UNCONFIRMED,
        ),
        ("Lee refused to say whether the mill was sold.", "The mill was sold", Hedge.UNCONFIRMED),
        ("Lee declined to say if the mill was sold.", "The mill was sold", Hedge.UNCONFIRMED),
        (
            "Lee had no comment on whether the mill was sold.",
            "The mill was sold",
            Hedge.UNCONFIRMED,
        ),
        ("Lee cannot rule out that the mill was sold.", "The mill was sold", Hedge.SPECULATED),
        ("Lee ruled out that the mill was sold.", "The mill was sold", Hedge.DENIED),
        ("Mayor denies mill was sold", "Mill was sold", Hedge.DENIED),
        ("Lee does not believe that the mill was sold.", "The mill was sold", Hedge.DENIED),
        ("Lee doubts that the mill was sold.", "The mill was sold", Hedge.UNCONFIRMED),
        ("Lee doubts whether the mill is safe.", "The mill is safe", Hedge.UNCONFIRMED),
        ("Lee apologised for saying that the mill burned.", "The mill burned", Hedge.UNCONFIRMED),
        ("Whether the treatment worked is unknown.", "The treatment worked", Hedge.UNCONFIRMED),
        (
            "It is a myth that the tower was built in a day.",
            "The tower was built in a day",
            Hedge.DENIED,
        ),
        ("It is not true that the bank closed.", "The bank closed", Hedge.DENIED),
    ],
)
def test_the_hedge_of_what_is_left(find, text, words, hedge):
    """A refusal leaves a thing open, and what is ruled out is denied."""
    assert (words, hedge) in put(find, text)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("If Lee says that the dam is safe, 900 families will return.", Hedge.PREDICTED),
        ("The judge forced Lee to admit that the dam was cracked.", Hedge.REPORTED),
        ("Lee said that the dam was safe.", Hedge.REPORTED),
        ("Lee said that if the rain goes on, the dam is at risk.", Hedge.REPORTED),
    ],
)
def test_a_condition_says_nothing(find, text, hedge):
    """What somebody would have to say first is not said; what he was made to say is."""
    assert {claim.hedge for claim in find(text)} == {hedge}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The vans, allegedly sold in May by a clerk, were found in Olden.",
            {
                ("The vans were found in Olden", Hedge.ASSERTED),
                ("The vans were sold in May by a clerk", Hedge.ALLEGED),
            },
        ),
        (
            "Norlink bought the allegedly stolen vans.",
            {("Norlink bought the allegedly stolen vans", Hedge.ASSERTED)},
        ),
        (
            "Pell is wary of the port's claim that nine boats were lost.",
            {("Nine boats were lost", Hedge.UNCONFIRMED)},
        ),
        ("That two mayors sold the park for 1 crown is odd.", set()),
    ],
)
def test_doubt_beside_a_fact(find, text, told):
    """What is only alleged beside a fact is a claim of its own, and the fact is told without it."""
    assert put(find, text) == told
