"""A team's voting rules: their defaults, their presets, and how they are written down."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from workflows.errors import BadInput

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST = timedelta(days=365)
_FRACTION = re.compile(r"\d{1,9}/\d{1,9}|\d{1,3}(\.\d{1,6})?", re.ASCII)
_DURATION = re.compile(r"(\d{1,9})\s*([smhd])", re.ASCII)
_ROLE = re.compile(r"\d{1,20}", re.ASCII)

Reader = Callable[[str, object], object]
"""Reads a rule's plain value, or raises BadInput that names the rule."""


class TallyRule(StrEnum):
    """When the direction of the votes is shown."""

    AFTER_QUORUM = "after_quorum"
    VISIBLE = "visible"


class ReasonRule(StrEnum):
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules under which a team's votes become verdicts.

    `share` and `keep_share` are exact fractions of the weight of all votes: a verdict is reached
    at `share` and lost below `keep_share`. `weights` maps a role's Discord id to the weight of its
    members' votes (1 without such a role; the highest of several counts).
    """

    quorum: int = 3
    share: Fraction = Fraction(2, 3)
    keep_share: Fraction = Fraction(11, 20)
    evidence: int = 1
    independent: bool = False
    hold: timedelta = timedelta(hours=24)
    review_by: timedelta = timedelta(days=7)
    tally: TallyRule = TallyRule.AFTER_QUORUM
    weights: Mapping[int, int] = field(default_factory=dict)
    reason: ReasonRule = ReasonRule.OPTIONAL
    own_claims: bool = True
    member_days: int = 0

    @property
    def evidence_needed(self) -> int:
        """Return how many links of matching stance Supported or Refuted need."""
        return max(2, self.evidence) if self.independent else self.evidence

    def weight_of(self, roles: frozenset[int]) -> int:
        return max((weight for role, weight in self.weights.items() if role in roles), default=1)


PRESETS: Mapping[str, Policy] = {
    "newsroom": Policy(quorum=2, hold=timedelta(hours=4)),
    "team": Policy(),
    "open community": Policy(quorum=5, member_days=7, reason=ReasonRule.REQUIRED),
}


def write_rules(policy: Policy) -> dict[str, Any]:
    """The policy in the plain form of the configuration file, the events and `/policy set`."""
    return {rule.name: _to_plain(getattr(policy, rule.name)) for rule in fields(policy)}


def read_rules(rules: Mapping[str, Any], base: Policy | None = None) -> Policy:
    """`base` (or the defaults) with these rules in their plain form put over it.

    Raises BadInput that names the rule and says what it takes.
    """
    read: dict[str, Any] = {
        rule.name: getattr(base or Policy(), rule.name) for rule in fields(Policy)
    }
    for name, value in rules.items():
        if name not in _READERS:
            raise BadInput(
                'There is no voting rule "{name}". The rules are: {known}.',
                name=name,
                known=", ".join(_READERS),
            )
        read[name] = _READERS[name](name, value)
    policy = Policy(**read)
    if not Fraction(1, 2) <= policy.keep_share <= policy.share:
        raise BadInput(
            "keep_share is {keep}, but it must be between 1/2 and share ({share}).",
            keep=str(policy.keep_share),
            share=str(policy.share),
        )
    return policy


def read_typed(rule: str, text: str, base: Policy) -> Policy:
    """`base` with one rule as a person types it: "quorum" and "3", "own_claims" and "no".

    `weights` takes "ROLE=WEIGHT" and leaves the other roles' as they are; `preset` takes a preset's
    name and leaves the weights alone. Raises BadInput that names the rule and says what it takes.
    """
    text = text.strip()
    if rule == "preset":
        if text not in PRESETS:
            raise BadInput(
                "{name} is {value}, but it must be one of: {known}.",
                name=rule,
                value=_show_value(text),
                known=", ".join(PRESETS),
            )
        return replace(PRESETS[text], weights=base.weights)
    return read_rules({rule: _parse_typed(rule, text, base)}, base)


def find_preset(policy: Policy) -> str | None:
    """Return the preset whose rules these are, whatever the roles' weights."""
    alike = (name for name, preset in PRESETS.items() if replace(policy, weights={}) == preset)
    return next(alike, None)


def _parse_typed(rule: str, text: str, base: Policy) -> object:
    match getattr(base, rule, None):
        case bool():
            return _SWITCH.get(text.casefold(), text)
        case int() if text.isascii() and text.isdecimal():
            return int(text)
        case Mapping() as weights:
            return _parse_weighted(weights, text)
    return text


def _parse_weighted(weights: Mapping[int, int], text: str) -> object:
    role, _, weight = (part.strip() for part in text.partition("="))
    if not (_ROLE.fullmatch(role) and _ROLE.fullmatch(weight)):
        return text
    changed = {**weights, int(role): int(weight)}
    return {str(role): weight for role, weight in changed.items() if weight != 1}


_SWITCH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


def parse_duration(name: str, value: object) -> timedelta:
    """Return the duration that "24h", "7d", "90m" or "30s" writes.

    Raises BadInput that names the rule.
    """
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    span = timedelta(seconds=int(match[1]) * _UNITS[match[2]]) if match else None
    if span is None or span > _LONGEST:
        raise BadInput(
            '{name} is {value}, but it must be a duration of at most a year, such as "24h"'
            ' or "7d".',
            name=name,
            value=_show_value(value),
        )
    return span


def write_duration(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    unit = (
        next(unit for unit in "dhms" if seconds % _UNITS[unit] == 0 and seconds >= _UNITS[unit])
        if seconds
        else "h"
    )
    return f"{seconds // _UNITS[unit]}{unit}"


def _to_plain(value: object) -> object:
    match value:
        case Fraction():
            return str(value)
        case timedelta():
            return write_duration(value)
        case StrEnum():
            return value.value
        case Mapping():
            return {str(role): weight for role, weight in value.items()}
    return value


def _parse_share(name: str, value: object) -> Fraction:
    # Fraction reads "1e999999999" too, and would take hours and all memory for it.
    plain = isinstance(value, str) and _FRACTION.fullmatch(value.strip())
    try:
        share = Fraction(str(value)) if plain or (type(value) is int and value == 1) else None
    except ZeroDivisionError:
        share = None
    least = Fraction(1, 2)
    if share is None or not least <= share <= 1 or (name == "share" and share == least):
        raise BadInput(
            "{name} is {value}, but it must be a fraction over one half and up to 1, such"
            ' as "2/3".',
            name=name,
            value=_show_value(value),
        )
    return share


def _parse_whole(least: int, most: int) -> Callable[[str, object], int]:
    def read(name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise BadInput(
                "{name} is {value}, but it must be a whole number from {least} to {most}.",
                name=name,
                value=_show_value(value),
                least=least,
                most=most,
            )
        return value

    return read


def _parse_switch(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadInput(
            "{name} is {value}, but it must be true or false.", name=name, value=_show_value(value)
        )
    return value


def _parse_word(words: type[StrEnum]) -> Reader:
    def read(name: str, value: object) -> StrEnum:
        if not isinstance(value, str) or value not in set(words):
            raise BadInput(
                "{name} is {value}, but it must be one of: {known}.",
                name=name,
                value=_show_value(value),
                known=", ".join(words),
            )
        return words(value)

    return read


def _parse_weights(name: str, value: object) -> dict[int, int]:
    read_weight = _parse_whole(1, 1000)
    if not isinstance(value, Mapping) or not all(_ROLE.fullmatch(str(role)) for role in value):
        raise BadInput(
            "{name} is {value}, but it must be a table of role IDs and whole numbers.",
            name=name,
            value=_show_value(value),
        )
    return {int(role): read_weight(f"{name}.{role}", weight) for role, weight in value.items()}


def _show_value(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


_READERS: Mapping[str, Reader] = {
    "quorum": _parse_whole(1, 1000),
    "share": _parse_share,
    "keep_share": _parse_share,
    "evidence": _parse_whole(0, 100),
    "independent": _parse_switch,
    "hold": parse_duration,
    "review_by": parse_duration,
    "tally": _parse_word(TallyRule),
    "weights": _parse_weights,
    "reason": _parse_word(ReasonRule),
    "own_claims": _parse_switch,
    "member_days": _parse_whole(0, 3650),
}
