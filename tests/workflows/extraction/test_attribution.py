"""Who says it: cues in all their forms, and the stretch that is said."""

import pytest

from workflows.extraction.attribution.find import find_attributions


def told(paragraph, text):
    """(source, cue, content) of every saying."""
    read = paragraph(text)
    doc = read.doc
    return [
        (s.source.text(doc) if s.source else None, s.cue.text(doc), s.content.text(doc))
        for s in find_attributions(read)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The ministry said that the bridge had been closed.",
            "The ministry",
            "said",
            "that the bridge had been closed",
        ),
        (
            "The mayor told reporters the bridge would open in May.",
            "The mayor",
            "told",
            "the bridge would open in May",
        ),
        ("The bridge is unsafe, engineers said.", "engineers", "said", "The bridge is unsafe"),
        (
            "According to the ministry, the bridge is closed.",
            "the ministry",
            "According to",
            "the bridge is closed",
        ),
        (
            "The bridge is closed, according to the ministry.",
            "the ministry",
            "according to",
            "The bridge is closed",
        ),
        ("“The bridge is safe,” the mayor said.", "the mayor", "said", "“The bridge is safe,”"),
        (
            '"The bridge is safe," said Mayor Ann Lee.',
            "Mayor Ann Lee",
            "said",
            '"The bridge is safe,"',
        ),
        ("''The bridge is safe,'' she said.", "she", "said", '"The bridge is safe,"'),
        ("«The bridge is safe,» she said.", "she", "said", "“The bridge is safe,”"),
        ("‘The bridge is safe,’ she said.", "she", "said", "“The bridge is safe,”"),
        (
            "The mayor said: “The bridge is safe. We checked it.”",
            "The mayor",
            "said",
            "“The bridge is safe. We checked it.”",
        ),
        (
            "There are fears among residents that the bridge will fall.",
            "residents",
            "fears",
            "that the bridge will fall",
        ),
        (
            "The council rejected the claim that the bridge is unsafe.",
            "The council",
            "rejected",
            "that the bridge is unsafe",
        ),
        (
            "The mayor denied the allegation of bribery.",
            "The mayor",
            "denied",
            "the allegation of bribery",
        ),
        ("The company vowed to repair the bridge.", "The company", "vowed", "to repair the bridge"),
        (
            "The mayor was confident that the bridge was safe.",
            "The mayor",
            "confident",
            "that the bridge was safe",
        ),
        (
            "The council highlighted the cost of the bridge.",
            "The council",
            "highlighted",
            "the cost of the bridge",
        ),
        (
            "The mayor accused the builders of hiding the cracks.",
            "The mayor",
            "accused",
            "the builders of hiding the cracks",
        ),
        (
            "The council praised the engineer for her courage.",
            "The council",
            "praised",
            "the engineer for her courage",
        ),
        (
            "Their neighbour Benjamin Green said the bridge was closed.",
            "Their neighbour Benjamin Green",
            "said",
            "the bridge was closed",
        ),
        ("The plan was criticised by residents.", "residents", "criticised", "The plan"),
    ],
)
def test_source_cue_content(paragraph, text, source, cue, content):
    """An attribution has its source, its cue and its content."""
    assert (source, cue, content) in told(paragraph, text)


def test_quotation_goes_on(paragraph):
    """A quotation goes on after its speaker is named."""
    text = "“The bridge is safe,” the mayor said. “We checked it twice.”"

    assert told(paragraph, text) == [("the mayor", "said", text)]


def test_inserted_speaker(paragraph):
    """A speaker inserted into a quotation speaks on both sides."""
    text = "The bridge, the mayor said, is safe again."

    assert ("the mayor", "said", text.rstrip(".")) in told(paragraph, text)


def test_quotation_at_the_end(paragraph):
    """A quotation that ends a sentence belongs to all that was said."""
    text = "The mayor said the bridge was “as safe as any bridge in the country.”"

    [(_, _, content)] = told(paragraph, text)

    assert content.startswith("the bridge was")


def test_announced_quotation(paragraph):
    """A quotation is one with the paragraph that announces it."""
    text = "The mayor made this comment to the paper:\n\n“The bridge is safe. We checked it twice.”"

    [(source, cue, content)] = told(paragraph, text)

    assert (source, cue) == ("The mayor", "made")
    assert content == "“The bridge is safe. We checked it twice.”"


def test_scare_quotes(paragraph):
    """A phrase in quotation marks is not speech."""
    assert told(paragraph, "The so-called “bridge of sighs” was closed in March.") == []


def test_speaker_about_themselves(paragraph):
    """Talk about oneself in a quotation is no further source."""
    text = "“I think the bridge is safe,” the mayor said."

    assert [source for source, _, _ in told(paragraph, text)] == ["the mayor"]


def test_first_person(paragraph):
    """Somebody who writes in the first person is a source."""
    assert told(paragraph, "I think the bridge is safe.") == [("I", "think", "the bridge is safe")]


def test_talk_to_listener(paragraph):
    """Talk to the listener has no source."""
    assert told(paragraph, "You know it is closed.") == []


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "“Nothing is lost!” the captain boomed.",
            "the captain",
            "boomed",
            "“Nothing is lost!”",
        ),
        (
            "The captain trumpeted: “Nothing is lost.”",
            "The captain",
            "trumpeted",
            "“Nothing is lost.”",
        ),
        (
            "From the report: “The dam was built without a permit in 1962.”",
            "the report",
            ":",
            "“The dam was built without a permit in 1962.”",
        ),
        (
            "The dam, the engineer said, “is built on sand” and will not last.",
            "the engineer",
            "said",
            "The dam, the engineer said, “is built on sand” and will not last.",
        ),
        (
            "The engineer told the packed room that it worried her that “nobody looks at the dam.”",
            "The engineer",
            "told",
            "that it worried her that “nobody looks at the dam.”",
        ),
        ("Poll: Most voters want a new dam", "Poll", ":", "Most voters want a new dam"),
    ],
)
def test_words_around_quotes(paragraph, text, source, cue, content):
    """The words around a quotation tell who speaks."""
    assert (source, cue, content) in told(paragraph, text)


def test_nothing_said(paragraph):
    """Somebody said to say nothing in particular is no source."""
    [(source, cue, _)] = told(paragraph, "It is believed that the bridge is unsafe.")

    assert (source, cue) == (None, "believed")


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Ann Lee (Arden) said the bridge was closed.", "Ann Lee", "said"),
        ("The council was forced to admit that the bridge had closed.", "The council", "admit"),
        ("Ann Lee was quick to add that the bridge was safe.", "Ann Lee", "add"),
        ("The council sent a letter saying that the bridge was closed.", "The council", "saying"),
        (
            "The mayor said the bridge was “a danger to all who cross it,” adding that it was old.",
            "The mayor",
            "adding",
        ),
        ("Ann Lee criticised what she called a needless delay.", "Ann Lee", "criticised"),
        ("“The bridge is safe for everybody who crosses it.” Lee said.", "Lee", "said"),
        (
            "The mayor called the plan “an expensive mistake,” and said the bridge would stay.",
            "The mayor",
            "said",
        ),
    ],
)
def test_speaker_anywhere(paragraph, text, source, cue):
    """The speaker is found beside, around or after the cue."""
    assert (source, cue) in {(who, by) for who, by, _ in told(paragraph, text)}


def test_word_of_the_speech(paragraph):
    """A word of the speech is not its speaker."""
    [(source, _, _)] = told(
        paragraph, "“We owe the boats to the people,” Lee said. “They have waited for a bridge.”"
    )

    assert source == "Lee"


def test_participle_after_quotation(paragraph):
    """A participle after a quotation begins what is said next."""
    sources = {
        cue: who
        for who, cue, _ in told(
            paragraph,
            "Lee said the bridge “has never been as safe as now,” claiming that it carries trains.",
        )
    }

    assert sources["said"] == "Lee"
