"""corrobot bench: this machine's figures, beside baselines of the same run."""

import asyncio
import json
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.config.model import Config


@click.command()
@click.option("--votes", type=click.IntRange(100), default=4000, show_default=True)
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Needed for nothing but a language model: the one of its [engine] is measured, too.",
)
@click.option("--rounds", type=click.IntRange(1), default=10, show_default=True)
@click.option(
    "--claims",
    type=click.IntRange(1000),
    default=10000,
    show_default=True,
    help="How many claims to search among.",
)
@click.option(
    "--document",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The text to read; a seed document by default.",
)
def bench(
    votes: int, rounds: int, claims: int, document: Path | None, config_file: Path | None
) -> None:
    """Measure votes (beside a minimal bot that stores nothing), intake, extraction and search.

    Everything runs offline. Prints one JSON object a line.
    """
    from bot.bench import extraction, finding  # noqa: PLC0415  # loaded only to measure
    from bot.bench import votes as voting  # noqa: PLC0415
    from bot.config.read import read_config  # noqa: PLC0415
    from bot.demo import SEEDS  # noqa: PLC0415

    config = read_config(config_file) if config_file else None

    text = document or min(SEEDS.glob("*.txt"))
    measured = asyncio.run(voting.measure(votes, rounds, text))
    pairs = list(zip(measured.corrobot, measured.bare, strict=True))
    lower, middle, upper = _quartiles([ours.a_second / bare.a_second for ours, bare in pairs])
    _say(
        "votes a second, 64 in flight",
        votes_per_second=round(median(speed.a_second for speed in measured.corrobot)),
        bare_votes_per_second=round(median(speed.a_second for speed in measured.bare)),
        ratio=round(middle, 2),
        quartiles=[round(lower, 2), round(upper, 2)],
        rounds=rounds,
    )
    used = [
        (1e6 * ours.processor, 1e6 * bare.processor)
        for ours, bare in pairs
        if ours.processor and bare.processor
    ]
    if used:
        lower, middle, upper = _quartiles([bare / ours for ours, bare in used])
        _say(
            "microseconds of the processor for a vote",
            corrobot=round(median(ours for ours, _ in used)),
            bare_bot=round(median(bare for _, bare in used)),
            ratio=round(middle, 2),
            quartiles=[round(lower, 2), round(upper, 2)],
        )
    _say(
        "milliseconds to the answer of one vote",
        corrobot=round(1000 * median(speed.median for speed in measured.corrobot), 1),
        bare_bot=round(1000 * median(speed.median for speed in measured.bare), 1),
        slowest=round(1000 * max(speed.slowest for speed in measured.corrobot), 1),
    )
    _say(
        "seconds from intake to the last card",
        seconds=round(measured.intake_to_last_card, 1),
        cards=measured.cards,
    )
    pace = extraction.measure(text, times=20)
    lower, middle, upper = _quartiles(pace.ratios)
    _say(
        "sentences a second of the processor",
        all_stages=round(median(pace.all_stages)),
        parser_alone=round(median(pace.parser)),
        ratio=round(middle, 2),
        quartiles=[round(lower, 2), round(upper, 2)],
    )
    if config is not None and config.engine is not None:
        _measure_model(config, text)
    for wait in finding.measure(claims):
        _say(
            f"milliseconds for {wait.what}",
            half=round(wait.half, 1),
            most=round(wait.most, 1),
            claims=claims,
        )


def _quartiles(ratios: list[float]) -> list[float]:
    return quantiles(ratios, n=4) if len(ratios) > 1 else 3 * ratios


def _measure_model(config: "Config", text: Path) -> None:
    from bot.bench import language_model  # noqa: PLC0415

    reading = language_model.measure(config, text)
    _say(
        "seconds of the language model for one document",
        seconds=round(reading.seconds, 1),
        rules_seconds=round(reading.rules, 1),
        requests=reading.requests,
        tokens_shown=reading.tokens_shown,
        tokens_written=reading.tokens_written,
        claims=reading.claims,
        share_dropped=round(reading.dropped, 2),
        fell_back=reading.fell_back,
    )


def _say(figure: str, **values: float | list[float]) -> None:
    click.echo(json.dumps({"figure": figure, **values}))
