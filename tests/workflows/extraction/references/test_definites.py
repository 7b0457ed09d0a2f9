"""What "the meeting", "the attack" and "the wall" mean where several were told of."""

from collections.abc import Callable

import pytest

from workflows.claims import FoundClaim

TOLD = [
    (
        (
            "A nurse walked out of a hospital board meeting on Monday. Ann Lee spoke at a crowded "
            "meeting in Sunholm on Friday. The meeting was attended by 90 nurses."
        ),
        "[The hospital board meeting] was attended by 90 nurses",
    ),
    (
        (
            "The mayor planned a wall. The council paid for the northern sea wall at Olden. "
            "The wall collapsed in May."
        ),
        "[The northern sea wall] collapsed in May",
    ),
    (
        (
            "Ann Lee saw the attack on the port of Olden, which killed six sailors. "
            "A film prompted the attack."
        ),
        "A film prompted [the attack on the port of Olden]",
    ),
]


@pytest.mark.parametrize(("text", "words"), TOLD)
def test_several(find: Callable[[str], tuple[FoundClaim, ...]], text: str, words: str) -> None:
    """It is the one told of in full just before, or with which the text begins."""
    assert find(text)[-1].words == words


def test_no_alias(find: Callable[[str], tuple[FoundClaim, ...]]) -> None:
    """Nobody is called "the ageing tycoon" where he has a name that is not certain."""
    text = "Jon Falk met Peter Lund. Lund praised the ageing tycoon. He owns 40 hotels."

    assert "tycoon]" not in find(text)[-1].words
