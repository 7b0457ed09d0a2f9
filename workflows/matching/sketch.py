"""Sketches of texts: a few numbers that nearly identical texts share. Pure.

Of all runs of four words, those whose hashes are the smallest: a caption more or a word less
leaves most of them what they are. Whoever finds a text by them compares the texts themselves.
"""

import re
from functools import lru_cache
from itertools import islice
from zlib import crc32

RUN = 4
"""Words in a run."""
KEPT = 16
"""Hashes that are kept of a text."""
AT_ONCE = 1000
"""Words that are gone through in one go."""
_WORD = re.compile(r"\w+")


SAME = 0.6
"""Share of their hashes that texts have in common which are one report."""


def is_same_report(one: frozenset[int], other: frozenset[int]) -> bool:
    """Return True if two texts, by their sketches, are nearly identical."""
    return bool(one) and len(one & other) >= SAME * max(len(one), len(other))


@lru_cache(maxsize=8)  # asked ahead, then once more while it is written
def sketch_text(text: str) -> frozenset[int]:
    """Return the sketch of a text; empty for one of fewer words than a run has.

    Sketches are stored: a change here needs a migration that makes them anew. A long text is gone
    through bit by bit, so that no other thread waits for the whole of it.
    """
    words = (found[0] for found in _WORD.finditer(text.casefold()))
    last, lowest = list(islice(words, RUN - 1)), set[int]()
    while more := list(islice(words, AT_ONCE)):
        last += more
        runs = (" ".join(last[at : at + RUN]) for at in range(len(more)))
        lowest.update(crc32(run.encode(errors="replace")) for run in runs)
        lowest, last = set(sorted(lowest)[:KEPT]), last[len(more) :]
    return frozenset(lowest)
