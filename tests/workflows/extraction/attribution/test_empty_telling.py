"""Names given, and tellings that tell nothing: no sayings, and at times no claims."""

import pytest

from workflows.claims import Hedge


@pytest.mark.parametrize(
    "text",
    [
        "A drug called Xaltor cured 40 patients.",
        "The material called spike protein is found in the virus.",
        "The ship, dubbed “the Duchess”, sank in May.",
        "A farmer nicknamed “the Fox” lost 40 sheep.",
        "The two men, named Lee and Roe, fled to Norland.",
        "The river is called the Arn.",
        "The vaccine, called Xaltor by its makers, cured 40 patients.",
        "The firm named the ship Duchess in May.",
    ],
)
def test_a_name_is_no_saying(find, text):
    """What something is called is the document's own word, and one claim."""
    [claim] = find(text)

    assert claim.attribution == ()
    assert claim.words == text.removesuffix(".")


def test_a_site_called_so_says_it(find):
    """A source with the name it is called by is one source, of what it reports."""
    [claim] = find("A news site called The Local reported that the port closed.")

    assert claim.words == "The port closed"
    assert claim.attribution[0].source == "A news site called The Local"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lee explained why the port had closed.", "The port had closed"),
        ("Lee recounted how 40 boats were lost.", "40 boats were lost"),
        ("The jury heard how Franklin took 40 rings.", "Franklin took 40 rings"),
        (
            "The report explains how the bank hid 40 million dollars.",
            "The bank hid 40 million dollars",
        ),
    ],
)
def test_what_is_recounted_is_the_claim(find, text, words):
    """Who explains how or why a thing was so says that it was."""
    [claim] = find(text)

    assert claim.words == words
    assert claim.attribution


@pytest.mark.parametrize(
    "text",
    [
        "Lee explained to the council why the dam was chosen for it.",
        "Lee explained what the fund had lost.",
        "Roe expressed the network's frustration.",
        "Roe voiced anger.",
        "Lee criticised Roe on two fronts.",
        "Lee attacked the plan on several grounds.",
    ],
)
def test_nothing_told_is_no_claim(find, text):
    """That somebody spoke, felt or blamed, without what, is no claim."""
    assert not [claim for claim in find(text) if claim.words.startswith(("Lee", "Roe"))]


@pytest.mark.parametrize(
    "text",
    [
        "Lee did not explain why the port had closed.",
        "Roe expressed concern about the 40 lost jobs.",
        "Lee criticised the bank for closing 40 branches.",
    ],
)
def test_an_act_with_its_matter_stays(find, text):
    """What was not explained, and what somebody is blamed for, is told whole."""
    [claim] = find(text)

    assert claim.words == text.removesuffix(".")


@pytest.mark.parametrize(
    "text",
    [
        "Lee condemned the attack.",
        "The union praised the crews.",
        "The minister denounced the treaty.",
        "Lee welcomed the vote.",
    ],
)
def test_an_act_is_the_documents(find, text):
    """That somebody condemned or praised something is told by the document, not by him."""
    [claim] = find(text)

    assert claim.words == text.removesuffix(".")
    assert (claim.attribution, claim.hedge) == ((), Hedge.ASSERTED)


def test_an_accusation_is_its_makers(find):
    """What somebody accuses another of is alleged by him."""
    [claim] = find("Lee accused the bank of closing 40 branches.")

    assert claim.attribution[0].source == "Lee"
    assert claim.hedge is Hedge.ALLEGED
