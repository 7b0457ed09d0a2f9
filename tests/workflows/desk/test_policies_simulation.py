"""/policy simulate: a team's history, read only, under rules somebody typed."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.i18n.translator import translator_for
from bot.rendering.simulations import simulation_lines
from tests.expect import refuses
from workflows.claims import Verdict
from workflows.desk import policies, votes
from workflows.errors import BadInput, NotFound, Refused
from workflows.policy import Policy
from workflows.teams import Acting

GUILD = 1001


@pytest.fixture
def voted(act, make_team, make_claim, person, now):
    """Three claims: one decided, one divided, one whose votes are hidden."""
    make_team(Policy(evidence=0, hold=timedelta(0)))
    claims = [make_claim(f"Claim {n}") for n in range(3)]
    for claim, verdicts in zip(claims, ("yyy", "yyn", "nn"), strict=True):
        for voter, letter in enumerate(verdicts, 7):
            verdict = Verdict.SUPPORTED if letter == "y" else Verdict.REFUTED
            at = now + timedelta(hours=voter)
            act(votes.cast_vote, Acting(GUILD, person(voter), at), claim.key, verdict)
    return claims


@pytest.mark.usefixtures("voted")
def test_differences_without_hidden(store, contents, now):
    """A simulation shows what would differ and leaves out what is hidden."""
    before = contents()
    seen = []

    simulated = policies.simulate_policy(
        store,
        GUILD,
        None,
        [("quorum", "2"), ("share", "1")],
        now + timedelta(days=9),
        progress=lambda *each: seen.append(each),
    )

    assert simulation_lines(simulated, translator_for("en")) == [
        "No verdict would be different.",
        "2 verdicts would be the same but at a different time (median 60 minutes sooner).",
        "#1 · Supported · 60 minutes sooner",
        "#2 · Supported · 60 minutes sooner",
        (
            "2 claims were replayed under these rules."
            " 1 was left out because its votes are still hidden."
        ),
    ]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert contents() == before


@pytest.mark.usefixtures("voted")
def test_untold_rules_are_named(store, now):
    """Rules that history cannot simulate are named."""
    rules = [("quorum", "4"), ("reason", "required"), ("member_days", "7")]

    lines = simulation_lines(
        policies.simulate_policy(store, GUILD, None, rules, now), translator_for("en")
    )

    assert lines[:3] == [
        "2 verdicts of 2 would be different.",
        "#1 · Supported → In review",
        "#2 · Supported → In review",
    ]
    assert lines[-1] == "The history can't show what reason and member_days would do."


@pytest.mark.usefixtures("voted")
def test_bad_rule_is_refused(store, now):
    """A rule that cannot be tried is refused."""
    with refuses(BadInput, name="quorum"):
        policies.simulate_policy(store, GUILD, None, [("quorum", "many")], now)
    with refuses(BadInput, "rule-needed"):
        policies.simulate_policy(store, GUILD, None, [], now)
    with refuses(Refused, "unchanged"):
        policies.simulate_policy(store, GUILD, None, [("quorum", "3")], now)
    with pytest.raises(NotFound):
        policies.simulate_policy(store, 2002, None, [("quorum", "2")], now)


@pytest.mark.usefixtures("voted")
def test_terminal_prints_it(database, tmp_path):
    """The terminal prints the simulation."""
    config = tmp_path / "config.toml"
    config.write_text(
        f"[store]\npath = '{database}'\n[[team]]\nguild = {GUILD}\nclaims_channel = 11\n"
    )
    asked = ["policy", "simulate", "--guild", str(GUILD), "--config", str(config)]

    tried = CliRunner().invoke(main, [*asked, "--set", "quorum=4"])
    wrong = CliRunner().invoke(main, [*asked, "--set", "quorum"])

    assert tried.exit_code == 0, tried.output
    assert tried.stdout.splitlines()[0] == "2 verdicts of 2 would be different."
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "name=value" in wrong.stderr
