"""Who says it: the speaker that belongs to a cue."""

import pytest


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "The minister said that exports had fallen, adding that 900 jobs were at risk.",
            "minister",
        ),
        ("The union said 40 guards had quit, noting that the mill had lost its licence.", "union"),
        ("Ann Roe said Lee had resigned, adding that the post would stay empty.", "Ann Roe"),
    ],
)
def test_who_speaks_adds(find, text, source):
    """What is added behind a saying is the speaker's, not that of what is told of."""
    last = find(text)[-1]

    assert source in (last.attribution[-1].resolved or last.attribution[-1].source)
    assert len(last.attribution) == 1
