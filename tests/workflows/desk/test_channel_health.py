"""What hinders the bot is told once, holds up what it must, and lets go when it is mended."""

import pytest

from workflows.claims import ClaimKey
from workflows.desk import channel_health, notices, outbox
from workflows.desk.channel_health import ChannelProblems
from workflows.notices import NoticeKind
from workflows.outbox_state import hold, park
from workflows.store.outbox import PostKind, SentMessage

GUILD, CLAIMS, MODERATORS = 1001, 11, 88
CLOSED = ChannelProblems(closed=((CLAIMS, ("send_messages",)),))


@pytest.fixture
def note(act, now):
    return lambda found=ChannelProblems(): act(channel_health.note_problems, GUILD, found, now)  # noqa: B008  # a value


@pytest.fixture
def team(make_team):
    return make_team(moderators_channel=MODERATORS)


@pytest.fixture
def told(store):
    """What moderators are still to be told."""

    def kinds():
        queued = [post for post in store.outbox.list_undelivered() if post.kind is PostKind.NOTICE]
        return [notices.get_notice(store, post.subject).told.kind for post in queued]

    return kinds


@pytest.fixture
def posted(act, store, claim, now):
    """The claim and its document stand in the channel."""
    for place, queued in enumerate(store.outbox.list_undelivered()):
        act(outbox.mark_sent, queued, SentMessage(500 + place), 9, now)
    return claim


def states(db):
    return [str(state) for (state,) in db.execute("SELECT state FROM outbox ORDER BY id")]


def test_closed_channel_told_once(note, told, team):
    """A closed channel is reported once, and again only after it was open."""
    note(CLOSED)
    note(CLOSED)
    assert told() == [NoticeKind.CHANNEL_CLOSED]

    note()
    assert told() == []  # mended before anybody had been told

    note(CLOSED)
    assert told() == [NoticeKind.CHANNEL_CLOSED]
    assert team


@pytest.mark.parametrize("certain", [True, False], ids=["refused at once", "after a lost attempt"])
def test_held_posts_resume(act, note, store, claim, certain, now, db):
    """Posts held back are sent once their channel is open."""
    for queued in store.outbox.list_undelivered():
        if not certain:
            act(outbox.begin_sending, queued, now)
            queued = outbox.reload_queued(store, queued)  # noqa: PLW2901  # as it stands now
        act(outbox.keep_progress, queued, park(queued.progress, "403"))
    note(CLOSED)
    assert states(db)[:2] == ["parked", "parked"]

    mended = note()

    assert mended.queued
    assert CLAIMS in mended.channels
    assert states(db)[:2] == ["pending", "pending"] if certain else ["sending", "sending"]
    assert claim


def test_held_posts_follow_channel(act, note, store, db, claim):
    """Posts held for a channel that is no longer used go to the new one."""
    for queued in store.outbox.list_undelivered():
        act(outbox.keep_progress, queued, hold(queued.progress, "403"))
    db.execute("UPDATE teams SET claims_channel = 77")

    note(ChannelProblems(gone=frozenset({CLAIMS})))

    anew = store.outbox.list_undelivered()
    posts = [(post.kind, post.channel, post.subject) for post in anew if post.channel == 77]
    assert [post for post, *_ in posts] == [PostKind.DOCUMENT, PostKind.CLAIM]
    assert states(db)[:2] == ["gone", "gone"]
    assert claim


def test_deleted_channel(note, store, db, posted):
    """Open claims whose channel was deleted are posted once in the next one."""
    note(ChannelProblems(gone=frozenset({CLAIMS})))
    assert store.outbox.card_of(PostKind.CLAIM, posted.id) is None
    assert [post for post in store.outbox.list_undelivered() if post.kind is PostKind.CLAIM] == []
    db.execute("UPDATE teams SET claims_channel = 77")

    note()
    note()

    claims = [post for post in store.outbox.list_undelivered() if post.kind is PostKind.CLAIM]
    assert [(post.channel, post.subject) for post in claims] == [(77, posted.id)]


def test_removed_bot_holds_posts(act, note, claim, db):
    """A removed bot holds its posts and sends them when it is back."""
    act(channel_health.note_absence, GUILD)
    assert states(db) == ["parked", "parked"]

    note()

    assert states(db) == ["pending", "pending"]
    assert claim


def test_unexplained_refusal(act, told, store, posted, make_claim, now):
    """A channel that refuses without a reason stays reported until it accepts something."""
    act(channel_health.note_refusals, GUILD, [CLAIMS], now)
    act(channel_health.note_refusals, GUILD, [CLAIMS], now)
    assert told() == [NoticeKind.REFUSING]
    make_claim("The ferry runs")
    queued = next(post for post in store.outbox.list_undelivered() if post.channel == CLAIMS)

    act(outbox.mark_sent, queued, SentMessage(900), 1, now)

    assert told() == []
    act(channel_health.note_refusals, GUILD, [CLAIMS], now)
    assert told() == [NoticeKind.REFUSING]
    assert posted


def test_unknown_cards_are_named(act, team, store, claim, now):
    """Cards that a restored database does not know are named."""
    keys = {claim.key, ClaimKey("x" * 22)}
    assert channel_health.find_strangers(store, GUILD, keys) == {"x" * 22}

    act(channel_health.tell_of_strangers, GUILD, ((11, 901), (11, 902)), now)

    notice = store.outbox.list_undelivered()[-1]
    values = notices.get_notice(store, notice.subject).told.values
    assert values["n"] == 2
    assert "/1001/11/901 " in values["links"]
    assert team


OWNER = 4711
"""The direct channel to the server's owner."""


def test_notices_find_a_way(note, store, act, make_team, now):
    """A notice goes to moderators, else to a channel that takes messages, else to the owner."""
    team = make_team(moderators_channel=MODERATORS, digest_channel=33)
    assert notices.find_notice_channel(store, team) == MODERATORS

    note(ChannelProblems(gone=frozenset({MODERATORS})))
    assert notices.find_notice_channel(store, team) == CLAIMS

    note(ChannelProblems(gone=frozenset({MODERATORS}), closed=((CLAIMS, ("embed_links",)),)))
    assert notices.find_notice_channel(store, team) == CLAIMS  # plain text is still taken

    assert note(
        ChannelProblems(gone=frozenset({MODERATORS, CLAIMS}), unfit=frozenset({33}))
    ).needs_owner
    act(channel_health.tell_owner, GUILD, OWNER, now)

    assert notices.find_notice_channel(store, team) == OWNER
    assert OWNER in {post.channel for post in store.outbox.list_undelivered()}

    note()
    assert notices.find_notice_channel(store, team) == MODERATORS


def test_nothing_to_post(note, team):
    """Where nothing is the matter there is nothing to post; a new problem and its end are told."""
    assert team
    assert not note().queued

    assert note(ChannelProblems(unfit=frozenset({CLAIMS}))).queued
    assert note().queued
    assert not note().queued


def test_another_owner(note, store, act, make_team, now):
    """Where the server has another owner, notices go to them; who owned it before gets none."""
    team = make_team(moderators_channel=None, digest_channel=CLAIMS)
    gone = ChannelProblems(gone=frozenset({CLAIMS}))
    assert note(gone).needs_owner
    act(channel_health.tell_owner, GUILD, OWNER, now)
    act(channel_health.tell_owner, GUILD, OWNER, now)
    assert [post.channel for post in store.outbox.list_undelivered()] == [OWNER]

    assert note(gone).needs_owner
    act(channel_health.tell_owner, GUILD, OWNER + 1, now)

    assert notices.find_notice_channel(store, team) == OWNER + 1
    assert [post.channel for post in store.outbox.list_undelivered()] == [OWNER + 1]


def test_unfit_channel_told_once(note, told, team):
    """A forum as channel is reported, and what is to be posted there waits."""
    assert team
    note(ChannelProblems(unfit=frozenset({CLAIMS})))
    note(ChannelProblems(unfit=frozenset({CLAIMS})))

    assert told() == [NoticeKind.CHANNEL_UNFIT]
