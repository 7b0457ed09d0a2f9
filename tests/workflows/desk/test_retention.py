"""What is kept for how long: texts of documents, copies of the database, words that are removed."""

from datetime import timedelta

import pytest

from workflows.claims import Verdict
from workflows.desk import audit, backups, privacy, retention, transitions, votes
from workflows.desk import intake as desk_intake
from workflows.desk.retention import Retention
from workflows.intake import Intake
from workflows.policy import Policy

GUILD = 1001
YEAR = timedelta(days=365)
DAY = timedelta(days=1)


@pytest.fixture
def remove(act):
    def run(at, texts=YEAR):
        return act(retention.remove_texts, Retention(texts, None), at)

    return run


@pytest.fixture
def texts(store):
    return lambda: [row[0] for row in store._db.execute("SELECT text FROM documents ORDER BY id")]


@pytest.fixture
def vote(act, person):
    def run(claim, at, verdict=Verdict.SUPPORTED):
        act(votes.cast_vote, GUILD, claim.key, person(7), verdict, at)

    return run


def test_a_text_goes_a_year_after_its_last_claim_was_settled(
    make_team, make_claim, vote, act, remove, texts, store, now
):
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
def test_a_text_with_an_open_claim_stays(team, make_claim, remove, texts, now, age):
    assert make_claim().team == team.id

    assert remove(now + age + DAY) == 0
    assert texts() == ["The bridge is closed."]


def test_a_text_whose_claims_all_stayed_on_the_shelf_goes_too(
    make_team, make_claim, remove, texts, now
):
    make_team(post=0)
    make_claim()

    assert remove(now + YEAR) == 0
    assert remove(now + YEAR + DAY) == 1
    assert texts() == [""]


def test_without_the_setting_every_text_stays(make_team, make_claim, remove, texts, now):
    make_team(post=0)
    make_claim()

    assert remove(now + 10 * YEAR, texts=None) == 0
    assert texts() == ["The bridge is closed."]


def test_a_few_texts_go_at_once_so_that_no_vote_waits(
    act, make_team, found_claim, remove, now, monkeypatch
):
    make_team(post=0)
    for n in range(3):
        words = f"Bridge {n} is closed"
        intake = Intake("Title", None, None, None, "en", words, (found_claim(words),))
        act(desk_intake.add_document, GUILD, intake, None, now)
    monkeypatch.setattr(retention, "AT_ONCE", 2)

    assert [remove(now + YEAR + DAY) for _ in range(3)] == [2, 1, 0]


def test_backups_that_are_too_old_go_but_the_newest_stays(database, tmp_path, now):
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


def test_words_that_are_removed_are_not_in_the_file_any_more(
    act, team, make_claim, person, store, database, now
):
    secret = "The mayor told me so in confidence"
    claim = make_claim()
    act(votes.cast_vote, GUILD, claim.key, person(7), Verdict.REFUTED, now, reason=secret)
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert secret.encode() in database.read_bytes()

    act(privacy.forget_member, GUILD, 7, now)
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    assert team.settings.guild == GUILD
    assert secret.encode() not in database.read_bytes()
