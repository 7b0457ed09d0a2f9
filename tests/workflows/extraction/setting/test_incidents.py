"""Of which crash or shooting a claim tells."""

import pytest

SHOT = "OLDEN - A baker was shot outside a bar in Olden on Friday, police said.\n\n"
TRIED = "Tim Falk pleaded guilty to fraud in court in May, prosecutors said.\n\n"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "Two nurses were hurt.",
            "[In the shooting in Olden on 18 October 2024,] two nurses were hurt",
        ),
        (
            "Police searched three flats.",
            "[After the shooting in Olden on 18 October 2024,] police searched three flats",
        ),
        (
            "Kit Roe was arrested.",
            "[After the shooting in Olden on 18 October 2024,] Kit Roe was arrested",
        ),
        (
            "A nurse had called the police.",
            "[Before the shooting in Olden on 18 October 2024,] a nurse had called the police",
        ),
    ],
)
def test_incident(find, sentence, words):
    """What happened in, before or after the only event of a report is told with it."""
    assert find(SHOT + sentence)[-1].words == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Two nurses were hurt in Pell.",
        "Two nurses were hurt in 2019.",
        "The bar has 40 tables.",
        "Kit Roe was charged with theft.",
        "Three bakers were shot dead last year.",
    ],
)
def test_elsewhere(find, sentence):
    """Another place, time or trial is told of by itself, and so is what lasts."""
    assert "the shooting in Olden" not in find(SHOT + sentence)[-1].words


def test_war(find):
    """A war has one attack after the other, and nobody is told to have died in the first."""
    text = (
        "Airstrikes hit Olden on Friday. A market was bombed in Olden.\n\nNine people were killed."
    )

    assert not any("[In the" in claim.words for claim in find(text))


@pytest.mark.parametrize(
    "lede",
    [
        "Ann Lee shot back in Olden on Friday.",
        "Police sang in Olden on Friday, a week after the shooting in Pell.",
        "Police charged a man wanted for a shooting in Olden on Friday.",
    ],
)
def test_spoken_of(find, lede):
    """What a text does not report on, or only in a figure of speech, is no event of its claims."""
    claims = find(f"{lede}\n\nTwo nurses were hurt.")

    assert not any("[In the shooting" in claim.words for claim in claims)


@pytest.mark.parametrize(
    "lede",
    [
        "Police in Olden shot a baker on Friday.",
        "The Olden police shot a baker on Friday.",
        "A baker was shot on Friday, the Olden Police Department said.",
        "Olden's only baker was shot on Friday, police said.",
    ],
)
def test_whose_police(find, lede):
    """The town is known by its police or by what it has, too."""
    told = find(f"{lede}\n\nTwo nurses were hurt.")[-1]

    assert told.words == "[In the shooting in Olden on 18 October 2024,] two nurses were hurt"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("A trial was set for June.", "[In the case against Tim Falk,] a trial was set for June"),
        ("Falk will be sentenced in June.", "[Tim Falk] will be sentenced in June"),
        ("The bank has 40 clerks.", "The bank has 40 clerks"),
    ],
)
def test_case(find, sentence, words):
    """A trial is told with whom it is against, if the claim names nobody."""
    assert find(TRIED + sentence)[-1].words == words


def test_found_guilty(find):
    """Whoever is found guilty, or accused in a death, is on trial."""
    told = "A judge said that some jurors sang. Jurors met in court in June."

    found = find(f"Tim Falk was accused in the death of a nurse.\n\n{told}")[-1]

    assert found.words == "[In the case against Tim Falk,] jurors met in court in June"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Police have 40 vans.", "[In Olden,] police have 40 vans"),
        ("A split council passed the plan.", "[In Olden,] a split council passed the plan"),
        (
            "Firefighters told the city council so.",
            "[In Olden,] firefighters told the city council so",
        ),
        ("The council of Pell passed the plan.", "The council of Pell passed the plan"),
        ("Norlink praised the council.", "Norlink praised the council"),
        ("Some told the Senate so.", "Some told the Senate so"),
    ],
)
def test_town_body(find, sentence, words):
    """What every town has is told with the town."""
    told = find(f"OLDEN - The mayor of Olden sold a mill. Some firefighters left. {sentence}")[-1]

    assert told.words == words


def test_whose_council(find):
    """A council that is put in is told with its town."""
    text = "OLDEN - The City Council met on Monday.\n\nThe council has 12 members."

    assert find(text)[-1].words == "[The Olden City Council] has 12 members"


def test_no_court(find):
    """Where no court sits, somebody accused is on no trial."""
    text = "Tim Falk was charged with fraud in May.\n\nA charge of 40 dollars is made for a trial."

    assert not any("[In the case" in claim.words for claim in find(text))


def test_no_later_day(find):
    """Where an event was on one of several days, a later sentence's day is not its."""
    text = "A baker was shot in Olden over the weekend, police said.\n\nTwo nurses were hurt."
    told = find(f"{text} Some sang on Monday.")

    assert "[In the shooting in Olden,] two nurses were hurt" in [claim.words for claim in told]


def test_what_was_done_then(find):
    """What was done in the moment itself is not told as before it."""
    told = find(f"{SHOT}Police said a nurse had been shot twice.")[-1]

    assert (
        told.words == "[In the shooting in Olden on 18 October 2024,] a nurse had been shot twice"
    )
