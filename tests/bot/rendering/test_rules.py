"""The rules in plain words, and what is offered while somebody types one."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from bot.i18n.labels import gettext_noop
from bot.i18n.translator import translator_for
from bot.rendering.rules import (
    REASONS,
    REASONS_OFF,
    RULES,
    VALUES,
    list_suggestions,
    rules_embed,
    write_reason,
    write_rule,
)
from workflows.claims import TeamId
from workflows.policy import PRESETS, Policy, ReasonRule, TallyRule, read_typed
from workflows.teams import Team

WORDS = translator_for("en")
NAMES = [rule.name for rule in fields(Policy)]


def offered(rule, typed="", policy=None, roles=()):
    return list_suggestions(rule, typed, policy or Policy(), roles, WORDS)


def test_every_rule_explained():
    """Every rule is explained and has values to choose from."""
    assert list(RULES) == list(REASONS)
    assert set(RULES) == set(NAMES)
    assert set(VALUES) == {*NAMES, "preset"} - {"weights"}
    assert all(about.startswith(f"{rule} · ") for rule, about in RULES.items())
    assert all(len(gettext_noop(about)) <= 100 for about in RULES.values())


def test_rules_fit(settings):
    """All rules fit on one screen and name their preset."""
    weights = {10**18 + n: n for n in range(2, 30)}
    team = Team(TeamId(1), settings, Policy(weights=weights), 3, datetime(2026, 1, 5, tzinfo=UTC))

    embed = rules_embed(team, WORDS)

    assert len(embed) < 4000
    assert "A verdict needs 3 votes." in embed.description
    assert "2/3 of the votes must agree" in embed.description
    assert "if fewer than 11/20 (55%) still agree" in embed.description
    assert "so that nobody decides alone" in embed.description
    assert embed.footer.text.startswith("Version 3 of the rules · team: three votes")


@pytest.mark.parametrize(
    ("policy", "rule", "said"),
    [
        (Policy(quorum=1), "quorum", "A verdict needs 1 vote."),
        (Policy(evidence=1, independent=True), "evidence", "need 2 links"),
        (Policy(evidence=0), "evidence", "Supported and Refuted don't need a link."),
        (Policy(hold=timedelta(hours=4)), "hold", "for 4 hours"),
        (
            Policy(tally=TallyRule.VISIBLE),
            "tally",
            "Everyone sees right away how the votes are going.",
        ),
        (Policy(weights={7: 2}), "weights", "<@&7> counts as 2; everyone else's count as 1."),
        (Policy(reason=ReasonRule.REQUIRED), "reason", "must come with a reason"),
        (Policy(own_claims=False), "own_claims", "Nobody can vote"),
        (Policy(member_days=1), "member_days", "after 1 day in"),
    ],
)
def test_rule_in_words(policy, rule, said):
    """A rule says what it does."""
    assert said in write_rule(policy, rule, WORDS)


@pytest.mark.parametrize("rule", REASONS_OFF)
def test_reason_of_the_setting(rule):
    """A rule that is off is not given the reason for having it on."""
    on = Policy(
        independent=True,
        tally=TallyRule.AFTER_QUORUM,
        weights={7: 2},
        reason=ReasonRule.REQUIRED,
        own_claims=True,
        member_days=7,
    )
    off = Policy(
        independent=False,
        hold=timedelta(),
        tally=TallyRule.VISIBLE,
        reason=ReasonRule.OPTIONAL,
        own_claims=False,
        member_days=0,
    )

    assert write_reason(on, rule, WORDS) == REASONS[rule]
    assert write_reason(off, rule, WORDS) == REASONS_OFF[rule]
    assert write_reason(Policy(quorum=1), "quorum", WORDS) == ""


@pytest.mark.parametrize("rule", [*VALUES, "weights"])
@pytest.mark.parametrize("preset", PRESETS)
def test_suggestions_can_be_set(rule, preset):
    """Every suggestion can be set."""
    policy = PRESETS[preset]

    for said, value in offered(rule, policy=policy, roles=[(7, "Editors"), (8, "Desk")]):
        read_typed(rule, value, policy)
        assert said


def test_present_value_marked():
    """The present value is marked, and a share below keep_share is not offered."""
    assert ("A verdict needs 3 votes. (current)", "3") in offered("quorum")
    assert "51/100" not in [value for _, value in offered("share")]
    assert [value for _, value in offered("keep_share", policy=Policy(share=Fraction(3, 5)))] == [
        "1/2",
        "11/20",
        "3/5",
    ]


def test_typed_value_first():
    """What is typed comes first where it is a value, and else it searches."""
    assert offered("quorum", "6") == [("A verdict needs 6 votes.", "6")]
    assert offered("hold", "9h")[0] == ("A verdict stays provisional for 9 hours.", "9h")
    assert offered("quorum", "lots") == []
    assert [value for _, value in offered("tally", "right away")] == ["visible"]
    assert offered("nonsense", "1") == []


def test_role_weights():
    """Roles are offered with weights other than theirs."""
    policy = Policy(weights={7: 2})

    values = [value for _, value in offered("weights", policy=policy, roles=[(7, "Editors")])]

    assert values == ["7=3", "7=5", "7=1"]
    assert read_typed("weights", "7=1", policy) == replace(policy, weights={})
    assert read_typed("weights", "8=3", policy).weights == {7: 2, 8: 3}
