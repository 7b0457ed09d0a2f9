"""What the extraction child tells while it works."""

from workflows.extraction import worker
from workflows.extraction.protocol import TOO_LARGE, Request, write


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


def test_memory_is_limited(monkeypatch):
    """What takes too much memory is answered so that the process can be replaced."""

    def fill(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(worker.reading, "read_document", fill)

    answer = worker.answer_line(write(Request(3, file=b"x", name="a.pdf")), lambda: None, print)

    assert (answer.id, answer.code, answer.unavailable) == (3, TOO_LARGE, True)
