"""A wrong person is far worse than an open pronoun: where two may be meant, neither is put in."""

import pytest

TWO = [
    "Maria Ortega won. Helen Pratt said she planned to visit if Ortega wins.",
    "After Renn dismissed Tallis, he told reporters that he would sue.",
    "Clara Voss met Helen Pratt in Olden. She left early.",
    "Police arrested Oren Tallis. Mayor Tobias Renn said he had stolen $5,000.",
    "The suspect attacked the victim. He was taken to hospital.",
    "Twin brothers Jon and Tim Falk were arrested. He was released on Tuesday.",
    "A nurse told a patient that she had cancer.",
    "Judge Paul Hart sentenced David Kerr. He will appeal, his lawyer Mark Stein said.",
    "A woman was hit by a bus. The driver said she ran into the road.",
    "Rosa Lindt, who succeeded Carla Moreno, said she had found a debt of $3 million.",
    "“My brother told me that he never signed it,” Tim Falk said.",
    "John Carver accused Peter Lund of fraud. He said it was a lie.",
    "Nordbank sued Halden Credit in May. It lost the case.",
    "Reuters reported, citing a spokeswoman for Nordbank, that it had dismissed 40 people.",
    "The union met the port. It has 9,000 members.",
    "When Selk met Duran, she promised that she would resign.",
    "The state opened a hospital in May. It has 40 beds.",
    "The bank cut its rates in May. It prompted 40 firms to move.",
    "The teacher told the girl's mother that she had failed the exam.",
]


@pytest.mark.parametrize("text", TWO)
def test_two_candidates(find, text):
    """Where two may be meant, neither is put in.

    No "he", "she" or "it" is replaced, and its claim is marked.
    """
    claims = find(text)
    put = [r for claim in claims for r in claim.references if r.text.lower() in {"he", "she", "it"}]

    assert put == []
    assert claims[-1].needs_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tobias Renn's wife, Amara Voss, said he had slept through the storm.",
            "[Tobias Renn] had slept through the storm",
        ),
        ("Tom Reed hired Ann Cole. She sued him in 2020.", "[Ann Cole] sued [Tom Reed] in 2020"),
        (
            "Olga Petrov said her predecessor, Ivan Sokolov, hid the report. He resigned in March.",
            "[Ivan Sokolov] resigned in March",
        ),
        (
            "Anna Dahl left. Her sister, Lena Dahl, took over. Dahl will earn $90,000.",
            "Dahl will earn $90,000",
        ),
        (
            "Ann Cole ran in May as a critic of the port. She won 40 percent.",
            "[Ann Cole] won 40 percent",
        ),
        ("Renn's mother said she had stayed.", "[Renn's mother] had stayed"),
        (
            "Vega's lawyer, Rita Stone, said that he was unarmed.",
            "[Vega] was unarmed",
        ),
    ],
)
def test_kin_and_gender_tell_people_apart(find, text, expected):
    """A wife's "he" is not the wife, and a name that two bear is given to neither."""
    assert expected in {claim.words for claim in find(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Carl Dahl won two states. Like him or not, Donald Falk has run the race.",
            "Like him or not, Donald Falk has run the race",
        ),
        (
            "Rosa Lindt left the door open. Tim Falk saw it and was in like a flash.",
            "Tim Falk was in like a flash",
        ),
        (
            "Robert Dahl founded a firm in 1990. At Dahl, fees fell to $281 million.",
            "At Dahl, fees fell to $281 million",
        ),
        (
            "The Government Rail Bank lost $4 million. The government paid $3 million.",
            "The government paid $3 million",
        ),
        (
            "Rosa Lindt used a gap that lets farms pay no tax, which could hide fraud.",
            "Rosa Lindt used a gap that lets farms pay no tax, which could hide fraud",
        ),
        (
            "“I'd be glad to sell it for $40,” Tim Falk said.",
            "[Tim Falk] would be glad to sell it for $40",
        ),
    ],
)
def test_it_is_told_of_nobody_else(find, text, expected):
    """Who stands by, and who has the same name, is given nothing of another's."""
    assert expected in {claim.words for claim in find(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Marlow Police Department sent 40 officers. Amber Dahl, also of Marlow, was hurt.",
            "Amber Dahl, also of Marlow, was hurt",
        ),
        (
            "Dahl University hired 40 people. The flood in Dahl killed nine people.",
            "The flood in Dahl killed nine people",
        ),
        (
            "Lee lives in Japan. The Medical Journal of Japan has 40 vans. Roe left Japan in May.",
            "Roe left Japan in May",
        ),
        (
            "Lee lives in Denver. Denver Police Department has 40 cars. Roe left Denver in May.",
            "Roe left Denver in May",
        ),
    ],
)
def test_a_place_is_no_body(find, text, expected):
    """A place's name is not lengthened into that of a body called after it."""
    assert expected in {claim.words for claim in find(text)}


@pytest.mark.parametrize("abuse", ["Crooked", "Lying", "Sleepy"])
def test_abuse_is_no_name(find, abuse):
    """Abuse that somebody put before a name is not put in with it."""
    text = f"Carl Roe said: “{abuse} Helen Pratt lost the vote.” Pratt won 40 seats in May."
    put = [r.stands_for for claim in find(text) for r in claim.references]

    assert "Helen Pratt" in put
    assert not any(abuse in words for words in put)


def test_an_office_is_no_rival(find):
    """What the one whom a text is about is told to be, is nobody else."""
    text = "Carl Roe met Jon Falk. Roe was sure he was the only candidate. He sold 40 vans."

    assert "[Carl Roe] sold 40 vans" in {claim.words for claim in find(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Anna Dahl ran a mill, and she sold it. She paid President Renn $40. She left in June.",
            "[Anna Dahl] left in June",
        ),
        (
            "A 24-year-old man came. He threatened an employee. Then he ran to the port.",
            "Then [a 24-year-old man] ran to the port",
        ),
        (
            "According to the Olden Post, Norlink has stated that it will sell 40 vans.",
            "[Norlink] will sell 40 vans",
        ),
        (
            "Tim Falk told Carl Roe he would consider running for mayor in May.",
            "[Tim Falk] would consider running for mayor in May",
        ),
        (
            "Anna Dahl ran for mayor in May. Tim Falk told “Morning Jon” that she won 40 seats.",
            "[Anna Dahl] won 40 seats",
        ),
        (
            "“The port has not paid us,” said Tim Falk, a spokesman for Mayor Anna Dahl.",
            "The port has not paid [Mayor Anna Dahl]",
        ),
    ],
)
def test_only_one_can_be_meant(find, text, expected):
    """Nobody in particular, nobody of the other sex, no show and no source is a rival."""
    assert expected in {claim.words for claim in find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Anna Dahl met Helen Pratt. She paid $40.",
        "Tim Falk sued Carl Roe. Yesterday, he paid $40.",
        "Tim Falk met a nurse who sued Carl Roe. He paid $40.",
        "Norlink met the Olden Post. It sold 40 vans.",
    ],
)
def test_two_can_be_meant(find, text):
    """Where two may be meant, neither is put in."""
    assert find(text)[-1].needs_words


def test_a_brother_is_no_namesake(find):
    """A given name beside another is nobody who has been named so with a surname."""
    text = "David Falk sold a mill. The Lund brothers, David and Carl, paid $40."

    assert "The Lund brothers, David and Carl, paid $40" in {claim.words for claim in find(text)}


def test_a_party_is_nobody(find):
    """The letter in brackets behind a name is no name, and no part of one."""
    text = "Mayor Jon Falk (D) left Olden. Senator Anna Dahl (D-Pell) and Kit Roe (D) stole $40."
    put = {r.stands_for for claim in find(text) for r in claim.references}

    assert put == set()


def test_a_people_is_nobody(find):
    """What somebody is called with "a" is no name of another: “Tim Falk, a Hopi, died”."""
    text = "Tim Falk, a Hopi chosen by elders of his tribe, died on Saturday. He was 89."

    assert "[Tim Falk] was 89" in {claim.words for claim in find(text)}


def test_an_office_is_no_place(find):
    """What stands in somebody's title is not what "the state" means."""
    text = "Secretary of State Jason Kander left in May. Roe is from the state that has 40 vans."
    claims = find(text)

    assert not any("Kander]" in claim.words for claim in claims)


def test_two_names_are_two(find):
    """Who is named right behind another is somebody else, whatever the parser takes him for."""
    text = (
        "Now that it is game on with Helen Pratt, Carl Roe will try another turn. "
        "Roe spoke in May. “I sold 40 vans,” Roe said."
    )
    claims = find(text)

    assert "[Carl Roe] sold 40 vans" in {claim.words for claim in claims}
    assert not any("Pratt]" in claim.words for claim in claims)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "Senator Anna Dahl, Republican of Olden, left. Jon Falk, Republican of Pell, won.",
            "Dahl",
        ),
        (
            (
                "Tim Falk, a former party chairman, left. The party chairman, Carl Roe, called a "
                "vote. Roe sold 40 vans."
            ),
            "Falk",
        ),
    ],
)
def test_a_shared_office_is_nobody(find, text, wrong):
    """Two of one party, or one after the other in an office, are two people."""
    put = {r.stands_for for claim in find(text) for r in claim.references}

    assert not any(wrong in words for words in put)


def test_who_speaks_on(find):
    """Who speaks on in the next paragraph tells of another there, and not of himself."""
    text = (
        "Jon Roe has a plan, Tim Lee told the Post.\n\n“He described the fund as a mess, while he "
        "is the one to mend it. He is not seen as a clerk."
    )

    assert not any("[Tim Lee]" in claim.words for claim in find(text))


def test_who_was_robbed(find):
    """“A man who said he was robbed” tells of the man, and not of whoever met him."""
    text = "Officer Jon Roe met what he called a “tall man” who said he was robbed in Pell in May."

    assert not any(claim.words.startswith("[Officer Jon Roe]") for claim in find(text))
