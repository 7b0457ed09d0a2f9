"""What went wrong, on the terminal's standard error."""

import click

from workflows.errors import CorrobotError


def echo_error(error: CorrobotError) -> None:
    """Say what went wrong, in the terminal's one language."""
    from bot.i18n.translator import translator_for  # noqa: PLC0415  # slow to load, seldom needed

    click.echo(translator_for("en").error_text(error, plain=True), err=True)
