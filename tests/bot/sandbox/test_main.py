"""The offline Discord can be started by itself."""

import contextlib
import re
import signal
import subprocess
import sys
import urllib.request


@contextlib.contextmanager
def start(*arguments):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, "-m", "bot.sandbox", *arguments]
    with subprocess.Popen(command, **pipes) as program:
        try:
            yield program
        finally:
            program.kill()


def server_id(program):
    for line in program.stdout:
        if line.startswith("server:"):
            return line.split()[1]
    raise AssertionError(program.stderr.read())


def test_prints_page_keeps_world(tmp_path):
    """It prints its page, stops on Ctrl-C and keeps its world."""
    ids = []
    for _ in range(2):
        with start("--keep", str(tmp_path / "world.json")) as program:
            address = re.search(r"http://\S+", program.stdout.readline())[0]
            with urllib.request.urlopen(address) as page:  # noqa: S310 - our own address
                assert page.status == 200
            ids.append(server_id(program))
            program.send_signal(signal.SIGINT)
            assert program.wait(10) == 0

    assert ids[0] == ids[1]


def test_taken_port():
    """A taken port is answered with one sentence."""
    with start() as first:
        port = re.search(r":(\d+)/", first.stdout.readline())[1]
        with start("--port", port) as second:
            assert second.wait(10) == 1
            assert second.stderr.read() == f"Cannot listen on port {port}: Address already in use\n"
