"""What is wrong in a configuration, in the words of whoever wrote it: all of it at once."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from workflows.errors import BadInput

T = TypeVar("T")

REQUIRED = ("guild", "claims_channel")
"""The keys a team can't do without; a wrong one is stood in for, so that the rest is read."""
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]")
_MEANT = (
    (r"Expected `int(?: \| null)?`, got `str`", "{key} must be a number without quotes"),
    (r"Expected `int(?: \| null)?`, got", "{key} must be a whole number"),
    (r"Expected `float`, got `str`", "{key} must be a number without quotes"),
    (r"Expected `str`, got", '{key} must be text in quotes: {key} = "…"'),
    (r"Expected `bool`, got", "{key} must be true or false, without quotes"),
    (r"Expected `\w+` >= (\S+)", "{key} must be {0} or more"),
    (r"Expected `\w+` <= (\S+)", "{key} must be {0} or less"),
    (r"Expected `str` of length >= 1", "{key} must not be empty"),
    (r"Object missing required field `(\w+)`", "{0} is missing"),
    (r"Expected `object`, got `array`", "write [{key}] in single brackets; it can stand only once"),
    (r"Expected `object`, got", "{key} must be a table: [{key}], with its keys below"),
    (r"Expected `array`, got `object`", "write [[{key}]] in double brackets: there may be several"),
    (r"Expected `array`, got", "{key} must be a list, such as [1, 2]"),
)
"""What a host is told instead of a parser's words."""


class Problems:
    """Collects what is wrong, so that a host corrects it in one go."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: list[BadInput] = []

    def attempt(self, read: Callable[[], T], where: str = "") -> T | None:
        """Return what is read; None where it is wrong, which is kept for `require_none`.

        `where` names the table that an error doesn't name itself.
        """
        try:
            return read()
        except BadInput as error:
            self._found.append(self._place(where, str(error)) if where else error)
            return None

    def convert(self, written: dict[str, Any], kind: type[T], keys: list[str]) -> T:
        """Return the values as `kind`, without those that are wrong; `keys` are all there are."""
        numbers = count(2**62)  # no server has such an id
        told: set[tuple[str, str]] = set()
        while True:
            try:
                return msgspec.convert(written, kind)
            except msgspec.ValidationError as error:
                said, _, at = str(error).partition(" - at `$")
                at = at.rstrip("`")
                where, key = _locate(at)
                if (at, said) in told:  # nothing can be taken out there
                    raise self._place(where, said + ".") from error
                told.add((at, said))
                self._found.append(self._place(where, _explain(said, key, keys)))
                _take_out(written, at, said, numbers)

    def require_none(self) -> None:
        """Raise BadInput with everything that is wrong, a line each where it is more than one."""
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            each = [str(error).removeprefix(f"{self._path}") for error in self._found]
            lines = "\n".join(f"  - {said.lstrip(',: ')}" for said in dict.fromkeys(each))
            raise BadInput(
                "{path} has {n} mistakes:\n{lines}", path=self._path, n=len(each), lines=lines
            )

    def _place(self, where: str, said: str) -> BadInput:
        return BadInput("{path}, at {where}: {said}", path=self._path, where=where, said=said)


def _iter_steps(at: str) -> Iterator[str | int]:
    for name, place in _STEP.findall(at):
        yield name or int(place)


def _locate(at: str) -> tuple[str, str]:
    """Return the table in which something is wrong, counted from one, and its key there."""
    where: list[str] = []
    for step in _iter_steps(at):
        if isinstance(step, int):
            where[-1] += f" number {step + 1}"
        else:
            where.append(step)
    key, in_list, _ = where[-1].partition(" ") if where else ("", "", "")
    if len(where) > 1:
        return ".".join(where[:-1]), f"each of {key}" * bool(in_list) or key
    return (where[0] if where else "the top level"), key


def _explain(said: str, key: str, keys: list[str]) -> str:
    if unknown := re.search(r"unknown field `(.*)`", said):
        close = get_close_matches(unknown[1], keys, n=1)
        hint = f' Did you mean "{close[0]}"?' if close else ""
        return f'there is no key "{unknown[1]}".{hint}'
    for pattern, meant in _MEANT:
        if found := re.match(pattern, said):
            return meant.format(*found.groups(), key=key) + "."
    return f"{key}: {said}."


def _take_out(written: dict[str, Any], at: str, said: str, numbers: "count[int]") -> None:
    """Take a wrong value out, or put one in the place of what is required."""
    steps = [*_iter_steps(at)]
    if named := re.search(r"(?:unknown|required) field `(.*)`", said):
        steps.append(named[1])
    while isinstance(steps[-1], int) and len(steps) > len(("team", 0)):
        steps.pop()  # a list without one of its values may be wrong in another way
    *steps, last = steps
    inner: Any = written
    for step in steps:
        inner = inner[step]
    if last in REQUIRED:
        inner[last] = next(numbers)
    else:
        del inner[last]
