"""A card posted anew: a new one in the right place, the old one told so, in the history."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.i18n.translator import translator_for
from bot.rendering.details import details_embed
from bot.rendering.pointers import pointer_embed
from tests.expect import refuses
from workflows.desk import assignments, audit, claim_views, notices, outbox, subscriptions
from workflows.errors import NotAllowed, Refused
from workflows.notices import Notice, NoticeKind
from workflows.outbox_state import OutboxState, hold
from workflows.store.outbox import CardState, PostKind, SentMessage
from workflows.teams import Acting

GUILD = 1001
WHY = "It was deleted by hand."


@pytest.fixture
def boss(person):
    return person(1, manages=True)


@pytest.fixture
def deliver(act, store, now):
    """Everything that is queued arrives, in the messages 500, 501 and so on."""

    def run(message=500):
        for place, queued in enumerate(store.outbox.list_undelivered()):
            act(outbox.mark_sent, queued, SentMessage(message + place), 1, now)

    return run


@pytest.fixture
def repost(act, boss, now):
    def run(claim, reason=WHY, by=boss):
        return act(outbox.repost_card, Acting(GUILD, by, now), claim.key, reason)

    return run


def test_replaced_card_drawn_first(act, claim, deliver, repost, store, now):
    """A card whose place is taken is redrawn at once."""
    deliver()
    repost(claim)
    (queued,) = store.outbox.list_undelivered()

    assert 501 in act(outbox.mark_sent, queued, SentMessage(900), 99, now)


def test_repost(claim, deliver, repost, store, boss):
    """A reposted claim gets a new card, and the old one links to it."""
    deliver()
    repost(claim)
    (queued,) = store.outbox.list_undelivered()
    assert (queued.kind, queued.subject, queued.progress.state) == (
        PostKind.CLAIM,
        claim.id,
        OutboxState.PENDING,
    )

    deliver(900)

    card = store.outbox.card_of(PostKind.CLAIM, claim.id)
    assert card.message == 900
    _, behind = store.outbox.cards_behind(10_000)
    assert [(card.message, card.state) for card in behind] == [(501, CardState.MOVING)]
    embed = pointer_embed(outbox.find_move(store, behind[0]), translator_for("en"))
    assert f"https://discord.com/channels/{GUILD}/11/900" in embed.description
    details = claim_views.view_details(store, GUILD, claim.key, boss.discord_id)
    history = details_embed(details, translator_for("en")).fields[-1].value
    assert f"reposted its card. — {WHY}" in history
    assert audit.replay_all(store).differences == ()


def test_moved_card_redrawn(claim, deliver, repost, store, act):
    """A moved card that a late reply drew again is redrawn as moved."""
    deliver()
    repost(claim)
    deliver(900)
    act(outbox.mark_moved, 501)
    assert store.outbox.cards_behind(10_000)[1] == ()

    act(outbox.mark_shown, [(501, 7)])

    assert [card.message for card in store.outbox.cards_behind(10_000)[1]] == [501]


def test_refused_repost(claim, deliver, repost, store, contents, person):
    """What cannot be reposted is refused and changes nothing."""
    before = contents()
    with refuses(Refused, "card-on-its-way"):
        repost(claim)
    deliver()
    with pytest.raises(NotAllowed):
        repost(claim, by=person(7))

    assert store.outbox.list_undelivered() == ()
    assert len([line for line in before if 'INTO "events"' in line]) == sum(
        'INTO "events"' in line for line in contents()
    )


def test_shelved_has_no_card(make_team, make_claim, repost):
    """A shelved claim has no card to repost."""
    make_team(post=0)
    with refuses(Refused, "shelved"):
        repost(make_claim())


def test_held_card_is_retried(claim, repost, store, db, act, now):
    """A held card is tried again in its channel, and given up for another."""
    document, queued = store.outbox.list_undelivered()
    act(outbox.mark_sent, document, SentMessage(500), 1, now)
    act(outbox.keep_progress, queued, hold(queued.progress, "403"))
    repost(claim)
    assert [post.id for post in store.outbox.list_undelivered()] == [queued.id]

    act(outbox.keep_progress, queued, hold(queued.progress, "403"))
    db.execute("UPDATE teams SET claims_channel = 77")
    repost(claim)

    (anew,) = store.outbox.list_undelivered()
    assert (anew.channel, anew.nonce != queued.nonce) == (77, True)
    assert store.outbox.get(queued.id).progress.state is OutboxState.GONE


def test_repost_resolves_notice(claim, team, deliver, repost, store, act, now):
    """A repost resolves what moderators were told about the card."""
    deliver()
    gone = Notice(NoticeKind.CARD_GONE, f"claim:{claim.number}", claim)
    assert act(notices.tell_moderators, team, gone, now)

    repost(claim)

    assert act(notices.tell_moderators, team, gone, now)
    assert store.outbox.list_undelivered()


def test_arrived_card_is_linked(act, store, team, make_claim, now):
    """A card that arrives can be linked by those that disagree with it."""
    one, other = make_claim("10,000 bridges are closed"), make_claim("20,000 bridges are closed")
    first, second = (
        queued for queued in store.outbox.list_undelivered() if queued.kind is PostKind.CLAIM
    )

    alone = act(outbox.mark_sent, first, SentMessage(501), 99, now)
    leads = act(outbox.mark_sent, second, SentMessage(502), 99, now)

    assert (alone, leads) == (frozenset(), {501})
    assert claim_views.view_by_id(store, one.id).opposed[0].card.message == 502
    assert (team.id, other.team) == (one.team, one.team)


def test_deleted_card_told_once(make_team, make_claim, deliver, store, act, now):
    """A deleted card is reported to the moderators once."""
    make_team(moderators_channel=88)
    claim = make_claim()
    deliver()

    act(outbox.mark_lost, [501], now)
    act(outbox.mark_lost, [501], now)

    (notice,) = store.outbox.list_undelivered()
    assert (notice.kind, notice.channel) == (PostKind.NOTICE, 88)
    told = notices.get_notice(store, notice.subject).told
    assert (told.kind, told.claim) == (NoticeKind.CARD_GONE, claim.number)


def test_mass_deletion(make_team, make_claim, deliver, store, act, now):
    """Many cards deleted at once are reported in one notice."""
    make_team(moderators_channel=88)
    for number in range(5):
        make_claim(f"Bridge {number} is closed")
    deliver()

    act(outbox.mark_lost, range(500, 510), now)

    (notice,) = store.outbox.list_undelivered()
    told = notices.get_notice(store, notice.subject).told
    assert told.values == {"n": 5, "claims": "#1, #2, #3, #4, #5"}


def test_replaced_card_deleted(claim, deliver, repost, store, act, now):
    """The old card of a claim with a new one may go without a word."""
    deliver()
    repost(claim)
    deliver(900)

    act(outbox.mark_lost, [501], now)

    assert store.outbox.list_undelivered() == ()
    assert store.outbox.card_of(PostKind.CLAIM, claim.id).message == 900


def test_waiting_posts_are_counted(store, team, make_claim, now):
    """What a channel has not taken for a minute is told, with how many and since when."""
    make_claim()
    make_claim("The ferry sank")

    (waiting,) = outbox.list_waiting(store, GUILD)

    assert not outbox.is_waiting(waiting, now + timedelta(seconds=30), hindered=False)
    assert outbox.is_waiting(waiting, now + timedelta(minutes=5), hindered=False)
    assert outbox.is_waiting(waiting, now, hindered=True)
    assert (waiting.channel, waiting.posts) == (team.settings.claims_channel, 4)
    assert (waiting.since, waiting.reason) == (now, None)


@pytest.mark.usefixtures("claim")
def test_held_posts_wait_at_once(store, act, now):
    """What a channel refused waits from the first moment, with the reason kept beside it."""
    for queued in store.outbox.list_undelivered():
        act(outbox.keep_progress, queued, hold(queued.progress, "the channel was deleted"))

    (waiting,) = outbox.list_waiting(store, GUILD)

    assert waiting.reason == "the channel was deleted"
    assert outbox.is_waiting(waiting, now, hindered=False)


def test_missing_cards_are_found(store, boss, person, claim, make_claim, deliver, act, now):
    """Claims before the team whose cards are gone or parked are found, and no others."""
    make_claim("The ferry sank")
    held = make_claim("The mill turns")
    acting = Acting(GUILD, boss, now)
    assert outbox.list_without_card(store, acting) == ()
    for queued in store.outbox.list_undelivered():
        if (queued.kind, queued.subject) == (PostKind.CLAIM, held.id):
            act(outbox.keep_progress, queued, hold(queued.progress, "closed"))
    deliver()
    act(outbox.mark_lost, [store.outbox.card_of(PostKind.CLAIM, claim.id).message], now)

    assert outbox.list_without_card(store, acting) == (claim.number, held.number)
    with pytest.raises(NotAllowed):
        outbox.list_without_card(store, Acting(GUILD, person(7), now))


def test_redraw_while_drawn(claim, deliver, store, act):
    """A card that is to be redrawn while an older version is on its way is redrawn after it."""
    deliver()
    before = store.claims.get(claim.id).version
    act(lambda store: store.outbox.redraw([claim.id]))

    act(outbox.mark_shown, [(501, before)])
    ((late,),) = ([card.message for card in store.outbox.cards_behind(10_000)[1]],)
    act(outbox.mark_shown, [(501, store.claims.get(claim.id).version)])

    assert late == 501
    assert store.outbox.cards_behind(10_000)[1] == ()
    assert audit.replay_all(store).differences == ()


def test_reader_of_own_digest(act, team, claim, store, person, now):
    """A digest that waits is for whom it was made, as long as they may read claims and want it."""
    assert claim
    ada, at = person(7), now + timedelta(days=1)
    act(subscriptions.subscribe, Acting(GUILD, ada, now), 77, time(8), None)
    (member,) = subscriptions.list_owing(store, at)
    act(subscriptions.make_personal_digest, member, ada, at)
    queued = store.outbox.list_undelivered()[-1]

    assert outbox.find_reader(store, queued) == (GUILD, 7)
    assert outbox.may_read(store, queued, ada)
    assert not outbox.may_read(store, queued, replace(ada, sees=lambda _: False))
    assert not outbox.may_read(store, queued, None)
    act(subscriptions.unsubscribe, GUILD, 7)
    assert outbox.find_reader(store, queued) is None
    assert team


def test_reader_of_nudge(act, claim, store, person, now):
    """A nudge that waits is for who still looks into the claim."""
    who, day = Acting(GUILD, person(7), now), now.date() + timedelta(days=2)
    act(assignments.take_claim, who, claim.number, day)
    (nudge,) = assignments.list_nudges(store, at := now + timedelta(days=2))
    act(assignments.queue_nudge, nudge.claim, 77, at)
    queued = store.outbox.list_undelivered()[-1]

    assert outbox.find_reader(store, queued) == (GUILD, 7)
    act(assignments.release_claim, who, claim.number)
    assert outbox.find_reader(store, queued) is None
