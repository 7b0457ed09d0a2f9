"""What a model answers: its shape, the schema that asks for it, and reading it leniently."""

import json
import re
from typing import Any

import msgspec

from workflows.claims import Hedge, Polarity

_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
LONGEST = 400_000
"""Characters of an answer that are looked at: what is longer is babble."""
MOST_CLAIMS = 100
"""Claims of one chunk that are looked at."""


class AnsweredReference(msgspec.Struct, frozen=True):
    text: str
    stands_for: str


class AnsweredLink(msgspec.Struct, frozen=True):
    source: str | None = None
    cue: str | None = None
    anonymous: bool = False
    hedge: Hedge = Hedge.REPORTED


class AnsweredFigure(msgspec.Struct, frozen=True):
    text: str
    value: float
    upper: float | None = None
    unit: str | None = None
    modifier: str | None = None


class AnsweredDate(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    text: str
    first: str | None = None
    last: str | None = None


class AnsweredClaim(msgspec.Struct, frozen=True):
    """One claim as the model puts it; nothing of it is believed yet."""

    quote: str
    content: str
    claim: str
    references: tuple[AnsweredReference, ...] = ()
    open: bool = False
    attribution: tuple[AnsweredLink, ...] = ()
    hedge: Hedge = Hedge.ASSERTED
    hedge_cue: str | None = None
    polarity: Polarity = Polarity.AFFIRMED
    figures: tuple[AnsweredFigure, ...] = ()
    dates: tuple[AnsweredDate, ...] = ()
    check_worthiness: float = 0.5


class Answer(msgspec.Struct, frozen=True):
    """A model's answer. `misshapen` counts what was listed and is no claim."""

    claims: tuple[AnsweredClaim, ...]
    misshapen: int = 0


class _Listed(msgspec.Struct):
    claims: list[msgspec.Raw]


def make_schema() -> dict[str, Any]:
    """Return the JSON schema of an answer, every key required, as servers ask for it."""
    (_,), parts = msgspec.json.schema_components([AnsweredClaim], ref_template="#/$defs/{name}")
    defs = {name: _require_all(part) for name, part in parts.items()}
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": {"$ref": "#/$defs/AnsweredClaim"}}},
        "required": ["claims"],
        "additionalProperties": False,
        "$defs": defs,
    }


def _require_all(part: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without defaults: what may be left out is left out by small models."""
    kept = {key: value for key, value in part.items() if key not in ("title", "description")}
    if "properties" not in kept:
        return kept
    properties = {
        name: {key: value for key, value in each.items() if key != "default"}
        for name, each in kept["properties"].items()
    }
    required = list(properties)
    return {**kept, "properties": properties, "required": required, "additionalProperties": False}


def read_answer(said: str) -> Answer | None:
    """Return what an answer lists; None where there is no JSON object with claims in it.

    Thoughts, fences and prose around the object are passed over.
    """
    said = _THOUGHTS.sub("", said[:LONGEST])
    for at in _find_openings(said):
        try:
            listed = msgspec.json.decode(_cut_object(said, at), type=_Listed)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            continue
        claims = [_read_claim(raw) for raw in listed.claims[:MOST_CLAIMS]]
        kept = tuple(claim for claim in claims if claim is not None)
        return Answer(kept, len(listed.claims) - len(kept))
    return None


def _find_openings(said: str) -> list[int]:
    """Return where an answer's object may begin; few, so that babble is soon given up."""
    return [match.start() for match in re.finditer(r"\{\s*[\"']claims", said)][:4]


def _cut_object(said: str, at: int) -> bytes:
    """Return the JSON object that begins there. Raises ValueError."""
    _, end = json.JSONDecoder().raw_decode(said, at)
    return said[at:end].encode("utf-8", "surrogatepass")


def _read_claim(raw: msgspec.Raw) -> AnsweredClaim | None:
    try:
        return msgspec.json.decode(raw, type=AnsweredClaim, strict=False)
    except (msgspec.MsgspecError, RecursionError):
        return None
