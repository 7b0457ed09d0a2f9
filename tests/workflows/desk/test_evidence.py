"""Links through the desk, on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.i18n.translator import translator_for
from bot.rendering.digest_formats import digest_text
from tests.builders import build_source
from tests.expect import refuses
from workflows.claims import (
    AttributionCheck,
    EvidenceCounts,
    Grade,
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
from workflows.teams import Acting

GUILD, OTHER = 1001, 2002
PAGE = "https://example.com/report"


@pytest.fixture
def attach(act, person, now):
    """attach(claim, address, stance, who=person)"""

    def run(claim, address=PAGE, stance=Stance.SUPPORTS, who=None, minutes=0, **other):
        at = now + timedelta(minutes=minutes)
        who = who or person(7)
        return act(
            evidence.attach_link, Acting(GUILD, who, at), claim.key, address, stance, **other
        )

    return run


def test_link_is_kept(attach, store, claim):
    """A link is kept with its normalized address, site, stance, note and grade."""
    attached = attach(claim, "HTTPS://Example.com/report#p2", note=" Page 2. ", grade=Grade("B", 2))

    (link,) = store.evidence.of_claim(claim)
    assert link == attached.link
    assert (link.url, link.origin, link.stance) == (PAGE, "example.com", Stance.SUPPORTS)
    assert (link.note, link.grade, link.counts) == ("Page 2.", Grade("B", 2), True)
    assert attached.view.claim.sources == EvidenceCounts(1, 0)


@pytest.mark.parametrize(
    "again", [PAGE, PAGE + "/", "http://www.example.com/report", PAGE + "?utm_source=mail"]
)
def test_same_page_once(attach, store, claim, contents, again):
    """The same page twice is one link."""
    attach(claim)
    before = contents()

    with refuses(Refused, "link-known"):
        attach(claim, again, Stance.REFUTES)

    assert contents() == before
    assert len(store.evidence.of_claim(claim)) == 1


@pytest.mark.parametrize(
    "own", ["https://example.com/report", "http://www.example.com/report/#top"]
)
def test_own_document(attach, team, make_claim, own):
    """The claim's own document is kept but does not count."""
    claim = make_claim(url=own)

    attach(claim, f"{PAGE}?x=1")
    attached = attach(claim)

    assert not attached.link.counts
    assert attached.view.claim.sources == EvidenceCounts()
    assert attached.view.missing.evidence[Verdict.SUPPORTED] == 1
    assert team.policy == Policy()


def test_one_site_counts_once(attach, make_team, make_claim):
    """Links of one site count once where they must be independent."""
    make_team(Policy(independent=True))
    claim = make_claim()

    attach(claim, "https://news.bbc.co.uk/1")
    again = attach(claim, "https://www.bbc.co.uk/2")
    other = attach(claim, "https://afp.com/3")

    assert again.view.claim.sources == EvidenceCounts(1, 0)
    assert other.view.claim.sources == EvidenceCounts(2, 0)


def test_source_makes_verdict(attach, act, make_team, make_claim, person, now):
    """A source turns votes into a verdict."""
    make_team(Policy(quorum=1))
    claim = make_claim()
    act(votes.cast_vote, Acting(GUILD, person(7), now), claim.key, Verdict.REFUTED)

    for_it = attach(claim, "https://example.com/for", Stance.SUPPORTS)
    beside = attach(claim, "https://example.com/beside", Stance.CONTEXT)
    against = attach(claim, "https://example.com/against", Stance.REFUTES)

    assert for_it.view.claim.state.status is Status.IN_REVIEW
    assert beside.view.claim.state.status is Status.IN_REVIEW
    assert against.view.claim.state.status is Status.REFUTED


def test_settled_takes_links(attach, act, make_team, make_claim, person, now):
    """A settled claim takes links and stays settled."""
    make_team(Policy(quorum=1, evidence=0, hold=timedelta()))
    claim = make_claim()
    act(votes.cast_vote, Acting(GUILD, person(7), now), claim.key, Verdict.SUPPORTED)

    attached = attach(claim, stance=Stance.REFUTES, minutes=5)

    assert attached.view.claim.state.settled_at == now
    assert attached.view.claim.state.status is Status.SUPPORTED
    assert attached.view.claim.sources == EvidenceCounts(0, 1)


def test_link_after_hold(attach, act, store, make_team, make_claim, person, now):
    """A link added after the hold finds the claim settled before it."""
    make_team(Policy(quorum=1, evidence=0, hold=timedelta(minutes=10)))
    claim = make_claim()
    act(votes.cast_vote, Acting(GUILD, person(7), now), claim.key, Verdict.SUPPORTED)

    attach(claim, minutes=30)

    kinds = [event.data.kind for event in store.history.of_claim(claim)]
    assert kinds == ["claim_added", "vote_cast", "settled", "evidence_added"]
    assert act(transitions.apply_all_due, now + timedelta(days=1)) == ()


@pytest.mark.parametrize("closed", ["dropped", "duplicate"])
def test_closed_claim_refuses_links(attach, db, claim, contents, closed):
    """A closed claim takes no links."""
    db.execute("UPDATE claims SET status = ?", [closed])
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
def test_bad_links_change_nothing(attach, claim, contents, address, stance):
    """What is no evidence changes nothing."""
    before = contents()

    with pytest.raises(BadInput):
        attach(claim, address, stance)

    assert contents() == before


def test_voters_only(attach, make_team, make_claim, contents):
    """Only voters can add a link."""
    make_team(voter_roles=frozenset({5}))
    claim = make_claim()
    before = contents()

    with pytest.raises(NotAllowed):
        attach(claim)

    assert contents() == before


@pytest.mark.parametrize("guild", [OTHER, 999], ids=["another team", "no team"])
def test_key_in_own_team(act, store, team, make_team, make_claim, person, now, guild):
    """A key is known in its own team only."""
    make_team(guild=OTHER)
    claim = make_claim()
    who = person(7)

    with pytest.raises(NotFound):
        act(evidence.attach_link, Acting(guild, who, now), claim.key, PAGE, Stance.SUPPORTS)
    with pytest.raises(NotFound):
        claim_views.view_details(store, guild, claim.key, who.discord_id)
    with pytest.raises(NotFound):
        claim_views.view_by_number(store, guild, claim.number + 5)

    assert store.evidence.of_claim(claim) == ()
    assert team.id == claim.team


def test_history_keeps_hashes(attach, store, db, claim):
    """History holds no address and no note, only their hashes."""
    attach(claim, note="Told by a neighbour.")

    payloads = str([row["payload"] for row in db.execute("SELECT payload FROM events")])
    added = store.history.of_claim(claim)[-1].data
    ((url, salt),) = store.evidence.address_salts(claim).values()

    assert PAGE not in payloads
    assert "neighbour" not in payloads
    assert added.address_hash == make_hash(url, salt) != make_hash(url)
    assert store.history.text(added.note.key) == ("Told by a neighbour.", added.note.hash)


def test_details_hide_votes(act, store, claim, person, now):
    """Details hide the votes of others until the tally is shown."""
    for voter in (7, 8):
        act(
            votes.cast_vote,
            Acting(GUILD, person(voter), now),
            claim.key,
            Verdict.SUPPORTED,
            reason="Because.",
        )

    hidden = claim_views.view_details(store, GUILD, claim.key, 7)
    stranger = claim_views.view_details(store, GUILD, claim.key, 99)
    act(votes.cast_vote, Acting(GUILD, person(9), now), claim.key, Verdict.SUPPORTED)
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
        done = act(action, Acting(GUILD, who or person(7), at), claim.key, link.key, **other)
        assert audit.replay_all(store).differences == ()
        return done

    return run


def test_author_edits_link(attach, change, store, claim):
    """Its author can edit a link, and it stays theirs."""
    link = attach(claim, note="Page 2.").link

    changed = change(
        evidence.edit_link, claim, link, address="https://b.org/", stance=Stance.REFUTES, note=""
    )

    (kept,) = store.evidence.of_claim(claim)
    assert kept == changed.link
    assert (kept.key, kept.by, kept.at) == (link.key, link.by, link.at)
    assert (kept.url, kept.origin, kept.note) == ("https://b.org/", "b.org", None)
    assert changed.view.claim.sources == EvidenceCounts(0, 1)


def test_former_voter_only_removes(attach, change, store, make_team, make_claim, person):
    """Who lost the role can take their link away, but not lead it, or its readers, elsewhere."""
    make_team(voter_roles=frozenset({5}))
    claim = make_claim()
    link = attach(claim, who=person(7, roles={5})).link

    with refuses(NotAllowed, roles=frozenset({5})):
        change(evidence.edit_link, claim, link, address="https://evil.example/")
    with refuses(NotAllowed, roles=frozenset({5})):
        change(evidence.switch_private, claim, link)
    assert store.evidence.of_claim(claim) == (link,)

    change(evidence.remove_link, claim, link)
    assert store.evidence.of_claim(claim) == ()


def test_unnamed_fields_stay(attach, change, claim):
    """Fields that are not named stay as they are."""
    link = attach(claim, note="Page 2.", grade=Grade("B", 2)).link

    changed = change(evidence.edit_link, claim, link, grade=Grade("C", 3)).link

    assert changed == replace(link, grade=Grade("C", 3))
    with refuses(Refused, "unchanged"):
        change(evidence.edit_link, claim, link, grade=Grade("C", 3))


def test_removed_link_leaves_nothing(attach, change, store, db, claim):
    """A removed link takes its address and note with it."""
    link = attach(claim, note="Rumour has it.").link

    after = change(evidence.remove_link, claim, link)

    assert (after.evidence, after.claim.sources) == ((), EvidenceCounts())
    dump = "\n".join(db.conn.iterdump())
    assert PAGE not in dump
    assert "Rumour has it." not in dump
    assert [event.data.kind for event in store.history.of_claim(claim)][1:] == [
        "evidence_added",
        "evidence_removed",
    ]
    assert attach(claim, minutes=90).link.url == PAGE


def test_moderators_edit_others(attach, change, claim, person):
    """Only a moderator, with a reason, can change somebody else's link."""
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


def test_last_source_removed(attach, change, act, claim, person, now):
    """A verdict without its last source is lost."""
    link = attach(claim).link
    for voter in (7, 8, 9):
        act(votes.cast_vote, Acting(GUILD, person(voter), now), claim.key, Verdict.SUPPORTED)

    after = change(evidence.remove_link, claim, link)

    assert after.claim.state.status is Status.IN_REVIEW


@pytest.mark.parametrize(
    ("stance", "told"), [(Stance.REFUTES, 1), (Stance.SUPPORTS, 0), (Stance.CONTEXT, 0)]
)
def test_contradiction_asks_once(attach, act, db, make_team, make_claim, person, now, stance, told):
    """A link against a settled verdict asks the moderators once."""
    make_team(Policy(quorum=1, evidence=0, hold=timedelta()), moderators_channel=13)
    claim = make_claim()
    act(votes.cast_vote, Acting(GUILD, person(7), now), claim.key, Verdict.SUPPORTED)

    attach(claim, stance=stance, minutes=1)
    attach(claim, "https://b.org/", stance=stance, minutes=2)

    counted = db.execute("SELECT count(*) FROM outbox WHERE kind = 'notice'").fetchone()
    assert counted[0] == told


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"stance": Stance.CONTEXT}, 1), ({"note": "See p. 3"}, 0), (None, 1)],
    ids=[
        "says less",
        "says more",
        "is settled, but a link its verdict relied on was removed or changed.",
    ],
)
def test_lost_support_is_noticed(
    attach, change, act, store, db, make_team, make_claim, person, now, changed, told
):
    """Moderators hear when a settled verdict loses a link that it rested on."""
    make_team(Policy(quorum=1, hold=timedelta()), moderators_channel=13)
    claim = make_claim()
    link = attach(claim).link
    act(votes.cast_vote, Acting(GUILD, person(7), now), claim.key, Verdict.SUPPORTED)

    if changed is None:
        change(evidence.remove_link, claim, link)
    else:
        change(evidence.edit_link, claim, link, **changed)

    kinds = db.execute("SELECT kind FROM notices").fetchall()
    assert [kind for (kind,) in kinds] == ["evidence_gone"] * told
    assert store.claims.get(claim.id).state.settled_at


# ---------------------------------------------------------------------------- did they say it?


@pytest.fixture
def quoted(act, store, team, found_claim, now):
    """A claim that the BBC is said to have reported, citing others, and the rows of the two."""
    said = [build_source(name) for name in ("BBC", "Yonhap")]
    found = found_claim(attribution=tuple(said))
    intake = Intake("T", None, PAGE, None, "en", "See https://c.org/cited.", (found,))
    (claim,) = store.claims.of_document(
        act(desk_intake.add_document, GUILD, intake, None, now).document
    )
    assert team.policy.evidence == 1
    return claim, [link.id for link in store.documents.passages(claim.id)[0].attribution]


def test_attribution_evidence(attach, quoted):
    """What a link shows about a source is kept with that source only."""
    claim, (bbc, _) = quoted

    shown = attach(claim, "https://bbc.co.uk/1", Stance.CONFIRMS, target=bbc).view

    checks = [source.check for source in shown.passages[0].attribution]
    assert checks == [AttributionCheck.SOURCED, AttributionCheck.UNCHECKED]


def test_quotation_is_not_content(attach, act, quoted, person, now):
    """A verified quotation never makes the content supported."""
    claim, (bbc, _) = quoted
    attach(claim, "https://bbc.co.uk/1", Stance.CONFIRMS, target=bbc)

    for voter in (7, 8, 9):
        receipt = act(
            votes.cast_vote, Acting(GUILD, person(voter), now), claim.key, Verdict.SUPPORTED
        )

    assert receipt.claim.state.status is Status.IN_REVIEW
    assert receipt.view.missing.evidence == {Verdict.SUPPORTED: 1}


def test_dispute_outweighs(attach, change, quoted):
    """A link that disputes a saying outweighs one that confirms it."""
    claim, (bbc, _) = quoted
    attach(claim, "https://a.org/1", Stance.CONFIRMS, target=bbc)

    disputed = attach(claim, "https://b.org/2", Stance.DISPUTES, target=bbc)
    removed = change(evidence.remove_link, claim, disputed.link)

    assert disputed.view.passages[0].attribution[0].check is AttributionCheck.DISPUTED
    assert removed.passages[0].attribution[0].check is AttributionCheck.SOURCED


def test_claim_or_source(attach, quoted):
    """A link is about the claim or about one of its sources."""
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
def test_copies_do_not_count(attach, quoted, copy):
    """Copies of the document, and the reports it cites, do not count."""
    claim, _ = quoted

    assert not attach(claim, copy).link.counts


def test_digest_marks_sourced(attach, quoted, store, now):
    """The digest marks a source that evidence shows to have said it."""
    claim, (bbc, _) = quoted
    attach(claim, "https://bbc.co.uk/1", Stance.CONFIRMS, target=bbc)

    shown = digests.preview_digest(store, GUILD, None, now + timedelta(days=1)).view.digest

    assert "BBC ✓" in digest_text(shown, translator_for("en"))


def test_own_report_shows_the_saying(attach, act, store, make_team, found_claim, person, now):
    """The report that the claim names shows that they said it, and more once somebody says so."""
    make_team(Policy(quorum=1))
    said = found_claim("The dam broke", attribution=(build_source("the BBC"),))
    paper = Intake("Title", None, None, None, "en", "The BBC said the dam broke.", (said,))
    taken = act(desk_intake.add_document, GUILD, paper, None, now)
    (claim,) = store.claims.of_document(taken.document)

    attached = attach(claim, "https://www.bbc.com/news/1")

    assert attached.own_report_of == "the BBC"
    assert attached.link.stance is Stance.CONFIRMS
    assert attached.view.claim.sources == EvidenceCounts(0, 0)
    (source,) = store.documents.passages(claim.id)[0].attribution
    assert source.check is AttributionCheck.SOURCED
    acting = Acting(GUILD, person(7), now)
    key = attached.link.key
    more = act(evidence.edit_link, acting, claim.key, key, stance=Stance.SUPPORTS)
    assert more.view.claim.sources == EvidenceCounts(1, 0)
    assert attach(claim, "https://www.bbc.com/news/2", Stance.REFUTES).own_report_of is None
    assert audit.replay_all(store).differences == ()
