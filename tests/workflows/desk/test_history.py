"""A claim's whole story: who, what, when, why, by which rules; and no more than may be known."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.i18n.translator import translator_for
from bot.rendering.history import history_lines
from workflows.claims import Stance, Verdict
from workflows.desk import (
    audit,
    claim_views,
    evidence,
    merging,
    moderation,
    policies,
    privacy,
    votes,
)
from workflows.errors import NotAllowed, NotFound
from workflows.policy import Policy
from workflows.teams import Acting

GUILD = 1001
YES, NO = Verdict.SUPPORTED, Verdict.REFUTED


@pytest.fixture
def vote(act, person, now):
    def run(claim, voter=7, verdict=YES, minutes=0, reason=None):
        at = now + timedelta(minutes=minutes)
        act(votes.cast_vote, Acting(GUILD, person(voter), at), claim.key, verdict, reason=reason)

    return run


@pytest.fixture
def history(store, person):
    """What a moderator reads, without the times."""

    def run(claim, who=1, manages=True):
        told = audit.audit_claim(store, GUILD, claim.number, person(who, manages=manages))
        return [
            line.partition("> ")[2] or line for line in history_lines(told, translator_for("en"))
        ]

    return run


def test_whole_story(act, vote, history, person, now, make_team, make_claim):
    """History says who did what, why, and under which rules."""
    make_team(Policy(quorum=2, evidence=0))
    claim, boss = make_claim(by=person(5)), person(1, manages=True)
    vote(claim, 7, reason="Seen *it*.")
    vote(claim, 8, NO, minutes=1)
    act(
        evidence.attach_link,
        Acting(GUILD, person(7), now),
        claim.key,
        "https://a.org/",
        Stance.SUPPORTS,
    )
    act(policies.change_policy, Acting(GUILD, boss, now), {"quorum": 1})
    vote(claim, 8, YES, minutes=2)
    act(moderation.drop_claim, Acting(GUILD, boss, now), claim.key, "Not ours.")

    assert history(claim) == [
        "<@5> added the claim. → Unreviewed (rules: version 1)",
        (
            "<@7> voted Supported. — Seen \\*it\\*. → In review (Supported 1, Refuted 0,"
            " Can't tell 0; 0 links that count; rules: version 1)"
        ),
        (
            "<@8> voted Refuted. → Conflicting (Supported 1, Refuted 1, Can't tell 0;"
            " 0 links that count; rules: version 1)"
        ),
        "<@7> added a link to a.org.",
        "<@1> changed the team's rules, so it was decided again.",
        (
            "<@8> voted Supported. → Provisionally supported (Supported 2, Refuted 0, Can't tell 0;"
            " 1 link that counts; rules: version 2)"
        ),
        (
            "<@1> dropped it. — Not ours. → Dropped (Supported 2, Refuted 0, Can't tell 0;"
            " 1 link that counts; rules: version 2)"
        ),
        "Replaying this history gives exactly what is stored.",
    ]


@pytest.mark.parametrize("verdicts", [(YES, NO), (NO, YES), (YES, YES)])
def test_hidden_votes_look_alike(vote, history, claim, verdicts):
    """Hidden votes read the same whichever way they go."""
    for voter, verdict in enumerate(verdicts, 7):
        vote(claim, voter, verdict, reason="Because.")

    assert history(claim)[1:3] == [
        "<@7> voted. → In review (rules: version 1)",
        "<@8> voted.",
    ]
    assert history(claim, who=7)[1].startswith(
        f"<@7> voted {'Supported' if verdicts[0] is YES else 'Refuted'}. — Because."
    )


def test_merge_on_both_claims(act, vote, history, person, now, team, make_claim):
    """A merge is told on both claims, and a forgotten member has no name."""
    one, two = make_claim("One"), make_claim("Two")
    vote(one)
    act(
        merging.merge, Acting(GUILD, person(1, manages=True), now), (one.key,), two.key, "The same."
    )
    act(privacy.forget_member, GUILD, 7, now)

    assert "<@1> merged #1 into it. — The same." in history(two)
    assert any("merged it into another claim" in line for line in history(one))
    assert any(line.startswith("A former member voted.") for line in history(one))
    assert team.policy_version == 1


def test_moderators_only(store, claim, person):
    """Only the team's moderators can read it."""
    with pytest.raises(NotAllowed):
        audit.audit_claim(store, GUILD, claim.number, person(7))
    with pytest.raises(NotFound):
        audit.audit_claim(store, GUILD, 99, person(1, manages=True))


def test_difference_comes_last(db, history, vote, claim):
    """A difference found by the replay stands at the end."""
    vote(claim)
    db.execute("UPDATE claims SET vote_count = 5")

    *_, said, difference = history(claim)

    assert said == "Replaying this history differs from what is stored in 1 point:"
    assert "tally differs" in difference


def test_terminal_prints_it(vote, claim, database, tmp_path):
    """The terminal prints the history too."""
    vote(claim, reason="Seen *it*.")
    config = tmp_path / "config.toml"
    config.write_text(
        f"[store]\npath = '{database}'\n[[team]]\nguild = {GUILD}\nclaims_channel = 11\n"
    )
    asked = ["audit", "--config", str(config), "--claim", "1"]

    told = CliRunner().invoke(main, [*asked, "--guild", str(GUILD)])
    unnamed = CliRunner().invoke(main, [*asked, "--all"])

    assert told.exit_code == 0, told.output
    assert "Member 7 voted. → In review" in told.stdout
    assert "Seen" not in told.stdout
    assert (unnamed.exit_code, unnamed.stdout) == (2, "")


def test_own_vote_in_details(vote, store, claim):
    """Details show one's own vote and reason before the quorum."""
    vote(claim, 7, NO, reason="Mine.")
    vote(claim, 8, YES, reason="Theirs.")

    lines = claim_views.view_details(store, GUILD, claim.key, 7).lines

    assert [(line.known, line.reason) for line in lines[1:]] == [(True, "Mine."), (False, None)]
