"""Before the quorum no output differs with the direction of others' votes, wherever one looks."""

import secrets
import shutil
from contextlib import closing
from datetime import timedelta
from itertools import count, product

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.features.search import list_embed
from bot.i18n.translator import translator_for
from bot.rendering.claim_card import claim_embed
from bot.rendering.details import details_embed
from bot.rendering.digest_formats import digest_text
from bot.rendering.history import history_lines
from bot.rendering.simulations import simulation_lines
from workflows.claims import Verdict
from workflows.desk import (
    audit,
    claim_views,
    digests,
    moderation,
    policies,
    search,
    setup,
    vote_removal,
    votes,
    webhooks,
)
from workflows.desk import intake as desk_intake
from workflows.desk.vote_removal import VoteSelection
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.search import ClaimFilter
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting
from workflows.webhooks import Topic

GUILD = 1001
WORDS = translator_for("en")
STRANGER = 99


@pytest.fixture
def seen(migrated, tmp_path, settings, found_claim, person, now, monkeypatch):
    """seen(verdicts): everything that people who did not vote can read, by where they read it.

    Each time in a world of its own, with the same keys.
    """

    def run(*verdicts, then=()):
        keys = count()
        monkeypatch.setattr(secrets, "token_urlsafe", lambda size: f"{next(keys):0{size + 6}}")
        database = shutil.copyfile(migrated, tmp_path / "hidden.db")
        config = tmp_path / "config.toml"
        config.write_text(
            f"[store]\npath = '{database}'\n[[team]]\nguild = {GUILD}\nclaims_channel = 11\n"
        )
        with closing(connections.open_for_writing(database)) as db:
            store, boss = ClaimStore(db), person(1, manages=True)
            setup.create_team(store, settings, Policy(), now)
            hook = Acting(GUILD, boss, now)
            webhooks.add_webhook(store, hook, "https://hook.example.org/", tuple(Topic))
            for words in ("The bridge is shut", "A road was built"):
                intake = Intake("T", None, None, None, "en", words, (found_claim(words),))
                desk_intake.add_document(store, GUILD, intake, None, now)
            for number, (voter, verdict) in product((1, 2), enumerate(verdicts, 7)):
                key, at = claim_views.view_by_number(store, GUILD, number)[0].claim.key, now
                votes.cast_vote(
                    store, Acting(GUILD, person(voter), at), key, verdict, reason="Because."
                )
            for number, (step, verdict) in product((1, 2), then):
                key, later = claim_views.view_by_number(store, GUILD, number)[0].claim.key, now
                _take_step(store, boss, person(50), key, step, verdict, later)
            moderation.drop_claim(
                store, Acting(GUILD, boss, now + timedelta(hours=1)), key, "Not ours."
            )
            return dict(_read(store, db, boss, person(STRANGER), config, now + timedelta(days=8)))

    return run


def _take_step(store, boss, voter, key, step, verdict, at):
    match step:
        case "vote":
            votes.cast_vote(store, Acting(GUILD, voter, at), key, verdict, reason="Because.")
        case "take back":
            votes.take_back_vote(store, Acting(GUILD, voter, at), key)
        case "edit":
            moderation.edit_claim(store, Acting(GUILD, boss, at), key, "Other words", reason="So.")
        case "settle":
            moderation.settle_claim(store, Acting(GUILD, boss, at), key, YES, "It is so.")
        case "reopen":
            moderation.reopen_claim(store, Acting(GUILD, boss, at), key, "Look again.")


def _read(store, db, boss, stranger, config, later):
    for number in (1, 2):
        view, _ = claim_views.view_by_number(store, GUILD, number)
        yield f"card {number}", claim_embed(view, WORDS).to_dict()
        for who in (boss, stranger):
            told = claim_views.view_details(store, GUILD, view.claim.key, who.discord_id)
            yield f"details {number} {who.discord_id}", details_embed(told, WORDS).to_dict()
            yield f"votes told {number} {who.discord_id}", told.votes
        yield f"story {number}", history_lines(audit.audit_claim(store, GUILD, number, boss), WORDS)
    shown = digests.preview_digest(store, GUILD, None, later).view
    yield "digest", (repr(shown.digest), digest_text(shown.digest, WORDS))
    key = search.ask_list(store, Acting(GUILD, stranger, later), ClaimFilter())
    listing = search.read_list(store, Acting(GUILD, stranger, later), key, 1)
    yield "list", list_embed(listing, WORDS).to_dict()
    tried = policies.simulate_policy(
        store, GUILD, None, [("quorum", "1"), ("evidence", "0")], later
    )
    yield "simulation", simulation_lines(tried, WORDS)
    for form in ("csv", "jsonl"):
        arguments = ["export", "--guild", str(GUILD), "--format", form, "--config", str(config)]
        ran = CliRunner().invoke(main, arguments)
        assert ran.exit_code == 0, ran.output
        yield form, ran.stdout
    for account in (7, 8):
        removal = vote_removal.preview_removal(
            store, Acting(GUILD, boss, later), VoteSelection(account)
        )
        yield (
            f"removal of {account}",
            [(each.number, each.votes, each.after) for each in removal.claims],
        )
    pages = config.with_name("pages")
    ran = CliRunner().invoke(
        main, ["publish", str(pages), "--guild", str(GUILD), "--config", str(config)]
    )
    assert ran.exit_code == 0, ran.output
    yield "pages", {each.name: each.read_bytes() for each in pages.rglob("*") if each.is_file()}
    told = db.execute("SELECT body FROM webhook_deliveries ORDER BY id").fetchall()
    yield "webhooks", [body for (body,) in told]
    yield "audit", _differences(store, db)


def _differences(store, db):
    """What the audit says once votes, tallies and statuses have been written over by hand."""
    db.execute("BEGIN")
    db.execute("UPDATE claims SET supported = 2, refuted = 2, not_enough_evidence = 2")
    db.execute("UPDATE votes SET weight = 7")
    said = audit.replay_all(store).differences
    db.execute("ROLLBACK")
    return said


YES, NO, UNSURE = Verdict


@pytest.mark.parametrize("verdicts", [(NO, NO), (UNSURE, YES), (NO, UNSURE)])
def test_no_output_differs(seen, verdicts):
    """No output differs with the direction of votes before the quorum."""
    ours, theirs = seen(YES, YES), seen(*verdicts)

    assert [where for where in ours if ours[where] != theirs[where]] == []
    assert str(ours).count("<@7> voted.") == 6  # in two details of two claims, and two stories
    assert len(ours["audit"]) > 3


@pytest.mark.parametrize("verdicts", [(NO, NO), (UNSURE, YES)])
def test_one_voter_unmasks_nobody(seen, verdicts):
    """Somebody who makes the quorum and takes the vote back learns nothing that stays."""
    then = (("vote", UNSURE), ("take back", None))
    ours, theirs = seen(YES, YES, then=then), seen(*verdicts, then=then)

    assert [where for where in ours if ours[where] != theirs[where]] == []


@pytest.mark.parametrize("then", [("edit",), ("settle", "reopen")])
def test_first_vote_of_a_new_round(seen, then):
    """After an edit or a reopening the first new vote is as hidden as the first of all."""
    steps = [(step, None) for step in then]
    ours, theirs = (seen(YES, YES, YES, then=(*steps, ("vote", each))) for each in (YES, NO))

    assert [where for where in ours if ours[where] != theirs[where]] == []


def test_outputs_differ_later(seen):
    """After the quorum the outputs do differ.

    So that the promise above is no promise about nothing.
    """
    ours, theirs = seen(YES, YES, YES), seen(NO, NO, NO)

    differing = {where for where in ours if ours[where] != theirs[where]}
    before_the_end = {"list", "pages", "removal of 7", "removal of 8", "webhooks"}
    assert differing == set(ours) - before_the_end
