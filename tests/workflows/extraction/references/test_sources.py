"""Who says it, by the name that the text has for them."""

import pytest


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("Anna Dahl arrived. She said the dam had failed.", "Anna Dahl"),
        ("Mayor Anna Dahl arrived. The mayor said the dam had failed.", "Mayor Anna Dahl"),
        ("A baker in Olden was fined. The baker said the oven failed.", "a baker in Olden"),
        ("Halden Bank closed. The bank said 40 people had lost work.", "Halden Bank"),
        ("Its head, Anna Dahl, said the dam had failed.", "Anna Dahl"),
        ("Tim Hay met Bob Ray. He said the dam had failed.", None),
    ],
)
def test_resolved_source(find, text, resolved):
    """A pronoun, a noun or a surname as source is resolved where that is certain."""
    assert find(text)[-1].attribution[0].resolved == resolved


def test_same_speaker_goes_on(find):
    """“He added” is whoever spoke last."""
    claims = find("“The dam failed,” Tim Falk said. “It was old,” he added. “It leaked,” he added.")

    assert {claim.attribution[0].resolved or claim.attribution[0].source for claim in claims} == {
        "Tim Falk"
    }


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Robert Franklin, 45, sold 40 rings. The defendant claimed that it rained.", None),
        ("Robert Franklin sold 40 rings in May. The accused said that it rained.", None),
        ("Ann Roe met Robert Franklin. The defendant claimed that it rained.", "The defendant"),
    ],
)
def test_the_only_one_on_trial(find, text, source):
    """The defendant is the one person named; where there are two he stays the defendant."""
    link = find(text)[-1].attribution[-1]

    assert (link.resolved or link.source) == (source or "Robert Franklin")


def test_who_is_the_named_one(find):
    """What stands before a "who" is known by its full name."""
    claims = find(
        "David Kamin is a professor of law. It rained, said Mr. Kamin, who emphasized that "
        "taxes fell in May."
    )

    assert claims[-1].attribution[-1].resolved == "David Kamin"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "The dam is old, according to Craig Bryan, head of the centre, and other scientists.",
            "Craig Bryan, head of the centre, and other scientists",
        ),
        (
            "The dam is unsafe, said Ann Lee, the mayor, and Tom Roe.",
            "Ann Lee, the mayor, and Tom Roe",
        ),
        (
            "The dam is old, according to Tom Roe, head of works, and two other officials.",
            "Tom Roe, head of works, and two other officials",
        ),
        ("Ann Lee and Tom Roe said that the dam is unsafe.", "Ann Lee and Tom Roe"),
        (
            "Ann Lee, mayor and chief of police, said that the dam is unsafe.",
            "Ann Lee, mayor and chief of police",
        ),
    ],
)
def test_all_who_say_it(find, text, source):
    """Sources joined by "and" are told whole."""
    link = find(text)[-1].attribution[-1]

    assert (link.resolved or link.source) == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Three engineers saw the dam. All agreed that it leaked.", "all of the engineers"),
        ("The engineers saw the dam. Most said that it leaked.", "most of the engineers"),
        (
            "Experts said the dam was old. Some warned that the dam leaked.",
            "some of the experts",
        ),
        ("Experts said the dam was old. Others said that it leaked.", "other experts"),
        ("The dam killed 40 workers. Many say that the dam leaked.", "Many"),
    ],
)
def test_how_many_of_whom(find, text, source):
    """A bare quantity is of the last people told of, or who spoke."""
    link = find(text)[-1].attribution[-1]

    assert (link.resolved or link.source) == source


def test_all_of_nobody_known(find):
    """A quantity of nobody in the text needs words."""
    [claim] = find("All agreed that the dam leaked.")

    assert claim.needs_words


def test_a_quoted_name_is_whole(find):
    """A nickname between quotation marks is part of its source."""
    [claim] = find('Tom "Fox" Lee said that the dam leaked.')

    assert claim.attribution[-1].source == 'Tom "Fox" Lee'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mayor Ann Roe left. Her advisers said the dam holds.", "Mayor Ann Roe’s advisers"),
        ("Mayor Ann Roe left. Roe’s advisers said the dam holds.", "Mayor Ann Roe’s advisers"),
        ("Tom Lund met Kit Dahl in May. His advisers said the dam holds.", None),
    ],
)
def test_whose_advisers(find, text, name):
    """Those who are only somebody's are told by his name, where it is certain."""
    assert find(text)[-1].attribution[0].resolved == name


def test_office_in_capitals(find):
    """What stands in capitals between commas behind a name is its bearer's office."""
    link = find("Ann Roe, President and CEO, stated that sales fell by 9 percent.")[0].attribution[
        0
    ]

    assert link.resolved == "Ann Roe, President and CEO"
