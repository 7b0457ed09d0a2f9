"""A claim's words with what they refer to put in, in square brackets."""

import pytest


def words(find, text):
    return {claim.words for claim in find(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Dahl runs the port. She has cut its staff.", "[Anna Dahl] has cut its staff"),
        (
            "A court fined Tim Falk. The judge also banned him from driving.",
            "The judge also banned [Tim Falk] from driving",
        ),
        (
            "Tim Falk was fined in May. His brother was not.",
            "[Tim Falk]'s brother was not",
        ),
        (
            "Halden Bank came in 2011. The bank has closed ten branches.",
            "[Halden Bank] has closed ten branches",
        ),
        (
            "Norlink, a brewery in Arden, lost $4 million. The brewery sold two mills.",
            "[Norlink] sold two mills",
        ),
        (
            "Harlan County passed a budget. The county will spend $40 million.",
            "[Harlan County] will spend $40 million",
        ),
        (
            "A baker in Olden was fined. The baker sold her shop.",
            "[The baker in Olden] sold her shop",
        ),
        (
            "Anna Dahl sued the port. Dahl won $4 million in 2019.",
            "[Anna Dahl] won $4 million in 2019",
        ),
        (
            "Anna Dahl joined the council in 2018. Tim Falk elected her chair.",
            "Tim Falk elected [Anna Dahl] chair",
        ),
        ("The Tarn Herald said the newspaper had died.", "[The Tarn Herald] had died"),
        ("The ministry said it had bought 40 trucks.", "[The ministry] had bought 40 trucks"),
        ("Investigators said they had opened 40 graves.", "[Investigators] had opened 40 graves"),
        (
            "The fire destroyed 340 houses. That number has doubled since.",
            "That number [340 houses] has doubled since",
        ),
    ],
)
def test_what_is_meant_is_put_in(find, text, expected):
    """A pronoun, a noun and a short name give way to the words that can be read alone."""
    assert expected in words(find, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“I have 40 ships,” Anna Dahl said.", "[Anna Dahl] has 40 ships"),
        ("“I am ready,” Anna Dahl said.", "[Anna Dahl] is ready"),
        ("“I do not own a mill,” Anna Dahl said.", "[Anna Dahl] does not own a mill"),
        ("“I run two mills,” Anna Dahl said.", "[Anna Dahl] runs two mills"),
        ("“My mill lost $4 million,” Anna Dahl said.", "[Anna Dahl]'s mill lost $4 million"),
        ("“We have 40 beds,” the hospital said.", "[The hospital] has 40 beds"),
        (
            "“We have 40 beds,” said Anna Dahl, head of the Olden clinic.",
            "[The Olden clinic] has 40 beds",
        ),
        (
            "Anna Dahl: I inherited a debt of $12 million.",
            "[Anna Dahl] inherited a debt of $12 million",
        ),
    ],
)
def test_speaker_is_named(find, text, expected):
    """I and my are the speaker's, we is the speaker's body, and the verb takes its form."""
    assert expected in words(find, text)


@pytest.mark.parametrize(
    "text",
    [
        "Nordbank closed its mill in May.",
        "Anna Dahl sold her mill in May.",
        "It is clear that Nordbank has failed.",
    ],
)
def test_what_a_claim_tells_itself_stays(only, text):
    """Nothing is put in for what is named in the same claim, or means nothing."""
    claim = only(text)

    assert "[" not in claim.words
    assert not claim.needs_words


@pytest.mark.parametrize(
    "text",
    [
        "She closed 40 branches.",
        "They burned 12 houses.",
        "The company cut 300 jobs.",
        "This was the third flood in a year.",
        "“We closed no branches,” Anna Dahl said.",
        "He said the dam had failed.",
    ],
)
def test_an_open_reference_needs_words(find, text):
    """A claim or a source that cannot be read alone is marked."""
    assert [claim.needs_words for claim in find(text)] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A clerk found a green tin box in Olden. The box held $400.",
            "[The green tin box in Olden] held $400",
        ),
        (
            "The council passed a plan to build 40 flats. The plan failed in May.",
            "[The plan to build 40 flats] failed in May",
        ),
        (
            "The council passed a plan to build 40 flats. The flats cost $4 million.",
            "[The 40 flats] cost $4 million",
        ),
        (
            "Dahl's campaign opened in May. The campaign raised $4 million.",
            "[Dahl's campaign] raised $4 million",
        ),
        (
            "Anna Dahl began her plan to cut taxes. The plan cost $4 million.",
            "[Anna Dahl's plan to cut taxes] cost $4 million",
        ),
        ("Tim Falk sold his boat in May. The boat cost $400.", "[Tim Falk's boat] cost $400"),
        ("Divers found a boat near Paris. The boat cost $400.", "[The boat near Paris] cost $400"),
        ("The ship sank off Olden. It was built in 1962.", "[The ship] was built in 1962"),
        ("The film ran in May. On Monday, it won $400.", "On Monday, [the film] won $400"),
        ("A thief broke in. He took $400.", "[A thief] took $400"),
        ("A thief broke in. The thief took $400.", "[A thief] took $400"),
        (
            "Several mills closed. The mills of Olden lost $4 million.",
            "The mills of Olden lost $4 million",
        ),
    ],
)
def test_a_definite_noun_is_told_in_full(find, text, expected):
    """“The box” gives way to its own longer first mention, where there was only one."""
    claims = {claim.words: claim for claim in find(text)}

    assert expected in claims
    assert not claims[expected].needs_words


def test_a_short_verb_is_written_out(find):
    """“She’s reduced her stake” is “[Ann Roe] has reduced”, which “[Ann Roe]’s” would not be."""
    told = [
        claim.words for claim in find("“Ann Roe left. She’s been in Dorn since May,” Lee said.")
    ]

    assert "[Ann Roe] has been in Dorn since May" in told


def test_a_numbered_name_stays(find):
    """A short name before a number is a part of that: “HB 40”."""
    text = "House Bill 40 passed in May. A judge said that HB 40's sponsors had left in June."

    assert not any("] 40" in claim.words for claim in find(text))


def test_quoted_words_stay(find):
    """Within quotation marks nothing is put in agreement unseen: what is put in has brackets."""
    told = find('Howard Roe told the council to "back me or leave me" in May.')[-1]

    assert 'back [him] or leave [him]"' in told.words
    assert {each.stands_for for each in told.references} >= {"him"}
