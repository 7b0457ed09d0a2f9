"""Links through the desk, on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.i18n.translator import translator_for
from bot.rendering.digest_formats import digest_text
from tests.expect import refuses
from workflows.claims import (
    Attribution,
    AttributionCheck,
    EvidenceCounts,
    Grade,
    Hedge,
    Stance,
    Status,
    Verdict,
)
from workflows.desk import audit, claim_views, digests, evidence, transitions, votes
from workflows.desk import intake as desk_intake
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.ids import make_hash
from workflows.intake import Intake
from workflows.policy import Policy

GUILD, OTHER = 1001, 2002
PAGE = "https://example.com/report"


@pytest.fixture
def attach(act, person, now):
    """attach(claim, address, stance, who=person)"""

    def run(claim, address=PAGE, stance=Stance.SUPPORTS, who=None, minutes=0, **other):
        at = now + timedelta(minutes=minutes)
        who = who or person(7)
        return act(evidence.attach_link, GUILD, claim.key, who, address, stance, at, **other)

    return run


@pytest.fixture
def contents(store):
    """Everything that is stored, to compare before and after."""
    return lambda: list(store._db.conn.iterdump())


def test_a_link_is_kept_with_its_spelling_site_stance_note_and_grade(attach, store, claim):
    attached = attach(claim, "HTTPS://Example.com/report#p2", note=" Page 2. ", grade=Grade("B", 2))

    (link,) = store.evidence.of_claim(claim)
    assert link == attached.link
    assert (link.url, link.origin, link.stance) == (PAGE, "example.com", Stance.SUPPORTS)
    assert (link.note, link.grade, link.counts) == ("Page 2.", Grade("B", 2), True)
    assert attached.view.claim.sources == EvidenceCounts(1, 0)


@pytest.mark.parametrize(
    "again", [PAGE, PAGE + "/", "http://www.example.com/report", PAGE + "?utm_source=mail"]
)
def test_the_same_page_twice_is_one(attach, store, claim, contents, again):
    attach(claim)
    before = contents()

    with refuses(Refused, "link-known"):
        attach(claim, again, Stance.REFUTES)

    assert contents() == before
    assert len(store.evidence.of_claim(claim)) == 1


@pytest.mark.parametrize(
    "own", ["https://example.com/report", "http://www.example.com/report/#top"]
)
def test_the_claims_own_document_is_kept_but_does_not_count(attach, team, make_claim, own):
    claim = make_claim(url=own)

    attached = attach(claim)

    assert not attached.link.counts
    assert attached.view.claim.sources == EvidenceCounts()
    assert attached.view.missing.evidence[Verdict.SUPPORTED] == 1
    assert team.policy == Policy()


def test_links_of_one_site_count_once_where_they_must_be_independent(attach, make_team, make_claim):
    make_team(Policy(independent=True))
    claim = make_claim()

    attach(claim, "https://news.bbc.co.uk/1")
    again = attach(claim, "https://www.bbc.co.uk/2")
    other = attach(claim, "https://afp.com/3")

    assert again.view.claim.sources == EvidenceCounts(1, 0)
    assert other.view.claim.sources == EvidenceCounts(2, 0)


def test_a_source_turns_votes_into_a_verdict(attach, act, make_team, make_claim, person, now):
    make_team(Policy(quorum=1))
    claim = make_claim()
    act(votes.cast_vote, GUILD, claim.key, person(7), Verdict.REFUTED, now)

    for_it = attach(claim, "https://example.com/for", Stance.SUPPORTS)
    beside = attach(claim, "https://example.com/beside", Stance.CONTEXT)
    against = attach(claim, "https://example.com/against", Stance.REFUTES)

    assert for_it.view.claim.state.status is Status.IN_REVIEW
    assert beside.view.claim.state.status is Status.IN_REVIEW
    assert against.view.claim.state.status is Status.REFUTED


def test_a_settled_claim_takes_links_and_stays_settled(
    attach, act, make_team, make_claim, person, now
):
    make_team(Policy(quorum=1, evidence=0, hold=timedelta()))
    claim = make_claim()
    act(votes.cast_vote, GUILD, claim.key, person(7), Verdict.SUPPORTED, now)

    attached = attach(claim, stance=Stance.REFUTES, minutes=5)

    assert attached.view.claim.state.settled_at == now
    assert attached.view.claim.state.status is Status.SUPPORTED
    assert attached.view.claim.sources == EvidenceCounts(0, 1)


def test_a_link_after_the_hold_finds_the_claim_settled_before_it(
    attach, act, store, make_team, make_claim, person, now
):
    make_team(Policy(quorum=1, evidence=0, hold=timedelta(minutes=10)))
    claim = make_claim()
    act(votes.cast_vote, GUILD, claim.key, person(7), Verdict.SUPPORTED, now)

    attach(claim, minutes=30)

    kinds = [event.data.kind for event in store.history.of_claim(claim)]
    assert kinds == ["claim_added", "vote_cast", "settled", "evidence_added"]
    assert act(transitions.apply_all_due, now + timedelta(days=1)) == ()


@pytest.mark.parametrize("closed", ["dropped", "duplicate"])
def test_a_closed_claim_takes_no_links(attach, store, claim, contents, closed):
    store._db.execute("UPDATE claims SET status = ?", [closed])
    before = contents()

    with refuses(Refused, "closed"):
        attach(claim)

    assert contents() == before


@pytest.mark.parametrize(
    ("address", "stance"),
    [
        ("javascript:alert(1)", Stance.SUPPORTS),
        ("https://bbc.co.uk@example.com/", Stance.SUPPORTS),
        (PAGE, Stance.CONFIRMS),
        (PAGE, Stance.DISPUTES),
    ],
)
def test_what_is_no_evidence_changes_nothing(attach, claim, contents, address, stance):
    before = contents()

    with pytest.raises(BadInput):
        attach(claim, address, stance)

    assert contents() == before


def test_who_is_no_voter_attaches_nothing(attach, make_team, make_claim, contents):
    make_team(voter_roles=frozenset({5}))
    claim = make_claim()
    before = contents()

    with pytest.raises(NotAllowed):
        attach(claim)

    assert contents() == before


@pytest.mark.parametrize("guild", [OTHER, 999], ids=["another team", "no team"])
def test_a_key_is_known_in_its_own_team_only(
    act, store, team, make_team, make_claim, person, now, guild
):
    make_team(guild=OTHER)
    claim = make_claim()
    who = person(7)

    with pytest.raises(NotFound):
        act(evidence.attach_link, guild, claim.key, who, PAGE, Stance.SUPPORTS, now)
    with pytest.raises(NotFound):
        claim_views.view_details(store, guild, claim.key, who.discord_id)
    with pytest.raises(NotFound):
        claim_views.view_by_number(store, guild, claim.number + 5)

    assert store.evidence.of_claim(claim) == ()
    assert team.id == claim.team


def test_history_holds_no_address_and_no_note_but_their_hashes(attach, store, claim):
    attach(claim, note="Told by a neighbour.")

    payloads = str([row["payload"] for row in store._db.execute("SELECT payload FROM events")])
    added = store.history.of_claim(claim)[-1].data
    ((url, salt),) = store.evidence.address_salts(claim).values()

    assert PAGE not in payloads
    assert "neighbour" not in payloads
    assert added.address_hash == make_hash(url, salt) != make_hash(url)
    assert store.history.text(added.note.key) == ("Told by a neighbour.", added.note.hash)


def test_details_hide_the_votes_of_others_until_the_tally_is_shown(act, store, claim, person, now):
    for voter in (7, 8):
        act(
            votes.cast_vote,
            GUILD,
            claim.key,
            person(voter),
            Verdict.SUPPORTED,
            now,
            reason="Because.",
        )

    hidden = claim_views.view_details(store, GUILD, claim.key, 7)
    stranger = claim_views.view_details(store, GUILD, claim.key, 99)
    act(votes.cast_vote, GUILD, claim.key, person(9), Verdict.SUPPORTED, now)
    known = claim_views.view_details(store, GUILD, claim.key, 99)

    assert [vote.voter for vote in hidden.votes] == [hidden.own_vote.voter]
    assert stranger.votes == ()
    assert len(known.votes) == 3


# ------------------------------------------------------------------------- changed, taken away


@pytest.fixture
def change(act, person, now, store):
    """change(evidence.edit, claim, link, who, stance=…): history must replay afterwards."""

    def run(action, claim, link, who=None, **other):
        at = now + timedelta(hours=1)
        done = act(action, GUILD, claim.key, link.key, who or person(7), at, **other)
        assert audit.replay_all(store).differences == ()
        return done

    return run


def test_its_author_changes_a_link_and_it_stays_theirs(attach, change, store, claim):
    link = attach(claim, note="Page 2.").link

    changed = change(
        evidence.edit_link, claim, link, address="https://b.org/", stance=Stance.REFUTES, note=""
    )

    (kept,) = store.evidence.of_claim(claim)
    assert kept == changed.link
    assert (kept.key, kept.by, kept.at) == (link.key, link.by, link.at)
    assert (kept.url, kept.origin, kept.note) == ("https://b.org/", "b.org", None)
    assert changed.view.claim.sources == EvidenceCounts(0, 1)


def test_what_is_not_named_stays_as_it_is(attach, change, claim):
    link = attach(claim, note="Page 2.", grade=Grade("B", 2)).link

    changed = change(evidence.edit_link, claim, link, grade=Grade("C", 3)).link

    assert changed == replace(link, grade=Grade("C", 3))
    with refuses(Refused, "unchanged"):
        change(evidence.edit_link, claim, link, grade=Grade("C", 3))


def test_a_link_that_goes_takes_its_address_and_note_with_it(attach, change, store, claim):
    link = attach(claim, note="Rumour has it.").link

    after = change(evidence.remove_link, claim, link)

    assert (after.evidence, after.claim.sources) == ((), EvidenceCounts())
    dump = "\n".join(store._db.conn.iterdump())
    assert PAGE not in dump
    assert "Rumour has it." not in dump
    assert [event.data.kind for event in store.history.of_claim(claim)][1:] == [
        "evidence_added",
        "evidence_removed",
    ]
    assert attach(claim, minutes=90).link.url == PAGE


def test_others_links_are_a_moderators_to_change_with_a_reason(attach, change, claim, person):
    link = attach(claim).link
    boss = person(1, manages=True)

    for action, other in (
        (evidence.edit_link, {"note": "x"}),
        (evidence.remove_link, {"reason": "x"}),
    ):
        with pytest.raises(NotAllowed):
            change(action, claim, link, person(8), **other)
    with refuses(BadInput, "reason-needed"):
        change(evidence.remove_link, claim, link, boss)
    changed = change(evidence.edit_link, claim, link, boss, note="By a moderator.").link
    assert changed.by == link.by
    assert change(evidence.remove_link, claim, link, boss, reason="Spam.").evidence == ()
    with pytest.raises(NotFound):
        change(evidence.remove_link, claim, link, boss, reason="Spam.")


def test_a_verdict_without_its_last_source_is_lost(attach, change, act, claim, person, now):
    link = attach(claim).link
    for voter in (7, 8, 9):
        act(votes.cast_vote, GUILD, claim.key, person(voter), Verdict.SUPPORTED, now)

    after = change(evidence.remove_link, claim, link)

    assert after.claim.state.status is Status.IN_REVIEW


@pytest.mark.parametrize(
    ("stance", "told"), [(Stance.REFUTES, 1), (Stance.SUPPORTS, 0), (Stance.CONTEXT, 0)]
)
def test_a_link_against_a_settled_verdict_asks_the_moderators_once(
    attach, act, store, make_team, make_claim, person, now, stance, told
):
    make_team(Policy(quorum=1, evidence=0, hold=timedelta()), moderators_channel=13)
    claim = make_claim()
    act(votes.cast_vote, GUILD, claim.key, person(7), Verdict.SUPPORTED, now)

    attach(claim, stance=stance, minutes=1)
    attach(claim, "https://b.org/", stance=stance, minutes=2)

    counted = store._db.execute("SELECT count(*) FROM outbox WHERE kind = 'notice'").fetchone()
    assert counted[0] == told


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"stance": Stance.CONTEXT}, 1), ({"note": "See p. 3"}, 0), (None, 1)],
    ids=["says less", "says more", "taken away"],
)
def test_a_link_that_a_settled_verdict_rested_on_does_not_go_unnoticed(
    attach, change, act, store, make_team, make_claim, person, now, changed, told
):
    make_team(Policy(quorum=1, hold=timedelta()), moderators_channel=13)
    claim = make_claim()
    link = attach(claim).link
    act(votes.cast_vote, GUILD, claim.key, person(7), Verdict.SUPPORTED, now)

    if changed is None:
        change(evidence.remove_link, claim, link)
    else:
        change(evidence.edit_link, claim, link, **changed)

    kinds = store._db.execute("SELECT kind FROM notices").fetchall()
    assert [kind for (kind,) in kinds] == ["evidence_gone"] * told
    assert store.claims.get(claim.id).state.settled_at


# ---------------------------------------------------------------------------- did they say it?


@pytest.fixture
def quoted(act, store, team, found_claim, now):
    """A claim that the BBC is said to have reported, citing others, and the rows of the two."""
    said = [
        Attribution(name, None, None, None, None, None, False, None, Hedge.REPORTED)
        for name in ("BBC", "Yonhap")
    ]
    found = found_claim(attribution=tuple(said))
    intake = Intake("T", None, PAGE, None, "en", "See https://c.org/cited.", (found,))
    (claim,) = store.claims.of_document(
        act(desk_intake.add_document, GUILD, intake, None, now).document
    )
    assert team.policy.evidence == 1
    return claim, [link.id for link in store.documents.passages(claim.id)[0].attribution]


def test_what_a_link_shows_of_a_source_is_kept_with_that_source_only(attach, quoted):
    claim, (bbc, _) = quoted

    shown = attach(claim, "https://bbc.co.uk/1", Stance.CONFIRMS, target=bbc).view

    checks = [source.check for source in shown.passages[0].attribution]
    assert checks == [AttributionCheck.SOURCED, AttributionCheck.UNCHECKED]


def test_a_verified_quotation_never_makes_the_content_supported(attach, act, quoted, person, now):
    claim, (bbc, _) = quoted
    attach(claim, "https://bbc.co.uk/1", Stance.CONFIRMS, target=bbc)

    for voter in (7, 8, 9):
        receipt = act(votes.cast_vote, GUILD, claim.key, person(voter), Verdict.SUPPORTED, now)

    assert receipt.claim.state.status is Status.IN_REVIEW
    assert receipt.view.missing.evidence == {Verdict.SUPPORTED: 1}


def test_one_who_disputes_a_saying_outweighs_who_confirms_it(attach, change, quoted):
    claim, (bbc, _) = quoted
    attach(claim, "https://a.org/1", Stance.CONFIRMS, target=bbc)

    disputed = attach(claim, "https://b.org/2", Stance.DISPUTES, target=bbc)
    removed = change(evidence.remove_link, claim, disputed.link)

    assert disputed.view.passages[0].attribution[0].check is AttributionCheck.DISPUTED
    assert removed.passages[0].attribution[0].check is AttributionCheck.SOURCED


def test_a_link_is_about_the_claim_or_about_a_source_of_it(attach, quoted):
    claim, (bbc, _) = quoted
    for stance, target in ((Stance.SUPPORTS, bbc), (Stance.CONFIRMS, None)):
        with refuses(BadInput, "wrong-stance"):
            attach(claim, "https://a.org/1", stance, target=target)
    with refuses(BadInput, "source-gone"):
        attach(claim, "https://a.org/1", Stance.CONFIRMS, target=bbc + 77)
    assert attach(claim, "https://a.org/1", Stance.CONFIRMS, target=bbc).link.target == bbc
    assert attach(claim, "https://a.org/1").link.target is None


@pytest.mark.parametrize(
    "copy",
    [
        "https://m.example.com/report",
        "https://example.com/amp/report",
        "https://web.archive.org/web/20260301000000/https://example.com/report",
        "https://archive.ph/2026.03.01-120000/https://example.com/report",
        "https://www.google.com/amp/s/example.com/report",
        "https://c.org/cited",
        "https://www.c.org/cited?utm_source=x",
    ],
)
def test_copies_of_the_document_and_the_reports_it_cites_do_not_count(attach, quoted, copy):
    claim, _ = quoted

    assert not attach(claim, copy).link.counts


def test_the_digest_marks_a_source_that_evidence_shows_to_have_said_it(attach, quoted, store, now):
    claim, (bbc, _) = quoted
    attach(claim, "https://bbc.co.uk/1", Stance.CONFIRMS, target=bbc)

    shown = digests.preview_digest(store, GUILD, now + timedelta(days=1)).digest

    assert "BBC ✓" in digest_text(shown, translator_for("en"))
