"""Which claims go out, and what is told of their past."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import AT, build_claim
from workflows.claims import ClaimState, Consent, Status, Verdict
from workflows.events import ChangedMind, Event, Outcome, Reopened, Settled, Text
from workflows.export.publication import PageEvent, is_published, list_milestones
from workflows.teams import PublishRule
from workflows.voting import SettledBy

SETTLED = ClaimState(Status.REFUTED, AT, settled_at=AT)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("rule", PublishRule)
@pytest.mark.parametrize("status", Status)
def test_open_claims_stay_inside(rule, status):
    """What isn't settled never goes out, whatever a moderator said."""
    claim = build_claim(
        state=ClaimState(status, AT), consent=Consent.PUBLISHED, consent_at=AT + HOUR
    )

    assert not is_published(claim, SettledBy.TEAM, rule)


def test_rule_decides():
    """Without a moderator's word the team's rule decides, of verdicts that are the team's."""
    claim = build_claim(state=SETTLED)

    assert is_published(claim, SettledBy.TEAM, PublishRule.ALL)
    assert is_published(claim, SettledBy.TEAM_EARLY, PublishRule.ALL)
    assert not is_published(claim, SettledBy.MODERATOR, PublishRule.ALL)
    assert not is_published(claim, SettledBy.TEAM, PublishRule.BY_HAND)


def test_withheld_stays_withheld():
    """What a moderator withheld stays inside, even if it is settled anew."""
    claim = build_claim(
        state=replace(SETTLED, settled_at=AT + HOUR), consent=Consent.WITHHELD, consent_at=AT
    )

    assert not any(is_published(claim, SettledBy.TEAM, rule) for rule in PublishRule)


def test_consent_is_to_one_verdict():
    """Published by hand was the verdict of that day, not a later one."""
    claim = build_claim(state=SETTLED, consent=Consent.PUBLISHED, consent_at=AT + HOUR)
    again = replace(claim, state=replace(SETTLED, settled_at=AT + 2 * HOUR))

    assert is_published(claim, SettledBy.TEAM, PublishRule.BY_HAND)
    assert not is_published(again, SettledBy.TEAM, PublishRule.BY_HAND)


def test_milestones():
    """A page tells what was settled, reopened and changed, and whose hand it was."""
    outcome = Outcome(SETTLED, 1)
    events = [
        Event(AT, ChangedMind(Verdict.SUPPORTED, Verdict.REFUTED), outcome),
        Event(AT + HOUR, Settled(Verdict.REFUTED), outcome),
        Event(AT + 2 * HOUR, Reopened("m" * 22, Text("k", "h")), outcome),
        Event(AT + 3 * HOUR, ChangedMind(Verdict.REFUTED, Verdict.SUPPORTED), outcome),
        Event(AT + 4 * HOUR, Settled(Verdict.SUPPORTED, "m" * 22, Text("k", "h")), outcome),
    ]

    milestones = list_milestones((event, Status.SUPPORTED) for event in events)

    assert [(each.turn, each.verdict, each.settled_by) for each in milestones] == [
        (PageEvent.SETTLED, Verdict.REFUTED, SettledBy.TEAM),
        (PageEvent.REOPENED, None, None),
        (PageEvent.CHANGED_MIND, Verdict.SUPPORTED, None),
        (PageEvent.SETTLED, Verdict.SUPPORTED, SettledBy.TEAM_EARLY),
    ]
