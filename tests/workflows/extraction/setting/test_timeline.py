"""The day of a report, put in where a claim of it has no time."""

import pytest

MET = "The council of Olden met on Monday to hear the miners.\n\n"
DAY = "[On 14 October 2024,]"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Ann Lee blamed the bank.", f"{DAY} Ann Lee blamed the bank"),
        ("Three miners were praised.", f"{DAY} three miners were praised"),
        (
            "In a hall in Pell, guards searched 40 bakers.",
            "In a hall in Pell [on 14 October 2024], guards searched 40 bakers",
        ),
        ("Kit Roe did not vote.", f"{DAY} Kit Roe did not vote"),
    ],
)
def test_same_day(find, sentence, words):
    """What a report goes on to tell in the simple past was on the day that it began with."""
    assert find(MET + sentence)[-1].words == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee had blamed the bank.",
        "Ann Lee blamed the bank in 2019.",
        "Ann Lee later blamed the bank.",
        "Ann Lee often blamed the bank.",
        "As a girl of Pell she won 40 races in her career.",
        "Ann Lee owned a mill in Pell.",
        "The fund raised 40 dollars for the miners.",
        "Ann Lee blames the bank.",
        "Three plans were drawn up by Norlink.",
        "Ann Lee said she sold the bank.",
        "“The bank sold 40 mines,” Ann Lee said.",
        "The bank sold 40 mines on Friday.",
    ],
)
def test_another_time(find, sentence):
    """What is told of before, of no single day, or by somebody of himself gets no day."""
    assert "14 October" not in find(MET + sentence)[-1].words


@pytest.mark.parametrize(
    "between",
    [
        "The bank closed 40 mills in 2019.",
        "The mill had closed in spring.",
        "On Tuesday, the miners struck.",
    ],
)
def test_flashback(find, between):
    """A report that has told of another time is not back at its day by itself."""
    told = find(f"{MET}{between} Ann Lee sold 40 mines.\n\nKit Roe blamed the bank.")

    assert not any(" October 2024" in claim.words for claim in told[-2:])


def test_back_again(find):
    """A report that tells its day again goes on from there."""
    told = find(f"{MET}The mill closed in 2019.\n\nOn Monday, Roe sang.\n\nAnn Lee blamed 40 men.")

    assert told[-1].words == f"{DAY} Ann Lee blamed 40 men"


@pytest.mark.parametrize(
    "lede",
    [
        "Ann Lee, who was jailed on Friday, sang on Monday.",
        "Fact-check: Ann Lee sang in Olden on Monday.",
        "Ann Lee said on Monday that Olden was poor.",
        "Ann Lee sang in Olden on 2 May 2019.",
    ],
)
def test_no_report(find, lede):
    """Two days, a fact-check, a mere saying or a day long past open no report of a day."""
    assert find(f"{lede}\n\nKit Roe sold 40 mills.")[-1].words == "Kit Roe sold 40 mills"


def test_said_then(find):
    """What is done with words was done when a report says that words were said."""
    told = find("Ann Lee said on Monday that Olden was poor.\n\nKit Roe blamed 40 bakers.")

    assert told[-1].words == f"{DAY} Kit Roe blamed 40 bakers"


@pytest.mark.parametrize(
    "lede",
    [
        "Guards are looking for Kit after two bakers were robbed on Monday.",
        "Two bakers were robbed as the miners marched on Monday.",
    ],
)
def test_still_on(find, lede):
    """A report of what is going on since a day, or was beside it, goes on with that day."""
    told = find(f"{lede}\n\nAnn Lee blamed 40 men.")

    assert told[-1].words == f"{DAY} Ann Lee blamed 40 men"


@pytest.mark.parametrize("lead", ["In addition to bread, ", "After a song, ", "By noon, "])
def test_led(find, lead):
    """Before words that lead into a claim there is no second opening."""
    assert "October" not in find(f"{MET}{lead}Ann Lee sold 40 mines.")[-1].words


def test_trial(find):
    """Of what a report from a court tells, only what is done there is of its day."""
    text = "A judge in a court in Olden jailed Tim Falk on Monday after a trial.\n\n"

    assert "October" not in find(f"{text}Falk robbed 40 bakers.")[-1].words
    assert find(f"{text}The judge denied bail.")[-1].words.startswith("[On 14 October 2024,]")


def test_with_place(find):
    """A day joins the place that is put in too."""
    told = find("OLDEN - The mayor of Olden sold a mill on Monday. Police searched 40 bakers.")

    assert told[-1].words == "[In Olden on 14 October 2024,] police searched 40 bakers"


def test_told_where(find):
    """The words that tell the day are told among the references."""
    text = f"{MET}Ann Lee blamed the bank."
    [reference] = find(text)[-1].references

    assert text[reference.from_start : reference.from_end] == "Monday"
    assert reference.stands_for == "On 14 October 2024,"


def test_undated(find):
    """Without a day of publication a weekday is no day."""
    assert find(f"{MET}Ann Lee blamed the bank.", None)[-1].words == "Ann Lee blamed the bank"
