"""The garbage collector, set for a process that serves for months."""

import gc

THRESHOLDS = 50_000, 20, 100
"""Python's own begin a collection every 700 objects: several for each vote."""


def settle_memory() -> None:
    """Keep what the start made out of every later collection, and make those rarer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
