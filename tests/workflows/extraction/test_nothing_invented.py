"""Every content word of a claim stands in the document: the wording invents nothing."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflows.extraction.text.lexicon import word_set

WORD = re.compile(r"\w+")
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
SAYING = st.tuples(WHO, SAYS, WHAT).map(lambda parts: " ".join(parts) + ".")
DENYING = st.sampled_from(
    ["The port denied it.", "He rejected the claim.", "They deny the report."]
)
STATING = WHAT.map(lambda what: f"{what[0].upper()}{what[1:]}.")
QUOTING = st.tuples(WHAT, WHO).map(lambda parts: f"“{parts[0]},” {parts[1]} said. “It is so.”")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sentences=st.lists(SAYING | STATING | QUOTING | DENYING, min_size=1, max_size=3))
def test_no_content_word_of_a_claim_is_invented(find, sentences):
    text = " ".join(sentences)
    known = {word.lower() for word in WORD.findall(text)} | FUNCTION_WORDS

    for claim in find(text):
        assert {word.lower() for word in WORD.findall(claim.words)} <= known, claim.words
