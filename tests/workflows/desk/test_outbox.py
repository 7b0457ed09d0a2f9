"""A card posted anew: a new one in the right place, the old one told so, in the history."""

import pytest

from bot.i18n.translator import translator_for
from bot.rendering.cards import pointer_embed
from bot.rendering.details import details_embed
from tests.expect import refuses
from workflows.desk import audit, claim_views, notices, outbox
from workflows.errors import BadInput, NotAllowed, Refused
from workflows.notices import Notice, NoticeKind
from workflows.outbox_state import State, hold
from workflows.store.outbox import CardState, PostKind

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
            act(outbox.mark_sent, queued, message + place, 1, now)

    return run


@pytest.fixture
def repost(act, boss, now):
    def run(claim, reason=WHY, by=boss):
        return act(outbox.repost_card, GUILD, claim.key, by, reason, now)

    return run


def test_the_card_whose_place_is_taken_is_to_be_drawn_at_once(
    act, claim, deliver, repost, store, now
):
    deliver()
    repost(claim)
    (queued,) = store.outbox.list_undelivered()

    assert 501 in act(outbox.mark_sent, queued, 900, 99, now)


def test_a_reposted_claim_gets_a_new_card_and_the_old_one_moves(
    claim, deliver, repost, store, boss
):
    deliver()
    repost(claim)
    (queued,) = store.outbox.list_undelivered()
    assert (queued.kind, queued.subject, queued.progress.state) == (
        PostKind.CLAIM,
        claim.id,
        State.PENDING,
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
    assert f"had its card posted again. — {WHY}" in history
    assert audit.replay_all(store).differences == ()


def test_a_card_that_has_moved_and_is_drawn_again_by_a_late_answer_says_so_once_more(
    claim, deliver, repost, store, act
):
    deliver()
    repost(claim)
    deliver(900)
    act(outbox.list_moved, 501)
    assert store.outbox.cards_behind(10_000)[1] == ()

    act(outbox.mark_shown, [(501, 7)])

    assert [card.message for card in store.outbox.cards_behind(10_000)[1]] == [501]


def test_what_cannot_be_reposted_is_refused_and_changes_nothing(
    claim, deliver, repost, store, person
):
    before = list(store._db.conn.iterdump())
    with refuses(Refused, "card-on-its-way"):
        repost(claim)
    deliver()
    with pytest.raises(NotAllowed):
        repost(claim, by=person(7))
    with refuses(BadInput, "reason-needed"):
        repost(claim, reason="  ")

    assert store.outbox.list_undelivered() == ()
    assert len([line for line in before if 'INTO "events"' in line]) == sum(
        'INTO "events"' in line for line in store._db.conn.iterdump()
    )


def test_a_shelved_claim_has_no_card_to_repost(make_team, make_claim, repost):
    make_team(post=0)
    with refuses(Refused, "shelved"):
        repost(make_claim())


def test_a_parked_card_is_tried_again_in_its_channel_and_given_up_for_another(
    claim, repost, store, act, now
):
    document, queued = store.outbox.list_undelivered()
    act(outbox.mark_sent, document, 500, 1, now)
    act(outbox.keep_progress, queued, hold(queued.progress, "403"))
    repost(claim)
    assert [post.id for post in store.outbox.list_undelivered()] == [queued.id]

    act(outbox.keep_progress, queued, hold(queued.progress, "403"))
    store._db.execute("UPDATE teams SET claims_channel = 77")
    repost(claim)

    (anew,) = store.outbox.list_undelivered()
    assert (anew.channel, anew.nonce != queued.nonce) == (77, True)
    assert store.outbox.get(queued.id).progress.state is State.GONE


def test_a_repost_mends_what_moderators_were_told_of_the_card(
    claim, team, deliver, repost, store, act, now
):
    deliver()
    gone = Notice(NoticeKind.CARD_GONE, f"claim:{claim.number}", claim)
    assert act(notices.tell_moderators, team, gone, now)

    repost(claim)

    assert act(notices.tell_moderators, team, gone, now)
    assert store.outbox.list_undelivered()


def test_a_card_that_arrives_can_be_led_to_by_those_that_disagree_with_it(
    act, store, team, make_claim, now
):
    one, other = make_claim("10,000 bridges are closed"), make_claim("20,000 bridges are closed")
    first, second = (
        queued for queued in store.outbox.list_undelivered() if queued.kind is PostKind.CLAIM
    )

    alone = act(outbox.mark_sent, first, 501, 99, now)
    leads = act(outbox.mark_sent, second, 502, 99, now)

    assert (alone, leads) == (frozenset(), {501})
    assert claim_views.view_by_id(store, one.id).opposed[0].card.message == 502
    assert (team.id, other.team) == (one.team, one.team)


def test_a_deleted_card_is_told_to_the_moderators_once(
    make_team, make_claim, deliver, store, act, now
):
    make_team(moderators_channel=88)
    claim = make_claim()
    deliver()

    act(outbox.mark_lost, [501], now)
    act(outbox.mark_lost, [501], now)

    (notice,) = store.outbox.list_undelivered()
    assert (notice.kind, notice.channel) == (PostKind.NOTICE, 88)
    told = notices.get_notice(store, notice.subject).told
    assert (told.kind, told.claim) == (NoticeKind.CARD_GONE, claim.number)


def test_many_cards_deleted_at_once_are_told_in_one_notice(
    make_team, make_claim, deliver, store, act, now
):
    make_team(moderators_channel=88)
    for number in range(5):
        make_claim(f"Bridge {number} is closed")
    deliver()

    act(outbox.mark_lost, range(500, 510), now)

    (notice,) = store.outbox.list_undelivered()
    told = notices.get_notice(store, notice.subject).told
    assert told.values == {"n": 5, "claims": "#1, #2, #3, #4, #5"}


def test_the_old_card_of_a_claim_that_has_a_new_one_may_go_without_a_word(
    claim, deliver, repost, store, act, now
):
    deliver()
    repost(claim)
    deliver(900)

    act(outbox.mark_lost, [501], now)

    assert store.outbox.list_undelivered() == ()
    assert store.outbox.card_of(PostKind.CLAIM, claim.id).message == 900
