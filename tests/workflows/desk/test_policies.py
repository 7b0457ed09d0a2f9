"""A team's rules, changed: who may, what is decided anew, and when it needs to be confirmed."""

from contextlib import nullcontext
from dataclasses import fields
from datetime import timedelta
from fractions import Fraction

import pytest

from tests.expect import refuses
from workflows.claims import Stance, Status, Verdict
from workflows.desk import audit, documents, evidence, policies, transitions, votes
from workflows.errors import BadInput, NotAllowed, Refused
from workflows.flip_limit import Change, TooManyFlips, limit_flips
from workflows.policy import Policy
from workflows.teams import Acting

GUILD = 1001
EAGER = Policy(quorum=1, evidence=0)


@pytest.fixture
def boss(person):
    return person(1, manages=True)


@pytest.fixture
def change(act, boss, now):
    def run(rules, who=None, **other):
        return act(policies.change_policy, Acting(GUILD, who or boss, now), rules, **other)

    return run


@pytest.fixture
def vote(act, person, now):
    def run(claim, voter=7, verdict=Verdict.SUPPORTED):
        return act(votes.cast_vote, Acting(GUILD, person(voter), now), claim.key, verdict)

    return run


def test_open_claims_redecided(change, vote, act, store, make_team, make_claim, now):
    """Open claims are decided anew at once, settled ones never."""
    make_team(EAGER)
    settled, held, new = make_claim("One"), make_claim("Two"), make_claim("Three")
    vote(settled)
    later = now + EAGER.hold
    act(transitions.apply_all_due, later)
    vote(held, verdict=Verdict.REFUTED)

    changed = change({"quorum": 2})

    assert changed.team.policy == Policy(quorum=2, evidence=0)
    assert changed.changes == (Change(held.number, Status.REFUTED, Status.IN_REVIEW, True),)
    assert store.claims.get(settled.id).state.settled_at == later
    assert store.claims.get(new.id).state.status is Status.UNREVIEWED
    assert store.teams.of_guild(GUILD).policy_version == 2
    assert audit.replay_all(store).differences == ()


def test_hidden_stays_hidden(change, vote, store, team, make_claim):
    """What was voted on while hidden stays hidden."""
    voted, fresh = make_claim("One"), make_claim("Two")
    vote(voted)

    changed = change({"tally": "visible"})
    vote(voted, 8)
    vote(fresh)

    assert team.policy != changed.team.policy
    assert changed.still_hidden == (voted.number,)
    assert not store.claims.get(voted.id).state.tally_shown
    assert store.claims.get(fresh.id).state.tally_shown
    assert audit.replay_all(store).differences == ()


def test_links_recounted(change, act, store, make_team, make_claim, person, now):
    """Links are counted anew on open and shelved claims."""
    make_team(post=0)
    claim = make_claim()
    for page in ("1", "2"):
        url = f"https://a.com/{page}"
        act(evidence.attach_link, Acting(GUILD, person(7), now), claim.key, url, Stance.SUPPORTS)

    change({"independent": True})
    act(documents.post_from_shelf, Acting(GUILD, person(7), now), [claim.key])

    assert store.claims.get(claim.id).sources.supports == 1
    assert audit.replay_all(store).differences == ()


def test_many_flips_need_confirmation(change, vote, store, make_team, make_claim, contents):
    """Many verdicts flip only when a moderator confirms it."""
    make_team(EAGER)
    claims = [make_claim(f"Claim {n}") for n in range(5)]
    for claim in claims:
        vote(claim)
    before = contents()

    with pytest.raises(TooManyFlips) as stopped:
        change({"evidence": 1})

    assert [each.number for each in stopped.value.changes] == [1, 2, 3, 4, 5]
    assert contents() == before
    assert len(change({"evidence": 1}, confirmed=True).changes) == 5
    assert audit.replay_all(store).differences == ()


@pytest.mark.parametrize(
    ("flips", "held", "stops"), [(4, 4, False), (5, 25, False), (5, 24, True), (6, 30, False)]
)
def test_flip_limit(flips, held, stops):
    """The limit is more than five verdicts, and more than a fifth of them."""
    changes = [Change(n, Status.SUPPORTED, Status.IN_REVIEW, True) for n in range(flips)]
    others = [Change(n, Status.IN_REVIEW, Status.SUPPORTED, False) for n in range(99)]

    with pytest.raises(TooManyFlips) if stops else nullcontext() as stopped:
        limit_flips(changes + others, held)

    assert not stops or stopped.value.changes == tuple(changes)


@pytest.mark.parametrize(
    ("rules", "manages", "refusal"),
    [
        ({"quorum": 2}, False, NotAllowed),
        ({"quorum": 0}, True, BadInput),
        ({"quorums": 2}, True, BadInput),
        ({"share": "2/3"}, True, Refused),
    ],
)
@pytest.mark.usefixtures("team")
def test_refusal_changes_nothing(change, person, contents, rules, manages, refusal):
    """A refused change leaves everything as it was."""
    before = contents()

    with pytest.raises(refusal):
        change(rules, person(1, manages=manages))

    assert contents() == before


def test_unnamed_rules_stay(change, make_team):
    """Rules that are not named stay."""
    make_team(Policy(quorum=2, share=Fraction(3, 4)))

    assert change({"hold": "1h"}).team.policy.share == Fraction(3, 4)


# ------------------------------------------------------------------------- one rule, as typed


@pytest.fixture
def set_rule(act, boss, now):
    def run(rule, text, who=None, **other):
        return act(policies.set_rule, Acting(GUILD, who or boss, now), rule, text, **other).team

    return run


def test_one_rule_as_typed(set_rule, make_team):
    """One rule is set as it is typed, and the others stay."""
    make_team(Policy(quorum=2, weights={7: 2}))

    assert set_rule("own_claims", "No").policy == Policy(quorum=2, weights={7: 2}, own_claims=False)
    assert set_rule("weights", "8 = 3").policy.weights == {7: 2, 8: 3}
    assert set_rule("weights", "7=1").policy.weights == {8: 3}
    newsroom = set_rule("preset", "newsroom")
    assert newsroom.policy == Policy(quorum=2, hold=timedelta(hours=4), weights={8: 3})
    assert newsroom.policy_version == 5


@pytest.mark.parametrize(
    ("rule", "text", "told"),
    [
        ("quorum", "three", {"least": 1}),
        ("quorum", "0", {"least": 1}),
        ("independent", "maybe", {}),
        ("share", "1/3", {}),
        ("weights", "Editors=2", {}),
        ("weights", "7=many", {}),
        ("preset", "anarchy", {"known": "newsroom, team, open community"}),
        ("colour", "red", {"known": ", ".join(rule.name for rule in fields(Policy))}),
    ],
)
def test_bad_value_is_named(set_rule, team, contents, rule, text, told):
    """A bad value is refused with the name of its rule."""
    before = contents()

    with refuses(BadInput, name=rule, **told):
        set_rule(rule, text)

    assert team.policy_version == 1
    assert contents() == before


def test_confirmation_expires(set_rule, team):
    """A confirmation holds only for the rules it was given for."""
    set_rule("quorum", "4", confirmed_at=team.policy_version)

    with refuses(Refused, "changed-meanwhile"):
        set_rule("quorum", "5", confirmed_at=team.policy_version)


def test_moderators_only(set_rule, team, person, contents):
    """Only moderators can set a rule."""
    before = contents()

    with pytest.raises(NotAllowed):
        set_rule("quorum", "4", person(5))

    assert team.policy.quorum == 3
    assert contents() == before


@pytest.mark.parametrize(
    ("rule", "value", "members", "refused"),
    [
        ("quorum", "1000", 40, True),
        ("quorum", "41", 40, True),
        ("quorum", "40", 40, False),
        ("quorum", "1000", None, False),
        ("member_days", "1000", 40, False),
    ],
)
def test_quorum_can_be_reached(rule, value, members, refused):
    """A quorum of more votes than the server has members is refused."""
    if not refused:
        policies.require_reachable(rule, value, members)
        return
    with refuses(BadInput, "unreachable", members=members):
        policies.require_reachable(rule, value, members)
