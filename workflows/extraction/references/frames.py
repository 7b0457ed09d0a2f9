"""Kinds of events, and who and what has a part in each."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

from workflows.extraction.references.entities import Entity


class Frame(NamedTuple):
    """A kind of event: the nouns and verbs that tell of it, and who and what has a part in it."""

    name: str
    preposition: str
    events: frozenset[str]
    roles: frozenset[str]
    verbs: dict[str, str]


def _load() -> tuple[Frame, ...]:
    table = tomllib.loads(files(__package__).joinpath("frames.toml").read_text("utf-8"))
    return tuple(
        Frame(
            name,
            each["preposition"],
            frozenset(each["events"].split()),
            frozenset(each["roles"].split()),
            each["verbs"],
        )
        for name, each in table.items()
    )


FRAMES = _load()
CASE = next(frame for frame in FRAMES if frame.name == "case")
DEAL = next(frame for frame in FRAMES if frame.name == "deal")
INCIDENTS = frozenset({"attack", "crash", "disaster", "fire", "protest", "strike"})
"""The frames of what happens suddenly, once and somewhere."""
EVENT_FRAMES = {noun: frame for frame in reversed(FRAMES) for noun in frame.events}
EVENT_NOUNS = EVENT_FRAMES.keys()
ROLES = frozenset().union(*(frame.roles for frame in FRAMES))
VERBS = {verb: (frame, noun) for frame in FRAMES for verb, noun in frame.verbs.items()}


@dataclass(slots=True)
class Scene:
    """An event of a text with the words that tell which: `start` and `end` are its offsets."""

    frame: Frame
    noun: str
    entity: Entity
    words: str | None
    start: int
    end: int
    first: int
    """The sentence in which it was told of first."""
    several: bool = False
    happens: bool = True
    """Told to have been, and not just spoken of."""


def find_frame(noun: str) -> Frame:
    """Return the first kind of event that a noun names."""
    return EVENT_FRAMES[noun]
