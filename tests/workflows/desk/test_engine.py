"""What an engine was answered is kept as long as the text, and its use is counted by the day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from workflows.desk import drafts, engine, intake, privacy, retention, setup
from workflows.desk.retention import Retention
from workflows.engines import EngineRecord, ReadingReport
from workflows.ids import make_hash
from workflows.intake import Intake
from workflows.teams import Acting

pytestmark = pytest.mark.usefixtures("team")
GUILD = 1001
TEXT = "The bridge is closed."
READ = ReadingReport(EngineRecord("small-1b", "1-abc", "model.example"), "ko", dropped=2)


@pytest.fixture
def bring(act, person, now, found_claim):
    """A draft of a text whose engine has answered, read."""

    def run(discord_id=7):
        acting = Acting(GUILD, person(discord_id), now)
        kept = act(drafts.keep_draft, acting, Intake("T", None, None, None, "en", TEXT, ()))
        key = kept.draft.key
        keep(act, now)
        found = [found_claim("The bridge is closed")]
        met = act(drafts.match_claims, GUILD, key, found, now)
        return acting, act(drafts.keep_claims, GUILD, key, found, met, now, READ).draft

    return run


def keep(act, now, key="k", text=TEXT):
    act(engine.keep_answer, GUILD, key, make_hash(text), "{}", now)


def is_kept(act):
    return bool(act(engine.find_answers, GUILD, ["k"]))


def test_document(bring, act, store):
    """With the document its answers stay; the events tell the model and the prompts."""
    acting, draft = bring()
    taken = act(drafts.finish_draft, acting, draft.key, None)
    assert is_kept(act)
    assert (taken.document.engine, taken.document.language) == (READ.engine, "ko")
    [claim] = store.claims.of_document(taken.document)
    (told,) = store._db.execute(
        "SELECT payload FROM events WHERE kind = 'claim_added' AND claim_id = ?", [claim.id]
    ).fetchone()
    assert '"engine":"llm small-1b 1-abc model.example"' in told


def test_same_text_again(bring):
    """The same text brought again is the draft there is, with how it was read."""
    _, draft = bring()
    _, again = bring()
    assert again == draft
    assert again.intake.reading == READ


def test_discarded(bring, act):
    """Of a text that is discarded nothing is kept."""
    acting, draft = bring()
    act(drafts.discard_draft, acting, draft.key)
    assert not is_kept(act)


def test_two_drafts(bring, act):
    """Answers stay while anybody else waits with the same text."""
    acting, draft = bring()
    bring(8)
    act(drafts.discard_draft, acting, draft.key)
    assert is_kept(act)


def test_forgotten(bring, act, now):
    """Whoever is forgotten leaves no words of their drafts behind in answers."""
    bring()
    act(privacy.forget_member, GUILD, 7, now)
    assert not is_kept(act)


def test_text_removed(act, now, store, person, found_claim):
    """Answers go with the document's text."""
    document = Intake("T", None, None, None, "en", TEXT, (found_claim("It leaks"),))
    act(intake.add_document, GUILD, document, person(7), now)
    keep(act, now)
    store._db.execute("UPDATE claims SET status = 'shelved'")
    later = now + timedelta(days=400)
    removed = act(retention.remove_texts, Retention(timedelta(days=30), None), later)
    assert removed == 1
    assert not is_kept(act)


def test_never_taken_in(act, now):
    """Answers for a text that never came in go a day later, with the next request."""
    keep(act, now)
    act(engine.take_request, GUILD, 0, now + timedelta(hours=1))
    assert is_kept(act)
    act(engine.take_request, GUILD, 0, now + timedelta(days=2))
    assert not is_kept(act)


def test_share_of_the_day(act, now):
    """A team's requests are counted by its local day."""
    assert act(engine.take_request, GUILD, 2, now)
    assert act(engine.take_request, GUILD, 2, now)
    assert not act(engine.take_request, GUILD, 2, now)
    assert act(engine.take_request, GUILD, 2, now + timedelta(days=1))


def test_tokens(act, now, store):
    """The tokens of a day are added up."""
    act(engine.take_request, GUILD, 0, now)
    for _ in range(2):
        act(engine.add_tokens, GUILD, 100, 10, now)
    [row] = store._db.execute("SELECT tokens_shown, tokens_written FROM engine_use").fetchall()
    assert tuple(row) == (200, 20)


def test_permission(act, person, now, store):
    """Texts go to the one host that an administrator named, and the history says so."""
    assert not act(engine.may_send_texts, GUILD, "model.example")
    admin = replace(person(9), administrator=True)
    act(setup.set_up, Acting(GUILD, admin, now), {"send_texts_to": "model.example"})
    assert act(engine.may_send_texts, GUILD, "model.example")
    assert not act(engine.may_send_texts, GUILD, "other.example")
    [told] = store._db.execute(
        "SELECT payload FROM events WHERE kind = 'settings_changed' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert '"send_texts_to":"model.example"' in told
