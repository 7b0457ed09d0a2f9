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
        ("''The bridge is safe,'' she said.", "she", "said", "''The bridge is safe,''"),
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
            "claim",
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
            "The mayor's promise to repair the bridge was kept.",
            "The mayor's",
            "promise",
            "to repair the bridge",
        ),
        ("The mayor's remarks on the bridge were brief.", "The mayor's", "remarks", "the bridge"),
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
def test_a_saying_has_its_source_its_cue_and_its_content(paragraph, text, source, cue, content):
    assert (source, cue, content) in told(paragraph, text)


def test_a_quotation_goes_on_after_who_said_it(paragraph):
    text = "“The bridge is safe,” the mayor said. “We checked it twice.”"

    assert told(paragraph, text) == [("the mayor", "said", text)]


def test_an_inserted_speaker_speaks_on_both_sides(paragraph):
    text = "The bridge, the mayor said, is safe again."

    assert ("the mayor", "said", text.rstrip(".")) in told(paragraph, text)


def test_a_quotation_that_ends_a_sentence_belongs_to_all_that_was_said(paragraph):
    text = "The mayor said the bridge was “as safe as any bridge in the country.”"

    [(_, _, content)] = told(paragraph, text)

    assert content.startswith("the bridge was")


def test_a_quotation_is_one_with_the_paragraph_that_announces_it(paragraph):
    text = "The mayor made this comment to the paper:\n\n“The bridge is safe. We checked it twice.”"

    [(source, cue, content)] = told(paragraph, text)

    assert (source, cue) == ("The mayor", "made")
    assert content == "“The bridge is safe. We checked it twice.”"


def test_a_turn_of_phrase_in_quotation_marks_is_not_speech(paragraph):
    assert told(paragraph, "The so-called “bridge of sighs” was closed in March.") == []


def test_talk_of_oneself_in_a_quotation_is_no_further_source(paragraph):
    text = "“I think the bridge is safe,” the mayor said."

    assert [source for source, _, _ in told(paragraph, text)] == ["the mayor"]


def test_who_writes_in_the_first_person_is_a_source(paragraph):
    assert told(paragraph, "I think the bridge is safe.") == [("I", "think", "the bridge is safe")]


def test_talk_to_the_listener_has_no_source(paragraph):
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
def test_what_surrounds_quoted_words_tells_who_speaks(paragraph, text, source, cue, content):
    assert (source, cue, content) in told(paragraph, text)


def test_who_is_said_to_say_nothing_named_has_no_source(paragraph):
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
def test_whoever_says_it_is_found_beside_around_or_behind_the_cue(paragraph, text, source, cue):
    assert (source, cue) in {(who, by) for who, by, _ in told(paragraph, text)}


def test_a_word_of_the_speech_is_not_its_speaker(paragraph):
    [(source, _, _)] = told(
        paragraph, "“We owe the boats to the people,” Lee said. “They have waited for a bridge.”"
    )

    assert source == "Lee"


def test_a_participle_behind_a_quotation_begins_what_is_said_next(paragraph):
    sources = {
        cue: who
        for who, cue, _ in told(
            paragraph,
            "Lee said the bridge “has never been as safe as now,” claiming that it carries trains.",
        )
    }

    assert sources["said"] == "Lee"
