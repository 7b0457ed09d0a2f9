"""Our own copies of linked pages: what they are called, and what is known of each. Pure values."""

import re
from dataclasses import dataclass

from workflows.ids import make_random_key

_NAME = re.compile(r"[\w-]{22}\.warc\.gz")
AT_ONCE = 50
"""Copies that are let go of together."""


@dataclass(frozen=True, slots=True)
class PageCopy:
    """A file with a page: its name in the folder, the SHA-256 of the file, and its bytes."""

    name: str
    sha256: str
    size: int


def make_file_name() -> str:
    """Return a name that nobody can guess and that says nothing of the page."""
    return f"{make_random_key()}.warc.gz"


def read_file_name(name: str) -> bool:
    """Return True for a name as copies have it: whatever else is in the folder isn't ours."""
    return _NAME.fullmatch(name) is not None
