"""Mentions: what kind, which gender, how many, and under which words."""

import pytest

from workflows.extraction.references.kinds import EntityKind, Gender
from workflows.extraction.references.mention import MentionType
from workflows.extraction.references.mentions import find_mentions


def mentions(paragraph, text):
    return {mention.text: mention for mention in find_mentions(paragraph(text))}


@pytest.mark.parametrize(
    ("text", "words", "kind", "gender"),
    [
        ("Ms. Okafor left.", "Ms. Okafor", EntityKind.PERSON, Gender.FEMALE),
        ("Anna Dahl resigned.", "Anna Dahl", EntityKind.PERSON, Gender.FEMALE),
        ("A spokesman declined.", "a spokesman", EntityKind.PERSON, Gender.MALE),
        ("The widow sold it.", "the widow", EntityKind.PERSON, Gender.FEMALE),
        ("Halden Bank closed.", "Halden Bank", EntityKind.ORGANISATION, None),
        ("The Ministry of Health closed.", "the Ministry of Health", EntityKind.ORGANISATION, None),
        ("The brewery burned down.", "the brewery", EntityKind.ORGANISATION, None),
        ("Harlan County paid.", "Harlan County", EntityKind.PLACE, None),
        ("The flood lasted a week.", "the flood", EntityKind.EVENT, None),
        ("Two villages were cut off.", "two villages", EntityKind.PLACE, None),
    ],
)
def test_a_mention_has_its_kind(paragraph, text, words, kind, gender):
    """Titles, given names and nouns tell what is mentioned, and whether it is a man or a woman."""
    assert mentions(paragraph, text)[words].nature == (kind, gender)


def test_a_name_stands_without_its_titles(paragraph):
    """The words of a name are told apart from what somebody is."""
    mention = mentions(paragraph, "Shadow Home Secretary Anna Lee left.")[
        "Shadow Home Secretary Anna Lee"
    ]

    assert mention.form is MentionType.NAME
    assert mention.name == ("Anna", "Lee")


def test_first_mention(paragraph):
    """Where somebody is from belongs to a first mention; when something happened does not."""
    found = mentions(paragraph, "A baker in Olden was fined. The strike on Monday failed.")

    assert "a baker in Olden" in found
    assert "the strike" in found


def test_offsets_are_those_of_the_document(paragraph):
    """A mention's span holds its words."""
    text = "The port said that Anna Dahl had left it."

    for mention in find_mentions(paragraph(text)):
        assert text[mention.start : mention.end].lower() == mention.text.lower()
