"""`python -m bot.rendering.chart_process` draws pictures: a line of JSON in for each, a PNG out.

A process of its own, since the plotting library holds the interpreter's lock while it loads and
draws. It gives way to whatever else the machine has to do, and leaves when nobody asks any more.
"""

import io
import json
import os
import select
import signal
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

WIDTH, HEIGHT = 780, 520
"""Pixels: twice those of a phone, on which it is looked at."""
DENSITY = 200
IDLE = 60.0
"""Seconds after the last picture until it leaves: most of a loading time is saved by then."""
LENGTH = 4
"""Bytes that say how long a picture is, the highest first."""
GROUND, INK, SOFT, OPEN, DECIDED = "#1e1f22", "#f2f3f5", "#b5bac1", "#7fb0ff", "#4cc38a"


def draw_chart(asked: dict[str, Any], out: BinaryIO) -> None:
    """Two courses over the same days, each by its own scale: `open` above, `decided` below."""
    mpl.use("Agg")
    figure = Figure(figsize=(WIDTH / DENSITY, HEIGHT / DENSITY), dpi=DENSITY, facecolor=GROUND)
    figure.subplots_adjust(left=0.12, right=0.97, top=0.92, bottom=0.09, hspace=0.33)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    places = range(len(asked["days"]))
    above.plot(places, asked["open"], color=OPEN, linewidth=2, marker="o", markersize=3.5)
    above.fill_between(places, asked["open"], color=OPEN, alpha=0.2, linewidth=0)
    below.bar(places, asked["decided"], color=DECIDED, width=0.7)
    _dress(above, asked["open_title"], asked["open"])
    _dress(below, asked["decided_title"], asked["decided"])
    every = 1 if len(places) <= 7 else 2  # noqa: PLR2004  # more would touch each other
    shown = list(places)[::-1][::every]
    below.set_xticks(shown, [asked["days"][place] for place in shown])
    figure.savefig(out, format="png")


def _dress(axes: Axes, title: str, values: Sequence[int]) -> None:
    axes.set_facecolor(GROUND)
    axes.set_title(title, loc="left", color=INK, fontsize=9, fontweight="bold", pad=5)
    axes.set_ylim(0, max(1, *values) * 1.15)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.tick_params(colors=SOFT, labelsize=8, length=0)
    axes.grid(axis="y", color="#3f4147", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)


def serve(asked: BinaryIO, out: BinaryIO) -> None:
    """One picture after the other, until the other side is gone or silent."""
    while select.select([asked], [], [], IDLE)[0] and (line := asked.readline()):
        picture = io.BytesIO()
        draw_chart(json.loads(line), picture)
        out.write(len(picture.getvalue()).to_bytes(LENGTH) + picture.getvalue())
        out.flush()


if __name__ == "__main__":
    os.nice(5)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked decides when it is over
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        os._exit(1)  # who asked is gone; there is nobody to tell
