"""Who is arrested, charged and refused bail is the accused, never the one who died."""

from collections.abc import Callable

import pytest

from workflows.claims import FoundClaim

FIGHT = (
    "A 31-year-old man allegedly hit another man outside a bar in Olden on Friday, police said.\n\n"
    "The older man was stabbed in the leg. He died in hospital.\n\n"
    "Officers later found the man near a farm. "
)
LATER = [
    ("He was arrested on 9 May.", "[A 31-year-old man] was arrested on 9 May"),
    ("He was refused bail.", "[A 31-year-old man] was refused bail"),
    ("The 31-year-old will appear in court.", "[A 31-year-old man] will appear in court"),
    ("The man was charged with murder.", "[A 31-year-old man] was charged with murder"),
]


@pytest.mark.parametrize(("sentence", "words"), LATER)
def test_accused(find: Callable[[str], tuple[FoundClaim, ...]], sentence: str, words: str) -> None:
    """Of two men, the one accused is meant where somebody is arrested or charged."""
    told = [claim.words.rpartition(",] ")[2].lower() for claim in find(FIGHT + sentence)]

    assert told[-1] == words.lower()
    assert "[the older man] died in hospital" in told


def test_two_men_open(find: Callable[[str], tuple[FoundClaim, ...]]) -> None:
    """Where nothing tells which of two men is meant, nobody is put in."""
    told = find(FIGHT + "He was born in Sunholm.")[-1]

    assert (told.words, told.needs_words) == ("He was born in Sunholm", True)


def test_other_party(find: Callable[[str], tuple[FoundClaim, ...]]) -> None:
    """Whoever does something to "the doctor" is not the doctor."""
    told = find("Doctor Jon Falk opened a clinic in May. In June Falk sued the doctor.")

    assert told[-1].words == "In June [Doctor Jon Falk] sued the doctor"


def test_not_the_owner(find: Callable[[str], tuple[FoundClaim, ...]]) -> None:
    """Whoever is "the candidate's first donor" is not the candidate."""
    told = find("Jon Falk is the candidate's first donor. Tim Roe gave the candidate $250 in May.")

    assert told[-1].words == "Tim Roe gave the candidate $250 in May"
