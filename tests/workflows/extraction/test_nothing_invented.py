"""Every content word of a claim stands in the document: the wording invents nothing."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.extraction.text.lexicon import word_set

WORD = re.compile(r"\w+")
BRACKETS = re.compile(r"\[([^\]]*)\]('s?\b|')?")
FUNCTION_WORDS = word_set(
    "a an the is are was were has have had been be will there not to of and who which that"
)
"""What the wording may add so that a claim reads as a sentence."""

WHO = st.sampled_from(
    ["The mayor", "Ann Lee, the minister,", "Two officials", "He", "Reports", "The BBC", "Nobody"]
)
SAYS = st.sampled_from(
    ["said that", "denied that", "fears that", "could not confirm that", "is certain that"]
)
WHAT = st.sampled_from(
    [
        "the dam may have been built in 1962",
        "some 3,000 troops, who came from the north, were sent and 200 of them are training",
        "sales are expected to rise to $3 million",
        "the mill, which had 40 workers, might not open again",
        "the country keeps 1.2 million soldiers, with roughly 90,000 in its navy",
        "the clerk, who was tried and accused of theft, was asked to leave the pier",
        "the ferries might be moved by three crews accused of theft",
        "it is unclear whether they left",
        "the flood reached Ostrava, a city of 280,000 people, on Monday",
        "the figure of 3,000 could be exaggerated",
    ]
)
REFERRING = st.sampled_from(
    [
        "She had closed its two mills, and they sued her.",
        "The bank told Ann Lee that it would repay their loans.",
        "“We kept our word,” Tim Falk, head of the Olden clinic, told her. “I paid for it.”",
        "Lee said he was fined by the court, which kept his boat.",
        "That number has doubled since, the minister added.",
        "The company denied that it owed them money.",
        "A baker in Olden was fined twice. The baker sold her shop to them.",
        "Ann Lee began her plan to close two mills. The plan failed, and the mills were sold.",
        "Tim Falk lost his boat and its crew. The boat was new. It had cost $4 million.",
    ]
)
SAYING = st.tuples(WHO, SAYS, WHAT).map(lambda parts: " ".join(parts) + ".")
DENYING = st.sampled_from(
    ["The port denied it.", "He rejected the claim.", "They denied the report."]
)
STATING = WHAT.map(lambda what: f"{what[0].upper()}{what[1:]}.")
QUOTING = st.tuples(WHAT, WHO).map(lambda parts: f"“{parts[0]},” {parts[1]} said. “It is so.”")


@settings(max_examples=60)
@given(sentences=st.lists(SAYING | STATING | QUOTING | DENYING, min_size=1, max_size=3))
def test_no_invented_word(find, sentences):
    """No content word of a claim is invented."""
    text = " ".join(sentences)
    known = {word.lower() for word in WORD.findall(text)} | FUNCTION_WORDS

    for claim in find(text):
        own = BRACKETS.sub(" ", claim.words)
        assert {word.lower() for word in WORD.findall(own)} <= known, claim.words


@settings(max_examples=60)
@given(sentences=st.lists(SAYING | STATING | QUOTING | DENYING | REFERRING, min_size=2, max_size=5))
def test_brackets(find, sentences):
    """Brackets, references and offsets agree, and what is put in stands in the text."""
    text = " ".join(sentences)
    every = find(text)
    times = {
        text[d.start : d.end]: {"on", *f"{d.first:%-d %B %Y}".lower().split()}
        for claim in every
        for d in claim.dates
        if d.first
    }

    for claim in every:
        told = {reference.stands_for for reference in claim.references}
        assert {put for put, _ in BRACKETS.findall(claim.words)} == told, claim.words
        for reference in claim.references:
            source = text[reference.from_start : reference.from_end]
            assert text[reference.start : reference.end] == reference.text
            put = _list_words(reference.stands_for) - {"the", "s"}
            if source in times:  # a day, which the day of publication tells
                assert put <= times[source] | _list_words(text), claim.words
                continue
            assert put <= _list_words(text), claim.words
            assert put & _list_words(source), claim.words


def _list_words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}
