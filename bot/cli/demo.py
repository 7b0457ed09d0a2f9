"""corrobot demo: the whole thing, offline, in a browser."""

import asyncio
import tempfile
import webbrowser
from contextlib import ExitStack
from pathlib import Path

import click


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="0 picks any free one.",
)
@click.option("--config", expose_value=False, metavar="FILE", help="Accepted but not needed.")
@click.option("--no-browser", is_flag=True, help="Only print the page's address.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder to keep the data in; by default, it is deleted at the end.",
)
def demo(port: int, data: Path | None, *, no_browser: bool) -> None:
    """Try Corrobot without Discord: claims on cards, several people to vote as, a digest."""
    from bot.demo import Demo  # noqa: PLC0415  # its libraries are loaded only for it

    def opened(address: str) -> None:
        click.echo("Corrobot is ready. Open this page, in several tabs if you like:\n")
        click.echo(address)
        click.echo(
            "\nVote as different people, add a link, type /digest now. Press Ctrl-C to stop."
        )
        if not no_browser:
            webbrowser.open(address)

    with ExitStack() as stack:
        if data is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="corrobot-")))
        else:
            data.mkdir(parents=True, exist_ok=True)
            folder = data.resolve()
        asyncio.run(Demo(folder, port, click.echo).run(opened))
