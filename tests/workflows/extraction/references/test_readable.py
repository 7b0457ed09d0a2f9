"""What can be read alone though nothing is put in for it."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Fluids in the body hold 40 percent of it all, doctors found.",
        "Tim Falk won the party's nomination in May.",
        "Lee sold 40 shares of the company in May.",
        "Anyone can force a vote if they gather 100,000 names.",
        "The jobless rate is less than half its 2009 peak.",
        "The hanging of a farmer who killed himself to save his land moved 40,000 readers.",
        "Tim Falk and his partners paid $4 million in May.",
        "“Until you have run a port, you can lose $4 million,” Tim Falk said.",
        "Our Olden Fund paid $4 million in May.",
        "“Our economy shrank by 4 percent,” Tim Falk said.",
        "“Ann Lee wants to close our southern border in May,” Tim Falk said.",
        "“You can buy 40 rolls for $3,” Tim Falk said.",
        "Before casting their votes, sailors in Olden paid 40 euros.",
        "In May 40 percent said they would vote for Ann Lee.",
        "Tim Falk returned to Olden with his wife to raise their nine sons.",
        "The council of Olden, a town in Ohio, built 40 flats there.",
        "There were 40 flats in Olden.",
        "Falk lives in those villages east of Olden that flooded in May.",
        "Mothers that smoke should not be allowed to have 40 rolls.",
        "“A vote for Lee is one for our border and not for our own,” Tim Falk said.",
        "“The rift between our two countries has cost $4 million,” Tim Falk said.",
    ],
)
def test_a_claim_is_read_alone(find, text):
    """Nouns that need no name, bound pronouns and "you" for anybody hold no claim back."""
    assert [claim.needs_words for claim in find(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "The party lost 40 seats.",
        "In May 40 flats were built there.",
        "In May it was a plan hidden behind 40 rules.",
        "Support for Ann Lee here fell to 9 percent.",
        "The firm's owner paid $4 million.",
        "Voters praise his plan of 1990.",
        "“We bought 40 vans,” Tim Falk said.",
        "“We lost 40 mills,” said Anna Lee, an economist at Yale University.",
        "“You have stolen $4 million,” Tim Falk said.",
    ],
)
def test_an_open_word_holds_it_back(find, text):
    """Who or which body acts, has to be told."""
    assert [claim.needs_words for claim in find(text)] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We bought 40 vans,” said Tim Falk, a spokesman for the Dahl campaign.",
            "[The Dahl campaign] bought 40 vans",
        ),
        (
            "“We bought 40 vans,” said Fox News vice president Anna Lee.",
            "[Fox News] bought 40 vans",
        ),
        ("“If you pay, you save $40,” Falk told Anna Dahl.", "If you pay, you save $40"),
        ("“You stole $4 million,” Tim Falk told Anna Dahl.", "[Anna Dahl] stole $4 million"),
    ],
)
def test_we_and_you_by_what_is_said(find, text, expected):
    """“We” is the body in a title; "you" is somebody only where it tells what was done."""
    assert expected in {claim.words for claim in find(text)}


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("The museum will put those problems into a larger context.", True),
        ("Some people have trouble adjusting to that fact.", True),
        ("Three firms in Olden rejected this assertion.", True),
        ("Sales in Olden rose 5 percent this year.", False),
        ("Olden's port closed on those days in May.", False),
        ("Roe bought those barges of the port that leaked.", False),
    ],
)
def test_pointed_nouns(find, text, is_open):
    """A noun behind "this" or "those" that nothing tells needs words; a time doesn't."""
    assert [claim.needs_words for claim in find(text)] == [is_open]


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("A tin box and a green box burned. The box held $400.", True),
        ("Ann Lee ran for office in Ohio. The criticism cost $4 million.", True),
        ("Ann Lee ran for office in Ohio. The economy grew by 4 percent.", False),
        ("Ann Lee ran for office in Ohio. The aim was to win 40 seats.", False),
        ("Lee sold 40 mills in Ohio. Prices rose 4 percent after the news came out.", False),
    ],
)
def test_a_noun_told_of_before(find, text, is_open):
    """A noun with "the" alone is open, unless everybody knows it or it is told right there."""
    assert find(text)[-1].needs_words == is_open


def test_an_afterthought_is_no_group(find):
    """In “miners, some of them members” "them" are those right before it."""
    claims = find("The Dorn and Pell unions met. Lee wooed 40 miners, some of them union members.")

    assert not any("unions" in claim.words or claim.needs_words for claim in claims[1:])
