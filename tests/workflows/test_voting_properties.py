"""What must hold for all votes, all sources and all policies."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workflows.claims import ClaimState, EvidenceCounts, MemberKey, Status, Tally, Verdict, Vote
from workflows.policy import Policy, TallyRule
from workflows.voting import STANCE_OF, VOTABLE, conclude, decide

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
quickly = settings(max_examples=60)

fractions = st.fractions(Fraction(1, 2), 1, max_denominator=24)
policies = st.builds(
    lambda quorum, shares, evidence, independent: Policy(
        quorum=quorum,
        share=max(*shares, Fraction(51, 100)),
        keep_share=min(shares),
        evidence=evidence,
        independent=independent,
    ),
    st.integers(1, 6),
    st.tuples(fractions, fractions),
    st.integers(0, 3),
    st.booleans(),
)
sources = st.builds(EvidenceCounts, st.integers(0, 4), st.integers(0, 4))
statuses = st.sampled_from(sorted(VOTABLE))
ballots = st.lists(st.tuples(st.sampled_from(Verdict), st.integers(1, 5)), max_size=12).map(
    lambda cast: [
        Vote(MemberKey(str(voter)), verdict, weight, 1, START)
        for voter, (verdict, weight) in enumerate(cast)
    ]
)


def tally_of(votes: list[Vote]) -> Tally:
    tally = Tally()
    for vote in votes:
        tally = tally.plus(vote)
    return tally


def walk(policy: Policy, tallies: list[Tally], links: EvidenceCounts) -> ClaimState:
    state = ClaimState(Status.UNREVIEWED, START)
    for step, tally in enumerate(tallies):
        now = START + timedelta(minutes=step)
        state = decide(policy, tally, links, state, now)
    return state


def tallies_of(votes: list[Vote]) -> list[Tally]:
    return [tally_of(votes[:cast]) for cast in range(len(votes) + 1)]


@quickly
@given(ballots, st.randoms(use_true_random=False))
def test_order_of_votes(votes, order: random.Random):
    """The tally does not depend on the order of votes."""
    shuffled = order.sample(votes, len(votes))

    assert tally_of(shuffled) == tally_of(votes)


@quickly
@given(ballots)
def test_vote_taken_back(votes):
    """A vote taken back leaves no trace in the tally."""
    tally = tally_of(votes)

    for vote in votes:
        tally = tally.minus(vote)

    assert tally == Tally()


@quickly
@given(policies, ballots, sources, st.randoms(use_true_random=False))
def test_equal_shares(policy, votes, links, order: random.Random):
    """With keep_share equal to share the status does not depend on the order."""
    policy = replace(policy, keep_share=policy.share)
    shuffled = order.sample(votes, len(votes))

    ours = walk(policy, tallies_of(votes), links)
    theirs = walk(policy, tallies_of(shuffled), links)

    assert ours.status is theirs.status


@quickly
@given(policies, ballots, sources)
def test_doubled_weights(policy, votes, links):
    """All weights doubled give the same statuses."""
    doubled = [replace(vote, weight=2 * vote.weight) for vote in votes]

    once, twice = [walk(policy, tallies_of(cast), links) for cast in (votes, doubled)]

    assert once == twice


@quickly
@given(policies, ballots, sources, statuses)
def test_one_verdict(policy, votes, links, before):
    """At most one verdict has its share."""
    tally = tally_of(votes)
    mirrored = Tally(tally.votes, tally.refuted, tally.supported, tally.not_enough_evidence)
    mirror = {Status.SUPPORTED: Status.REFUTED, Status.REFUTED: Status.SUPPORTED}

    status, _ = conclude(policy, tally, links, before)
    other, _ = conclude(
        policy,
        mirrored,
        EvidenceCounts(links.refutes, links.supports),
        mirror.get(before, before),
    )

    assert other is mirror.get(status, status)


@quickly
@given(policies, ballots, sources, st.sampled_from([Status.SUPPORTED, Status.REFUTED]))
def test_keep_share(policy, votes, links, before):
    """A verdict is kept exactly until its share falls below keep_share."""
    tally = tally_of(votes)
    needed = links.supports if before is Status.SUPPORTED else links.refutes
    assume(tally.votes >= policy.quorum and needed >= policy.evidence_needed)

    status, _ = conclude(policy, tally, links, before)

    kept = Fraction(tally.weight(Verdict(before.value)), tally.total) >= policy.keep_share
    assert (status is before) == kept


@quickly
@given(policies, ballots, sources, st.integers(1, 5))
def test_cannot_tell(policy, votes, links, more):
    """Can't tell counts for neither side.

    It can deny both sides their share, and never gives it to either.
    """
    before, _ = conclude(policy, tally_of(votes), links, Status.IN_REVIEW)
    assume(len(votes) >= policy.quorum and before not in (Status.SUPPORTED, Status.REFUTED))
    cannot_tell = Vote(MemberKey("new"), Verdict.NOT_ENOUGH_EVIDENCE, more, 1, START)

    after, _ = conclude(policy, tally_of([*votes, cannot_tell]), links, Status.IN_REVIEW)

    assert after not in (Status.SUPPORTED, Status.REFUTED)


@quickly
@given(policies, ballots, sources, statuses)
def test_missing_suffices(policy, votes, links, before):
    """What is said to be missing changes the status once added."""
    tally = tally_of(votes)
    status, missing = conclude(policy, tally, links, before)
    assume(missing.votes or missing.evidence or missing.swing)
    if missing.swing:
        least = min(missing.swing, key=lambda verdict: missing.swing[verdict])
        tally = _plus(tally, least, missing.swing[least])
    elif missing.votes:
        tally = _plus(tally, Verdict.SUPPORTED, missing.votes)
    links = EvidenceCounts(
        links.supports + missing.evidence.get(Verdict.SUPPORTED, 0),
        links.refutes + missing.evidence.get(Verdict.REFUTED, 0),
    )

    after, _ = conclude(policy, tally, links, status)

    assert after is not status


@quickly
@given(policies, ballots, sources, statuses, st.sampled_from(list(STANCE_OF)))
def test_missing_is_least(policy, votes, links, before, verdict):
    """One less than what is said to be missing gives no verdict."""
    tally = tally_of(votes)
    status, missing = conclude(policy, tally, links, before)
    assume(missing.votes or missing.evidence.get(verdict))
    if missing.votes:
        fewer = _plus(tally, verdict, missing.votes - 1)
        after, _ = conclude(policy, fewer, EvidenceCounts(99, 99), status)
        assert after in (Status.UNREVIEWED, Status.IN_REVIEW)
    if lack := missing.evidence.get(verdict, 0):
        side = STANCE_OF[verdict].value
        short = replace(links, **{side: getattr(links, side) + lack - 1})
        after, _ = conclude(policy, _plus(tally, verdict, missing.votes + 99), short, status)
        assert after.value != verdict.value


@quickly
@given(policies, ballots, sources)
def test_least_swing(policy, votes, links):
    """A swing is the least that suffices."""
    tally = tally_of(votes)
    _, missing = conclude(policy, tally, links, Status.CONFLICTING)

    for verdict, swing in missing.swing.items():
        enough, short = _plus(tally, verdict, swing), _plus(tally, verdict, swing - 1)
        assert Fraction(enough.weight(verdict), enough.total) >= policy.share
        assert Fraction(short.weight(verdict), short.total) < policy.share


@quickly
@given(policies, ballots, sources)
def test_nothing_before_quorum(policy, votes, links):
    """Before quorum nothing tells the direction."""
    votes = votes[: policy.quorum - 1]
    turned = [replace(vote, verdict=Verdict.REFUTED) for vote in votes]

    ours = walk(policy, tallies_of(votes), links)
    theirs = walk(policy, tallies_of(turned), links)

    assert ours == theirs
    assert not ours.tally_shown
    assert conclude(policy, tally_of(votes), links, ours.status) == conclude(
        policy, tally_of(turned), links, theirs.status
    )


@quickly
@given(policies, ballots, sources, st.sampled_from(Verdict))
def test_one_voter_unmasks_nobody(policy, votes, links, verdict):
    """Whoever makes the quorum and takes the vote back leaves the others' votes hidden."""
    votes = votes[: policy.quorum - 1]
    extra = Vote(MemberKey("extra"), verdict, 1, 1, START)
    tallies = [*tallies_of(votes), tally_of([*votes, extra]), tally_of(votes)]

    assert not walk(replace(policy, tally=TallyRule.AFTER_QUORUM), tallies, links).tally_shown


def _plus(tally: Tally, verdict: Verdict, votes: int) -> Tally:
    for voter in range(votes):
        tally = tally.plus(Vote(MemberKey(f"new {voter}"), verdict, 1, 1, START))
    return tally
