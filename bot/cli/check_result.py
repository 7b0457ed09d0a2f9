"""What one check comes to: fine, wrong, or worth a note."""

from dataclasses import dataclass
from enum import Enum


class CheckOutcome(Enum):
    FINE = "ok"
    WRONG = "wrong"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class CheckResult:
    verdict: CheckOutcome
    about: str
    said: str


def pass_check(about: str, said: str) -> CheckResult:
    return CheckResult(CheckOutcome.FINE, about, said)


def fail_check(about: str, said: str) -> CheckResult:
    return CheckResult(CheckOutcome.WRONG, about, said)


def note_check(about: str, said: str) -> CheckResult:
    return CheckResult(CheckOutcome.NOTE, about, said)
