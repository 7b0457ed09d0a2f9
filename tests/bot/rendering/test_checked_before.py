"""What was checked before, as Details and the preview tell it."""

from datetime import date

from bot.i18n.translator import translator_for
from bot.rendering.checked_before import list_checked, name_best
from tests.builders import AT
from workflows.claims import ClaimKey, ClaimState, Status
from workflows.desk.checked_before import CheckedBefore
from workflows.digest.sections import CardLink
from workflows.fact_checks import FactCheck
from workflows.search import ClaimSummary

TR = translator_for("en")
OWN = ClaimSummary(
    ClaimKey("k" * 22),
    12,
    "The *bridge* is closed",
    ClaimState(Status.REFUTED, AT, settled_at=AT),
    link=CardLink(222, 4711),
)
CHECK = FactCheck(
    "https://c.example.org/1",
    "@everyone it is",
    "[Check]",
    "Mostly *false*",
    None,
    date(2025, 5, 4),
)


def test_who_when_and_verdict():
    """Each tells who found it, when, and the verdict in its own words; all of it as text."""
    own, other = list_checked(CheckedBefore((OWN,), (CHECK,)), 7, TR)

    assert own.startswith("[#12](https://discord.com/channels/7/222/4711) · this team, ")
    assert own.endswith("“The \\*bridge\\* is closed” — **Refuted**")
    assert other.startswith("[\\[Check\\]](<https://c.example.org/1>), ")
    assert "2025" in other
    assert "@everyone" not in other
    assert other.endswith("— **Mostly \\*false\\***")


def test_the_best_of_it():
    """The preview names the team's own first."""
    assert "#12" in name_best(CheckedBefore((OWN,), (CHECK,)), 7, TR)
    assert "Mostly" in name_best(CheckedBefore((), (CHECK,)), 7, TR)
