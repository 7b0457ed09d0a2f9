"""Claims in plain words: verbs agree, and what is denied stays denied."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Roe does not seem to be a happy man.", "Roe is not a happy man"),
        ("Roe seems to be a happy man.", "Roe is a happy man"),
        ("The mills do not appear to have closed.", "The mills have not closed"),
        (
            "One of the barges was hauled across the bar and taken down the old canal.",
            "One of the barges was taken down the old canal",
        ),
        (
            "The files were stolen in May and given to a clerk in Pell.",
            "The files were given to a clerk in Pell",
        ),
        (
            "Two officials who are believed to have been involved left Olden on Monday.",
            "Two officials have been involved",
        ),
    ],
)
def test_verbs_agree(find, text, words):
    """Helping verbs and negations go along, in the right number."""
    assert words in [claim.words for claim in find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("So the mill in Dorn employs 40 people.", "The mill in Dorn employs 40 people"),
        ("As for tax, the law has 900 pages.", "The law has 900 pages"),
        ("To be sure, Dorn has 900 doctors.", "Dorn has 900 doctors"),
        ("Unfortunately, the dam broke in May.", "The dam broke in May"),
        ("In all, 40 people died in Dorn.", "40 people died in Dorn"),
        ("Turns out, Lee had no licence.", "Lee had no licence"),
        ("Lee said that, sadly, the dam broke in May.", "The dam broke in May"),
        ("So many people died in May that Dorn closed.", None),
        ("So far, 40 people have died.", None),
        ("As for the mill in Dorn, it was sold in May.", None),
        ("In May, 40 people died in Dorn.", None),
    ],
)
def test_openers_are_dropped(find, text, words):
    """What only leads from the sentence before is no part of a claim; what belongs to it stays."""
    [claim] = find(text)

    assert claim.words == (words or text.removesuffix("."))


@pytest.mark.parametrize(
    ("text", "words", "put"),
    [
        (
            "“Norlink sold the pool [in Dorn] in 2019,” Lee said.",
            "Norlink sold the pool [in Dorn] in 2019",
            (),
        ),
        (
            "Ann Lee left Norlink in May. “[T]he mill [of Norlink] burned,” she said.",
            "The mill [of Norlink] burned",
            (),
        ),
        (
            "Ann Lee resigned in May. She owned a mill [in Dorn].",
            "[Ann Lee] owned a mill [in Dorn]",
            ("Ann Lee",),
        ),
    ],
)
def test_brackets_of_the_document(find, text, words, put):
    """What an editor put in stays in its brackets, and is no reference of ours."""
    claim = find(text)[-1]

    assert claim.words == words
    assert tuple(reference.stands_for for reference in claim.references) == put


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Roe wrote to Gov. Kit Lee (D).", "Ann Roe wrote to Gov. Kit Lee (D)"),
        (
            "Trains have less room than cars, so the mill was moved.",
            "Trains have less room than cars",
        ),
        (
            "Lee said that “there has never been a better mayor than Ann Roe” in Dorn.",
            "“There has never been a better mayor than Ann Roe” in Dorn",
        ),
        ("Norlink (NOR.L) sold 40 vans.", "Norlink sold 40 vans"),
        ("The Tarnwick (TARN-ick) Fund sold 40 vans.", "The Tarnwick (TARN-ick) Fund sold 40 vans"),
        ("The Quellan (KWEL-uh-pe-an) Fund sold 40 vans.", "The Quellan Fund sold 40 vans"),
        ("eSpark sold 40 million cars.", "eSpark sold 40 million cars"),
        ("Net cash flow(1)(2) rose to 40 million.", "Net cash flow rose to 40 million"),
        (
            "“Eva Roe led the school,” Ann Lee said. “And Roe died in the fire.”",
            "[Eva Roe] died in the fire",
        ),
        ("Lee called the dam “odd.”", "Lee called the dam “odd”"),
        (
            "Lee dismissed the notion that rain had anything to do with the flood.",
            "Rain had something to do with the flood",
        ),
    ],
)
def test_marks_and_loose_ends(find, text, words):
    """Brackets and quotation marks stay in pairs, and no claim ends in a conjunction."""
    assert words in [claim.words for claim in find(text)]
