"""What all of a document tells, put into its claims."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

RELEASE = (
    "Roe Foods Reports Second Quarter Results\n\nOLDEN, Texas--Roe Foods, Inc. (NYSE: ROE) today "
    "reported results for the second quarter of 2024.\n\n"
)
WIRE = "OLDEN, May 3 (Wire) -- A Norlink poll of Friday has Ann Lee at 40 percent of voters.\n\n"
LEADS = st.sampled_from([RELEASE, WIRE, "The fair in Olden was long.\n\n"])
TOLD = st.sampled_from(
    [
        "Sales rose 9% to $3.26 million.",
        "Net income was $5 million, compared with $4 million in 2023.",
        "For the quarter, revenues were $7 million.",
        "Nine percent chose Kit Roe.",
        "Kit Roe is at 12 percent.",
        "Three people were killed on Friday.",
        "The mill closed yesterday.",
        "Prices fell last month, and the mill was sold last year.",
        "“The mill closed yesterday,” Ann Lee said.",
    ]
)


@settings(max_examples=60)
@given(lead=LEADS, told=st.lists(TOLD, min_size=1, max_size=4))
def test_only_brackets_are_added(find, lead, told):
    """Outside of square brackets a claim has the text's words, and no bracket stands twice."""
    text = lead + " ".join(told)
    known = {word.lower() for word in re.findall(r"\w+", text)}

    for claim in find(text):
        own = re.sub(r"\[[^\]]*\](?:'s)?", " ", claim.words)
        assert {word.lower() for word in re.findall(r"\w+", own)} <= known, claim.words
        put = re.findall(r"\[([^\]]*)\]", claim.words)
        assert len(put) == len(set(put)), claim.words


@settings(max_examples=60)
@given(lead=LEADS, told=st.lists(TOLD, min_size=1, max_size=4))
def test_each_is_told(find, lead, told):
    """What is put in is told among the references, or is the dateline's place; offsets hold."""
    text = lead + " ".join(told)

    for claim in find(text):
        references = {reference.stands_for for reference in claim.references}
        assert set(re.findall(r"\[([^\]]*)\]", claim.words)) - references <= {"in Olden"}
        for reference in claim.references:
            assert text[reference.start : reference.end] == reference.text
            assert text[reference.from_start : reference.from_end]
