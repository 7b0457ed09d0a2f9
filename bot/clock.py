"""The time: read here, at the edge, and handed to the rules as an argument."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_log = logging.getLogger(__name__)

TOLERANCE = timedelta(minutes=5)
"""How far this machine's clock may be from Discord's before it is not believed."""
LATELY_S = 15.0
"""Seconds for which what Discord said of the time tells what comes too late."""
FRESH_S = 90.0
"""Seconds for which what Discord said of the time is good enough to contradict our own clock."""


def utc_now(offset: timedelta = timedelta()) -> datetime:
    return datetime.now(UTC) + offset


class TrustedClock:
    """This machine's clock while it agrees with Discord's, else Discord's.

    Discord tells the time, to the second, with each of its answers; between them a steady clock
    counts on, which no correction of this machine's clock moves. `machine` tells the machine's
    time, `steady` seconds since any moment.
    """

    def __init__(
        self, machine: Callable[[], datetime], steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._machine, self._steady = machine, steady
        self._told: tuple[datetime, float] | None = None
        self._wrong = False

    def hear(self, theirs: datetime) -> None:
        """Take in what Discord says the time is, cut to the second."""
        self._told = theirs + timedelta(seconds=0.5), self._steady()

    def discord_time(self) -> datetime | None:
        """Return the time by Discord's clock; None until it has said it."""
        if self._told is None:
            return None
        theirs, at = self._told
        return theirs + timedelta(seconds=self._steady() - at)

    def now(self) -> datetime:
        """Return the time that things are due and dated by."""
        ours, theirs = self._machine(), self.discord_time()
        if theirs is None:
            return ours
        wrong = abs(ours - theirs) > TOLERANCE
        if wrong is not self._wrong:
            self._wrong = wrong
            self._log_change(ours - theirs)
        return theirs if wrong else ours

    @property
    def is_fresh(self) -> bool:
        """True if Discord said its time so lately that no jump of a clock can lie between."""
        return self._told is not None and self._steady() - self._told[1] < LATELY_S

    @property
    def is_known(self) -> bool:
        """True once Discord has said what time it is."""
        return self._told is not None

    @property
    def ahead_s(self) -> float | None:
        """Seconds by which this machine's clock is ahead of Discord's, as far as that is known."""
        theirs = self.discord_time()
        return None if theirs is None else (self._machine() - theirs).total_seconds()

    @property
    def is_wrong(self) -> bool:
        """True while this machine's clock is not believed."""
        return self.ahead_s is not None and abs(self.ahead_s) > TOLERANCE.total_seconds()

    @property
    def is_doubtful(self) -> bool:
        """True where the two differ, and Discord said its time too long ago to be sure.

        A machine that slept, say: its steady clock slept with it.
        """
        return self.is_wrong and self._told is not None and self._steady() - self._told[1] > FRESH_S

    def _log_change(self, ahead: timedelta) -> None:
        if not self._wrong:
            _log.info("clock: in agreement with Discord's again")
            return
        _log.error(
            "clock: this machine is %s %s Discord's; using Discord's time until it is corrected",
            timedelta(seconds=round(abs(ahead).total_seconds())),
            "ahead of" if ahead > timedelta() else "behind",
        )
