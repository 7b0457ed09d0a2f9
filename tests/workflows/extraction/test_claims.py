"""Whole claims: chains, hedges, names in place of pronouns, words that can be read alone."""

from datetime import date

import pytest

from workflows.claims import Hedge, Polarity


def chain(claim):
    return [link.source for link in claim.attribution]


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The bridge was closed on Monday.", Hedge.ASSERTED),
        ("The ministry confirmed that the bridge was closed.", Hedge.CONFIRMED),
        ("The ministry said that the bridge was closed.", Hedge.REPORTED),
        ("The company alleged that the bridge was closed illegally.", Hedge.ALLEGED),
        ("Residents believe that the bridge was closed.", Hedge.SPECULATED),
        ("The ministry said that the bridge may have been closed.", Hedge.SPECULATED),
        ("The bridge will be closed in March.", Hedge.PREDICTED),
        ("The mayor denied that the bridge had been closed.", Hedge.DENIED),
        ("The ministry could not confirm that the bridge was closed.", Hedge.UNCONFIRMED),
        ("The bridge has reportedly been closed by the police.", Hedge.REPORTED),
    ],
)
def test_hedge_is_shown(only, text, hedge):
    """A claim shows how firmly it is put."""
    assert only(text).hedge is hedge


def test_weakest_hedge(only):
    """The weakest hedge of a chain is the claim's."""
    claim = only("The ministry confirmed that experts suspect that the bridge is unsafe.")

    assert claim.hedge is Hedge.SPECULATED
    assert [link.hedge for link in claim.attribution] == [Hedge.CONFIRMED, Hedge.SPECULATED]


def test_could_not_confirm(find):
    """A report that its source could not confirm is unconfirmed."""
    text = "The minister voiced concern about the reports of an attack, but could not confirm them."

    claims = find(text)

    assert claims[0].hedge is Hedge.UNCONFIRMED
    assert claims[0].words == "There has been an attack"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "The BBC reported, citing residents of the far east, that troops had arrived.",
            ["The BBC", "residents of the far east"],
        ),
        (
            "The mayor said that, according to the ministry, the bridge was closed.",
            ["The mayor", "the ministry"],
        ),
        (
            "Press reports say that the ministry has confirmed that the bridge is closed.",
            ["Press reports", "the ministry"],
        ),
    ],
)
def test_chain_outermost_first(only, text, sources):
    """A chain of sources runs from the outermost inwards."""
    assert chain(only(text)) == sources


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "There are fears that the country may have moved its biggest force abroad.",
            "The country has moved its biggest force abroad",
        ),
        ("Experts say the number might be exaggerated.", "The number is exaggerated"),
        ("Experts say the numbers could be exaggerated.", "The numbers are exaggerated"),
        ("Experts say the troops may not have left the base.", "The troops have not left the base"),
        ("Ferries might be rerouted to Tallinn.", "Ferries might be rerouted to Tallinn"),
        ("The pier may not be rebuilt.", "The pier may not be rebuilt"),
        ("The crew could not be reached by radio.", "The crew could not be reached by radio"),
        ("Two crews could be involved in the plan.", "Two crews are involved in the plan"),
        ("The ferry may be leaving the port.", "The ferry is leaving the port"),
        ("Soldiers are believed to have left the base.", "Soldiers have left the base"),
        ("The bridge, the mayor said, is safe again.", "The bridge is safe again"),
        ("“The bridge is safe,” the mayor said.", "The bridge is safe"),
    ],
)
def test_bare_of_hedge(only, text, words):
    """A claim is bare of its source's hedge."""
    assert only(text).words == words


def test_coordinated_statements(find):
    """Coordinated statements are claims of their own."""
    first, second = find(
        "The ministry said that the crews had reached the island"
        " and were housed at a base near the sea."
    )

    assert {first.words, second.words} == {
        "The crews had reached the island",
        "The crews were housed at a base near the sea",
    }
    assert [first.nested, second.nested].count(True) == 1


def test_worthy_statements(find):
    """Statements that are each worth checking stand side by side."""
    first, second = find(
        "The ministry said that 40 crews reached Norland in March and that 2,000 people in Arden"
        " lost their homes."
    )

    assert not first.nested
    assert not second.nested
    assert first.end < second.start


def test_long_aside(find):
    """A long aside makes two passages of what is said."""
    text = (
        "“The bridge carries 40,000 cars on every working day of the year,” said Ann Lee, an"
        " engineer who has led the Arden bridge office since spring. “It was built for a third of"
        " that number,”"
    )
    first, second = (claim for claim in find(text) if claim.attribution)

    assert "engineer" not in text[first.start : first.end] + text[second.start : second.end]
    assert [claim.attribution[0].source for claim in (first, second)] == ["Ann Lee"] * 2


def test_seeming(only):
    """What only seems so is hedged by the document itself."""
    claim = only("On Monday the bridge appeared to be safe.")

    assert (claim.hedge, claim.attribution[0].source) == (Hedge.SPECULATED, None)


def test_saying_within_seeming(only):
    """A verb of saying within what seems so still names its speaker."""
    claim = only("Ann Lee seemed to confirm that the Arden bridge had closed.")

    assert claim.attribution[0].source == "Ann Lee"


def test_accompanying_number(find):
    """An accompanying number is a claim of its own."""
    claims = find("The country keeps 1.5 million soldiers, with roughly 90,000 in its navy.")

    assert [claim.words for claim in claims] == [
        "The country keeps 1.5 million soldiers",
        "The country has roughly 90,000 in its navy",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The company, which was founded in 2009, employs 640 people.",
            {"The company was founded in 2009", "The company employs 640 people"},
        ),
        (
            "They recalled the French troops during the Great War, who kept their own officers.",
            {"The French troops kept their own officers"},
        ),
    ],
)
def test_relative_clause(find, text, words):
    """What a relative clause adds is a claim of its own."""
    assert words <= {claim.words for claim in find(text)}


def test_figure_with_its_claim(find):
    """A figure stands with the claim it belongs to."""
    claims = find("The company, which has 14 plants, employs 640 people.")

    assert {c.words: [f.value for f in c.figures] for c in claims} == {
        "The company employs 640 people": [640],
        "The company has 14 plants": [14],
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Analysts expect the company to open a second plant in May.",
            "The company will open a second plant in May",
        ),
        ("Sales are expected to rise to €60 million.", "Sales will rise to €60 million"),
    ],
)
def test_prediction(only, text, words):
    """A prediction is worded as what will be."""
    claim = only(text)

    assert (claim.words, claim.hedge) == (words, Hedge.PREDICTED)


@pytest.mark.parametrize(
    ("text", "hedge", "words"),
    [
        ("It is unclear whether the alarm rang.", Hedge.UNCONFIRMED, "The alarm rang"),
        ("It is not known if the alarm rang.", Hedge.UNCONFIRMED, "The alarm rang"),
        (
            "Police have not confirmed whether the men were armed.",
            Hedge.UNCONFIRMED,
            "The men were armed",
        ),
        ("Reports that the dam has failed are false.", Hedge.DENIED, "The dam has failed"),
        (
            "Survivors said the alarm was late. The claims could not be verified.",
            Hedge.UNCONFIRMED,
            "The alarm was late",
        ),
    ],
)
def test_open_or_false(find, text, hedge, words):
    """What the text leaves open, or calls false, is hedged so."""
    assert (words, hedge) in {(claim.words, claim.hedge) for claim in find(text)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor was accused of taking bribes.", "The mayor was accused of taking bribes"),
        (
            "The mayor was arrested and accused of taking bribes.",
            "The mayor was accused of taking bribes",
        ),
        (
            "The mayor, who was accused of taking bribes, resigned on Friday.",
            "The mayor was accused of taking bribes",
        ),
        (
            "Two clerks accused of taking bribes resigned on Friday.",
            "Two clerks were accused of taking bribes",
        ),
        (
            "The union accused the mayor of taking bribes.",
            "The union accused the mayor of taking bribes",
        ),
        (
            "The mayor has been accused by the union of taking bribes.",
            "The mayor has been accused by the union of taking bribes",
        ),
    ],
)
def test_accusation(find, text, words):
    """An accusation stays an accusation in words, and is alleged."""
    assert (words, Hedge.ALLEGED) in {(claim.words, claim.hedge) for claim in find(text)}


@pytest.mark.parametrize(
    "text", ["The crew was warned of a storm.", "Residents were urged to leave the island."]
)
def test_who_was_told(only, text):
    """What somebody was told names who was told it."""
    assert only(text).words == text.removesuffix(".")


@pytest.mark.parametrize(
    ("text", "words", "sources"),
    [
        (
            "A clerk said that no ferry had left, but there is a possibility that two have sunk.",
            "Two have sunk",
            ["A clerk", None],
        ),
        (
            "The pilot said the fog was thick and there is still a very small risk that it moves.",
            "It moves",
            ["The pilot", None],
        ),
        (
            "The pilot said that the fog was thick, but it is possible that the ferry has left.",
            "The ferry has left",
            ["The pilot", None],
        ),
        (
            "The pilot promised to wait, but there is a chance that the ferry has left.",
            "The ferry has left",
            [None],
        ),
        (
            "The pilot said that the fog was thick, but there is a new ferry for the island.",
            "There is a new ferry for the island",
            [],
        ),
    ],
)
def test_chance_has_same_speaker(find, text, words, sources):
    """A chance weighed right after a statement has the same speaker."""
    assert {c.words: chain(c) for c in find(text)}[words] == sources


def test_chance_extends_content(only):
    """What is said reaches to the end of a chance weighed after it."""
    text = "The pilot said that fog was near, but there is a chance that the ferry has left."

    claim = only(text)

    assert text[claim.start : claim.end] == text.removeprefix("The pilot said ").removesuffix(".")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is possible that two crews have left.", "Two crews have left"),
        (
            "It is not possible that two crews have left.",
            "It is not possible that two crews have left",
        ),
    ],
)
def test_possible_and_impossible(only, text, words):
    """A possible claim is bare of "possible"; an impossible one is not."""
    assert only(text).words == words


def test_accused_are_no_source(find):
    """The accused are no source."""
    found = find("Two clerks accused of taking bribes resigned on Friday.")

    assert {source for claim in found for source in chain(claim)} == {None}


def test_ambiguous_he(find):
    """A "he" stays where somebody else may be meant."""
    text = "Ann Lee said it rained. Bob Ray met Tim Hay, and Joe Fox sang. He said it was late."

    assert find(text)[-1].attribution[0].resolved is None


@pytest.mark.parametrize("named", ["Ann Lee sang, and Lee danced.", "Lee sang. Ann Lee danced."])
def test_two_names_one_person(find, named):
    """Somebody named in two ways is one person."""
    claims = find(f"Bob Ray said it rained. {named} She said that it was late.")

    assert claims[-1].attribution[0].resolved == "Ann Lee"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "LISBON, March 3 (Coastal Wire) -- The bridge was closed on Monday.",
            "The bridge was closed [in Lisbon] on Monday [26 February 2024]",
        ),
        (
            "14:05 The bridge was closed on Monday.",
            "The bridge was closed on Monday [14 October 2024]",
        ),
    ],
)
def test_dateline_and_clock(only, text, words):
    """A dateline and a clock time are no part of the claim; its Monday is counted from them."""
    assert only(text).words == words


def test_speaker_between_quotations(find):
    """The speaker between two quotations is no part of the claim."""
    text = "“The dam is safe,” the mayor told reporters. “We looked at it twice in May.”"

    assert {claim.words for claim in find(text)} == {
        "The dam is safe",
        "We looked at it twice in May",
    }


def test_they(find):
    """A "they" is named where only one thing can be meant."""
    claims = find(
        "The ministry said 10,000 troops had left, with some 400 of them training abroad."
    )

    assert "Some 400 of the [10,000 troops] are training abroad" in {c.words for c in claims}


def test_he_is_previous_speaker(find):
    """A "he" is resolved to the one who spoke before."""
    text = "President Volodymyr Zelensky said troops were coming. He said that they were trained."

    last = find(text)[-1]

    assert last.attribution[0].source == "He"
    assert last.attribution[0].resolved == "President Volodymyr Zelensky"
    assert not last.attribution[0].anonymous


def test_anonymous_source(only):
    """An unnamed source is anonymous."""
    claim = only("A military official said that the troops had arrived.")

    assert claim.attribution[0].anonymous


def test_day_of_the_saying(only):
    """The day a source spoke stands on its link in the chain."""
    claim = only("On Oct. 16 the agency reported that troops had arrived in Russia.")

    assert claim.attribution[0].date == date(2024, 10, 16)
    assert claim.as_of == date(2024, 10, 16)


def test_as_of_publication(only):
    """A claim without a date of its own is as of the publication."""
    assert only("The bridge was closed by the police.").as_of == date(2024, 10, 18)


@pytest.mark.parametrize(
    "text",
    ["The troops have not been seen in Russia.", "No armour has been seen in Russia so far."],
)
def test_negated_claim(only, text):
    """A negated claim says so."""
    assert only(text).polarity is Polarity.NEGATED


@pytest.mark.parametrize("text", ["A parade in the capital.", "Why now?", "Close the bridge!"])
def test_no_statement(find, text):
    """What states nothing is no claim."""
    assert find(text) == ()


def test_number_beats_greeting(find):
    """A number is worth more than a greeting."""
    number, greeting = find("The state spent 3 billion dollars in 2023. We are glad you are here.")

    assert number.check_worthiness > 0.6
    assert greeting.check_worthiness < 0.2
    assert number.worth_reasons[0][1] > 0
