"""A voter's reason is the team's to read, once it may know which way the votes go."""

from workflows.claims import Verdict
from workflows.desk import claim_views, votes
from workflows.teams import Acting


def reasons(details):
    return [line.reason for line in details.lines if line.reason]


def test_reasons_follow_tally(act, claim, team, person, now):
    """Others can read a reason once the tally is known."""
    guild = team.settings.guild
    ada, ben, chloe = person(1), person(2), person(3)
    act(
        votes.cast_vote,
        Acting(guild, ada, now),
        claim.key,
        Verdict.REFUTED,
        reason="The figure is old.",
    )
    act(votes.cast_vote, Acting(guild, ben, now), claim.key, Verdict.REFUTED)

    early = act(claim_views.view_details, guild, claim.key, ben.discord_id)
    own = act(claim_views.view_details, guild, claim.key, ada.discord_id)
    act(votes.cast_vote, Acting(guild, chloe, now), claim.key, Verdict.REFUTED)
    late = act(claim_views.view_details, guild, claim.key, ben.discord_id)

    assert reasons(early) == []
    assert reasons(own) == ["The figure is old."]
    assert reasons(late) == ["The figure is old."]
