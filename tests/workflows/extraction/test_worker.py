"""What the extraction child tells while it works."""

from workflows.extraction import worker


def test_progress_now_and_then(monkeypatch):
    """Progress is reported now and then, not all the time."""
    told = []
    monkeypatch.setattr(worker, "TELL", 0)

    reached = worker._make_progress_reporter(7, 100, told.append)
    for offset in (0, 20, 90):
        reached(offset)

    assert [(answer.id, answer.share) for answer in told] == [(7, 0.0), (7, 0.2), (7, 0.9)]
    monkeypatch.setattr(worker, "TELL", 60)
    reached(95)
    assert len(told) == 3
