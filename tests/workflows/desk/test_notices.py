"""What moderators are told is told once, until it is mended."""

from workflows.desk import notices, outbox
from workflows.notices import Notice, NoticeKind
from workflows.store.outbox import SentMessage

MODERATORS = 13


def test_notice_is_queued(act, make_team, make_claim, now, store):
    """A notice is queued for the moderators' channel."""
    team = make_team(moderators_channel=MODERATORS)
    claim = make_claim()
    notice = Notice(NoticeKind.CARD_GONE, f"claim:{claim.number}", claim)

    assert act(notices.tell_moderators, team, notice, now)

    queued = store.outbox.list_undelivered()[-1]
    shown = notices.get_notice(store, queued.subject)
    assert queued.channel == MODERATORS
    assert (shown.told.kind, shown.told.claim) == (NoticeKind.CARD_GONE, claim.number)


def test_told_once_until_resolved(act, make_team, make_claim, now, store):
    """The same notice is told once until its cause is resolved."""
    team = make_team(moderators_channel=MODERATORS)
    notice = Notice(NoticeKind.CARD_GONE, "claim:1", make_claim())

    first = act(notices.tell_moderators, team, notice, now)
    again = act(notices.tell_moderators, team, notice, now)
    act(notices.mark_resolved, team, NoticeKind.CARD_GONE, "claim:1", now)
    after = act(notices.tell_moderators, team, notice, now)

    told = [post for post in store.outbox.list_undelivered() if post.channel == MODERATORS]
    # of the two, the first was not told yet when it was mended: it is withdrawn
    assert (first, again, after, len(told)) == (True, False, True, 1)


def test_each_team_is_told(act, make_team, now, store):
    """Another team is told the same for itself."""
    ours = make_team(moderators_channel=MODERATORS)
    theirs = make_team(guild=2002, moderators_channel=23)
    notice = Notice(NoticeKind.CARD_GONE, "claim:1")

    assert act(notices.tell_moderators, ours, notice, now)
    assert act(notices.tell_moderators, theirs, notice, now)

    assert [post.channel for post in store.outbox.list_undelivered()] == [MODERATORS, 23]


def test_no_moderators_channel(act, make_team, now, store):
    """Without a channel for moderators a notice goes where the claims are."""
    team = make_team(moderators_channel=None)

    act(notices.tell_moderators, team, Notice(NoticeKind.CARD_GONE, "claim:1"), now)

    (post,) = store.outbox.list_undelivered()
    assert post.channel == team.settings.claims_channel


def test_pause_is_told(act, make_team, now, store):
    """A pause is told to every team, each time it is over."""
    make_team(moderators_channel=MODERATORS)
    make_team(guild=2002, moderators_channel=23)

    for seconds in (61, 600):
        act(notices.tell_all_of_pause, seconds, now)
        queued = store.outbox.list_undelivered()
        assert sorted(post.channel for post in queued) == [MODERATORS, 23]
        told = notices.get_notice(store, queued[-1].subject).told
        assert (told.kind, told.values) == (NoticeKind.PAUSED, {"minutes": round(seconds / 60)})
        for post in queued:
            act(outbox.mark_sent, post, SentMessage(900 + post.id), 0, now)
