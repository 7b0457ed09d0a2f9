"""What Discord accepts as commands."""

import re
from collections.abc import Iterator

from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import Command, Option
from bot.sandbox.rules.forms import FormErrors, Where

MOST = {Command.SLASH: 100, Command.USER_MENU: 15, Command.MESSAGE_MENU: 15}
NAME = 32
DESCRIPTION = 100
OPTIONS = 25
CHOICES = 25
CHOICE = 100
TOGETHER = 8000
STRING = 6000
_INNER = (Option.SUBCOMMAND, Option.GROUP)
_WORD = re.compile(r"[-_'\w]{1,32}")


def check_commands(commands: list[Json]) -> None:
    form = FormErrors()
    for kind, most in MOST.items():
        of_kind = [c for c in commands if (c.get("type") or Command.SLASH) == kind]
        form.most((), of_kind, most)
        said = "Application command names must be unique"
        names: list[object] = [c.get("name") for c in of_kind]
        form.unique((), names, "APPLICATION_COMMANDS_DUPLICATE_NAME", said)
    for i, command in enumerate(commands):
        if (command.get("type") or Command.SLASH) == Command.SLASH:
            _slash(form, (i,), command)
        else:
            _menu(form, (i,), command)
    form.settle()


def _menu(form: FormErrors, where: Where, command: Json) -> None:
    form.text((*where, "name"), command.get("name"), NAME, 1, needed=True)
    if command.get("description"):
        said = "Context menu commands cannot have a description"
        form.wrong((*where, "description"), "APPLICATION_COMMAND_DESCRIPTION", said)


def _slash(form: FormErrors, where: Where, command: Json) -> None:
    _name(form, where, command)
    _options(form, (*where, "options"), command.get("options") or [], depth=0)
    if sum(map(len, _texts(command))) > TOGETHER:
        said = f"Command exceeds maximum size ({TOGETHER})"
        form.wrong(where, "APPLICATION_COMMAND_TOO_LARGE", said)


def _name(form: FormErrors, where: Where, named: Json) -> None:
    name = str(named.get("name") or "")
    if not _WORD.fullmatch(name) or name != name.lower():
        said = "Command name is invalid"
        form.wrong((*where, "name"), "APPLICATION_COMMAND_INVALID_NAME", said)
    form.text((*where, "description"), named.get("description"), DESCRIPTION, 1, needed=True)


def _options(form: FormErrors, where: Where, options: list[Json], depth: int) -> None:
    """Groups stand at the top, subcommands at the top or in a group."""
    form.most(where, options, OPTIONS)
    names: list[object] = [o.get("name") for o in options]
    said = "Option names must be unique"
    form.unique(where, names, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", said)
    inner = [o.get("type") in _INNER for o in options]
    if any(inner) and not all(inner):
        said = "Sub-command and sub-command group option types are mutually exclusive to others"
        form.wrong(where, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", said)
    needed = [bool(o.get("required")) for o in options]
    if needed != sorted(needed, reverse=True):
        said = "Required options must be placed before non-required options"
        form.wrong(where, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", said)
    for i, option in enumerate(options):
        _option(form, (*where, i), option, depth)


def _option(form: FormErrors, where: Where, option: Json, depth: int) -> None:
    _name(form, where, option)
    kind = option.get("type")
    if not form.choice((*where, "type"), kind, tuple(int(o) for o in Option)):
        return
    if kind in _INNER:
        if depth > 1 or (depth == 1 and kind == Option.GROUP):
            said = "Subcommands cannot stand this deep"
            form.wrong((*where, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", said)
        _options(form, (*where, "options"), option.get("options") or [], depth + 1)
        return
    _choices(form, where, option)
    form.number((*where, "min_length"), option.get("min_length"), STRING)
    form.number((*where, "max_length"), option.get("max_length"), STRING, 1)


def _choices(form: FormErrors, where: Where, option: Json) -> None:
    choices = option.get("choices") or []
    form.most((*where, "choices"), choices, CHOICES)
    for i, choice in enumerate(choices):
        here = (*where, "choices", i)
        form.text((*here, "name"), choice.get("name"), CHOICE, 1, needed=True)
        if option["type"] == Option.STRING:
            form.text((*here, "value"), choice.get("value"), CHOICE, 1, needed=True)
    if choices and option.get("autocomplete"):
        said = "Choices and autocomplete are mutually exclusive"
        form.wrong((*where, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_CHOICES", said)


def _texts(named: Json) -> Iterator[str]:
    for name in ("name", "description"):
        yield max(
            (named.get(name) or "", *(named.get(f"{name}_localizations") or {}).values()), key=len
        )
    for choice in named.get("choices") or []:
        yield str(choice.get("name") or "")
        yield str(choice.get("value") or "")
    for option in named.get("options") or []:
        yield from _texts(option)
