"""/votes remove: a raid's votes go, whatever became of the accounts, and nothing else does."""

from datetime import timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Stance, Status, Verdict
from workflows.desk import (
    audit,
    evidence,
    manual_claims,
    moderation,
    policies,
    privacy,
    retention,
    vote_removal,
    votes,
)
from workflows.desk.manual_claims import ManualClaim
from workflows.desk.retention import Retention
from workflows.desk.vote_removal import Rule, VoteSelection
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
    (found,) = vote_removal.preview_removal(store, moderator, VoteSelection(RAIDER)).claims

    assert (found.number, found.after) == (raided.number, Status.REFUTED)
    assert len(store.votes.votes_on(raided)) == 3


def test_votes_go_and_history_stays(raided, act, store, moderator):
    """Their votes are gone, others' stay, the reason is kept, and the history replays."""
    act(vote_removal.remove_votes, moderator, VoteSelection(RAIDER), "A raid.")

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
        act(vote_removal.remove_votes, moderator, VoteSelection(RAIDER), "A raid.")
    assert len(store.votes.votes_on(raided)) == 3


@pytest.mark.usefixtures("raided")
def test_for_moderators_with_a_reason(act, person, moderator, now):
    """Only moderators take votes out, never without a reason, and never nobody's."""
    with refuses(NotAllowed):
        act(
            vote_removal.remove_votes,
            Acting(GUILD, person(ADA), now),
            VoteSelection(RAIDER),
            "A raid.",
        )
    with refuses(BadInput):
        act(vote_removal.remove_votes, moderator, VoteSelection(RAIDER), " ")
    with refuses(NotFound, "no-votes"):
        act(vote_removal.remove_votes, moderator, VoteSelection(404), "A raid.")


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
    one = vote_removal.preview_removal(store, moderator, VoteSelection(100))
    assert (one.votes, one.links, one.others) == (2, 0, 4)
    chosen = VoteSelection(100, since=True, links=True)
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
    chosen = VoteSelection(101, since=True)
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
        act(vote_removal.restore_votes, Acting(GUILD, person(ADA), now), VoteSelection(100))


def test_links_are_put_back(raid, act, store, moderator):
    """Undo puts a raid's links back with its votes, as they were, once."""
    chosen = VoteSelection(101, since=True, links=True)
    (before,) = [each for each in store.evidence.of_claim(raid[0]) if "rigged" in each.url]
    act(vote_removal.remove_votes, moderator, chosen, "A raid.")
    assert len(store.evidence.of_claim(raid[0])) == 1

    undone = act(vote_removal.restore_votes, moderator, chosen)

    assert undone.links == 1
    back = [each for each in store.evidence.of_claim(raid[0]) if each.key == before.key]
    assert [(each.url, each.stance, each.by) for each in back] == [
        (before.url, before.stance, before.by)
    ]
    assert audit.replay_all(store).differences == ()
    with refuses(NotFound, "nothing-removed"):
        act(vote_removal.restore_votes, moderator, chosen)


def test_removed_links_are_forgotten(raid, act, store, moderator, now):
    """A removed link is kept for a day, and not for somebody who asks to be forgotten."""
    chosen = VoteSelection(101, since=True, links=True)
    act(vote_removal.remove_votes, moderator, chosen, "A raid.")
    act(privacy.forget_member, GUILD, 101, now + timedelta(hours=2))

    assert store.evidence.list_removed(raid[0].team, moderator_key(store, raid, moderator)) == ()


def test_links_are_kept_for_a_day(raid, act, store, moderator, now):
    """After a day the addresses of removed links are gone from the database."""
    act(vote_removal.remove_votes, moderator, VoteSelection(101, since=True, links=True), "A raid.")

    act(retention.remove_texts, Retention(None, None), now + timedelta(hours=26))

    assert store.evidence.list_removed(raid[0].team, moderator_key(store, raid, moderator)) == ()


def moderator_key(store, raid, moderator):
    return store.teams.find_member(raid[0].team, moderator.person.discord_id)


def test_rule_reaches_votes_cast(raid, act, store, moderator):
    """A rule on days in the server reaches votes already cast by choice, and is undone."""
    assert vote_removal.find_reached(store, moderator, Rule.MEMBER_DAYS) == 0
    act(policies.set_rule, moderator, "member_days", "7")
    assert sum(len(store.votes.votes_on(claim)) for claim in raid) == 12
    assert vote_removal.find_reached(store, moderator, Rule.MEMBER_DAYS) == 10
    chosen = VoteSelection(rule=Rule.MEMBER_DAYS, links=True)
    foreseen = vote_removal.preview_removal(store, moderator, chosen)
    assert (foreseen.votes, foreseen.links, foreseen.days) == (10, 1, 7)

    done = act(vote_removal.remove_votes, moderator, chosen, "The rules ask for 7 days.")

    assert done.claims == foreseen.claims
    assert [len(store.votes.votes_on(claim)) for claim in raid] == [1, 1]
    undone = act(vote_removal.restore_votes, moderator, chosen)
    assert (undone.votes, undone.links) == (10, 1)
    assert audit.replay_all(store).differences == ()


def test_own_claims_rule_reaches_votes(make_team, act, store, person, now, moderator):
    """A rule on one's own claims reaches the votes of those who added a claim, and no others."""
    make_team()
    ada = Acting(GUILD, person(ADA), now)
    added = act(manual_claims.add_claim, ada, ManualClaim(words="The bridge is closed."), None)
    key = added.view.claim.key
    for voter in (ADA, BEN):
        act(votes.cast_vote, Acting(GUILD, person(voter), now), key, Verdict.REFUTED)
    act(policies.set_rule, moderator, "own_claims", "no")
    chosen = VoteSelection(rule=Rule.OWN_CLAIMS)

    assert vote_removal.find_reached(store, moderator, Rule.OWN_CLAIMS) == 1
    act(vote_removal.remove_votes, moderator, chosen, "One's own.")

    claim = added.view.claim
    (left,) = store.votes.votes_on(claim)
    assert left.voter != claim.added_by
    assert act(vote_removal.restore_votes, moderator, chosen).votes == 1
