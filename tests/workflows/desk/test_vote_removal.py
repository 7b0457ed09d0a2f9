"""/votes remove: a raid's votes go, whatever became of the accounts, and nothing else does."""

from datetime import timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Stance, Status, Verdict
from workflows.desk import audit, evidence, moderation, vote_removal, votes
from workflows.errors import BadInput, NotAllowed, NotFound
from workflows.policy import Policy
from workflows.teams import Acting

GUILD = 1001
ADA, BEN, RAIDER = 7, 8, 66


@pytest.fixture
def moderator(person, now):
    return Acting(GUILD, person(9, manages=True), now + timedelta(hours=1))


@pytest.fixture
def raided(make_team, make_claim, act, person, now):
    """A claim that is Refuted, but for the votes of two raiders."""
    make_team(Policy(quorum=2))
    claim = make_claim()
    for link, stance in (
        ("https://a.example/", Stance.SUPPORTS),
        ("https://b.example/", Stance.REFUTES),
    ):
        act(evidence.attach_link, Acting(GUILD, person(ADA), now), claim.key, link, stance)
    for voter, verdict in ((ADA, Verdict.REFUTED), (RAIDER, Verdict.SUPPORTED)):
        act(votes.cast_vote, Acting(GUILD, person(voter), now), claim.key, verdict)
    act(votes.cast_vote, Acting(GUILD, person(BEN), now), claim.key, Verdict.REFUTED)
    return claim


def test_preview_changes_nothing(raided, store, moderator):
    """The preview says which claims would stand elsewhere, and takes nothing out."""
    (found,) = vote_removal.preview_removal(store, moderator, RAIDER)

    assert (found.number, found.after) == (raided.number, Status.REFUTED)
    assert len(store.votes.votes_on(raided)) == 3


def test_votes_go_and_history_stays(raided, act, store, moderator):
    """Their votes are gone, others' stay, the reason is kept, and the history replays."""
    act(vote_removal.remove_votes, moderator, RAIDER, "A raid.")

    claim = store.claims.with_number(raided.team, raided.number)
    assert claim.state.status is Status.REFUTED
    assert {vote.verdict for vote in store.votes.votes_on(claim)} == {Verdict.REFUTED}
    told = audit.audit_claim(store, GUILD, claim.number, None)
    assert told.differences == ()
    assert "A raid." in {line.reason for line in told.lines}


def test_settled_claims_stay(raided, act, store, moderator):
    """A settled claim keeps its votes."""
    act(moderation.settle_claim, moderator, raided.key, Verdict.REFUTED, "It is so.")

    with refuses(NotFound, "no-votes"):
        act(vote_removal.remove_votes, moderator, RAIDER, "A raid.")
    assert len(store.votes.votes_on(raided)) == 3


@pytest.mark.usefixtures("raided")
def test_for_moderators_with_a_reason(act, person, moderator, now):
    """Only moderators take votes out, never without a reason, and never nobody's."""
    with refuses(NotAllowed):
        act(vote_removal.remove_votes, Acting(GUILD, person(ADA), now), RAIDER, "A raid.")
    with refuses(BadInput):
        act(vote_removal.remove_votes, moderator, RAIDER, " ")
    with refuses(NotFound, "no-votes"):
        act(vote_removal.remove_votes, moderator, 404, "A raid.")
