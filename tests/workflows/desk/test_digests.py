"""Digests over a real database: one for each day, and each tells what is new since the last."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.builders import build_found_claim, build_settings, build_source, make_due
from tests.digest_calendar import walk
from tests.expect import refuses
from workflows.claims import FoundClaim, Hedge, Stance, Verdict
from workflows.desk import digests, evidence, feeds, outbox, setup, transitions, votes
from workflows.desk import intake as desk_intake
from workflows.digest.sections import CardLink, Section
from workflows.digest.team_digest import FeedDocuments
from workflows.documents.feed_files import ParsedFeed
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.feeds import FeedItem, FeedTarget, FeedTerms
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.store.digests import RunResult
from workflows.store.outbox import PostKind, SentMessage
from workflows.teams import Acting, Person, Settings

GUILD, CHANNEL = 1, 33
FOUNDED = datetime(2026, 11, 22, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUE = datetime(2026, 11, 23, 8, tzinfo=UTC)  # 09:00 in Berlin, a Monday
TUESDAY, WEDNESDAY = DUE + DAY, DUE + 2 * DAY


def person(discord_id: int, *, moderates: bool = False) -> Person:
    return Person(discord_id, frozenset(), None, moderates, administrator=False)


MODERATOR = person(9, moderates=True)


def settings_for(guild: int, zone: str = "Europe/Berlin") -> Settings:
    return build_settings(
        guild,
        claims_channel=22,
        digest_channel=CHANNEL,
        timezone=ZoneInfo(zone),
        post_threshold=0.2,
    )


@pytest.fixture
def store(db):
    store = ClaimStore(db)
    setup.create_team(store, settings_for(GUILD), Policy(quorum=2), FOUNDED)
    return store


def found(words: str, worth: float) -> FoundClaim:
    link = build_source("it", cue="said", resolved="The BBC")
    return build_found_claim(
        words, attribution=(link,), hedge=Hedge.REPORTED, hedge_cue="said", check_worthiness=worth
    )


def take_in(store, at, claims=1, *, text="a document", worth=0.5):
    """Take a document in; the keys of its claims."""
    intake = Intake(
        text, None, None, None, "en", text, tuple(found(f"c{n}", worth) for n in range(claims))
    )
    document = desk_intake.add_document(store, GUILD, intake, None, at).document
    return [claim.key for claim in store.claims.of_document(document)]


def decide(store, key, at, verdict=Verdict.SUPPORTED):
    stance = Stance.SUPPORTS if verdict is Verdict.SUPPORTED else Stance.REFUTES
    evidence.attach_link(
        store, Acting(GUILD, person(1), at), key, f"https://example.org/{stance}", stance
    )
    for voter in (1, 2):
        votes.cast_vote(store, Acting(GUILD, person(voter), at), key, verdict)


def queued(store) -> list:
    return [post for post in store.outbox.list_undelivered() if post.kind is PostKind.DIGEST]


def deliver_and_make(store, at):
    """The digests due at a time, after those before them have gone out."""
    for post in queued(store):
        store.outbox.mark_sent(post, SentMessage(100 + post.id), 0)
    return make_due(store, at)


def told(store, at) -> dict[Section, list[int]]:
    """What the last queued digest says at this time."""
    digest = digests.view_run(store, queued(store)[-1].subject, at).digest
    found = dict[Section, list[int]]()
    for entry in (*digest.news, *digest.tasks):
        found.setdefault(entry.section, []).append(entry.claim.number)
    return found


def results(made) -> list[tuple[date, RunResult]]:
    return [(each.local_date, each.result) for each in made]


# --------------------------------------------------------------------------------- once a day


def test_made_at_its_hour(store):
    """A digest is made when its hour has come, and not before."""
    take_in(store, FOUNDED)

    assert digests.find_next_due(store, FOUNDED) == DUE
    assert make_due(store, DUE - timedelta(seconds=1)) == ()
    assert results(make_due(store, DUE)) == [(date(2026, 11, 23), RunResult.POSTED)]
    assert [(post.channel, post.kind) for post in queued(store)] == [(CHANNEL, PostKind.DIGEST)]


def test_ringing_twice(store):
    """Ringing twice changes nothing."""
    take_in(store, FOUNDED)
    make_due(store, DUE)

    assert make_due(store, DUE) == ()
    assert make_due(store, DUE + HOUR) == ()
    assert len(queued(store)) == 1
    assert digests.find_next_due(store, DUE + HOUR) == TUESDAY


def test_two_processes_one_digest(database, store):
    """Two processes that ring at once make one digest."""
    take_in(store, FOUNDED)
    store._db.conn.commit()
    start = threading.Barrier(2)

    def ring():
        db = connections.open_for_writing(database)
        start.wait()
        db.conn.execute("BEGIN IMMEDIATE")
        make_due(ClaimStore(db), DUE)
        db.conn.execute("COMMIT")
        db.close()

    threads = [threading.Thread(target=ring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(queued(store)) == 1


def test_empty_digest_not_posted(store):
    """A digest with nothing to say is recorded and not posted."""
    assert results(make_due(store, DUE)) == [(date(2026, 11, 23), RunResult.EMPTY)]
    assert queued(store) == []
    assert make_due(store, DUE) == ()


def test_late_digest_says_so(store):
    """A digest less than six hours late is posted and says that it is late."""
    take_in(store, FOUNDED)
    now = DUE + timedelta(hours=5, minutes=59)

    make_due(store, now)

    digest = digests.view_run(store, queued(store)[0].subject, now).digest
    assert digest.late
    assert digest.due_at == DUE


def test_too_late_is_skipped(store):
    """A digest more than six hours late is skipped, and the next one says so."""
    take_in(store, FOUNDED)

    assert results(make_due(store, DUE + 6 * HOUR)) == [(date(2026, 11, 23), RunResult.SKIPPED)]
    assert queued(store) == []

    make_due(store, TUESDAY)
    digest = digests.view_run(store, queued(store)[0].subject, TUESDAY).digest
    assert digest.skipped == (date(2026, 11, 23),)
    assert digest.covers.after == FOUNDED


def test_held_up_digests_are_skipped(store):
    """However long posts were held up, one digest comes at most, and it names the skipped days."""
    take_in(store, FOUNDED)
    for day in range(4):
        make_due(store, DUE + day * DAY)

    (post,) = queued(store)
    digest = digests.view_run(store, post.subject, DUE + 3 * DAY).digest
    assert digest.skipped == tuple(date(2026, 11, 23 + day) for day in range(3))
    assert digest.covers.after == FOUNDED


def test_a_digest_waits_six_hours(store):
    """A digest whose post was held up for six hours is not sent, and the next one says so."""
    take_in(store, FOUNDED)
    make_due(store, DUE)
    (post,) = queued(store)

    assert not outbox.begin_sending(store, post, DUE + 6 * HOUR)
    make_due(store, TUESDAY)

    (post,) = queued(store)
    assert outbox.begin_sending(store, post, TUESDAY)
    digest = digests.view_run(store, post.subject, TUESDAY).digest
    assert digest.skipped == (date(2026, 11, 23),)


def test_skipped_day_told_once(store):
    """A skipped day is mentioned once, and an empty digest does not use that up."""
    deliver_and_make(store, DUE + 6 * HOUR)
    assert results(deliver_and_make(store, TUESDAY)) == [(date(2026, 11, 24), RunResult.EMPTY)]
    take_in(store, TUESDAY + HOUR)

    deliver_and_make(store, WEDNESDAY)
    first = digests.view_run(store, queued(store)[-1].subject, WEDNESDAY).digest
    deliver_and_make(store, WEDNESDAY + DAY)
    second = digests.view_run(store, queued(store)[-1].subject, WEDNESDAY + DAY).digest

    assert first.skipped == (date(2026, 11, 23),)
    assert first.covers.after == TUESDAY
    assert second.skipped == ()


def test_days_away(store):
    """After days away one digest comes and covers them all."""
    (key,) = take_in(store, FOUNDED)
    make_due(store, DUE)
    decide(store, key, DUE + HOUR)

    made = make_due(store, DUE + 4 * DAY)

    assert [result for _, result in results(made)] == [RunResult.SKIPPED] * 3 + [RunResult.POSTED]
    assert told(store, DUE + 4 * DAY) == {Section.DECIDED: [1]}


def test_own_hour_each(store):
    """Each team has its digest at its own hour."""
    setup.create_team(store, settings_for(2, "Asia/Seoul"), Policy(), FOUNDED)

    assert digests.find_next_due(store, FOUNDED) == datetime(2026, 11, 23, 0, tzinfo=UTC)
    assert [made.team.settings.guild for made in make_due(store, DUE - HOUR)] == [2]
    assert [made.team.settings.guild for made in make_due(store, DUE)] == [1]


def test_no_team_nothing_due(database):
    """Without a team nothing is ever due."""
    db = connections.open_for_writing(database)

    assert digests.find_next_due(ClaimStore(db), DUE) is None
    assert make_due(ClaimStore(db), DUE) == ()
    db.close()


# ------------------------------------------------------------------------- what is new since


def test_decided_told_once(store):
    """A claim that one digest reported as decided is not in the next."""
    (key,) = take_in(store, FOUNDED)
    decide(store, key, FOUNDED + HOUR)

    deliver_and_make(store, DUE)
    assert told(store, DUE) == {Section.DECIDED: [1]}

    deliver_and_make(store, TUESDAY)
    assert told(store, TUESDAY) == {Section.DECIDED: [1]}  # settled meanwhile: that is news

    assert results(deliver_and_make(store, WEDNESDAY)) == [(date(2026, 11, 25), RunResult.EMPTY)]


def test_hold_settled_in_digest(store):
    """A hold that ended before the hour shows as settled in the digest."""
    (key,) = take_in(store, FOUNDED)
    decide(store, key, FOUNDED)
    at = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)  # the hold ended; nobody has settled it

    make_due(store, at)

    digest = digests.view_run(store, queued(store)[0].subject, at).digest
    assert digest.news[0].claim.state.settled_at == FOUNDED + DAY
    assert transitions.apply_all_due(store, at) == ()


def test_flipped_verdict(store):
    """A verdict that flipped since the last digest is a change of mind."""
    (key,) = take_in(store, FOUNDED)
    decide(store, key, DUE - HOUR)
    deliver_and_make(store, DUE)

    decide(store, key, DUE + HOUR, Verdict.REFUTED)
    deliver_and_make(store, TUESDAY)

    assert told(store, TUESDAY) == {Section.CHANGED: [1]}


def test_lost_verdict(store):
    """A verdict that was lost is a change of mind too."""
    (key,) = take_in(store, FOUNDED)
    decide(store, key, DUE - HOUR)
    deliver_and_make(store, DUE)

    votes.take_back_vote(store, Acting(GUILD, person(1), DUE + HOUR), key)
    deliver_and_make(store, TUESDAY)

    assert told(store, TUESDAY) == {Section.CHANGED: [1]}


def test_flip_between_digests(store):
    """A verdict reached and flipped between two digests is simply decided."""
    (key,) = take_in(store, FOUNDED)
    decide(store, key, FOUNDED + HOUR)
    decide(store, key, FOUNDED + 2 * HOUR, Verdict.REFUTED)

    make_due(store, DUE)

    assert told(store, DUE) == {Section.DECIDED: [1]}


def test_entry_names_its_origin(store):
    """An entry names source, hedge and document, and links to the newest card."""
    take_in(store, FOUNDED, text="The document")
    claim_post = store.outbox.list_undelivered()[1]
    store.outbox.mark_sent(claim_post, SentMessage(4711), 1)
    make_due(store, DUE)

    digest = digests.view_run(store, queued(store)[0].subject, DUE).digest

    entry = digest.tasks[0].claim
    assert (entry.source, entry.hedge) == ("The BBC", Hedge.REPORTED)
    assert entry.document == "The document"
    assert (entry.link.channel, entry.link.message) == (22, 4711)


def test_shelved_claims_are_counted(store):
    """Claims on the shelf are counted and not listed."""
    take_in(store, FOUNDED, text="one")
    take_in(store, FOUNDED, claims=3, text="other", worth=0.1)
    make_due(store, DUE)

    digest = digests.view_run(store, queued(store)[0].subject, DUE).digest

    assert digest.shelved == 3
    assert digest.open == 1


# ------------------------------------------------------------------------ days and pauses


def test_days_without_digest(store):
    """On days without a digest none is owed and none is skipped."""
    setup.create_team(
        store, replace(settings_for(2), digest_days=frozenset({0, 4})), Policy(), FOUNDED
    )

    made = [
        each
        for day in range(8)
        for each in make_due(store, DUE + day * DAY)
        if each.team.settings.guild == 2
    ]

    assert [each.local_date.day for each in made] == [23, 27, 30]
    assert RunResult.SKIPPED not in [each.result for each in made]


def test_paused_digest(store):
    """While paused no digest is owed, and afterwards none is called missing."""
    take_in(store, FOUNDED)

    paused = digests.pause(store, Acting(GUILD, MODERATOR, FOUNDED), date(2026, 11, 26))
    made = [each for day in range(4) for each in make_due(store, DUE + day * DAY)]

    assert (paused.paused, paused.due_at) == (True, DUE + 3 * DAY)
    assert results(made) == [(date(2026, 11, 26), RunResult.POSTED)]
    digest = digests.view_run(store, queued(store)[0].subject, DUE + 3 * DAY).digest
    assert (digest.skipped, digest.covers.after) == ((), FOUNDED)


def test_pause_ended_early(store):
    """A pause that is ended early owes nothing for its days."""
    take_in(store, FOUNDED)
    digests.pause(store, Acting(GUILD, MODERATOR, FOUNDED), date(2026, 12, 24))

    coming = digests.resume(store, Acting(GUILD, MODERATOR, TUESDAY + HOUR))

    assert (coming.paused, coming.due_at) == (False, WEDNESDAY)
    assert make_due(store, TUESDAY + HOUR) == ()
    assert results(make_due(store, WEDNESDAY)) == [(date(2026, 11, 25), RunResult.POSTED)]


def test_due_when_pause_begins(store):
    """A digest already due when a pause begins is still made."""
    take_in(store, FOUNDED)

    digests.pause(store, Acting(GUILD, MODERATOR, DUE + HOUR), date(2026, 11, 30))

    assert len(queued(store)) == 1


@pytest.mark.parametrize("until", [date(2026, 11, 22), date(2020, 1, 1), date(2027, 11, 24)])
def test_pause_within_a_year(store, until):
    """A pause ends after today and within a year."""
    with refuses(BadInput, today="2026-11-22"):
        digests.pause(store, Acting(GUILD, MODERATOR, FOUNDED), until)


def test_moderators_pause(store):
    """Only moderators can pause and resume the digest."""
    for action in (
        lambda: digests.pause(store, Acting(GUILD, person(1), FOUNDED), date(2026, 11, 26)),
        lambda: digests.resume(store, Acting(GUILD, person(1), FOUNDED)),
    ):
        with pytest.raises(NotAllowed):
            action()
    with refuses(Refused, "not-paused"):
        digests.resume(store, Acting(GUILD, MODERATOR, FOUNDED))


def test_changed_settings(store):
    """Hours that were not the team's when they passed are not owed.

    Settings that change move the digest, and neither double one nor make one late.
    """
    take_in(store, FOUNDED)
    make_due(store, DUE)
    team = store.teams.of_guild(GUILD)

    digests.before_rescheduling(store, team, TUESDAY - HOUR)
    store._db.execute("UPDATE teams SET digest_at = '07:00', timezone = 'Asia/Seoul'")

    assert make_due(store, TUESDAY) == ()
    assert digests.find_next_due(store, TUESDAY) == datetime(2026, 11, 24, 22, tzinfo=UTC)


# ------------------------------------------------------------------------------- on request


def test_digest_on_request(store):
    """A moderator gets a digest at once, and the day keeps its own."""
    take_in(store, FOUNDED)

    digests.make_now(store, Acting(GUILD, MODERATOR, DUE - HOUR))

    assert len(queued(store)) == 1
    assert results(deliver_and_make(store, DUE)) == [(date(2026, 11, 23), RunResult.POSTED)]
    assert len(queued(store)) == 1


def test_request_takes_nothing(store):
    """A digest on request takes nothing from the next one."""
    (key,) = take_in(store, FOUNDED)
    decide(store, key, DUE - 2 * HOUR)
    digests.make_now(store, Acting(GUILD, MODERATOR, DUE - HOUR))

    make_due(store, DUE)

    assert told(store, DUE) == {Section.DECIDED: [1]}


def test_request_since_daily(store):
    """A digest on request tells what is new since the day's own."""
    (key,) = take_in(store, FOUNDED)
    make_due(store, DUE)
    decide(store, key, DUE + HOUR)

    digests.make_now(store, Acting(GUILD, MODERATOR, DUE + 2 * HOUR))

    assert told(store, DUE + 2 * HOUR) == {Section.DECIDED: [1]}


def test_request_within_hour(store):
    """Asked for again within the hour, the digest that stands is shown, unless it is gone."""
    take_in(store, FOUNDED)
    first, again = (Acting(GUILD, MODERATOR, DUE + minutes) for minutes in (HOUR, 1.5 * HOUR))

    assert digests.make_now(store, first).stands is False
    assert digests.make_now(store, again) == digests.DigestNow(store.teams.of_guild(GUILD), True)
    store.outbox.mark_sent(queued(store)[0], SentMessage(4711), 0)
    stands = digests.make_now(store, again)
    assert (stands.stands, stands.link) == (True, CardLink(CHANNEL, 4711))
    assert queued(store) == []

    assert digests.make_now(store, again, instead_of=stands.link).stands is False
    assert len(queued(store)) == 1
    later = Acting(GUILD, MODERATOR, DUE + 2.5 * HOUR)
    assert digests.make_now(store, later).stands is False


def test_section_lists(store):
    """A digest's counts lead to the claims counted, as they stand when asked for."""
    keys = take_in(store, FOUNDED, claims=4)
    decide(store, keys[0], FOUNDED + HOUR)
    votes.cast_vote(store, Acting(GUILD, person(1), FOUNDED), keys[1], Verdict.SUPPORTED)
    team = store.teams.of_guild(GUILD)

    def listed(section):
        return sorted(digests.list_section(store, team, section, FOUNDED - HOUR, DUE))

    assert listed(Section.DECIDED) == [1]
    assert listed(Section.ONE_VOTE_AWAY) == [2]
    assert listed(Section.NEW) == [3, 4]
    assert listed(Section.CONFLICTING) == []


def test_feeds_are_named(store):
    """Documents that came in from feeds are counted by feed, within the digest's time."""
    acting = Acting(GUILD, MODERATOR, FOUNDED)
    feed = feeds.add_feed(store, acting, "https://example.org/feed", FeedTerms(FeedTarget.POST, 5))
    items = tuple(FeedItem(str(n), None, "t", f"text {n}", None) for n in range(2))
    feeds.keep_poll(store, feed, ParsedFeed("Harbour News", items), None, None, FOUNDED)
    for n, item in enumerate(items):
        intake = Intake(f"t{n}", None, None, None, "en", f"text {n}", (found(f"c{n}", 0.5),))
        met = feeds.match_item(store, feed, item, intake, FOUNDED)
        feeds.take_item(store, feed, item, intake, met, FOUNDED + HOUR)
    make_due(store, DUE)

    digest = digests.view_run(store, queued(store)[-1].subject, DUE).digest
    assert digest.feeds == (FeedDocuments("Harbour News", 2),)
    for post in queued(store):
        store.outbox.mark_sent(post, SentMessage(100 + post.id), 0)
    make_due(store, TUESDAY)
    assert digests.view_run(store, queued(store)[-1].subject, TUESDAY).digest.feeds == ()


def test_moderators_request(store):
    """Only moderators can ask for a digest."""
    take_in(store, FOUNDED)

    with pytest.raises(NotAllowed):
        digests.make_now(store, Acting(GUILD, person(1), DUE))
    assert queued(store) == []


def test_nothing_to_say(store):
    """With nothing to say, the moderator is told so."""
    with refuses(Refused, "nothing-to-say"):
        digests.make_now(store, Acting(GUILD, MODERATOR, DUE))


def test_server_without_team(store):
    """A server without a team has no digest."""
    for ask in (
        lambda: digests.make_now(store, Acting(404, MODERATOR, DUE)),
        lambda: digests.queue_for(store, 404, None, DUE),
        lambda: digests.preview_digest(store, 404, None, DUE),
    ):
        with pytest.raises(NotFound):
            ask()


def test_terminal_queues_once(store):
    """The terminal queues a day's digest once."""
    take_in(store, FOUNDED)

    first = digests.queue_for(store, GUILD, None, DUE - HOUR)
    again = digests.queue_for(store, GUILD, date(2026, 11, 23), DUE - HOUR)

    assert (first.result, first.known) == (RunResult.POSTED, False)
    assert (again.result, again.known) == (RunResult.POSTED, True)
    assert first.view.digest.tasks
    assert again.view == first.view
    assert make_due(store, DUE) == ()
    assert len(queued(store)) == 1


def test_skipped_can_be_had(store):
    """A skipped digest can still be made from the terminal."""
    take_in(store, FOUNDED)
    deliver_and_make(store, DUE + 6 * HOUR)

    made = digests.queue_for(store, GUILD, date(2026, 11, 23), DUE + 7 * HOUR)

    assert (made.result, made.known) == (RunResult.POSTED, False)
    assert len(queued(store)) == 1
    deliver_and_make(store, TUESDAY)
    digest = digests.view_run(store, queued(store)[-1].subject, TUESDAY).digest
    assert digest.skipped == ()


def test_quiet_day_stays_owed(store):
    """A day's digest that has nothing to say yet stays owed."""
    assert digests.queue_for(store, GUILD, None, DUE - HOUR).result is RunResult.EMPTY
    take_in(store, DUE - HOUR)

    assert results(make_due(store, DUE)) == [(date(2026, 11, 23), RunResult.POSTED)]


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 24)])
def test_no_digest_for_day(store, day):
    """A day before the team existed, or still to come, has no digest."""
    take_in(store, FOUNDED)

    with pytest.raises(Refused):
        digests.queue_for(store, GUILD, day, DUE)
    assert queued(store) == []


def test_preview_changes_nothing(store):
    """A preview shows what would be said and when, and changes nothing."""
    (key,) = take_in(store, FOUNDED)
    decide(store, key, DUE - 2 * HOUR)

    preview = digests.preview_digest(store, GUILD, None, DUE - HOUR)

    assert [entry.section for entry in preview.view.digest.news] == [Section.DECIDED]
    assert (preview.coming.due_at, preview.coming.local_date) == (DUE, date(2026, 11, 23))
    assert queued(store) == []
    assert make_due(store, DUE)[0].result is RunResult.POSTED


def test_rows_from_the_future(store):
    """Rows that a wrong clock left in the future do not silence today's digest."""
    take_in(store, FOUNDED)
    far = date(2031, 1, 1)
    store._db.execute(
        "INSERT INTO digest_runs (team_id, kind, local_date, covers_from, at, result)"
        " VALUES (1, 'daily', ?, '', '', 'skipped')",
        [far.isoformat()],
    )

    assert digests.find_next_due(store, FOUNDED) == DUE
    assert results(make_due(store, DUE)) == [(date(2026, 11, 23), RunResult.POSTED)]


def test_cost_stays_flat(store):
    """The cost of a digest does not grow with the number of decided claims."""
    take_in(store, FOUNDED)

    def steps() -> int:
        count = 0

        def step() -> None:
            nonlocal count
            count += 1

        store._db.conn.set_progress_handler(step, 1)
        digests.preview_digest(store, GUILD, None, DUE)
        store._db.conn.set_progress_handler(None, 0)
        return count

    before = steps()
    store._db.execute(
        "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
        " INSERT INTO claims (key, team_id, number, words, polarity, figures, dates,"
        " check_worthiness, nested, status, since, settled_at, added_at)"
        " SELECT 'k' || i, 1, i, 'words', 'affirmed', '[]', '[]', 0.5, 0, 'supported',"
        " '2026-11-01', '2026-11-02', '2026-11-01' FROM n"
    )

    store._db.execute(
        "INSERT INTO events (team_id, claim_id, at, kind, payload)"
        " SELECT 1, id, '2026-11-01', 'settled', '{}' FROM claims WHERE number >= 100"
    )

    assert steps() == before


@pytest.mark.parametrize(
    ("zones", "begin"),
    [
        pytest.param(("Europe/Berlin",), datetime(2026, 3, 26, tzinfo=UTC), id="forward"),
        pytest.param(("America/New_York",), datetime(2026, 10, 29, tzinfo=UTC), id="back"),
        pytest.param(
            ("Australia/Lord_Howe",), datetime(2026, 10, 1, tzinfo=UTC), id="half an hour"
        ),
        pytest.param(("Pacific/Apia",), datetime(2011, 12, 27, tzinfo=UTC), id="a date left out"),
    ],
)
def test_each_date_one_digest(database, zones, begin):
    """Every local date has one digest, at its hour."""
    hours = (time(1, 30), time(2, 15), time(9))

    fates = walk(database, zones, hours, begin, begin + timedelta(days=7))

    assert [fate for fate in fates if not fate.right] == []
    assert all(fate.due >= 6 and fate.changes == 1 for fate in fates)
    assert any(fate.gaps or fate.overlaps for fate in fates) or zones == ("Pacific/Apia",)
