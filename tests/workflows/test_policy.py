"""The rules of a team as people write them: every reading, every refusal, and the way back."""

from dataclasses import fields
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.expect import refuses
from workflows.errors import BadInput
from workflows.policy import (
    PRESETS,
    Policy,
    ReasonRule,
    TallyRule,
    parse_duration,
    read_rules,
    write_duration,
    write_rules,
)


@pytest.mark.parametrize(
    ("rule", "written", "read"),
    [
        ("quorum", 5, 5),
        ("share", "3/4", Fraction(3, 4)),
        ("share", "0.75", Fraction(3, 4)),
        ("share", "1", Fraction(1)),
        ("share", 1, Fraction(1)),
        ("keep_share", "1/2", Fraction(1, 2)),
        ("evidence", 0, 0),
        ("independent", True, True),
        ("hold", "0h", timedelta()),
        ("hold", "90m", timedelta(minutes=90)),
        ("hold", " 30 s ", timedelta(seconds=30)),
        ("review_by", "14d", timedelta(days=14)),
        ("tally", "visible", TallyRule.VISIBLE),
        ("weights", {"815": 3}, {815: 3}),
        ("weights", {}, {}),
        ("reason", "required", ReasonRule.REQUIRED),
        ("own_claims", False, False),
        ("member_days", 30, 30),
    ],
)
def test_rules_as_written(rule, written, read):
    """Every rule is read as it is written."""
    assert getattr(read_rules({rule: written}), rule) == read


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("quorum", 0),
        ("quorum", 1001),
        ("quorum", "3"),
        ("quorum", True),
        ("quorum", 2.5),
        ("share", "1/2"),
        ("share", "3/2"),
        ("share", "2/0"),
        ("share", "-2/3"),
        ("share", 0.66),
        ("share", True),
        ("share", "two thirds"),
        ("share", "1e999999999"),
        ("share", "٢/٣"),
        ("share", ""),
        ("keep_share", "1/3"),
        ("keep_share", "11/10"),
        ("evidence", -1),
        ("evidence", None),
        ("independent", 1),
        ("independent", "yes"),
        ("hold", "24"),
        ("hold", 24),
        ("hold", "1w"),
        ("hold", "-1h"),
        ("hold", "366d"),
        ("hold", "999999999d"),
        ("review_by", "soon"),
        ("tally", "hidden"),
        ("tally", ["visible"]),
        ("weights", [815]),
        ("weights", {"moderators": 2}),
        ("weights", {"815": 0}),
        ("weights", {"815": 1001}),
        ("weights", {"9" * 5000: 2}),
        ("reason", "always"),
        ("own_claims", "no"),
        ("member_days", -1),
        ("member_days", 36500),
    ],
)
def test_wrong_value(rule, wrong):
    """A wrong value is refused by a sentence that names the rule."""
    with pytest.raises(BadInput) as refused:
        read_rules({rule: wrong})

    assert str(refused.value).startswith(rule)


def test_unknown_rule():
    """An unknown rule is named beside those there are."""
    with pytest.raises(BadInput) as refused:
        read_rules({"quorom": 3})

    assert '"quorom"' in str(refused.value)
    assert all(rule.name in str(refused.value) for rule in fields(Policy))


@pytest.mark.parametrize(
    ("rules", "keep"),
    [({"share": "3/5", "keep_share": "2/3"}, "2/3"), ({"share": "27/50"}, "11/20")],
)
def test_keep_share_limit(rules, keep):
    """A verdict cannot be harder to keep than to reach."""
    with refuses(BadInput, keep=keep):
        read_rules(rules)


def test_rules_over_others():
    """Rules are put over those that apply already."""
    state = Policy(quorum=7, hold=timedelta(hours=1))

    changed = read_rules({"quorum": 2}, state)

    assert changed == Policy(quorum=2, hold=timedelta(hours=1))


def test_defaults():
    """The defaults are those of the design."""
    assert write_rules(Policy()) == {
        "quorum": 3,
        "share": "2/3",
        "keep_share": "11/20",
        "evidence": 1,
        "independent": False,
        "hold": "1d",
        "review_by": "7d",
        "tally": "after_quorum",
        "weights": {},
        "reason": "optional",
        "own_claims": True,
        "member_days": 0,
    }


@pytest.mark.parametrize(
    ("preset", "rules"),
    [
        ("newsroom", {"quorum": 2, "hold": "4h"}),
        ("team", {}),
        ("open community", {"quorum": 5, "member_days": 7, "reason": "required"}),
    ],
)
def test_presets(preset, rules):
    """The presets are those of the design."""
    assert PRESETS[preset] == read_rules(rules)


def test_independent_needs_two():
    """Independent links are at least two."""
    assert Policy(evidence=1, independent=True).evidence_needed == 2
    assert Policy(evidence=3, independent=True).evidence_needed == 3
    assert Policy(evidence=0, independent=False).evidence_needed == 0


@pytest.mark.parametrize(
    ("roles", "weight"), [(set(), 1), ({9}, 1), ({1}, 2), ({1, 2}, 5), ({2, 9}, 5)]
)
def test_highest_weight(roles, weight):
    """The highest of several weights counts."""
    assert Policy(weights={1: 2, 2: 5}).weight_of(frozenset(roles)) == weight


policies = st.builds(
    lambda shares, spans, **rules: Policy(
        share=max(shares), keep_share=min(shares), hold=spans[0], review_by=spans[1], **rules
    ),
    shares=st.tuples(*2 * [st.fractions(Fraction(51, 100), 1, max_denominator=100000)]),
    spans=st.tuples(*2 * [st.integers(0, 365 * 86400).map(lambda s: timedelta(seconds=s))]),
    quorum=st.integers(1, 1000),
    evidence=st.integers(0, 100),
    independent=st.booleans(),
    tally=st.sampled_from(TallyRule),
    weights=st.dictionaries(st.integers(0, 2**63), st.integers(1, 1000), max_size=4),
    reason=st.sampled_from(ReasonRule),
    own_claims=st.booleans(),
    member_days=st.integers(0, 3650),
)


@settings(max_examples=60)
@given(policies)
def test_round_trip(policy):
    """What is written reads back the same."""
    assert read_rules(write_rules(policy)) == policy


@pytest.mark.parametrize("text", ["0h", "30s", "90m", "24h", "5d", "365d"])
def test_durations(text):
    """A duration keeps its length when written."""
    span = parse_duration("hold", text)

    assert parse_duration("hold", write_duration(span)) == span
