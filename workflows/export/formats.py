"""The formats: how exported claims become a file. Values in, text out.

Members appear by their random keys only. While the direction of a claim's votes is hidden, an
export tells how many there are, as the card does, and nothing else of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from workflows.export import csv_rows
from workflows.export.claim_review import claim_review
from workflows.export.json_objects import as_object
from workflows.export.model import Exported, Format
from workflows.teams import Team


@dataclass(frozen=True, slots=True)
class Shape:
    """How claims become a file: `head`, each claim in a line with `between` them, `tail`."""

    ending: str
    head: str
    between: str
    tail: str
    line: Callable[[Exported], str]


def shape(form: Format, team: Team, reviewer: str) -> Shape:
    """`reviewer` is who answers for the verdicts, by a name people know."""
    match form:
        case Format.CSV:
            return Shape(
                "csv",
                "\ufeff" + csv_rows.row(csv_rows.COLUMNS),
                "",
                "",
                lambda c: csv_rows.row(csv_rows.cells(c, team)),
            )
        case Format.JSONL:
            return Shape("jsonl", "", "", "", lambda c: _json(as_object(c, team)) + "\n")
        case Format.CLAIMREVIEW:
            return Shape(
                "json", "[\n", ",\n", "\n]\n", lambda c: _json(claim_review(c, team, reviewer))
            )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
