"""The formats: how exported claims become a file. Values in, text out.

Members appear by their random keys only. While the direction of a claim's votes is hidden, an
export tells how many there are, as the card does, and nothing else of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from workflows.export import csv_rows
from workflows.export.claim_review import make_claim_review
from workflows.export.json_objects import make_object
from workflows.export.model import ExportedClaim, Format, make_address
from workflows.teams import Team


@dataclass(frozen=True, slots=True)
class FileLayout:
    """How claims become a file: `head`, each claim in a line with `between` them, `tail`."""

    ending: str
    head: str
    between: str
    tail: str
    line: Callable[[ExportedClaim], str]


def get_layout(form: Format, team: Team, reviewer: str) -> FileLayout:
    """`reviewer` is who answers for the verdicts, by a name people know."""
    match form:
        case Format.CSV:
            return FileLayout(
                "csv",
                "\ufeff" + csv_rows.make_row(csv_rows.COLUMNS),
                "",
                "",
                lambda c: csv_rows.make_row(csv_rows.make_cells(c, team)),
            )
        case Format.JSONL:
            return FileLayout(
                "jsonl", "", "", "", lambda c: _encode_json(make_object(c, team)) + "\n"
            )
        case Format.CLAIMREVIEW:
            return FileLayout(
                "json",
                "[\n",
                ",\n",
                "\n]\n",
                lambda c: write_json_ld(make_claim_review(c, make_address(c, team), reviewer)),
            )


def write_json_ld(value: object) -> str:
    """Return JSON that may stand inside a page's script element: no text in it can end that."""
    return _encode_json(value).translate(_IN_PAGES)


_IN_PAGES = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def _encode_json(value: object) -> str:
    return msgspec.json.encode(value).decode()
