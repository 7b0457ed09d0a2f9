"""Sketches of texts: a few numbers that nearly identical texts share. Pure.

Of all runs of four words, those whose hashes are the smallest: a caption more or a word less
leaves most of them what they are. Whoever finds a text by them compares the texts themselves.
"""

import re
from functools import lru_cache
from zlib import crc32

RUN = 4
"""Words in a run."""
KEPT = 16
"""Hashes that are kept of a text."""
_WORD = re.compile(r"\w+")


SAME = 0.6
"""Share of their hashes that texts have in common which are one report."""


def is_same_report(one: frozenset[int], other: frozenset[int]) -> bool:
    """Return True if two texts, by their sketches, are nearly identical."""
    return bool(one) and len(one & other) >= SAME * max(len(one), len(other))


@lru_cache(maxsize=8)  # asked ahead, then once more while it is written
def sketch_text(text: str) -> frozenset[int]:
    """Return the sketch of a text; empty for one of fewer words than a run has.

    Sketches are stored: a change here needs a migration that makes them anew.
    """
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return frozenset(sorted({crc32(run.encode(errors="replace")) for run in runs})[:KEPT])
