"""corrobot digest: the day's summary out, without Discord."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from bot.cli.database import find_guild, open_for_reading, open_for_writing
from bot.cli.options import DAY, config_option, guild_option
from bot.config.read import read_config
from bot.i18n.translator import Translator, translator_for
from bot.rendering.charts import Chart, ChartProcess
from bot.rendering.digest_formats import digest_html, digest_markdown, digest_text
from workflows.desk import digests
from workflows.desk.digests import DigestView
from workflows.digest.trend import DayCount
from workflows.store.digests import RunResult

_RESULTS = {
    (RunResult.POSTED, False): "The digest of {day} is on its way; a running bot posts it.",
    (RunResult.POSTED, True): "The digest of {day} was made already; nothing was posted again.",
    (RunResult.EMPTY, False): "The digest of {day} has nothing to say and is not posted.",
    (RunResult.EMPTY, True): "The digest of {day} had nothing to say and was not posted.",
}


@click.command()
@guild_option
@click.option(
    "--date", "day", type=DAY, metavar="YYYY-MM-DD", help="The local day; today by default."
)
@click.option("--preview", is_flag=True, help="Only print it; post nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    show_default=True,
    help="html is one page with its chart in it, to mail or publish.",
)
@config_option
def digest(
    guild: int | None, day: datetime | None, *, preview: bool, form: str, config_file: Path
) -> None:
    """Print the digest of a team's open claims; without --preview, also post it, once.

    What became of it is said on standard error where the digest is Markdown or HTML.
    """
    config = read_config(config_file)
    guild = find_guild(config, guild)
    if preview:
        with open_for_reading(config) as store:
            shown = digests.preview_digest(
                store, guild, None, config.now(), day.date() if day else None
            )
        _print(shown.view, form)
        return
    with open_for_writing(config) as store:
        made = digests.queue_for(store, guild, day.date() if day else None, config.now())
    _print(made.view, form)
    click.echo(_RESULTS[made.result, made.known].format(day=made.local_date), err=form != "text")


async def _picture(days: Sequence[DayCount], tr: Translator) -> Chart | None:
    async with ChartProcess() as charts:
        return await charts.draw(days, tr)


def _print(view: DigestView, form: str) -> None:
    digest = view.digest
    tr = translator_for(digest.team.settings.language)
    match form:
        case "html":
            click.echo(digest_html(digest, tr, asyncio.run(_picture(view.days, tr))))
        case "markdown":
            click.echo(digest_markdown(digest, tr))
        case _:
            click.echo(digest_text(digest, tr))
