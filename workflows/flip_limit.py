"""The brake: no single action turns many of a team's verdicts unseen. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from workflows.claims import Status
from workflows.errors import Refused

LEAST = 5
MOST_SHARE = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class Change:
    """A claim whose status an action changes; `provisional`: it was a verdict that is held."""

    number: int
    before: Status
    after: Status
    provisional: bool


class TooManyFlips(Refused):
    """An action would flip so many provisional verdicts that a moderator must confirm it.

    `changes` names those verdicts, and no claim whose votes' direction may be hidden.
    """

    def __init__(self, changes: Sequence[Change], provisional: int) -> None:
        super().__init__(
            "This would change {flips} of {provisional} provisional verdicts. Nothing has"
            " been changed; a moderator can confirm it.",
            flips=len(changes),
            provisional=provisional,
        )
        self.changes = tuple(changes)


def limit_flips(changes: Sequence[Change], provisional: int) -> None:
    """Raise Braked where at least five of the verdicts, and over a fifth, would flip."""
    flips = [change for change in changes if change.provisional]
    if len(flips) >= LEAST and Fraction(len(flips), provisional) > MOST_SHARE:
        raise TooManyFlips(flips, provisional)
