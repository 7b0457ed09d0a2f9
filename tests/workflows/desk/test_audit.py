"""The audit: silent while history and tables agree, and plain about each way they may not."""

import contextlib
import sqlite3
from datetime import timedelta

import pytest

from workflows.claims import Stance, Verdict
from workflows.desk import audit, evidence, transitions, votes
from workflows.desk.audit import Report
from workflows.desk.claim_desk import ClaimDesk
from workflows.policy import Policy
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting
from workflows.voting import RULES

GUILD, OTHER = 1001, 2002


@pytest.fixture
def busy_team(act, make_team, make_claim, person, now):
    """Two teams with votes, reasons, links, a settled claim and a shelved one."""
    team = make_team(Policy(quorum=2, weights={5: 2}))
    make_team(guild=OTHER, post=0)
    one, two = make_claim("The bridge is closed"), make_claim("The road is open")
    make_claim("Elsewhere it rains", guild=OTHER)
    later = now + timedelta(hours=1)
    act(
        evidence.attach_link,
        Acting(GUILD, person(7), now),
        one.key,
        "https://a.com/",
        Stance.SUPPORTS,
        note="x",
    )
    act(
        votes.cast_vote,
        Acting(GUILD, person(7, roles={5}), now),
        one.key,
        Verdict.SUPPORTED,
        reason="I saw.",
    )
    act(votes.cast_vote, Acting(GUILD, person(8), now), one.key, Verdict.SUPPORTED)
    act(votes.cast_vote, Acting(GUILD, person(9), later), one.key, Verdict.REFUTED)
    act(votes.take_back_vote, Acting(GUILD, person(9), later), one.key)
    act(transitions.apply_all_due, now + timedelta(days=2))
    act(votes.cast_vote, Acting(GUILD, person(7), now), two.key, Verdict.REFUTED)
    return team


@pytest.fixture
def tamper(db, database):
    """Runs a statement past all guards: references, and the triggers that protect history."""

    def run(statement: str) -> None:
        db.conn.commit()
        with contextlib.closing(sqlite3.connect(database)) as other:
            triggers = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            state = triggers.fetchall()
            for name, _ in state:
                other.execute(f"DROP TRIGGER {name}")
            assert other.execute(statement).rowcount
            for _, sql in state:
                other.execute(sql)
            other.commit()

    return run


@pytest.mark.usefixtures("busy_team")
def test_true_history_is_clean(store):
    """A true history has no differences."""
    assert audit.replay_all(store) == Report(claims=3, events=12, differences=())


def test_one_team_replayed_alone(store, busy_team):
    """One team can be replayed without the others."""
    assert audit.replay_team(store, busy_team.id) == Report(claims=2, events=10, differences=())


def test_empty_database_replays(store):
    """An empty database has nothing to replay."""
    assert audit.replay_all(store) == Report(0, 0, ())


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE claims SET status = 'refuted' WHERE number = 1", "Claim #1: status is stored as"),
        ("UPDATE claims SET status = 'perhaps' WHERE number = 1", "Claim #1: it cannot be read"),
        ("UPDATE claims SET figures = 'null' WHERE number = 1", "Claim #1: it cannot be read"),
        ("UPDATE claims SET since = '2026-03-02T12:00:00.000001+00:00' WHERE number = 1", "since"),
        ("UPDATE claims SET settled_at = NULL WHERE number = 1", "settled_at"),
        ("UPDATE claims SET settles_at = NULL WHERE number = 1", "settles_at"),
        ("UPDATE claims SET extended = 1 WHERE number = 1", "extended"),
        ("UPDATE claims SET tally_shown = 0 WHERE number = 1", "tally_shown"),
        ("UPDATE claims SET supported = 9 WHERE number = 1", "its tally differs"),
        ("UPDATE claims SET sources_for = 2 WHERE number = 1", "in force"),
        ("UPDATE claims SET words = 'No' WHERE number = 1", "its words are not those"),
        ("UPDATE claims SET wording = 2 WHERE number = 1", "version 2 of its words"),
        ("UPDATE claims SET key = 'other' WHERE id = 1", "of another claim"),
        ("UPDATE claims SET number = 9 WHERE number = 2", "Claim #2: the number was given out"),
        ("UPDATE claims SET number = 9 WHERE number = 2", "Claim #9 has a number beyond 2"),
        ("UPDATE claims SET added_at = '2026-01-01T00:00:00+00:00'", "who added it, or when"),
        ("UPDATE claims SET team_id = 2, number = 7 WHERE number = 2", "belongs to another team"),
        ("DELETE FROM claims WHERE number = 2", "refers to a missing row of claims"),
        ("UPDATE votes SET verdict = 'refuted' WHERE claim_id = 1", "verdict of member"),
        ("UPDATE votes SET weight = 7 WHERE claim_id = 1", "weight of member"),
        ("UPDATE votes SET stale = 1 WHERE claim_id = 1", "stale of member"),
        ("UPDATE votes SET wording = 3 WHERE claim_id = 1", "wording of member"),
        ("UPDATE votes SET cast_at = '2026-01-01T00:00:00+00:00'", "at of member"),
        ("UPDATE votes SET reason = NULL", "the words kept with"),
        ("DELETE FROM votes WHERE claim_id = 1", "is replayed only"),
        ("UPDATE votes SET claim_id = 2 WHERE id = 2", "is stored only"),
        ("UPDATE evidence SET stance = 'refutes'", "stance of the link"),
        ("UPDATE evidence SET origin = 'b.com'", "origin of the link"),
        ("UPDATE evidence SET counts = 0", "counts of the link"),
        ("UPDATE evidence SET source_grade = 'A'", "grade of the link"),
        ("UPDATE evidence SET url = 'https://b.com/'", "the address of the link"),
        ("UPDATE evidence SET salt = 'pepper'", "the address of the link"),
        ("UPDATE evidence SET key = 'other'", "is replayed only"),
        ("DELETE FROM evidence", "is replayed only"),
        ("UPDATE texts SET body = 'I did not see.'", "are not those of the history"),
        ("UPDATE policies SET rules = replace(rules, '2/3', '3/4')", "Version 1 of the rules is"),
        ("DELETE FROM policies WHERE team_id = 2", "is absent in the table"),
        ("UPDATE teams SET policy_version = 4 WHERE id = 1", "Version 4 of the rules is in force"),
        ("UPDATE teams SET claims_numbered = 4 WHERE id = 1", "Claims #3 to #4: the numbers"),
        ("UPDATE events SET team_id = 2 WHERE claim_id = 1", "an event belongs to another team"),
        ("UPDATE members SET team_id = 2", "a voter belongs to another team"),
        ("UPDATE events SET kind = 'guessed' WHERE kind = 'settled'", "it cannot be read"),
        ("UPDATE events SET payload = '{' WHERE kind = 'settled'", "it cannot be read"),
        ("UPDATE events SET payload = '[]' WHERE kind = 'settled'", "it cannot be read"),
        ("UPDATE events SET payload = '{' WHERE kind = 'policy_made'", "rules cannot be read"),
        ("DELETE FROM passages WHERE claim_id = 1", "passage 1 is not here"),
        ("UPDATE passages SET claim_id = 2 WHERE claim_id = 1", "#2: passage 1 is here"),
        ("DELETE FROM events WHERE claim_id = 1", "it cannot be read"),
        ("DELETE FROM events WHERE kind = 'settled'", "settled_at is stored as"),
        ("DELETE FROM events WHERE kind = 'vote_taken_back'", "a vote of member"),
        (
            "UPDATE events SET payload = replace(payload, 'in_review', 'conflicting')",
            "decided anew",
        ),
        (
            "UPDATE events SET payload = replace(payload, '\"policy\":1', '\"policy\":8')",
            "was never made",
        ),
    ],
    ids=lambda text: text[:60],
)
@pytest.mark.usefixtures("busy_team")
def test_every_difference_is_named(store, tamper, statement, said):
    """Every difference between history and tables is found and named."""
    tamper(statement)

    differences = audit.replay_all(store).differences

    assert any(said in sentence for sentence in differences), differences
    assert all(sentence.endswith(".") for sentence in differences)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM disagreements WHERE claim_id = 2", "#2: its disagreement (figure) with"),
        ("UPDATE disagreements SET kind = 'polarity'", "its disagreement (polarity) with"),
        ("UPDATE disagreements SET other_id = 3", "a claim that disagrees belongs to another team"),
    ],
)
def test_unfounded_disagreement(store, tamper, make_team, make_claim, statement, said):
    """A disagreement that history does not know is a difference."""
    make_team()
    make_team(guild=OTHER)
    make_claim("10,000 bridges are closed")
    make_claim("20,000 bridges are closed")
    make_claim("Elsewhere it rains", guild=OTHER)
    assert audit.replay_all(store).differences == ()

    tamper(statement)

    assert any(said in sentence for sentence in audit.replay_all(store).differences)


@pytest.mark.usefixtures("busy_team")
def test_missing_trigger(store, db):
    """A missing trigger is a difference."""
    db.execute("DROP TRIGGER events_are_never_removed")

    assert audit.replay_all(store).differences == (
        "The trigger events_are_never_removed does not stand.",
    )


@pytest.mark.usefixtures("busy_team")
def test_older_rules_are_trusted(store, tamper):
    """Outcomes decided under older rules are no differences."""
    older = f"""replace(payload, '"rules":{RULES}', '"rules":{RULES - 1}')"""
    otherwise = f"""replace({older}, '"extended":false', '"extended":true')"""
    tamper(f"UPDATE events SET payload = {otherwise} WHERE claim_id = 2 AND kind = 'vote_cast'")
    tamper("UPDATE claims SET extended = 1 WHERE id = 2")

    assert audit.replay_all(store).differences == ()


@pytest.mark.usefixtures("busy_team")
def test_removed_words_are_fine(store, tamper):
    """Words whose author asked to be forgotten are no difference."""
    tamper("UPDATE votes SET reason = NULL")
    tamper("UPDATE evidence SET note = NULL")
    tamper("DELETE FROM texts")
    tamper("UPDATE members SET discord_id = NULL")

    assert audit.replay_all(store).differences == ()


@pytest.mark.usefixtures("busy_team")
def test_hidden_votes_stay_hidden(store, tamper):
    """A difference does not tell the direction of hidden votes."""
    tamper("UPDATE votes SET verdict = 'supported' WHERE claim_id = 2")
    tamper("UPDATE claims SET supported = 1, refuted = 0 WHERE id = 2")

    differences = audit.replay_all(store).differences

    assert len(differences) == 2
    assert not any(word in str(differences) for word in ("supported", "refuted", "Tally"))


@pytest.mark.usefixtures("busy_team")
def test_audit_cannot_write(database):
    """The audit runs on a connection that cannot write."""
    with contextlib.closing(connections.open_for_reading(database)) as db:
        assert audit.replay_all(ClaimStore(db)).differences == ()


async def test_audit_beside_votes(database, make_team, make_claim, person, now):
    """The audit runs while votes are being written."""
    make_team()
    claim = make_claim()
    desk = ClaimDesk(database)

    for voter in range(20):
        who, verdict = person(voter % 5), [*Verdict][voter % 3]
        vote = desk.write(votes.cast_vote, Acting(GUILD, who, now), claim.key, verdict)
        report = desk.read(audit.replay_all)
        assert (await vote).claim.key == claim.key
        assert (await report).differences == ()

    desk.close()


@pytest.mark.usefixtures("busy_team")
def test_one_moment(store, database, act, person, now, make_claim, monkeypatch):
    """All of an audit is of one moment.

    Between a claim's row and its events another connection may commit a vote.
    """
    claim = make_claim("A third claim")
    with contextlib.closing(connections.open_for_reading(database)) as db:
        reading = ClaimStore(db)
        plain = reading.history.of_claim

        def interrupted(of):
            monkeypatch.setattr(reading.history, "of_claim", plain)
            act(votes.cast_vote, Acting(GUILD, person(9), now), claim.key, Verdict.SUPPORTED)
            return plain(of)

        monkeypatch.setattr(reading.history, "of_claim", interrupted)
        report = audit.replay_all(reading)

    assert report.differences == ()
    assert audit.replay_all(store).events == report.events + 1


def test_every_page_is_replayed(store, team, make_claim, monkeypatch):
    """Every page of a long list is replayed."""
    monkeypatch.setattr("workflows.store.audit._PAGE", 2)
    for number in range(5):
        make_claim(f"Claim {number}")

    assert audit.replay_team(store, team.id).claims == 5
