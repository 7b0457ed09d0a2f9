"""What somebody did behind a comma is a claim of its own."""

import pytest

from workflows.extraction.text.verb_forms import form_past


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Amber Rail cut 400 jobs in May, reducing its workforce to 2,100.",
            ["Amber Rail cut 400 jobs in May", "Amber Rail reduced its workforce to 2,100 in May"],
        ),
        (
            "In 2003, the Amber party swept the polls, becoming the largest party in the country.",
            [
                "In 2003, the Amber party swept the polls",
                "In 2003, the Amber party became the largest party in the country",
            ],
        ),
        (
            "The harbour board closed three locks in June, after finding cracks in the gates.",
            [
                "The harbour board closed three locks in June",
                "The harbour board found cracks in the gates",
            ],
        ),
    ],
)
def test_own_claim(find, text, words):
    """What is told by a participle is told in the past tense, of who did it."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "Kit Roe sat in the hall, waiting for a bus.",
        "A clerk left the hall, waving at 40 guests.",
        "Ann Lee left the hall, having lost 40 votes.",
    ],
)
def test_no_own_claim(find, text):
    """What has no figure or name, or is told of nobody certain, stays where it is."""
    assert [claim.words for claim in find(text)] == [text.removesuffix(".")]


@pytest.mark.parametrize(
    ("participle", "past"),
    [
        ("closing", "closed"),
        ("stopping", "stopped"),
        ("carrying", "carried"),
        ("freeing", "freed"),
        ("winning", "won"),
        ("becoming", "became"),
        ("enjoying", "enjoyed"),
    ],
)
def test_past_tense(participle, past):
    """The past tense of a participle is spelled as it should be."""
    assert form_past(participle) == past


def test_a_toll_rises(find):
    """A toll that an act is said to raise rises by itself."""
    assert [c.words for c in find("Guards found six bodies in Pell, raising the toll to 24.")] == [
        "Guards found six bodies in Pell",
        "The toll rose to 24",
    ]


def test_former_figure(find):
    """What a count is down from is what there was."""
    assert [c.words for c in find("Amber Rail has 412 trains, down from 480 in 2011.")] == [
        "Amber Rail has 412 trains",
        "Amber Rail had 480 trains in 2011",
    ]


def test_cut_off_behind_a_participle(find):
    """A text that ends on a participle or a preposition is read all the same."""
    find("But while some members will welcome his")
    find("Roe sold 30 cars in May, 40 in")
    find("The mill closed, sending")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Norlink spent $1.3 million in May, helping Sen. Ted Cruz (R-TX) win in Dorn.",
            [
                "Norlink spent $1.3 million in May",
                "Norlink helped Sen. Ted Cruz (R-TX) win in Dorn in May",
            ],
        ),
        (
            "Ann Roe won the vote in Dorn, beating a rival who raised $3.3 million.",
            ["Ann Roe won the vote in Dorn", "Ann Roe beat a rival who raised $3.3 million"],
        ),
    ],
)
def test_results_are_whole(find, text, words):
    """What stands in brackets, and a clause that tells of the last noun, go with the result."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The Dorn council declared war on Olden, leading to a strife with 900 deaths.",
            ["The Dorn council declared war on Olden, leading to a strife with 900 deaths"],
        ),
        (
            "Armenian forces won the war, seizing seven districts near Olden.",
            ["Armenian forces won the war", "Armenian forces seized seven districts near Olden"],
        ),
    ],
)
def test_who_led_to_it(find, text, words):
    """What an act leads to is not led to by who acts; a named people needs no “that won”."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The truck bomb killed 49 people, in the deadliest attack on the city since 2011.",
            [
                "The truck bomb killed 49 people",
                (
                    "The attack in which the truck bomb killed 49 people was the deadliest on "
                    "the city since 2011"
                ),
            ],
        ),
        (
            "The raid wounded 12 men, the worst raid on the base in a decade.",
            ["The raid wounded 12 men", "The raid was the worst raid on the base in a decade"],
        ),
        (
            "Roe sold 40 mills, in the worst year of the slump.",
            ["Roe sold 40 mills, in the worst year of the slump"],
        ),
    ],
)
def test_worst_of_its_kind(find, text, words):
    """That an event was the worst of its kind is told by itself."""
    assert [claim.words for claim in find(text)] == words


def test_a_charge_is_no_result(find):
    """What somebody is charged with is not told as done."""
    found = find("Ann Lee admitted six offences including theft, driving without care, and fraud.")

    assert not any("drove" in claim.words for claim in found)
