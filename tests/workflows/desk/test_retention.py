"""What is kept for how long: texts of documents, copies of the database, words that are removed."""

from datetime import timedelta

import pytest

from workflows.claims import Verdict
from workflows.desk import audit, backups, privacy, retention, transitions, votes
from workflows.desk import intake as desk_intake
from workflows.desk.retention import Retention
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.teams import Acting

GUILD = 1001
YEAR = timedelta(days=365)
DAY = timedelta(days=1)


@pytest.fixture
def remove(act):
    def run(at, texts=YEAR):
        return act(retention.remove_texts, Retention(texts, None), at)

    return run


@pytest.fixture
def texts(db):
    return lambda: [row[0] for row in db.execute("SELECT text FROM documents ORDER BY id")]


@pytest.fixture
def vote(act, person):
    def run(claim, at, verdict=Verdict.SUPPORTED):
        act(votes.cast_vote, Acting(GUILD, person(7), at), claim.key, verdict)

    return run


def test_text_goes_after_a_year(make_team, make_claim, vote, act, remove, texts, store, now):
    """A text is removed a year after its last claim was settled."""
    make_team(Policy(quorum=1, evidence=0))
    claim = make_claim()
    vote(claim, now + 100 * DAY)
    act(transitions.apply_all_due, now + 101 * DAY)

    assert remove(now + 101 * DAY + YEAR) == 0
    assert texts() == ["The bridge is closed."]
    assert remove(now + 101 * DAY + YEAR + DAY) == 1
    assert texts() == [""]
    assert store.documents.get(1).title == "Title"
    assert audit.replay_all(store).differences == ()


@pytest.mark.parametrize("age", [YEAR, 10 * YEAR])
def test_open_claim_keeps_text(team, make_claim, remove, texts, now, age):
    """A text with an open claim stays."""
    assert make_claim().team == team.id

    assert remove(now + age + DAY) == 0
    assert texts() == ["The bridge is closed."]


def test_shelved_text_goes(make_team, make_claim, remove, texts, now):
    """A text whose claims all stayed on the shelf is removed too."""
    make_team(post=0)
    make_claim()

    assert remove(now + YEAR) == 0
    assert remove(now + YEAR + DAY) == 1
    assert texts() == [""]


def test_unset_keeps_every_text(make_team, make_claim, remove, texts, now):
    """Without the setting every text stays."""
    make_team(post=0)
    make_claim()

    assert remove(now + 10 * YEAR, texts=None) == 0
    assert texts() == ["The bridge is closed."]


def test_few_texts_at_once(act, make_team, found_claim, remove, now, monkeypatch):
    """Texts are removed a few at a time, so that no vote waits."""
    make_team(post=0)
    for n in range(3):
        words = f"Bridge {n} is closed"
        intake = Intake("Title", None, None, None, "en", words, (found_claim(words),))
        act(desk_intake.add_document, GUILD, intake, None, now)
    monkeypatch.setattr(retention, "AT_ONCE", 2)

    assert [remove(now + YEAR + DAY) for _ in range(3)] == [2, 1, 0]


def test_newest_backup_stays(database, tmp_path, now):
    """Old backups are removed, but the newest stays."""
    folder = tmp_path / "copies"
    folder.mkdir()

    def back_up(day):
        return backups.back_up_if_due(database, folder, 2 * DAY, 9, now + day * DAY, 5 * DAY)

    made = [back_up(day) for day in (0, 2, 4)]
    assert all(made)
    assert back_up(5) is None
    assert sorted(folder.iterdir()) == sorted(made)
    newest = back_up(40)
    assert list(folder.iterdir()) == [newest]


def test_removed_words_leave_file(act, team, make_claim, person, db, database, now):
    """Removed words are no longer in the database file."""
    secret = "The mayor told me so in confidence"
    claim = make_claim()
    act(votes.cast_vote, Acting(GUILD, person(7), now), claim.key, Verdict.REFUTED, reason=secret)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert secret.encode() in database.read_bytes()

    act(privacy.forget_member, GUILD, 7, now)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    assert team.settings.guild == GUILD
    assert secret.encode() not in database.read_bytes()
