"""What Discord accepts as commands."""

from bot.sandbox.ids import Json


def check_commands(commands: list[Json]) -> None: ...
