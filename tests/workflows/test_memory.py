"""A bot that serves doesn't look through all it holds again and again."""

import gc

import pytest

from workflows.memory import THRESHOLDS, settle_memory


@pytest.fixture(autouse=True)
def _as_before():
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_frozen():
    """What is there once it serves takes part in no later collection."""
    kept = [[] for _ in range(1000)]

    settle_memory()

    assert gc.get_freeze_count() >= len(kept)
    assert gc.get_threshold() == THRESHOLDS
