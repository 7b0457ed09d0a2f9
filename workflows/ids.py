"""Random keys and the hashes that stand in history for words that can be removed."""

import secrets
from hashlib import sha256


def make_random_key() -> str:
    """128 random bits in 22 characters that fit into a button's id and a message's nonce."""
    return secrets.token_urlsafe(16)


def make_hash(words: str, salt: str = "") -> str:
    """Hexadecimal SHA-256 of the words; with a salt that goes with them, nobody can guess them."""
    return sha256((salt + words).encode()).hexdigest()
