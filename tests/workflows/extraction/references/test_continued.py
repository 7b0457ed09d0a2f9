"""Pronouns that go on about what leads the sentence before, and those that may not."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The reservoir at Olden is nearly empty. It was built in 1962.",
            "[The reservoir at Olden] was built in 1962",
        ),
        (
            "The authors counted 90 terns. They estimated that 12 had died in May.",
            "12 [of the 90 terns] had died in May",
        ),
        (
            "A spokesman for the Arden Trust said it had closed two clinics.",
            "[The Arden Trust] had closed two clinics",
        ),
        (
            "The cook met Jon Roe. Roe paid $40. Roe left in May and says he will sue Pell.",
            "[Jon Roe] will sue Pell",
        ),
        (
            "Norlink, which sells coats at its own store, said it would cut 40 jobs.",
            "[Norlink] would cut 40 jobs",
        ),
        (
            "Norlink said it would cut 40 jobs. The shops are old. It also said it would sell two.",
            "[Norlink] would sell two",
        ),
        ("The clerk left Olden. A man in his 60s was held.", "A man in his 60s was held"),
    ],
)
def test_goes_on(find, text, words):
    """What led the sentence before is meant again, and who is spoken for by who speaks."""
    claim = find(text)[-1]

    assert (claim.words, claim.needs_words) == (words, False)


@pytest.mark.parametrize(
    "text",
    [
        "The board has nine pumps. The board said they would be replaced in May.",
        "Arden Pharma made the drug. Doctors in Olden tested it in May.",
        "Donors came to Olden. A woman sewed coats for those who needed them.",
        "Roe mayor Lee spoke. The crew of the ferry met the pilots. The chief said they had left.",
    ],
)
def test_left_as_it_is(find, text):
    """Where a body and several things, or a thing and a body, may be meant, nothing is put in."""
    put = [r for c in find(text) for r in c.references if r.text.lower() in {"it", "they", "them"}]

    assert put == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A fund for flood victims set up by the board of Olden opened. The fund paid 9 euros.",
            "[The fund for flood victims] paid 9 euros",
        ),
        (
            "Norlink owns a mill in Dorn. It owns a bakery in Olden. That bakery has 40 ovens.",
            "[The bakery in Olden] has 40 ovens",
        ),
        (
            "The 53rd Brigade left Olden. The brigade lost 40 tanks in May.",
            "[The 53rd Brigade] lost 40 tanks in May",
        ),
        (
            "Arden Pharma sells a drug. The Harris Foundation paid for it. The company lost money.",
            "[Arden Pharma] lost money",
        ),
        (
            "Votes were counted in Olden, Ohio. Fraud is rare in this country.",
            "Fraud is rare in this country",
        ),
    ],
)
def test_class_noun(find, text, words):
    """A noun told before in full gets its words, its name, or nothing."""
    assert find(text)[-1].words == words


@pytest.mark.parametrize("survey", ["The survey in Olden", "A poll of 600 adults"])
def test_a_poll_goes_on(find, survey):
    """What is told of a poll in the next sentence is the poll's."""
    last = find(f"{survey} ran in May. It has a margin of error of 4 percent.")[-1]

    assert "] has a margin of error of 4 percent" in last.words
    assert not last.needs_words
