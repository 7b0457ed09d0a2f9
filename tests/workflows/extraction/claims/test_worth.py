"""What a claim is worth as a card: findings and deeds first, scenes, frames and opinions last."""

import pytest


def rank(find, text):
    return [c.words for c in sorted(find(text), key=lambda c: -c.check_worthiness)]


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Norlink closed its mill in Pell.", "Roe built a magnificent company."),
        ("Ann Lee sold the hall to Norlink.", "The bridge is a noble idea."),
        (
            "Norlink will not fund the Olden fair.",
            "Ann Lee preached to the nation about its values and its great spirit.",
        ),
        (
            "Green tea does not increase the risk of stroke.",
            "Ann Lee and her colleagues examined the records of Pell University for the journal.",
        ),
        ("Forged ballots are very rare.", "Norlink discussed ballots with Ann Lee in Pell."),
        ("Somebody had hacked the sign of Pell.", "Kit and Ann Roe of Pell took the next exit."),
        (
            "The mayor of Pell was arrested.",
            "Kit Roe was surprised to see a sign of the Pell Fund in Olden.",
        ),
        ("Norlink fired its driver.", "Norlink criticised its driver in the Pell Gazette."),
        ("Ann Lee never lost a vote.", "Ann Lee put her finger on the trouble of Pell."),
        ("Ann Roe was badly hurt in Pell.", "Ann Lee walked through Pell with her dog."),
        ("Two people are dead.", "Kit Roe visited her aunt in Pell."),
        ("Kit Roe, 54, was stabbed in Pell.", "Kit Roe, 54, lives on Mill Lane in Pell."),
    ],
)
def test_news_first(find, first, later):
    """What was found out or done comes before praise, scenes and frames, whichever stands first."""
    assert rank(find, f"{later} {first}")[0] == first.removesuffix(".")


@pytest.mark.parametrize(
    ("plain", "open_words"),
    [
        ("Norlink closed a mill in May.", "Norlink closed the mill in May."),
        ("The council sold a hall.", "The council sold the hall there."),
    ],
)
def test_readable_first(only, plain, open_words):
    """Of two that tell the same, the one that can be read without its text is worth more."""
    assert only(plain).check_worthiness > only(open_words).check_worthiness


def test_reason_is_told(only):
    """What a card's kind added stands among the reasons."""
    claim = only("Norlink will not fund the Olden fair.")

    assert "consequence" in dict(claim.worth_reasons)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Clerks in Pell are poorer than bakers.", "Clerks in Pell are poor at work."),
        ("Kit Roe fined those who left Pell.", "Kit Roe fined them all in Pell."),
    ],
)
def test_comparisons_and_open_words(find, one, other):
    """A comparison is a finding, and the “those” of “those who” leaves nothing open."""
    first, second = (find(text)[0].check_worthiness for text in (one, other))

    assert first > second
