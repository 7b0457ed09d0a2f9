"""corrobot demo: a page with claims to vote on, that stops cleanly and comes back as it was."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager

import aiohttp
import pytest

ADDRESS = re.compile(r"^(http://127\.0\.0\.1:\d+)/\?token=([\w-]+)$", re.MULTILINE)


class Demo:
    """The program in a group of its own, as a terminal runs it."""

    def __init__(self, process):
        self.process, self.said = process, ""

    async def says(self, pattern, within=45):
        async with asyncio.timeout(within):
            while not (match := re.search(pattern, self.said)):
                line = await self.process.stdout.readline()
                assert line, f"it ended: {self.said}"
                self.said += line.decode()
        return match

    async def end(self, *, by_signal=signal.SIGINT, group=True):
        """Its exit code, once it has ended and all that it started."""
        (os.killpg if group else os.kill)(self.process.pid, by_signal)
        async with asyncio.timeout(20):
            code = await self.process.wait()
        with pytest.raises(ProcessLookupError):
            os.killpg(self.process.pid, 0)
        return code


@asynccontextmanager
async def started(folder):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo", "--port", "0", "--no-browser", "--data", str(folder)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    )
    try:
        yield Demo(process)
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


@asynccontextmanager
async def page(address, token, person=""):
    """What somebody's open page gets and sends."""
    async with aiohttp.ClientSession() as session:
        where = f"{address}/page/socket?token={token}&person={person}"
        async with session.ws_connect(where) as socket_:
            yield socket_, await socket_.receive_json(timeout=5)


def cards(hello):
    (claims,) = (c["id"] for c in hello["channels"] if c["name"] == "claims")
    return [m for m in hello["messages"][claims] if m["components"] and m["embeds"]]


def votes_of(card):
    return re.search(r"\d of 3 votes", str(card["embeds"]))[0]


async def vote(opened, card, shown):
    """Presses Supported and waits until the page has the card with this on it."""
    button = next(
        b for row in card["components"] for b in row["components"] if b.get("label") == "Supported"
    )
    wish = {"do": "click", "channel": card["channel_id"], "message": card["id"], "ref": 1}
    await opened.send_json({**wish, "custom_id": button["custom_id"]})
    async with asyncio.timeout(8):
        while True:
            told = await opened.receive_json()
            if told["event"] == "message" and told["message"]["id"] == card["id"]:
                assert votes_of(told["message"]) == shown
                return


async def test_survives_ctrl_c(tmp_path):
    """The demo survives Ctrl-C at any time and keeps cards and votes."""
    async with started(tmp_path) as demo:
        await demo.says("Reading the example articles")
        assert await demo.end() in (0, 130)

    async with started(tmp_path) as demo:
        address, token = (await demo.says(ADDRESS)).groups()
        async with aiohttp.ClientSession() as session:
            assert (await session.get(f"{address}/")).status == 403
            index = await session.get(f"{address}/?token={token}")
            assert (index.status, index.content_type) == (200, "text/html")
        async with page(address, token) as (_, hello):
            before = [card for card in cards(hello) if "votes" in str(card["embeds"])]
            people = {each["name"]: each["id"] for each in hello["people"]}
        assert len(before) >= 15
        async with page(address, token, people["Ben"]) as (opened, _):
            await vote(opened, before[0], "1 of 3 votes")
        assert await demo.end() in (0, 130)

    async with started(tmp_path) as demo:
        address, token = (await demo.says(ADDRESS)).groups()
        async with page(address, token, people["Esra"]) as (opened, hello):
            after = [card for card in cards(hello) if "votes" in str(card["embeds"])]
            assert [card["id"] for card in after] == [card["id"] for card in before]
            assert votes_of(after[0]) == "1 of 3 votes"
            await vote(opened, after[0], "2 of 3 votes")
        assert await demo.end(by_signal=signal.SIGTERM, group=False) in (0, 143)


def test_taken_port(tmp_path):
    """A taken port is reported."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        options = ["--port", port, "--no-browser", "--data", str(tmp_path)]

        ran = subprocess.run(
            [sys.executable, "-m", "bot", "demo", *options],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith(f"Port {port} cannot be used: ")
    assert ran.stderr.endswith("Choose another with --port.\n")
    assert list(tmp_path.iterdir()) == []
