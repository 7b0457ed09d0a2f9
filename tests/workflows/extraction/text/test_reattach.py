"""What only the speaker can have done is moved to him from what he said."""

import pytest

BLAZE = (
    "Crews from the town's fire department fought the blaze with help from Pell County, "
    "Carl Roe, a spokesperson for Pell County Fire Rescue, told the Tarn Herald."
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Police said 14 people died but later revised the toll to nine.",
            {"14 people died", "Police later revised the toll to nine"},
        ),
        (
            "Police said a man was held but declined to give his name.",
            {"A man was held"},
        ),
        (
            "The port said the dam was safe and added that it had been checked in May.",
            {"The dam was safe", "It had been checked in May"},
        ),
        ("The port said the mill burned but gave no details.", {"The mill burned"}),
        (
            "The van's driver was trapped in his van and rescuers had to cut it open.",
            {"The van's driver was trapped in his van"},
        ),
        (
            "Medics first estimated that 90 had drowned, then cut the estimate to 60.",
            {"90 had drowned", "Medics then cut the estimate to 60"},
        ),
        (
            "The jobs report cheered Dorn’s Democrats hoping to keep the House and win the Senate.",
            {
                "Dorn’s Democrats were hoping to keep the House and win the Senate",
                (
                    "The jobs report cheered Dorn’s Democrats hoping to keep the House and win "
                    "the Senate"
                ),
            },
        ),
        (
            "The port said the mill burned in May and the bank closed in June.",
            {"The mill burned in May", "The bank closed in June"},
        ),
    ],
)
def test_the_speaker_revises(find, text, words):
    """Those who died revise no toll, and a man who is held keeps no name back."""
    told = {claim.words.replace("[The port]", "It") for claim in find(text)}

    assert words <= told


@pytest.mark.parametrize(
    "text",
    [
        "Even the old miners are not planning to vote for the banker turned Republican candidate.",
        "Critics will not forgive the actor turned president.",
    ],
)
def test_who_turned_into_what(find, text):
    """“The banker turned candidate” is one man, and nobody else turned into anything."""
    assert [claim.words for claim in find(text)] == [text.removesuffix(".")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The other vehicle involved, a 1997 Honda Civic, was disabled by the crash.",
            ["The other vehicle involved, a 1997 Honda Civic, was disabled by the crash"],
        ),
        (
            "Ann Roe was thrown from the van she had been driving and was taken to a hospital.",
            [
                "Ann Roe was thrown from the van she had been driving",
                "Ann Roe was taken to a hospital",
            ],
        ),
        (
            "Ann Roe is not the commander in chief we need to keep Norland safe.",
            ["Ann Roe is not the commander in chief we need to keep Norland safe"],
        ),
        (
            "Banks including but not limited to Norbank, Vexabank and Tarnbank cut 300 jobs.",
            ["Banks including but not limited to Norbank, Vexabank and Tarnbank cut 300 jobs"],
        ),
        (
            "Ann Lee agonized over men held hostage by Norland in May and sent a mission.",
            [
                "Ann Lee agonized over men held hostage by Norland in May",
                "Ann Lee sent a mission",
            ],
        ),
        (
            "Kyle, referred to as the deadliest shot in Dorn, has been seen as an icon.",
            ["Kyle, referred to as the deadliest shot in Dorn, has been seen as an icon"],
        ),
        (
            "A truce has ended a war that has killed 900 men, displaced half of Dorn and cost us.",
            ["A truce has ended a war that has killed 900 men, displaced half of Dorn and cost us"],
        ),
        (
            "A large study fills a gap and indicates tea drinking does not harm the heart.",
            ["A large study fills a gap", "Tea drinking does not harm the heart"],
        ),
    ],
)
def test_clauses_where_they_belong(find, text, words):
    """A reduced clause is no sentence, and none of another's verbs is cut out of it."""
    assert [claim.words for claim in find(text)] == words


def test_found_those_who(find):
    """What was found of those who are described is told of them."""
    text = (
        "Doctors followed hundreds of men and found those with a low weight and steady work, who "
        "didn’t drink, were also 40 percent less likely to have any heart trouble."
    )
    told = [claim.words for claim in find(text)]
    assert told[0] == "Doctors followed hundreds of men"
    assert told[1].startswith("Those with a low weight and steady work, who didn’t drink, were")


def test_name_behind_its_noun(find):
    """“The historian Ann Lee” behind a quotation is one person, and speaks."""
    [claim] = find("“The fort burned in 1780,” the historian Ann Lee said.")

    assert claim.attribution[0].source == "the historian Ann Lee"


@pytest.mark.parametrize(
    "text",
    [
        "The stadium cost between $2 million and $3 million.",
        "The tannery employed 70 men in the 1950s.",
        "The coast guard at first put the number of dead at nine.",
    ],
)
def test_verbs_mistaken(find, text):
    """A past tense that the parser takes for something else makes its sentence a claim."""
    assert [claim.words for claim in find(text)] == [text.removesuffix(".")]


def test_account_of_an_act(find):
    """Who gives an account of what another said has not said it."""
    text = "Lund gives an account of Roe telling a guard to “Go home!”"

    assert [(claim.words, claim.attribution) for claim in find(text)] == [(text, ())]


def test_polls_show(find):
    """What polls show, no wake of them shows."""
    text = "It comes in the wake of polls by Lund that showed Roe making a strong showing."

    assert not any(claim.words.startswith("The wake") for claim in find(text))


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        (
            BLAZE,
            "Crews from the town's fire department fought the blaze with help from Pell County",
            "Carl Roe, a spokesperson for Pell County Fire Rescue",
        ),
        (
            "The storm sparked five home fires in Olden, Ann Lee, the town's mayor, told OTV.",
            "The storm sparked five home fires in Olden",
            "Ann Lee, the town's mayor",
        ),
    ],
)
def test_teller_at_the_end(find, text, words, source):
    """Who told it, named with an office at a sentence's end, is the source and no part of it."""
    [claim] = find(text)
    [link] = claim.attribution

    assert (claim.words, link.resolved or link.source) == (words, source)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The tower, whose bells rang in 1912, burned in May.", "The tower burned in May"),
        (
            "Kit Lund, whose campaigns against mills woke voters and helped reshape Olden, died.",
            "Kit Lund’s campaigns against mills woke voters and helped reshape Olden",
        ),
        (
            "The role of mayor, started in 1789, carries no powers.",
            "The role of mayor, started in 1789, carries no powers",
        ),
    ],
)
def test_main_verb_stays(find, text, words):
    """A sentence keeps its main verb behind a relative or reduced clause."""
    assert words in [claim.words for claim in find(text)]


def test_nobody_adds(find):
    """“Who added to her lead” is no saying."""
    [claim] = find("Lund lost Olden to Ann Roe, who added to her lead.")

    assert claim.attribution == ()


def test_what_is_done_has_no_object(find):
    """A participle with an object of its own is what the subject did, though it looks hung."""
    text = (
        "State radio said the rebels' shelling of government-held neighborhoods killed at least "
        "eight people and wounded about 80."
    )
    claims = find(text)

    assert [claim.words for claim in claims] == [
        "The rebels' shelling of government-held neighborhoods killed at least eight people",
        "The rebels' shelling of government-held neighborhoods wounded about 80",
    ]
    assert {claim.attribution[0].source for claim in claims} == {"State radio"}


def test_whose_husband_is_not_she(find):
    """Whoever speaks behind a clause about her husband is she, and not he who died."""
    text = (
        "Dorothy Roe, whose husband, mine captain Ty Roe, was one of four miners killed in the "
        "2012 blast at the pit in Olden, Norland, discussed the row with radio host Tim Falk."
    )

    words = {claim.words for claim in find(text)}

    assert "Dorothy Roe discussed the row with radio host Tim Falk" in words
    assert not any("miners" in each and "discussed" in each for each in words)


@pytest.mark.parametrize(
    ("text", "tellers"),
    [
        ("A bomb went off in Olden, wounding nine clerks, police and doctors said.", "police and"),
        ("A quake hit Pell, killing at least 14 people, officials and witnesses say.", "officials"),
    ],
)
def test_the_dead_tell_nothing(find, text, tellers):
    """Those who were killed are not among those who tell it."""
    sources = {link.source for claim in find(text) for link in claim.attribution}

    assert len(sources) == 1
    assert str(sources.pop()).startswith(tellers)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Officials acknowledged responsibility for a strike in May that killed nine in Pell.",
            "A strike in May killed nine in Pell",
        ),
        (
            "The cuts rest on an audit conducted by the state, which is to be released in May.",
            "An audit conducted by the state is to be released in May",
        ),
        (
            "The study found that tea does not harm women, but does cut the risk of stroke.",
            "Tea does cut the risk of stroke",
        ),
    ],
)
def test_who_did_it(find, text, words):
    """A strike kills and not who answers for it; an audit is released, and tea cuts a risk."""
    assert words in {claim.words for claim in find(text)}
