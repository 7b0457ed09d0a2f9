"""corrobot bench: this machine's figures, beside baselines of the same run."""

import asyncio
import json
from pathlib import Path
from statistics import median, quantiles

import click


@click.command()
@click.option("--votes", type=click.IntRange(100), default=4000, show_default=True)
@click.option("--config", expose_value=False, metavar="FILE", help="Accepted but not needed.")
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
def bench(votes: int, rounds: int, claims: int, document: Path | None) -> None:
    """Measure votes (beside a minimal bot that stores nothing), intake, extraction and search.

    Everything runs offline. Prints one JSON object a line.
    """
    from bot.bench import extraction, finding  # noqa: PLC0415  # loaded only to measure
    from bot.bench import votes as voting  # noqa: PLC0415
    from bot.demo import SEEDS  # noqa: PLC0415

    text = document or min(SEEDS.glob("*.txt"))
    measured = asyncio.run(voting.measure(votes, rounds, text))
    ratios = [
        ours.a_second / bare.a_second
        for ours, bare in zip(measured.corrobot, measured.bare, strict=True)
    ]
    lower, middle, upper = quantiles(ratios, n=4) if rounds > 1 else 3 * ratios
    _say(
        "votes a second, 64 in flight",
        votes_per_second=round(median(speed.a_second for speed in measured.corrobot)),
        bare_votes_per_second=round(median(speed.a_second for speed in measured.bare)),
        ratio=round(middle, 2),
        quartiles=[round(lower, 2), round(upper, 2)],
        rounds=rounds,
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
    _say(
        "sentences a second",
        all_stages=round(pace.all_stages),
        parser_alone=round(pace.parser),
        ratio=round(pace.all_stages / pace.parser, 2),
    )
    for wait in finding.measure(claims):
        _say(
            f"milliseconds for {wait.what}",
            half=round(wait.half, 1),
            most=round(wait.most, 1),
            claims=claims,
        )


def _say(figure: str, **values: float | list[float]) -> None:
    click.echo(json.dumps({"figure": figure, **values}))
