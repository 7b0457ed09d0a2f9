"""Random keys, and the hashes that stand for words."""

import re

from workflows.ids import make_hash, make_random_key


def test_random_key():
    """A key fits into a button's id and never comes again."""
    keys = {make_random_key() for _ in range(1000)}

    assert len(keys) == 1000
    assert all(re.fullmatch(r"[\w-]{22}", key) for key in keys)


def test_salted_hash():
    """A hash depends on the words and their salt."""
    assert make_hash("words", "salt") == make_hash("words", "salt")
    assert len({make_hash("words"), make_hash("words", "salt"), make_hash("Words", "salt")}) == 3
