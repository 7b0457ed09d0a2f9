"""Being forgotten: whatever somebody did here, nothing that is stored leads to them any more."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from workflows.claims import Stance, Verdict
from workflows.desk import (
    audit,
    drafts,
    evidence,
    manual_claims,
    moderation,
    outbox,
    privacy,
    setup,
    subscriptions,
    votes,
)
from workflows.desk.claim_desk import ClaimDesk
from workflows.desk.manual_claims import ManualClaim
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.store import connections
from workflows.store.outbox import PostKind, SentMessage
from workflows.teams import Acting, make_first_settings

GUILD = 1001
ADA, DIRECT = 71_234_567_890, 79_876_543_210
SECRET = "The mayor told me so"


def test_nothing_leads_back(act, make_team, make_claim, person, store, db, now):
    """Nothing stored leads to somebody who was forgotten."""
    make_team(Policy(quorum=2))
    ada = person(ADA, manages=True)
    claim, other = make_claim(), make_claim("The dam is open")
    act(votes.cast_vote, Acting(GUILD, ada, now), claim.key, Verdict.REFUTED, reason=SECRET)
    act(
        evidence.attach_link,
        Acting(GUILD, ada, now),
        claim.key,
        "https://wire.example.net/news",
        Stance.REFUTES,
        note=SECRET,
    )
    act(moderation.assign_claim, Acting(GUILD, ada, now), claim.key, ada, SECRET)
    act(moderation.drop_claim, Acting(GUILD, ada, now), other.key, SECRET)
    draft = Intake(SECRET, None, None, None, "en", f"{SECRET}. It is so.", ())
    act(drafts.keep_draft, Acting(GUILD, ada, now), draft)
    act(subscriptions.subscribe, Acting(GUILD, ada, now), DIRECT, time(8), ZoneInfo("Asia/Seoul"))
    later = now + timedelta(days=2)
    for each in subscriptions.list_owing(store, later):
        act(subscriptions.make_personal_digest, each, ada, later)
    before = "\n".join(db.conn.iterdump())
    assert all(trace in before for trace in (str(ADA), str(DIRECT), SECRET))

    act(privacy.forget_member, GUILD, ADA, later)

    after = "\n".join(db.conn.iterdump())
    assert [
        trace for trace in (str(ADA), str(DIRECT), SECRET, "Asia/Seoul") if trace in after
    ] == []
    assert store.evidence.of_claim(store.claims.get(claim.id))
    assert audit.replay_all(store).differences == ()
    assert privacy.count_stored(store, GUILD, ADA) is None


def test_stored_data_is_counted(act, team, make_claim, person, store, now):
    """What is stored about somebody is counted."""
    assert privacy.count_stored(store, GUILD, 7) is None
    claim = make_claim()
    act(
        votes.cast_vote,
        Acting(GUILD, person(7), now),
        claim.key,
        Verdict.REFUTED,
        reason="I was there",
    )

    assert privacy.count_stored(store, team.settings.guild, 7) == privacy.StoredCounts(1, 0, 1)


def test_cards_are_redrawn(act, team, make_claim, person, store, now):
    """Cards that show what somebody wrote are redrawn."""
    ada, claim, other = person(ADA), make_claim(), make_claim("The dam is open")
    for place, queued in enumerate(store.outbox.list_undelivered()):
        act(outbox.mark_sent, queued, SentMessage(500 + place), 99, now)
    link = "https://wire.example.net/news"
    act(evidence.attach_link, Acting(GUILD, ada, now), claim.key, link, Stance.REFUTES, note=SECRET)
    act(outbox.mark_shown, [(500 + place, 99) for place in range(4)])
    assert store.outbox.cards_behind(0)[1] == ()

    act(privacy.forget_member, GUILD, ADA, now)

    _, behind = store.outbox.cards_behind(10_000)
    assert [(card.kind, card.subject) for card in behind] == [("claim", claim.id)]
    assert (team.id, other.team) == (claim.team, claim.team)


async def test_log_is_emptied(tmp_path, person, now):
    """Once somebody is forgotten, no file of the database holds their account or their words."""
    path = tmp_path / "corrobot.db"
    connections.migrate(path)
    desk = ClaimDesk(path)
    settings = make_first_settings(GUILD, 22)
    await desk.write(setup.create_team, settings, Policy(), now)
    acting = Acting(GUILD, person(ADA), now)
    claim = await desk.write(manual_claims.add_claim, acting, ManualClaim("The pier stands."))
    await desk.write(votes.cast_vote, acting, claim.view.claim.key, Verdict.REFUTED, reason=SECRET)

    await desk.write(privacy.forget_member, GUILD, ADA, now)

    for file in tmp_path.glob("corrobot.db*"):
        held = file.read_bytes()
        assert SECRET.encode() not in held, file
        assert ADA.to_bytes(8, "big") not in held, file
    desk.close()


def test_calls_are_withdrawn(act, make_team, make_claim, person, now, store):
    """The message that called who was forgotten is deleted, and their card drawn again."""
    make_team()
    claim, moderator = make_claim(), Acting(GUILD, person(9, manages=True), now)
    act(moderation.assign_claim, moderator, claim.key, person(ADA), "You know ships.")
    (call,) = [each for each in store.outbox.list_undelivered() if each.kind is PostKind.ASSIGNMENT]
    store.outbox.mark_sent(call, SentMessage(4711), 0)

    act(privacy.forget_member, GUILD, ADA, now)

    assert outbox.list_withdrawn(store) == ((call.id, call.channel, 4711),)
    act(outbox.mark_withdrawn, call.id)
    assert outbox.list_withdrawn(store) == ()


def test_messages_others_brought(act, team, found_claim, person, store, db, now):
    """Whose message was brought in is told of it; forgotten, neither name nor link is left."""
    bea, link = Acting(GUILD, person(8), now), f"https://discord.com/channels/{GUILD}/11/4712"
    message = Intake("The message", "Zebulon", link, None, "en", "The bridge is closed.", ())
    undecided = replace(message, text=f"{SECRET}.", url=f"{link}3")
    for intake in (message, undecided):
        kept = act(drafts.keep_draft, bea, intake, ADA).draft
        found = [found_claim("The bridge is closed")]
        met = act(drafts.match_claims, GUILD, kept.key, found, now)
        act(drafts.keep_claims, GUILD, kept.key, found, met, now)
        if intake is message:
            taken = act(drafts.finish_draft, bea, kept.key, None)
    for place, queued in enumerate(store.outbox.list_undelivered()):
        act(outbox.mark_sent, queued, SentMessage(500 + place), 99, now)
    assert privacy.count_stored(store, GUILD, ADA) == privacy.StoredCounts(0, 0, 0, 2)

    act(privacy.forget_member, GUILD, ADA, now)

    held = "\n".join(db.conn.iterdump())
    assert [trace for trace in ("Zebulon", link, SECRET, str(ADA)) if trace in held] == []
    assert len(store.claims.of_document(taken.document)) == 1
    _, behind = store.outbox.cards_behind(10_000)
    assert {card.kind for card in behind} == {"claim", "document"}
    assert audit.replay_all(store).differences == ()
    assert team.settings.guild == GUILD
