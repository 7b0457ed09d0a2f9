"""The picture of a digest: drawn beside the event loop, told in words, and never in the way."""

import asyncio
import struct
import sys
import time
from datetime import date, timedelta

import pytest

from bot.i18n.translator import translator_for
from bot.rendering import chart_process, charts
from bot.rendering.charts import HEIGHT, LENGTH, WIDTH, ChartProcess, alt_text
from workflows.digest.trend import DayCount

WORDS = translator_for("en")
OPEN, DECIDED = (12, 15, 14, 18, 22, 9, 7), (0, 1, 3, 2, 0, 7, 4)
DAYS = tuple(
    DayCount(date(2026, 11, 18) + timedelta(days=n), OPEN[n], DECIDED[n]) for n in range(7)
)


@pytest.fixture
async def charts_of():
    """Charts drawn by this command, closed after the test."""
    made = []

    def make(*command):
        made.append(ChartProcess(command) if command else ChartProcess())
        return made[-1]

    yield make
    for each in made:
        await each.close()


async def test_drawn_in_turn(charts_of):
    """Charts are drawn one after another while the event loop goes on."""
    charts = charts_of()
    drawing = asyncio.gather(*(charts.draw(DAYS, WORDS) for _ in range(2)))
    longest, before = 0.0, time.perf_counter()
    while not drawing.done():
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    pictures = await drawing

    for picture in pictures:
        assert picture.png.startswith(b"\x89PNG")
        assert struct.unpack(">II", picture.png[16:24]) == (WIDTH, HEIGHT)
    assert (WIDTH, HEIGHT, LENGTH) == (
        chart_process.WIDTH,
        chart_process.HEIGHT,
        chart_process.LENGTH,
    )
    assert longest < 0.5  # loading and drawing take longer than that on a busy machine


async def test_dead_process_replaced(charts_of):
    """A process that has ended is replaced."""
    once = "import sys; sys.stdin.readline(); sys.stdout.buffer.write(b'\\0\\0\\0\\3PNG')"
    charts = charts_of(sys.executable, "-c", once)

    drawn = [await charts.draw(DAYS, WORDS) for _ in range(2)]

    assert [picture.png for picture in drawn] == [b"PNG"] * 2


def test_alt_text():
    """What a chart shows is also told in words."""
    assert alt_text(DAYS, WORDS) == (
        "Open and decided claims by day, Nov 18, 2026 to Nov 24, 2026. "
        "Open: 12 at the end of the first day, 7 now,"
        " 22 at the peak."
        " Decided: 17 in total. Most on Nov 23, 2026: 7."
    )


async def test_no_days_no_chart(charts_of):
    """Without days there is no chart."""
    assert await charts_of("/nowhere").draw((), WORDS) is None


@pytest.mark.parametrize(
    "command", [(sys.executable, "-c", "import sys; sys.exit('no fonts')"), ("/nowhere/python",)]
)
async def test_failed_drawing(charts_of, caplog, command):
    """A drawing that fails is logged and gives no chart."""
    assert await charts_of(*command).draw(DAYS, WORDS) is None
    assert "chart failed" in caplog.text


async def test_hanging_drawing(charts_of, monkeypatch, caplog):
    """A drawing that hangs is given up and its process ended."""
    monkeypatch.setattr(charts, "DRAW_TIMEOUT_S", 0.3)
    hanging = charts_of(sys.executable, "-c", "import time; time.sleep(60)")
    begun = time.perf_counter()

    assert await hanging.draw(DAYS, WORDS) is None
    assert time.perf_counter() - begun < 5
    assert "chart not ready" in caplog.text
    assert hanging._child is None
