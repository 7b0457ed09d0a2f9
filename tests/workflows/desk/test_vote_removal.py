"""/votes remove: a raid's votes go, whatever became of the accounts, and nothing else does."""

from datetime import timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Stance, Status, Verdict
from workflows.desk import audit, evidence, moderation, vote_removal, votes
from workflows.desk.vote_removal import Selection
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
    (found,) = vote_removal.preview_removal(store, moderator, Selection(RAIDER)).claims

    assert (found.number, found.after) == (raided.number, Status.REFUTED)
    assert len(store.votes.votes_on(raided)) == 3


def test_votes_go_and_history_stays(raided, act, store, moderator):
    """Their votes are gone, others' stay, the reason is kept, and the history replays."""
    act(vote_removal.remove_votes, moderator, Selection(RAIDER), "A raid.")

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
        act(vote_removal.remove_votes, moderator, Selection(RAIDER), "A raid.")
    assert len(store.votes.votes_on(raided)) == 3


@pytest.mark.usefixtures("raided")
def test_for_moderators_with_a_reason(act, person, moderator, now):
    """Only moderators take votes out, never without a reason, and never nobody's."""
    with refuses(NotAllowed):
        act(
            vote_removal.remove_votes, Acting(GUILD, person(ADA), now), Selection(RAIDER), "A raid."
        )
    with refuses(BadInput):
        act(vote_removal.remove_votes, moderator, Selection(RAIDER), " ")
    with refuses(NotFound, "no-votes"):
        act(vote_removal.remove_votes, moderator, Selection(404), "A raid.")


@pytest.fixture
def raid(make_team, make_claim, act, person, now):
    """Two claims, an honest vote and link on each; five raiders who joined today, with a link."""
    make_team(Policy(quorum=2))
    claims = [make_claim("The bridge is closed"), make_claim("The ferry sank")]
    old = person(ADA, joined_at=now - timedelta(days=900))
    for claim in claims:
        link = f"https://honest.example/{claim.number}"
        act(evidence.attach_link, Acting(GUILD, old, now), claim.key, link, Stance.REFUTES)
        act(votes.cast_vote, Acting(GUILD, old, now), claim.key, Verdict.REFUTED)
    for place in range(5):
        raider = Acting(GUILD, person(100 + place, joined_at=now - timedelta(hours=5 - place)), now)
        for claim in claims:
            act(votes.cast_vote, raider, claim.key, Verdict.SUPPORTED, reason=f"why {place}")
        if place == 1:
            link = "https://rigged.example/"
            act(evidence.attach_link, raider, claims[0].key, link, Stance.SUPPORTS)
    return claims


def test_whole_raid_goes(raid, act, store, moderator):
    """All who joined since one of them did lose their votes and links; the preview foresees it."""
    one = vote_removal.preview_removal(store, moderator, Selection(100))
    assert (one.votes, one.links, one.others) == (2, 0, 4)
    chosen = Selection(100, since=True, links=True)
    foreseen = vote_removal.preview_removal(store, moderator, chosen)

    done = act(vote_removal.remove_votes, moderator, chosen, "A raid.")

    assert (done.votes, done.links) == (10, 1)
    assert done.claims == foreseen.claims
    for claim in raid:
        (vote,) = store.votes.votes_on(claim)
        assert vote.verdict is Verdict.REFUTED
        assert len(store.evidence.of_claim(claim)) == 1
    assert audit.replay_all(store).differences == ()


def test_removal_is_undone(raid, act, store, moderator, person, now):
    """Undo puts the votes back with their reasons, but for who voted again and what was settled."""
    chosen = Selection(101, since=True)
    act(vote_removal.remove_votes, moderator, chosen, "A raid.")
    again = Acting(GUILD, person(103, joined_at=now), now + timedelta(hours=1))
    act(votes.cast_vote, again, raid[0].key, Verdict.REFUTED)
    act(moderation.settle_claim, moderator, raid[1].key, Verdict.REFUTED, "It is so.")

    undone = act(vote_removal.restore_votes, moderator, chosen)

    assert (undone.votes, [each.number for each in undone.claims]) == (3, [raid[0].number])
    stored = store.votes.votes_on(raid[0])
    assert len(stored) == 6
    assert {vote.reason for vote in stored} >= {"why 1", "why 2", "why 4"}
    assert audit.replay_all(store).differences == ()
    with refuses(NotFound, "nothing-removed"):
        act(vote_removal.restore_votes, moderator, chosen)


@pytest.mark.usefixtures("raid")
def test_undo_is_for_moderators(act, person, now):
    """Nobody but a moderator puts votes back."""
    with refuses(NotAllowed):
        act(vote_removal.restore_votes, Acting(GUILD, person(ADA), now), Selection(100))
