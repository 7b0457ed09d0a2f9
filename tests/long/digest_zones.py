"""20 zones by 3 years in simulated time, at two hours each: python -m tests.long.digest_zones

Prints what became of every local date's digest, and ends with code 1 where one was posted twice,
not at all, or at another time than its own. Takes some minutes.
"""

import argparse
import sys
import tempfile
import time as clock
from datetime import UTC, datetime, time
from pathlib import Path

from tests.digest_calendar import Fate, walk
from workflows.store import connections

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/Los_Angeles",
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Seoul",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
)
HOURS = (time(2, 30), time(9))
BEGIN, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
HEAD = "| zone | hour | changes | in a gap | in an overlap | dates due | posted once | wrong |"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--zones", type=int, default=len(ZONES), help="only the first of them")
    options = asked.parse_args()
    begun = clock.perf_counter()
    with tempfile.TemporaryDirectory(prefix="corrobot-zones-") as folder:
        path = Path(folder) / "corrobot.db"
        connections.migrate(path)
        fates = walk(path, ZONES[: options.zones], HOURS, BEGIN, END)
    print(HEAD)  # noqa: T201  # what this is run for
    print("|---|---|---|---|---|---|---|---|")  # noqa: T201
    for fate in fates:
        print(_row(fate))  # noqa: T201
    seconds = clock.perf_counter() - begun
    total = sum(fate.once for fate in fates)
    print(f"\n{total} digests, {sum(not f.right for f in fates)} teams wrong, {seconds:.0f} s")  # noqa: T201
    return 0 if all(fate.right for fate in fates) else 1


def _row(fate: Fate) -> str:
    wrong = fate.twice + fate.missing + fate.not_due + fate.astray + fate.skipped
    cells = (
        fate.zone,
        f"{fate.at:%H:%M}",
        fate.changes,
        fate.gaps,
        fate.overlaps,
        fate.due,
        fate.once,
        wrong,
    )
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    sys.exit(main())
