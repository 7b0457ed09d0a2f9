"""Random keys, and the hashes that stand for words."""

import re

from workflows.ids import make_hash, make_random_key


def test_a_key_fits_into_a_buttons_id_and_never_comes_again():
    keys = {make_random_key() for _ in range(1000)}

    assert len(keys) == 1000
    assert all(re.fullmatch(r"[\w-]{22}", key) for key in keys)


def test_a_hash_depends_on_the_words_and_their_salt():
    assert make_hash("words", "salt") == make_hash("words", "salt")
    assert len({make_hash("words"), make_hash("words", "salt"), make_hash("Words", "salt")}) == 3
