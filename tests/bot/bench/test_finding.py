"""The figures of finding are of questions that find something, in a database of its own."""

from bot.bench import finding


def test_every_search_is_measured():
    """Every kind of search is measured."""
    waits = finding.measure(1000)

    assert [wait.what for wait in waits] == [
        "completing a number",
        "completing words",
        "a list's page",
        "what awaits a vote",
        "a search's page",
    ]
    assert all(0 < wait.half <= wait.most for wait in waits)
