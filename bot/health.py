"""Says how the process is: to systemd by its socket, and to anybody by a file.

A process that hangs, or whose database answers no more, stops saying so: systemd's watchdog then
restarts it, and a look at the file's age shows it.
"""

import asyncio
import json
import logging
import os
import socket
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.client import CorrobotClient
from workflows.desk import channel_health, outbox
from workflows.errors import CorrobotError

_log = logging.getLogger(__name__)

HEARTBEAT_S = 10.0
"""Seconds between two signs of life; less where systemd's watchdog wants it."""
ANSWERS = 5.0
"""Seconds within which the database must answer to count as alive."""


class Health:
    """`file` is written at every beat, and removed when the process stops."""

    def __init__(self, file: Path | None, environment: Mapping[str, str] = os.environ) -> None:
        self._file = file
        self._socket = environment.get("NOTIFY_SOCKET", "")
        watchdog = int(environment.get("WATCHDOG_USEC") or 0) / 1_000_000
        self._beat = min(HEARTBEAT_S, watchdog / 3) if watchdog else HEARTBEAT_S

    async def run(self, client: CorrobotClient) -> None:
        """From the moment the bot serves, until cancelled."""
        try:
            await client.serving.wait()
            self.notify("READY=1")
            while True:
                await self._report(client)
                await asyncio.sleep(self._beat)
        finally:
            self.notify("STOPPING=1")
            if self._file is not None:
                self._file.unlink(missing_ok=True)

    async def _report(self, client: CorrobotClient) -> None:
        try:
            async with asyncio.timeout(ANSWERS):
                await client.desk.write(outbox.read_data_version)
                waiting, parked = await client.desk.read(channel_health.count_waiting)
        except (CorrobotError, TimeoutError) as error:
            _log.warning("no sign of life: the database doesn't respond (%s)", error)
            return
        status = "connected" if client.is_connected else "the connection to Discord is lost"
        self.notify(f"WATCHDOG=1\nSTATUS={status}; {waiting} posts wait, {parked} are parked")
        if self._file is not None:
            self._write(self._file, client.now(), client.is_connected, waiting, parked)

    def _write(self, file: Path, now: datetime, connected: bool, waiting: int, parked: int) -> None:
        """In one step, so that nobody reads half of it."""
        part = file.with_name(f"{file.name}.part")
        said = {
            "at": now.isoformat(timespec="seconds"),
            "connected": connected,
            "posts_waiting": waiting,
            "posts_parked": parked,
        }
        try:
            part.write_text(json.dumps(said) + "\n", encoding="utf-8")
            part.replace(file)
        except OSError as error:
            _log.warning("the health file %s can't be written: %s", file, error)

    def notify(self, state: str) -> None:
        """Tell systemd, where it asked to be told (sd_notify's protocol: one datagram)."""
        if not self._socket:
            return
        address = "\0" + self._socket[1:] if self._socket.startswith("@") else self._socket
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
                systemd.sendto(state.encode(), address)
        except OSError as error:
            _log.warning("systemd can't be notified: %s", error)
