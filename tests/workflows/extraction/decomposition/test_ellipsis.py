"""Claims in what a sentence leaves out, each in words that can be read alone."""

import pytest


def words_of(find, text):
    return [claim.words for claim in find(text)]


CROWNED = (
    "A survey by the One Olden Network found Trump the winner of the debate with 35 percent of the "
    "vote, followed by Cruz at 25 percent and Rubio at 14."
)


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        (
            "The quake hurt 40 people, including six nurses, in the Dorn hills.",
            "The quake hurt 40 people in the Dorn hills",
            "The quake hurt six nurses in the Dorn hills",
        ),
        (
            "The line was fined $9 million, including $4 million by the state.",
            "The line was fined $9 million",
            "The line was fined $4 million by the state",
        ),
        (
            "At least 12 people, including Ann Lee, were arrested.",
            "At least 12 people were arrested",
            "Ann Lee was arrested",
        ),
        (
            "Police detained 30 men, among them two judges.",
            "Police detained 30 men",
            "Police detained two judges",
        ),
        (
            "The quake destroyed 300 barns, including a school, in the town of Dorn.",
            "The quake destroyed 300 barns in the town of Dorn",
            "The quake destroyed a school in the town of Dorn",
        ),
        (
            "The line was fined $9 million in 2023, including $4 million by the state.",
            "The line was fined $9 million in 2023",
            "The line was fined $4 million by the state in 2023",
        ),
        (
            "There were 20 dead, including four girls.",
            "There were 20 dead",
            "Four girls were among the 20 dead",
        ),
        (
            "The bridge cost $9 million, including $2 million in tax.",
            "The bridge cost $9 million",
            "The $9 million included $2 million in tax",
        ),
        (
            "Nineteen sailors, four of them women, drowned.",
            "Nineteen sailors drowned",
            "Four of the nineteen sailors were women",
        ),
    ],
)
def test_a_part_is_a_claim(find, text, whole, part):
    """The whole, and the part that is named, are two claims."""
    assert words_of(find, text) == [whole, part]


@pytest.mark.parametrize(
    "text",
    [
        "The fund owns shops, including bakeries.",
        "No minister, including Ann Lee, resigned.",
        "Most of the 30 men, including two judges, were freed.",
    ],
)
def test_a_part_not_certain_stays(find, text):
    """Where what holds of the whole need not hold of the part, none is made of it."""
    assert len(words_of(find, text)) == 1


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Boys start school at six, girls at seven.", "Girls start school at seven"),
        ("Norway sent 30 trucks, Latvia nine.", "Latvia sent nine trucks"),
        ("The shop lost 40 jobs in 2021 and 70 in 2022.", "The shop lost 70 jobs in 2022"),
        ("Turnout was 71 percent in Dorn, 38 percent in Aven.", "Turnout was 38 percent in Aven"),
    ],
)
def test_a_gap_is_filled(find, text, second):
    """The verb of the first half holds for the second."""
    assert words_of(find, text)[1:] == [second]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A truck crashed near Dorn on 9 May, killing two people and injuring nine.",
            [
                "A truck crashed near Dorn on 9 May",
                "A truck that crashed near Dorn on 9 May killed two people",
                "A truck that crashed near Dorn on 9 May injured nine",
            ],
        ),
        (
            "The flood reached the mill, leaving 300 workers without pay.",
            [
                "The flood reached the mill",
                "The flood that reached the mill left 300 workers without pay",
            ],
        ),
        (
            "A gunman opened fire in Aven, wounding three men.",
            ["A gunman opened fire in Aven", "A gunman who opened fire in Aven wounded three men"],
        ),
        (
            "Norland shelled the port on 9 May, destroying two ships.",
            ["Norland shelled the port on 9 May", "Norland destroyed two ships on 9 May"],
        ),
        (
            "A storm could reach Aven on 9 May, causing power cuts in two towns.",
            ["A storm could reach Aven on 9 May, causing power cuts in two towns"],
        ),
    ],
)
def test_a_result_is_a_claim(find, text, words):
    """What came of an event is told with its cause, its time and its place."""
    assert words_of(find, text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Sales were $9 million, up 4 percent from 2022.",
            ["Sales were $9 million", "Sales were up 4 percent from 2022"],
        ),
        (
            "Rent rose to $900, up from $700 in 2019.",
            ["Rent rose to $900", "Rent was up from $700 in 2019"],
        ),
        ("It sold 900 cars, up 4 percent.", ["It sold 900 cars, up 4 percent"]),
    ],
)
def test_up_and_down(find, text, words):
    """“Up 4 percent” is a claim where it is certain what went up."""
    assert words_of(find, text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "93 people died in Olden, 69 in Carrow and 43 in Tarn.",
            ["93 people died in Olden", "69 people died in Carrow", "43 people died in Tarn"],
        ),
        (
            "Some 300 trees fell in Pell, 40 in Dorn.",
            ["Some 300 trees fell in Pell", "40 trees fell in Dorn"],
        ),
        (
            "Twelve men drowned off Pell and nine off Dorn.",
            ["Twelve men drowned off Pell", "Nine men drowned off Dorn"],
        ),
    ],
)
def test_counts_by_place(find, text, words):
    """A count in the subject is told of each place by itself."""
    assert words_of(find, text) == words


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (
            "Norland imposed sanctions on 40 firms, including nine banks.",
            "Norland imposed sanctions on nine banks",
        ),
        (
            "The country is taking action against firms and persons, including those of 2019.",
            "The country is taking action against those of 2019",
        ),
        (
            "The brigade left Dorn on 9 May, driving south to the town of Olden, near the border.",
            "The brigade that left Dorn on 9 May drove south to the town of Olden, near the border",
        ),
    ],
)
def test_what_hangs_on_a_phrase(find, text, second):
    """A part of what a preposition leads to goes with it, a place with what it stands behind."""
    assert [claim.words for claim in find(text)][1] == second


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The council has kept its word: opening 40 clinics; and hiring 900 doctors.",
            [
                "The council has kept its word",
                "The council has been opening 40 clinics",
                "The council has been hiring 900 doctors",
            ],
        ),
        (
            "Dorn and Olden have kept their word: paying $9 million; and closing nine mills.",
            [
                "Dorn and Olden have kept their word",
                "Dorn and Olden have been paying $9 million",
                "Dorn and Olden have been closing nine mills",
            ],
        ),
        (
            "The firm has three plants: Dorn, with 40 workers; and Pell, with 30.",
            ["The firm has three plants: Dorn, with 40 workers; and Pell, with 30"],
        ),
    ],
)
def test_list_behind_a_colon(find, text, words):
    """What a list says was done is told item by item; a list of things stays whole."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Norlink had net income of $31,000 in May compared to a net loss in June of $1,725.",
            "Norlink’s net loss in June was $1,725",
        ),
        (
            "Lee has data about 7,194 men -- including 6,055 miners -- who were followed in May.",
            "Lee has data about 6,055 miners who were followed in May",
        ),
        (
            CROWNED,
            "Cruz followed Trump at 25 percent [in the survey by the One Olden Network]",
        ),
        (
            "Lee donated to 14 charities, including but not limited to the Red Cross.",
            "Lee donated to the Red Cross",
        ),
    ],
)
def test_what_is_beside_a_figure(find, text, words):
    """The loss a profit is set beside, a part between dashes and who came next are told alone."""
    assert words in [claim.words for claim in find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Lee wrote 12 books, including “Fox” (1988), a life of Ann Roe.",
            ["Lee wrote 12 books", "Lee wrote “Fox” (1988), a life of Ann Roe"],
        ),
        (
            "Norlink made two moves, including the sale of its Olden mill.",
            ["Norlink made two moves, including the sale of its Olden mill"],
        ),
    ],
)
def test_parts_with_what_tells_of_them(find, text, words):
    """A part goes with its year and what it is; nobody makes a sale because he made a move."""
    assert [claim.words for claim in find(text)] == words
