"""What a running bot writes into its log."""

import logging

from bot.cli.run import log_to_stderr


def test_nothing_begins_a_line(capsys, monkeypatch):
    """A name from outside can neither forge a line of the log nor steer the terminal."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    log_to_stderr(verbose=False)

    name = "a.pdf\n2026-03-02 12:00:00 ERROR bot: \x1b[31mforged\u202e"
    logging.getLogger("bot.reading").warning("%s isn't read", name)
    logging.getLogger("bot.reading").error("a bug", exc_info=ZeroDivisionError())

    first, *others = capsys.readouterr().err.splitlines()
    shown = r"a.pdf\n2026-03-02 12:00:00 ERROR bot: \x1b[31mforged\u202e isn't read"
    assert first.endswith(f"WARNING bot.reading: {shown}")
    assert others[0].endswith("ERROR   bot.reading: a bug")
    assert others[1] == "ZeroDivisionError"
