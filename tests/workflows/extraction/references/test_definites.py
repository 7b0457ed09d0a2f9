"""What "the meeting", "the attack" and "the wall" mean where several were told of."""

from collections.abc import Callable

import pytest

from workflows.claims import FoundClaim

TOLD = [
    (
        (
            "A nurse walked out of a hospital board meeting on Monday. Ann Lee spoke at a crowded "
            "meeting in Sunholm on Friday. The meeting was attended by 90 nurses."
        ),
        "[A hospital board meeting] was attended by 90 nurses",
    ),
    (
        (
            "The mayor planned a wall. The council paid for the northern sea wall at Olden. "
            "The wall collapsed in May."
        ),
        "[The northern sea wall] collapsed in May",
    ),
    (
        (
            "Ann Lee saw the attack on the port of Olden, which killed six sailors. "
            "A film prompted the attack."
        ),
        "A film prompted [the attack on the port of Olden]",
    ),
]


@pytest.mark.parametrize(("text", "words"), TOLD)
def test_several(find: Callable[[str], tuple[FoundClaim, ...]], text: str, words: str) -> None:
    """It is the one told of in full just before, or with which the text begins."""
    assert find(text)[-1].words == words


ALIKE = [
    ("Ann Kerland left Dorn in May. Kreland sold 40 vans.", "[Ann Kerland] sold 40 vans"),
    ("Tim Caulder left Dorn in May. Caullder sold 40 vans.", "[Tim Caulder] sold 40 vans"),
    (
        (
            "Jon Dahl and Mayor Tim Falk met in May. Dahl and Falk spoke. A vote was held. "
            "It rained. The fair was shut. The two men lost 40 vans."
        ),
        "[Jon Dahl and Mayor Tim Falk] lost 40 vans",
    ),
    (
        "Gov. Dannel P. Roe ran a mill. Voters in Pell say the Democratic governor sold 40 vans.",
        "[Gov. Dannel P. Roe] sold 40 vans",
    ),
    (
        "Norlink Group fell by 4 percent. For one, the drug company lost 40 vans.",
        "For one, [Norlink Group] lost 40 vans",
    ),
    (
        "A woman later identified as Ada Pell sold 40 vans. The woman was 90 years old.",
        "[Ada Pell] was 90 years old",
    ),
    (
        "Police identified the driver as Ada Pell. The driver sold 40 vans.",
        "[Ada Pell] sold 40 vans",
    ),
    (
        "Shares of Norlink Service (NLS) rose in May. The Dutch brewer sold 40 vans.",
        "[Norlink Service] sold 40 vans",
    ),
    (
        "Ann Lee ran for office in Ohio. Sailors in the state sold 40 vans.",
        "Sailors in [Ohio] sold 40 vans",
    ),
    (
        "The Olden Post praised Ann Lee for her years as mayor. The mayor sold 40 vans.",
        "[Ann Lee] sold 40 vans",
    ),
    (
        "Norlink shares rose after the news came out, but they fell by 40 percent.",
        "[Norlink shares] fell by 40 percent",
    ),
    (
        (
            "Norlink Brewery sold 40 vans. Norlink grew. Norlink paid. “We sold a mill in Pell,” "
            "chief executive Ann Lee said."
        ),
        "[Norlink Brewery] sold a mill in Pell",
    ),
    (
        "A van hit a lorry. A collision on the A40 hurt six. The crash closed a lane.",
        "[The collision on the A40] closed a lane",
    ),
    (
        "A research team from Pell weighed 90 hens. The researchers sold ten eggs.",
        "[The research team from Pell] sold ten eggs",
    ),
    (
        "A 60-year-old woman was driving to Pell. The driver hit a tree.",
        "[A 60-year-old woman] hit a tree",
    ),
    (
        "A blaze at the Olden mill hurt six. It happened on 9 May.",
        "[The blaze at the Olden mill] happened on 9 May",
    ),
    (
        "Police held six students at Pell. The students threw eggs at a van.",
        "[The six students] threw eggs at a van",
    ),
    (
        "Pell Parish Council sold a mill. Ann Lee ran a survey. The village paid 90 euros.",
        "[Pell] paid 90 euros",
    ),
    ("Jon Kerr drove a Lund Falcon. The Falcon hit a tree.", "[The Lund Falcon] hit a tree"),
    ("The Olden Post ran a film. The Post sold 40 vans.", "[The Olden Post] sold 40 vans"),
    (
        "Two odd crashes hurt nine men in Pell. The first crash shut a road.",
        "The first crash [of two odd crashes] shut a road",
    ),
    (
        "Ann Lee held her yearly news conference in May. The news conference lasted 90 minutes.",
        "[Ann Lee's yearly news conference] lasted 90 minutes",
    ),
    (
        "Ann Lee ran in Ohio as a Democrat. The candidate spent 90 million euros.",
        "[Ann Lee] spent 90 million euros",
    ),
    (
        (
            "The Olden team trained in May. The team won. The team left. The team flew home. "
            "The Pell team lost a van. Rain fell. Snow fell. The team paid 90 euros."
        ),
        "[The Olden team] paid 90 euros",
    ),
    (
        "Olden Gov. Ann Lee ran a mill in May. Rain fell. The former governor paid 90 euros.",
        "[Olden Gov. Ann Lee] paid 90 euros",
    ),
    (
        "Secretary of State Ann Lee spoke in May. She paid 90 euros.",
        "[Ann Lee] paid 90 euros",
    ),
    ("Kerr saw a house. Ann Lee slept in the house.", "Ann Lee slept in the house"),
]


@pytest.mark.parametrize(("text", "words"), ALIKE)
def test_other_words(find: Callable[[str], tuple[FoundClaim, ...]], text: str, words: str) -> None:
    """What was told of in other words before is named, where only one can be meant."""
    claim = find(text)[-1]

    assert (claim.words, claim.needs_words) == (words, False)


OPEN = [
    "Kerr left Olden in May. The driver paid 90 euros.",
    "Kerr left Olden in May. The notion cost six votes.",
    "Kerr left Olden in May. The second crash hurt six men.",
    "Kerr left Olden in May. One was a mill in Pell.",
    "Kerr left Olden in May. There was no such charge in 1997.",
    "Kerr left Olden in May. It happened near Pell.",
    "Kerr saw nine vans burn. Police put the number at 40.",
    "Kerr left Olden in May. The third of them was a mill. The fifth crash hurt six men.",
    "Kerr saw nine vans burn. Most were sold in May.",
    "Kerr left Olden in May. The meeting and Lee's plan cost 90 million euros.",
    "Ann Lee met Jon Kerr in May. The candidate spent 90 million euros.",
    "Kerr left Olden in May. Members of the group paid 90 euros.",
]


@pytest.mark.parametrize("text", OPEN)
def test_untold(find: Callable[[str], tuple[FoundClaim, ...]], text: str) -> None:
    """Nouns and numbers that point back at what nobody told of hold a claim back."""
    assert find(text)[-1].needs_words


READABLE = [
    "Kerr left Olden in May. The mayor of Pell paid 90 euros.",
    "Kerr left Olden in May. The economy shrank by 4 percent.",
    "Kerr left Olden in May. The decision was made to sell 90 vans.",
    "Kerr left Olden in May. The crash of a van near Pell hurt six men.",
    "Kerr left Olden in May. The second quarter brought a loss of $4 million.",
    "Kerr left Olden in May. One in five voters in Pell owns a van.",
    "Kerr left Olden in May. Most like their vans.",
]


@pytest.mark.parametrize("text", READABLE)
def test_told(find: Callable[[str], tuple[FoundClaim, ...]], text: str) -> None:
    """What its own words tell, or everybody knows, is read as it is."""
    assert not find(text)[-1].needs_words


def test_no_alias(find: Callable[[str], tuple[FoundClaim, ...]]) -> None:
    """Nobody is called "the ageing tycoon" where he has a name that is not certain."""
    text = "Jon Falk met Peter Lund. Lund praised the ageing tycoon. He owns 40 hotels."

    assert "tycoon]" not in find(text)[-1].words


def test_even(find: Callable[[str], tuple[FoundClaim, ...]]) -> None:
    """“Even survivors of a crash” are survivors of a crash, when they are told of again."""
    text = "Even a survivor of the Dorn crash got nothing. In May the survivor sued Norlink."

    assert " even " not in find(text)[-1].words


def test_who_is_only_cited(find: Callable[[str], tuple[FoundClaim, ...]]) -> None:
    """Whoever is only cited for a figure is not the company that is told of next."""
    told = find("Analysts expected a loss, according to Norlink. The Dutch brewer sold 40 vans.")

    assert told[-1].words == "The Dutch brewer sold 40 vans"


def test_among_the_group(find: Callable[[str], tuple[FoundClaim, ...]]) -> None:
    """A group that only stands by is not the one body named."""
    told = find("Money left the Olden Police Department. Feuds in the group were seen in May.")

    assert "Department]" not in told[-1].words


def test_one_person(find: Callable[[str], tuple[FoundClaim, ...]]) -> None:
    """Of “two people” and “one”, the one is a person."""
    words = [claim.words for claim in find("Two people were killed and one injured.")]

    assert "One person was injured" in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A boy was shot in May, near the Olden Public Market. Olden saw 81 shootings in 2021.",
            "Olden saw 81 shootings in 2021",
        ),
        (
            "A boy was shot on Mill Avenue in May. The city saw 81 shootings in 2021.",
            "The city saw 81 shootings in 2021",
        ),
        (
            "Norlink sold a mine near a stream called Mill Run. Funds lent the company millions.",
            "Funds lent [Norlink] millions",
        ),
        (
            "Norlink chief Jim Roe cut 40 jobs. The former chief of Pacific Rail owns 40 vans.",
            "The former chief of Pacific Rail owns 40 vans",
        ),
    ],
)
def test_no_namesake(find: Callable[[str], tuple[FoundClaim, ...]], text: str, words: str) -> None:
    """A town is neither a market nor a street, and the chief of one firm not another's."""
    assert words in [claim.words for claim in find(text)]
