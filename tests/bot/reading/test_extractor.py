"""The extraction child: warm, replaced when it dies or hangs, gone when idle."""

import asyncio
import os
import signal
import sys
from datetime import date

import pytest
import pytest_asyncio

from bot.reading.extractor import Extractor
from tests.expect import refuses
from workflows.errors import BadInput, Unavailable

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = "The mayor said on Monday that 12 bridges were closed."


def child_that(does):
    """A command that stands in for the child."""
    return (sys.executable, "-c", f"import sys, time\nfor line in sys.stdin:\n    {does}")


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def extractor():
    """One whose child, which loads the model for seconds, is warm."""
    async with Extractor() as extractor:
        await extractor.warm()
        yield extractor


async def test_child_stays_warm(extractor):
    """The child finds claims and stays warm."""
    pid = extractor.pid

    [claim] = await extractor.extract_claims(TEXT, date(2024, 10, 18))

    assert claim.words == "12 bridges were closed"
    assert claim.attribution[0].source == "The mayor"
    assert extractor.pid == pid


async def test_ctrl_c(extractor):
    """A Ctrl-C in the terminal leaves the child at work."""
    pid = extractor.pid
    os.kill(pid, signal.SIGINT)

    assert await extractor.extract_claims(TEXT, None)
    assert extractor.pid == pid


async def test_sentences_in_order(extractor):
    """Sentences are scored in their order."""
    number, greeting = await extractor.score_sentences(
        ["The state spent 3 billion dollars in 2023.", "We are glad you are here."]
    )

    assert 0 <= greeting < number <= 1


async def test_killed_child(extractor):
    """A child that is killed over a text is replaced."""
    reading = asyncio.create_task(extractor.extract_claims(TEXT * 1000, None))
    await asyncio.sleep(0.1)
    os.kill(extractor.pid, signal.SIGKILL)

    with refuses(Unavailable, "reader-ended"):
        await reading
    [claim] = await extractor.extract_claims(TEXT, None)

    assert claim.figures[0].value == 12


async def test_hanging_child():
    """A child that hangs is stopped, with a sentence."""
    async with Extractor(floor=0.2, command=child_that("time.sleep(60)")) as extractor:
        with refuses(Unavailable, "too-slow"):
            await extractor.extract_claims(TEXT, None)

        assert extractor.pid is None


async def test_dying_child():
    """A child that dies over a text gives a sentence."""
    async with Extractor(command=child_that("sys.exit(1)")) as extractor:
        with refuses(Unavailable, "reader-ended"):
            await extractor.extract_claims(TEXT, None)


async def test_idle_child():
    """A child that is idle ends, and so does one whose extractor is closed."""
    async with Extractor(idle=0.05) as extractor:
        await extractor.warm()
        pid = extractor.pid
        async with asyncio.timeout(5):
            while extractor.pid is not None or alive(pid):  # noqa: ASYNC110  # there is no event to wait for
                await asyncio.sleep(0.02)

        assert await extractor.extract_claims(TEXT, None)
        pid = extractor.pid or pid
    assert not alive(pid)


PARENT = """
import asyncio
from bot.reading.extractor import Extractor

async def main():
    async with Extractor() as extractor:
        await extractor.warm()
        print("warm", flush=True)
        await extractor.extract_claims("The mayor said that it was closed. " * 100_000, None)

asyncio.run(main())
"""


async def test_killed_parent():
    """A parent that is killed leaves no child behind.

    Both hold the error stream; it ends when the last of them has gone.
    """
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert await parent.stdout.readline(), "the parent died by itself"

    parent.kill()

    async with asyncio.timeout(20):
        await parent.stderr.read()
        await parent.wait()


async def test_invalid_unicode():
    """A text that is not valid Unicode is refused before the child sees it."""
    async with Extractor() as extractor:
        with pytest.raises(BadInput):
            await extractor.extract_claims("lone \ud800", None)

        assert extractor.pid is None


async def test_progress():
    """While a long text is read it reports how much is done."""
    shares = []
    tells = """[print('{"id":1,"share":%s}' % s, flush=True) for s in (.2, .7)]
    print('{"id":1,"claims":[]}', flush=True)"""
    async with Extractor(command=child_that(tells)) as extractor:
        assert await extractor.extract_claims(TEXT, None, reached=shares.append) == ()

    assert shares == [0.2, 0.7]


async def test_stop():
    """A stop gives up the text being read at once and accepts no more."""
    async with Extractor(command=child_that("time.sleep(60)")) as extractor:
        reading = asyncio.create_task(extractor.extract_claims(TEXT, None))
        await asyncio.sleep(0.2)

        async with asyncio.timeout(5):
            extractor.stop()
            with refuses(Unavailable, "stopping"):
                await reading
        with refuses(Unavailable, "stopping"):
            await extractor.extract_claims(TEXT, None)


async def test_long_text_holds_up_nobody():
    """While a long text is read, and a file that hangs, a short text is."""
    slow = """import json
    if len(line) > 10_000 or "file" in json.loads(line):
        time.sleep(60)
    print('{"id":1,"claims":[]}', flush=True)"""
    async with Extractor(command=child_that(slow)) as extractor:
        slow_ones = [
            asyncio.create_task(extractor.extract_claims(TEXT * 3000, None)),
            asyncio.create_task(extractor.read_file(b"%PDF", "a.pdf")),
        ]
        await asyncio.sleep(0.2)
        async with asyncio.timeout(5):
            assert await extractor.extract_claims(TEXT, None) == ()
        extractor.stop()
        await asyncio.gather(*slow_ones, return_exceptions=True)


async def test_child_short_of_memory():
    """A child for which the memory did not do is not asked again: what it holds is lost."""
    command = child_that("""print('{"id":1,"error":"Too much.","code":"too-large"}', flush=True)""")
    async with Extractor(command=command) as extractor:
        with refuses(BadInput, "too-large"):
            await extractor.extract_claims(TEXT, None)

        assert extractor.pid is None
