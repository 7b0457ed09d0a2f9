"""Random keys, and the hashes that stand for words."""

import re

from workflows.ids import hash_of, random_key


def test_a_key_fits_into_a_buttons_id_and_never_comes_again():
    keys = {random_key() for _ in range(1000)}

    assert len(keys) == 1000
    assert all(re.fullmatch(r"[\w-]{22}", key) for key in keys)


def test_a_hash_depends_on_the_words_and_their_salt():
    assert hash_of("words", "salt") == hash_of("words", "salt")
    assert len({hash_of("words"), hash_of("words", "salt"), hash_of("Words", "salt")}) == 3
