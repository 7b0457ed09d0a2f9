"""`python -m bot.commands_docs` writes docs/commands.md anew from the commands themselves."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import click
from discord import AppCommandOptionType as Kind
from discord import AppCommandType, app_commands

from bot.client import COMMANDS
from bot.command_access import RIGHTS, Access
from bot.ui.context import Command

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
HEAD = """\
# Commands

Every command in Discord, with its options and who may use it; options in *italics* may be left
out. Discord shows them in the reader's language, and completes names, numbers and values while
they are typed. This page is made from the program by `python -m bot.commands_docs`.

- **anyone**: every member of the server.
- **voters**: members with one of the team's voter roles, and moderators; everyone where no role
  is set.
- **moderators**: members with one of the team's moderator roles; those who may manage messages
  where none is set; administrators always.
- **administrators**: of the server.
"""
FOR: Mapping[Access, str] = MappingProxyType(
    {
        Access.ANYONE: "anyone",
        Access.VOTERS: "voters",
        Access.READERS: "voters, or moderators only where the team has set it so",
        Access.MODERATORS: "moderators",
        Access.ADMINISTRATORS: "administrators",
    }
)
KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.string: "text",
        Kind.integer: "whole number",
        Kind.number: "number",
        Kind.boolean: "yes or no",
        Kind.user: "member",
        Kind.role: "role",
        Kind.channel: "channel",
        Kind.mentionable: "member or role",
        Kind.attachment: "file",
    }
)


def write_page() -> str:
    """Return the whole page."""
    return HEAD + "".join(part for command in COMMANDS for part in _part(command))


def _part(command: Command) -> Iterator[str]:
    if isinstance(command, app_commands.Group):
        yield f"\n## /{command.name}\n\n{command.description}.\n"
        for inner in command.walk_commands():
            if isinstance(inner, app_commands.Command):
                yield from _command(inner, "###")
    elif isinstance(command, app_commands.Command):
        yield from _command(command, "##")
    else:
        where = "message" if command.type is AppCommandType.message else "member"
        yield f"\n## {command.name}\n\nIn the menu of a {where}, under *Apps*.\n"
        yield f"For: {_describe_access(command.name)}.\n"


def _command(
    command: app_commands.Command[app_commands.Group, ..., object], mark: str
) -> Iterator[str]:
    yield f"\n{mark} /{command.qualified_name}\n\n{command.description}.\n"
    yield f"For: {_describe_access(command.qualified_name)}.\n"
    if command.parameters:
        yield "\n| option | | |\n|---|---|---|\n"
        yield from map(_option, command.parameters)


def _describe_access(name: str) -> str:
    return FOR[RIGHTS[name]]


def _option(option: app_commands.Parameter) -> str:
    name = f"`{option.display_name}`" if option.required else f"*`{option.display_name}`*"
    takes = KINDS[option.type]
    if option.choices:
        takes = " · ".join(choice.name for choice in option.choices)
    return f"| {name} | {takes} | {option.description} |\n"


@click.command()
def main() -> None:
    """Write docs/commands.md anew."""
    PAGE.write_text(write_page(), encoding="utf-8")
    click.echo(f"{PAGE}: {len(RIGHTS)} commands known")


if __name__ == "__main__":
    main()
