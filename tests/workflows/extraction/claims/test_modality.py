"""Helping verbs: what could be done is not done, and what came later is not foretold."""

import pytest

from workflows.claims import Hedge, Polarity


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The clinic could be doing more to keep its patients alive.", Hedge.ASSERTED),
        ("Lee said the council could be cutting fares.", Hedge.REPORTED),
        ("Lee said the plant could do more for its workers.", Hedge.REPORTED),
        ("Lee said the council could be spending 40 million dollars on homes.", Hedge.REPORTED),
        ("The port could have paid its crews more.", Hedge.ASSERTED),
        ("The deaths could have been avoided, the report said.", Hedge.SPECULATED),
        ("The car could have been stolen by two boys, Lee said.", Hedge.SPECULATED),
        ("The fire might have been stopped if the alarm had rung.", Hedge.SPECULATED),
        ("Lee says the council should be paying the firm more.", Hedge.REPORTED),
    ],
)
def test_what_could_be_is_kept(find, text, hedge):
    """What somebody could do, or could have done, is never told as done."""
    [claim] = find(text)

    assert "could" in claim.words or "might" in claim.words or "should" in claim.words
    assert claim.hedge is hedge


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lee said the army may have sent 40 tanks.", "The army has sent 40 tanks"),
        ("The virus could spread to 40 towns.", "The virus could spread to 40 towns"),
        ("The blast could kill 200 people, Lee said.", "The blast could kill 200 people"),
        ("The town could be losing 40 jobs a day.", "The town is losing 40 jobs a day"),
        ("Lee said the army might be hiding 40 tanks.", "The army is hiding 40 tanks"),
    ],
)
def test_doubt_is_no_part_of_a_claim(find, text, words):
    """What may be so is told bare, and is speculated."""
    [claim] = find(text)

    assert (claim.words, claim.hedge) == (words, Hedge.SPECULATED)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("In 1986 the farmer was going to lose his land.", Hedge.ASSERTED),
        ("Lee would later become mayor of Arden.", Hedge.ASSERTED),
        ("In the early 1960s the club would provide the mayor with 40 clerks.", Hedge.ASSERTED),
        ("Lee would go on to win 40 races.", Hedge.ASSERTED),
        ("It was the last time that Lee would meet the mayor.", Hedge.ASSERTED),
        ("The bank would not lend Lee the money.", Hedge.ASSERTED),
        ("“The bank would not help my father,” Lee said.", Hedge.REPORTED),
        ("“My father was going to lose the farm in 1986,” Lee said.", Hedge.REPORTED),
        ("Lee learned that the insurer would not pay 40,000 dollars.", Hedge.REPORTED),
        ("Lee said the town was going to be flooded.", Hedge.PREDICTED),
        ("The ministry said the firm would not pay.", Hedge.PREDICTED),
        ("The bill would not raise taxes.", Hedge.PREDICTED),
        ("The bridge would cost 40 million dollars.", Hedge.PREDICTED),
        ("Lee would not sell the mill if the town asked.", Hedge.PREDICTED),
    ],
)
def test_the_past_is_not_foretold(find, text, hedge):
    """What had been to come in a story is told as it went; what a source foretells is predicted."""
    [claim] = find(text)

    assert claim.hedge is hedge


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Two neighbours attested that the door was locked.", Hedge.REPORTED),
        ("Lee testified that the door was locked.", Hedge.REPORTED),
        ("Lee swore that the door was locked.", Hedge.REPORTED),
        ("Lee promised that the door had been locked.", Hedge.REPORTED),
        ("Lee promised that the port would open in May.", Hedge.PREDICTED),
        ("Lee vowed to close the port.", Hedge.PREDICTED),
    ],
)
def test_testimony_is_reported(find, text, hedge):
    """Who swears that a thing was so reports it, and confirms or foretells nothing."""
    [claim] = find(text)

    assert claim.hedge is hedge


@pytest.mark.parametrize(
    "text",
    [
        "People who ate fish were 30 percent less likely to die of heart disease.",
        "In 1970 a family could buy a house for 9,000 dollars.",
        "The dam could be reached only by boat.",
        "It was only possible to repel the attack with artillery.",
    ],
)
def test_measured_or_able(find, text):
    """A measured chance, and what was possible once, leave nothing in doubt."""
    (claim,) = find(text)
    assert claim.hedge is Hedge.ASSERTED


def test_possible_is_no_forecast(find):
    """What is possible is a guess, whenever it would come."""
    (claim,) = find("It is possible that Norland will leave the union.")
    assert claim.hedge is Hedge.SPECULATED


def test_negated_copula(find):
    """A "not" behind "is" negates."""
    (claim,) = find("The old road to Olden is not safe.")
    assert claim.polarity is Polarity.NEGATED


@pytest.mark.parametrize(
    ("text", "words", "hedge", "polarity"),
    [
        (
            "The sluice would not only stop the sand but also the weed.",
            "The sluice would not only stop the sand but also the weed",
            Hedge.PREDICTED,
            Polarity.AFFIRMED,
        ),
        (
            "Norlink may sell its mill in Pell.",
            "Norlink may sell its mill in Pell",
            Hedge.SPECULATED,
            Polarity.AFFIRMED,
        ),
        (
            "Ann Lee appeared in the Olden court on 9 May.",
            "Ann Lee appeared in the Olden court on 9 May",
            Hedge.ASSERTED,
            Polarity.AFFIRMED,
        ),
        (
            "Critics claim that the law would cost 300 jobs.",
            "The law would cost 300 jobs",
            Hedge.ALLEGED,
            Polarity.AFFIRMED,
        ),
        (
            "Lee would continually quarrel with the judges of the fair.",
            "Lee would continually quarrel with the judges of the fair",
            Hedge.ASSERTED,
            Polarity.AFFIRMED,
        ),
        (
            "“When the mill burned in May,” Lee said, “Dorn lost 40 jobs.”",
            "When the mill burned in May Dorn lost 40 jobs",
            Hedge.REPORTED,
            Polarity.AFFIRMED,
        ),
    ],
)
def test_put_as_firmly(only, text, words, hedge, polarity):
    """A claim is put neither more nor less firmly than in the text."""
    claim = only(text)

    assert (claim.words, claim.hedge, claim.polarity) == (words, hedge, polarity)


def test_request_is_no_saying(only):
    """To be asked to do something is done to somebody, and said by nobody."""
    assert only("Forty readers were asked to pick the worst hall.").attribution == ()


def test_clause_that_hangs(find):
    """A clause that only hangs on another is no claim."""
    assert find("If there had not been that raid.") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("No state shall expel a refugee.", ("No state shall expel a refugee", Hedge.ASSERTED)),
        ("Perhaps more important, pay rose 9 percent.", ("Pay rose 9 percent", Hedge.ASSERTED)),
        ("Perhaps pay rose 9 percent.", ("Pay rose 9 percent", Hedge.SPECULATED)),
    ],
)
def test_rules_and_ranks(find, text, told):
    """What a law rules is not foretold, and how important news is puts it in no doubt."""
    [claim] = find(text)

    assert (claim.words, claim.hedge) == told
