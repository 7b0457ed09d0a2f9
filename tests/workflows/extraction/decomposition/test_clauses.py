"""Clauses: coordinated and relative ones alone, and never one of two that "or" joins."""

import pytest


def words_of(find, text):
    return [claim.words for claim in find(text)]


def test_so_stays(find):
    """“Thinks so” keeps its “so”."""
    assert words_of(find, "The mill will close, and the council thinks so.")[-1:] == [
        "The council thinks so"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The driver had fallen asleep, or he had been drugged.",
        "The firm hid nine files or burned them.",
        "Lee said that the clerk forged 12 bills or lied about them.",
        "Either the dam broke or 30 gates were opened.",
    ],
)
def test_or_is_never_split(find, text):
    """Who says that one of two things is so says neither."""
    assert all(" or " in words for words in words_of(find, text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The firm will close 30 shops and fire 200 people.",
            ["The firm will close 30 shops", "The firm will fire 200 people"],
        ),
        (
            "He was arrested in March and charged with fraud in April.",
            ["He was arrested in March", "He was charged with fraud in April"],
        ),
        (
            "The river rose 2 metres in May but fell 3 metres in June.",
            ["The river rose 2 metres in May", "The river fell 3 metres in June"],
        ),
        (
            "The firm sold 30 ships, and the crews went on strike.",
            ["The firm sold 30 ships", "The crews went on strike"],
        ),
        (
            "Lee was fined $9,000 but kept his licence.",
            ["Lee was fined $9,000", "Lee kept his licence"],
        ),
        (
            "Lee was charged with fraud but denied the offence.",
            ["Lee was charged with fraud but denied the offence"],
        ),
        (
            "Four soldiers were killed and 21 wounded in Dorn.",
            ["Four soldiers were killed", "21 soldiers were wounded in Dorn"],
        ),
        (
            "One miner was killed and nine injured in Dorn.",
            ["One miner was killed", "Nine were injured in Dorn"],
        ),
        (
            "Nine miners were trapped and two escaped through a shaft.",
            ["Nine miners were trapped", "Two [of the nine miners] escaped through a shaft"],
        ),
        (
            "The payment was raised to 230 euros, after claims rose to 900 a day.",
            ["The payment was raised to 230 euros", "Claims rose to 900 a day"],
        ),
    ],
)
def test_lent_subject(find, text, words):
    """Each of several verbs has its subject.

    The subject and the helping verb of the first are lent to the second.
    """
    assert words_of(find, text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The oven, which was recalled in May, caused 12 fires.",
            ["The oven caused 12 fires", "The oven was recalled in May"],
        ),
        (
            "Ann Lee, whose brother was jailed in 2019, leads the firm.",
            ["Ann Lee leads the firm", "Ann Lee’s brother was jailed in 2019"],
        ),
        (
            "The yard, where 40 people work, was sold in 2019.",
            ["The yard was sold in 2019", "40 people work at the yard"],
        ),
        (
            "Unemployment in Dorn, where 900 people are out of work, rose to 12 percent.",
            ["Unemployment in Dorn rose to 12 percent", "900 people are out of work in Dorn"],
        ),
        (
            "The mayor opened the hall, where 400 people can sit, on 9 May.",
            ["The mayor opened the hall on 9 May", "400 people can sit at the hall"],
        ),
        (
            "The law, which parliament passed in May, bans 12 drugs.",
            ["The law bans 12 drugs", "Parliament passed the law in May"],
        ),
        (
            "The quake, which struck in May and killed nine people, cost $3 million.",
            [
                "The quake cost $3 million",
                "The quake struck in May",
                "The quake killed nine people",
            ],
        ),
        (
            "The yard sold two ships, which were built in 2012, to Norland.",
            ["The yard sold two ships to Norland", "Two ships were built in 2012"],
        ),
    ],
)
def test_relative_clause(find, text, words):
    """A relative clause is a claim about its noun.

    Its noun stands in the place of "which", and the main clause stays whole.
    """
    assert words_of(find, text) == words


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (
            "Prices have doubled since 2019, when Lee became mayor of Dorn.",
            "Lee became mayor of Dorn in 2019",
        ),
        (
            "The mill was shut on 9 May, when a boiler burst in the hall.",
            "A boiler burst in the hall on 9 May",
        ),
        (
            "The firm lost 40 jobs in May, when the port flooded twice.",
            "The port flooded twice in May",
        ),
    ],
)
def test_day_of_a_when(find, text, second):
    """What happened "when" is told with the day that it is told of."""
    assert words_of(find, text)[1] == second


def test_bare_when(find):
    """Without a day, what happened then is no claim of its own."""
    [first, *rest] = words_of(find, "The rate was 9 percent during the war, when Lee took office.")

    assert first.startswith("The rate was 9 percent during the war")
    assert rest == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The firm cut 300 jobs, which led to a strike.", ["The firm cut 300 jobs"]),
        (
            "The loss was $9 million, which compares to a profit of $2 million in 2019.",
            ["The loss was $9 million"],
        ),
        (
            "Shares fell 9 percent on 9 May, which makes the firm the worst of the year.",
            ["Shares fell 9 percent on 9 May"],
        ),
        (
            "The mill, which makes 900 chairs a day, was sold in May.",
            ["The mill was sold in May", "The mill makes 900 chairs a day"],
        ),
        (
            "The road, which leads to Olden, was closed on 9 May.",
            ["The road was closed on 9 May", "The road leads to Olden"],
        ),
    ],
)
def test_told_of_all(find, text, words):
    """What is told of a whole clause is told of no noun in it, and can't be read alone."""
    assert words_of(find, text) == words


def test_mistaken_participle(find):
    """A verb taken for a participle is read as a verb.

    “A bus overturned …” is a sentence, whatever the parser says.
    """
    [first, *_] = words_of(find, "A bus overturned on the A4 near Olden on 9 May, killing nine.")

    assert first == "A bus overturned on the A4 near Olden on 9 May"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kelly requested a meeting with Mr. Falk, which took place on Monday.", "Falk took"),
        (
            "Some members fear a man who never won, is considered dull and has failed.",
            "members has",
        ),
    ],
)
def test_nobody_else_is_told_of(find, text, word):
    """A clause is told of nobody that it cannot mean: by kind, or by the verb's number."""
    assert not any(word in claim.words or "members is" in claim.words for claim in find(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Police said Roe robbed a shop in Olden, broke into a church and stole a car.",
            ["Roe robbed a shop in Olden", "Roe broke into a church", "Roe stole a car"],
        ),
        (
            "The board closed the depot in Dorn, which burned in 1990.",
            ["The board closed the depot in Dorn, which burned in 1990"],
        ),
        (
            "The raid on the depot in Dorn, which killed nine clerks, was planned in Pell.",
            [
                "The raid on the depot in Dorn killed nine clerks",
                "The raid on the depot in Dorn was planned in Pell",
            ],
        ),
        (
            "During the race, which drew 70 boats, Lee sank the Morrow.",
            ["During the race, Lee sank the Morrow", "The race drew 70 boats"],
        ),
        (
            "The firms that left are many, including but not limited to Norlink and Pell Motors.",
            ["The firms that left are many, including but not limited to Norlink and Pell Motors"],
        ),
        (
            "The board closed the depot in Dorn, which employs 34 people.",
            ["The board closed the depot in Dorn", "The depot in Dorn employs 34 people"],
        ),
        (
            "Ann Lee of the Olden Trust, who was not hurt, left Dorn in May.",
            [
                "Ann Lee of the Olden Trust left Dorn in May",
                "Ann Lee of the Olden Trust was not hurt",
            ],
        ),
        (
            "A former miner, Kit Roe won 52 percent.",
            ["Kit Roe was a former miner", "Kit Roe won 52 percent"],
        ),
        (
            "The largest ferry line in the north, Norlink carries 3 million people.",
            [
                "Norlink carries 3 million people",
                "Norlink is the largest ferry line in the north",
            ],
        ),
    ],
)
def test_each_of_its_own(find, text, words):
    """Clauses are told of who or what they are of; where that is uncertain they stay."""
    assert sorted(claim.words for claim in find(text)) == sorted(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Olden buys the gossip, which the press focuses on every single day.",
            "The press focuses on the gossip every single day",
        ),
        (
            "The fall came of a pension charge and lower demand, which were offset in May by cuts.",
            "A pension charge and lower demand were offset in May by cuts",
        ),
    ],
)
def test_the_noun_of_a_relative_clause(find, text, words):
    """A clause with “which” tells of all that it agrees with, behind its own preposition."""
    assert words in [claim.words for claim in find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A man was on a bus, and when it came, two guards got off and flagged down Ann Roe.",
            "Two guards flagged down Ann Roe",
        ),
        (
            "Kit fought the fine, which Lee said was odd but did not break any law.",
            "The fine did not break any law",
        ),
        (
            "Most of the houses in Olden are concrete shells, with windows missing.",
            "Most of the houses in Olden are concrete shells, with windows missing",
        ),
        (
            "Ann Lee was held for what police described as “theft of art” on 9 May.",
            "Ann Lee was held for what police described as “theft of art” on 9 May",
        ),
        (
            "Ann Lee was taken to hospital for help, where she was deemed to be no threat.",
            "Ann Lee was taken to hospital for help, where she was deemed to be no threat",
        ),
        (
            "Shells hit a hut in Olden, sending 40 men running and underscoring a rift in Dorn.",
            "Shells that hit a hut in Olden underscored a rift in Dorn",
        ),
    ],
)
def test_who_does_what(find, text, words):
    """Each verb goes with the noun that it is told of, and nothing is told of a wrong one."""
    assert words in [claim.words for claim in find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Of the 400 firms asked, 30 percent had moved, and 12 percent had closed.",
            "12 percent of the 400 firms asked had closed",
        ),
        (
            (
                "In May 36 percent of voters said they would go; 62 percent of those were "
                "miners, while 10 percent were nurses."
            ),
            "10 percent of those were nurses",
        ),
        (
            "Among men, 40 percent said they would go and 35 percent said they would stay.",
            "35 percent of men said they would stay",
        ),
        (
            "The second half of 2019 was calm, and 40 percent had left Dorn by May.",
            "40 percent had left Dorn by May",
        ),
    ],
)
def test_of_what_a_share(find, text, words):
    """A bare share is one of what the share before it was of."""
    assert words in [claim.words for claim in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Were Ann Roe to win, the port would close.",
        "Should Ann Roe become mayor, she will close the port.",
        "If Ann Roe becomes mayor, she can expect a tenth of the party to leave in May.",
    ],
)
def test_condition_kept(find, text):
    """What holds on a condition is told with it, and the condition is no claim."""
    assert [claim.words.replace("[Ann Roe]", "she") for claim in find(text)] == [
        text.removesuffix(".")
    ]
