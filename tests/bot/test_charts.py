"""The picture of a digest: drawn beside the event loop, told in words, and never in the way."""

import asyncio
import struct
import sys
import time
from datetime import date, timedelta

from bot import charts
from bot.charts import HEIGHT, WIDTH, Charts, alt_text
from bot.plotting import HEIGHT as DRAWN_HEIGHT
from bot.plotting import WIDTH as DRAWN_WIDTH
from bot.words import words_for
from workflows.digest_course import DayCount

WORDS = words_for("en")
OPEN, DECIDED = (12, 15, 14, 18, 22, 9, 7), (0, 1, 3, 2, 0, 7, 4)
DAYS = tuple(
    DayCount(date(2026, 11, 18) + timedelta(days=n), OPEN[n], DECIDED[n]) for n in range(7)
)


async def test_a_picture_is_drawn_while_the_event_loop_goes_on():
    drawing = asyncio.create_task(Charts().draw(DAYS, WORDS))
    longest, before = 0.0, time.perf_counter()
    while not drawing.done():
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    picture = await drawing

    assert picture.png.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture.png[16:24]) == (WIDTH, HEIGHT)
    assert (WIDTH, HEIGHT) == (DRAWN_WIDTH, DRAWN_HEIGHT)
    assert longest < 0.5  # the drawing itself takes longer than that on a busy machine


def test_what_a_picture_shows_is_told_in_words():
    assert alt_text(DAYS, WORDS) == (
        "Open and decided claims by day, Nov 18, 2026 to Nov 24, 2026. Open: 12 at the end of the"
        " first day, 7 now, 22 at most. Decided: 17 in all. Most on Nov 23, 2026: 7."
    )


async def test_without_days_there_is_no_picture():
    assert await Charts(("/nowhere",)).draw((), WORDS) is None


async def test_a_drawing_that_fails_is_logged_and_gives_no_picture(caplog):
    broken = Charts((sys.executable, "-c", "import sys; sys.exit('no fonts')"))

    assert await broken.draw(DAYS, WORDS) is None
    assert "no fonts" in caplog.text


async def test_a_drawing_that_hangs_is_given_up_and_its_process_ended(monkeypatch, caplog):
    monkeypatch.setattr(charts, "PATIENCE", 0.3)
    hanging = Charts((sys.executable, "-c", "import time; time.sleep(60)"))
    begun = time.perf_counter()

    assert await hanging.draw(DAYS, WORDS) is None
    assert time.perf_counter() - begun < 5
    assert "given up" in caplog.text
