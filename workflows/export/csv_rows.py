"""Claims as the rows of a table that opens safely in any spreadsheet."""

import csv
import io
import re
from datetime import datetime

from workflows.claims import Attribution, Verdict
from workflows.export.model import ExportedClaim, make_address
from workflows.teams import Team

COLUMNS = (
    "number",
    "claim",
    "status",
    "settled_at",
    "settled_by",
    "sources",
    "hedge",
    "quote",
    "document",
    "publisher",
    "published",
    "document_link",
    "as_of",
    "figures",
    "votes",
    "supported",
    "refuted",
    "not_enough_evidence",
    "evidence",
    "check_worthiness",
    "added_at",
    "merged_into",
    "card",
    "place",
    "archived",
)
_FORMULA = re.compile(r"(^|[,;|])(\s*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet could begin a formula, also one that parts cells by another mark."""


_PARTED = re.compile(r"([;|])([=+\-@])")
_ENCODED = {";": "%3B", "|": "%7C"}


def guard_cell(text: str) -> str:
    """Text from outside as a cell that no spreadsheet runs: in one line, an apostrophe before it.

    Numbers and times of our own are not given to this.
    """
    return _FORMULA.sub(r"\1\2'", " ".join(text.replace("\0", "").split()))


def guard_address(url: str) -> str:
    """Return an address as a cell: whole, for it begins with its scheme.

    Only a mark that parts cells, before what could begin a formula, is percent-encoded where it
    means the same; a comma is not touched, for maps have their places behind it.
    """
    return _PARTED.sub(lambda found: f"{_ENCODED[found[1]]}{found[2]}", url)


def make_row(cells: tuple[object, ...]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def make_cells(exported: ExportedClaim, team: Team) -> tuple[object, ...]:
    claim, known = exported.claim, exported.claim.state.tally_shown
    first = exported.passages[0] if exported.passages else None
    document = first.document if first else None
    place = first.place if first else None
    return (
        claim.number,
        guard_cell(claim.words),
        claim.state.status.value,
        _format_moment(claim.state.settled_at),
        exported.settled_by.whose if exported.settled_by else "",
        guard_cell(
            " → ".join(_name_sources(link.said) for link in first.attribution) if first else ""
        ),
        first.hedge.value if first else "",
        guard_cell(first.quote if first else ""),
        guard_cell(document.title if document else ""),
        guard_cell(document.publisher or "" if document else ""),
        document.published.isoformat() if document and document.published else "",
        guard_address(document.url or "") if document else "",
        claim.as_of.isoformat() if claim.as_of else "",
        guard_cell(" · ".join(figure.text for figure in claim.figures)),
        claim.tally.votes,
        *(claim.tally.weight(verdict) if known else "" for verdict in Verdict),
        " ".join(f"{link.stance.value}: {guard_address(link.url)}" for link in exported.evidence),
        round(claim.check_worthiness, 3),
        _format_moment(claim.added_at),
        exported.merged_into or "",
        make_address(exported, team) if exported.card else "",
        guard_cell(f"{place.kind.value} {place.name}") if place else "",
        " ".join(
            guard_address(link.snapshot.archived)
            for link in exported.evidence
            if link.snapshot and link.snapshot.archived
        ),
    )


def _name_sources(link: Attribution) -> str:
    return link.resolved or link.source or f"({link.cue})"


def _format_moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
