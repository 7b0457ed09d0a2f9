"""The garbage collector, set for a process that serves for months, or reads with a large model."""

import gc

THRESHOLDS = 50_000, 20, 100
"""Python's own begin a collection every 700 objects: several for each vote."""


def settle_memory(*, collect: bool = True) -> None:
    """Keep what the start made out of every later collection, and make those rarer.

    Without `collect` what nobody needs of it is kept too: where a start is to be short.
    """
    if collect:
        gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
