"""How far a database's history had come, kept in a file beside it.

A write-ahead log that is removed takes the newest events with it, and everything in the database
that could tell of them: only what stands elsewhere shows that they are gone.
"""

import os
from contextlib import suppress
from pathlib import Path

DIGITS = 20
PRIVATE = 0o600


class EventMark:
    """The number of the last event, for one database.

    It is written without waiting for the disk: after a power loss it may be behind the history,
    never ahead of it. A second number counts the events that were found to be gone; it stays until
    somebody has looked into it, however far the history comes meanwhile.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.events")
        self._last = self.read()

    def read(self) -> int:
        """Return the last event that was committed as far as is known; 0 where nothing is."""
        try:
            return int(self._path.read_text(encoding="ascii")[:DIGITS])
        except (OSError, ValueError):
            return 0

    def read_lost(self) -> int:
        """Return how many events were found to be gone, and nobody has looked into it yet."""
        try:
            return int(self._path.read_text(encoding="ascii")[DIGITS:])
        except (OSError, ValueError):
            return 0

    def note_lost(self, last: int) -> None:
        """Before anything is written: what is known beyond the `last` event there is, is gone."""
        if self._last > last:
            self._write(last, self.read_lost() + self._last - last)

    def acknowledge(self) -> None:
        """Somebody has looked into what was lost."""
        self._write(self.read(), 0)

    def advance(self, last: int) -> None:
        """Keep that the history has come so far."""
        if last > self._last:
            self.put(last)

    def put(self, last: int) -> None:
        """Keep that it has come so far, whatever was known before: a copy was put back, say.

        A disk that takes nothing must not stop a vote: then the mark stays behind.
        """
        self._write(last)

    def _write(self, last: int, lost: int | None = None) -> None:
        """`lost` None leaves the second number as it is."""
        text = f"{last:0{DIGITS}}" + ("" if lost is None else f"\n{lost:0{DIGITS}}")
        with suppress(OSError):
            number = os.open(self._path, os.O_CREAT | os.O_WRONLY, PRIVATE)
            try:
                os.write(number, text.encode("ascii"))
            finally:
                os.close(number)
            self._last = last
