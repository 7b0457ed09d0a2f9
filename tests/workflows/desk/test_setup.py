"""/setup at the desk: a team founded from within its server, settings changed, history kept."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.config.read import read_config
from tests.builders import make_due
from tests.expect import refuses
from workflows.desk import audit, digests, outbox, setup
from workflows.errors import BadInput, NotAllowed
from workflows.policy import PRESETS
from workflows.store.outbox import PostKind, SentMessage
from workflows.teams import Acting, IntakeAccess, make_first_settings, write_settings

GUILD = 1001


@pytest.fixture
def admin(person):
    return person(1, administrator=True)


@pytest.fixture
def set_up(act, admin, now):
    def run(who=None, at=now, policy=None, **wanted):
        return act(setup.set_up, Acting(GUILD, who or admin, at), wanted, policy)

    return run


def test_channel_is_enough(set_up, store):
    """A server without a team gets one with a channel alone."""
    made = set_up(claims_channel=11)

    assert made.founded
    assert made.team.settings == make_first_settings(GUILD, 11)
    assert store.teams.of_guild(GUILD).settings == made.team.settings
    assert audit.replay_all(store) == audit.Report(0, 2, ())


def test_preset_at_start(set_up):
    """A new team starts with the chosen preset."""
    made = set_up(claims_channel=11, policy=PRESETS["newsroom"])

    assert made.team.policy == PRESETS["newsroom"]


def test_channel_is_required(set_up, store):
    """Without a channel for claims no team is created."""
    with refuses(BadInput, "channel-needed"):
        set_up(timezone=ZoneInfo("Asia/Seoul"))

    assert store.teams.of_guild(GUILD) is None


def test_history_names_changes(set_up, team, store, admin):
    """Settings are changed by name, and the history says by whom."""
    done = set_up(
        claims_channel=21,
        moderators_channel=22,
        timezone=ZoneInfo("Asia/Seoul"),
        digest_at=time(8, 30),
        voter_roles=frozenset({5, 6}),
        post=3,
        intake=IntakeAccess.MODERATORS,
        language="en",
    )

    assert not done.founded
    assert set(done.changed) == {
        "claims_channel",
        "moderators_channel",
        "timezone",
        "digest_at",
        "voter_roles",
        "post",
        "intake",
    }
    assert store.teams.get(team.id).settings == done.team.settings
    assert done.team.settings.digest_channel == team.settings.digest_channel
    assert store.history.settings(team.id) == write_settings(done.team.settings)
    assert store.teams.find_member(team.id, admin.discord_id) is not None
    assert audit.replay_all(store).differences == ()


def test_no_change_no_trace(set_up, team, contents):
    """A change that changes nothing leaves no trace."""
    before = contents()

    assert set_up(claims_channel=team.settings.claims_channel).changed == ()
    assert contents() == before


def test_digest_follows_claims(set_up):
    """A digest without a channel of its own follows the claims."""
    set_up(claims_channel=11)

    assert set_up(claims_channel=21).team.settings.digest_channel == 21
    assert set_up(digest_channel=31).team.settings.digest_channel == 31
    assert set_up(claims_channel=41).team.settings.digest_channel == 31


def test_passed_hours_owe_nothing(act, set_up, team, store, now):
    """A new hour owes no digest for hours that are over.

    At noon in UTC it is 13:00 in Berlin: 09:00 is over, and 10:00 is no new digest of today.
    """
    at = now + timedelta(days=1)

    set_up(at=at, digest_at=time(10, 0))

    coming = digests.find_next(store, GUILD, at)
    assert coming.due_at > at
    assert coming.local_date.isoformat() == "2026-03-04"
    assert coming.team.id == team.id
    assert [made.result.value for made in act(make_due, at)] == []


def test_administrators_only(set_up, team, store, person, contents):
    """Only administrators can see and change the setup."""
    before = contents()

    for who in (person(5), person(6, manages=True)):
        with refuses(NotAllowed, "administrators-only"):
            set_up(who, claims_channel=21)
        with pytest.raises(NotAllowed):
            setup.look_up(store, GUILD, who)

    assert setup.look_up(store, GUILD, person(7, administrator=True)).id == team.id
    assert contents() == before


def test_audit_finds_tampering(set_up, team, store):
    """A setting changed behind history's back is found by the audit."""
    set_up(post=3)
    store.teams.change_settings(team.id, replace(team.settings, post=4))

    (difference,) = audit.replay_all(store).differences

    assert difference.endswith("The setting post is stored as 4, but 3 in the history.")


def test_same_start_either_way(tmp_path):
    """The configuration and /setup start a team alike."""
    file = tmp_path / "config.toml"
    file.write_text(f"[[team]]\nguild = {GUILD}\nclaims_channel = 11\n")

    assert read_config(file).teams[0][0] == make_first_settings(GUILD, 11)


def test_language_redraws_cards(act, set_up, team, store, make_claim, now):
    """Cards of open claims are drawn anew, buttons and all, once the team's language changes."""
    claim = make_claim()
    queued = next(each for each in store.outbox.list_undelivered() if each.kind is PostKind.CLAIM)
    act(outbox.mark_sent, queued, SentMessage(4711), claim.version, now)
    assert store.outbox.cards_behind(0)[1] == ()

    set_up(language="ko")

    assert [card.message for card in store.outbox.cards_behind(0)[1]] == [4711]
    assert team
