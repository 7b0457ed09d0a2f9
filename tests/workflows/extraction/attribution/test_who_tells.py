"""Who tells something where the parser or the word order hides it, and what nobody tells."""

import pytest

from workflows.claims import Hedge


def list_sources(find, text, words):
    """The sources, outermost first, of the claims that hold some words; and their hedges."""
    return [
        ([link.resolved or link.source for link in claim.attribution], claim.hedge)
        for claim in find(text)
        if words in claim.words
    ]


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        (
            (
                "The ferry, carrying 40 people, hit a pier, turned over and sank at noon outside "
                "Arden, State Harbour Patrol Officer Mara Quill said."
            ),
            "sank at noon",
            "State Harbour Patrol Officer Mara Quill",
        ),
        (
            "Two clerks were killed and one guard hurt, Arden Bay police Lt. Tom Hobbs said.",
            "Two clerks were killed",
            "Arden Bay police Lt. Tom Hobbs",
        ),
        (
            "Most errors in food news stand already in leaflets, finds a study of 40 papers.",
            "Most errors",
            "a study of 40 papers",
        ),
        (
            "Few farmers use the new seed, suggests a report published by the Arden Institute.",
            "Few farmers",
            "a report published by the Arden Institute",
        ),
        (
            (
                "Researchers read 460 leaflets. They found that 40% held errors, 33% held wrong "
                "doses, and 36% held false names."
            ),
            "36% held",
            "researchers",
        ),
        (
            (
                "Governor Kim Vale said in May that drones hit a line, but that the supply has "
                "since been restored."
            ),
            "has since been restored",
            "Governor Kim Vale",
        ),
        (
            (
                "Troopers in Arden received word at noon that a crash had occurred near Exit 32, "
                "according to the sheriff of Pell."
            ),
            "received word",
            "the sheriff of Pell",
        ),
        (
            "Here is Ann Roe, speaking in Arden on Monday: “The clerk took 40,000 crowns in 2014.”",
            "40,000 crowns",
            "Ann Roe",
        ),
    ],
)
def test_who_tells_is_found(find, text, words, source):
    """Whoever tells something is its source, however the sentence puts them."""
    found = list_sources(find, text, words)
    assert found
    assert all(sources == [source] and hedge is Hedge.REPORTED for sources, hedge in found)


@pytest.mark.parametrize(
    ("text", "words", "sources"),
    [
        (
            (
                "The website Pell.de quoted harbour spokeswoman Lise Holm as saying that 14 barges "
                "had sunk."
            ),
            "14 barges",
            ["The website Pell.de", "harbour spokeswoman Lise Holm"],
        ),
        (
            "The newspaper Arden Post quoted fire chief Ana Brill as saying all 12 sailors died.",
            "12 sailors",
            ["The newspaper Arden Post", "fire chief Ana Brill"],
        ),
        (
            (
                "The Arden Post reported, according to clerks at the hearing, Roe had told the "
                "council that the dam was sold."
            ),
            "dam was sold",
            ["The Arden Post", "clerks at the hearing", "Roe"],
        ),
        (
            "The Arden Post quoted an unnamed official saying 40 tanks had crossed the river.",
            "40 tanks",
            ["The Arden Post", "an unnamed official"],
        ),
    ],
)
def test_an_outlet_stands_outside(find, text, words, sources):
    """Whoever reports the words of another comes first in the chain."""
    assert (sources, Hedge.REPORTED) in list_sources(find, text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The former mayor was ordered to report to prison on 9 February.", "ordered"),
        ("Roe has been fined £40 and ordered to pay £135 in costs.", "£135"),
        ("Kim Roe was jailed after pleading guilty for her role in 14 raids.", "14 raids"),
        ("The driver was denied bail on Monday in Arden.", "denied bail"),
        ("The mayor ordered 40 schools to close on 4 May.", "schools"),
        ("Radio host Jan Moll talked with Mayor Ida Kerr about the flood of 2019.", "talked"),
        ("The Harbour Guard was planning to sink 12 ships near Arden.", "12 ships"),
        ("Roe pleaded guilty to theft in a plea deal calling for a six-year sentence.", "six-year"),
        ("Mayor Kerr spoke at a rally announcing the closing of the fair.", "closing"),
        ("Last year saw 19 fires in Arden, all but one of which were arson.", "19 fires"),
        ("The city council denied the plan for 40 flats by 5 votes to 2.", "denied"),
        ("The bank denied Ann Lee a loan of $40,000.", "loan"),
        ("Conclusion: The picture of the fire in Arden is from 2016.", "2016"),
        ("The video of a fire in (allegedly) Arden shows 40 cars.", "40 cars"),
        ("Nurses who smoked were less likely to reach the age of 80.", "less likely"),
        ("Norlink said it had a bid, which sent its shares 9 percent higher.", "9 percent"),
    ],
)
def test_an_act_is_nobodys_saying(find, text, words):
    """What somebody does by words, or is told to do, the document itself tells."""
    found = list_sources(find, text, words)
    assert found
    assert all(not sources and hedge is Hedge.ASSERTED for sources, hedge in found)


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Lee urged the council to close 40 schools by May.", "40 schools", "Lee"),
        ("A letter saying that the dam had burst was sent on Monday.", "dam had burst", "letter"),
        ("Police discovered that 40 crates were kept in a barn.", "40 crates", "Police"),
        ("As reported by the Arden Post, 40 clerks left.", "40 clerks", "the Arden Post"),
        ("Roe, a clerk in Arden, Texas, said the road was closed.", "road was closed", "Roe"),
    ],
)
def test_a_saying_stays_one(find, text, words, source):
    """A letter, or one who urges or finds out something, tells it."""
    found = list_sources(find, text, words)
    assert any(sources and source in sources[0] for sources, _ in found)


def test_a_survey_by_its_name_is_named(find):
    """A body whose name ends in “survey” is not shown as unnamed, and nobody is named twice."""
    [named] = find("The Arden Water Survey said the well in Pell held 40 tons of oil.")
    [twice] = find("Witnesses told Channel 9 that they believe the man lives in Arden.")

    [one] = find("A new survey says 50 percent of nurses agree, according to a Dahl Lund poll.")
    [sons] = find("His sons, Tim and Kit Roe, said the mill in Arden closed in May.")

    assert not named.attribution[0].anonymous
    assert [link.resolved for link in one.attribution] == ["the Dahl Lund poll"]
    assert sons.attribution[0].resolved == "Tim and Kit Roe"
    assert [link.source for link in twice.attribution] == ["Witnesses"]


@pytest.mark.parametrize(
    ("text", "words", "sources", "hedge"),
    [
        (
            "Mayor Kim Roe is not expected to resign before May.",
            "Mayor Kim Roe will not resign before May",
            [None],
            Hedge.PREDICTED,
        ),
        (
            "Analysts do not expect sales at Norlink to rise in 2023.",
            "Sales at Norlink will rise in 2023",
            ["Analysts"],
            Hedge.DENIED,
        ),
        (
            "Norlink does not expect to close 40 mills in Arden.",
            "Norlink does not expect to close 40 mills in Arden",
            ["Norlink"],
            Hedge.REPORTED,
        ),
        (
            "Arden police said that Tim Roe allegedly stole 40 cows.",
            "Tim Roe stole 40 cows",
            ["Arden police"],
            Hedge.ALLEGED,
        ),
    ],
)
def test_what_is_not_expected(find, text, words, sources, hedge):
    """What nobody expects never comes out as what somebody says will be."""
    [claim] = find(text)

    assert claim.words == words
    assert [link.resolved or link.source for link in claim.attribution] == sources
    assert claim.hedge is hedge


def test_no_event_speaks(find):
    """What happened is no speaker of the words that were called out during it."""
    text = "The first incident came in Arden, when nurses broke in, shouting “Roe took 40 boats!”"

    sources = [link.source for claim in find(text) for link in claim.attribution]

    assert all("incident" not in (source or "") for source in sources)
