"""Links through the desk, on a real database."""

from datetime import timedelta

import pytest

from workflows.claims import Grade, Sources, Stance, Status, Verdict
from workflows.desk import evidence, settling, sheets, votes
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.keys import hash_of
from workflows.policy import Policy

GUILD, OTHER = 1001, 2002
PAGE = "https://example.com/report"


@pytest.fixture
def attach(act, person, now):
    """attach(claim, address, stance, who=person)"""

    def run(claim, address=PAGE, stance=Stance.SUPPORTS, who=None, minutes=0, **other):
        at = now + timedelta(minutes=minutes)
        who = who or person(7)
        return act(evidence.attach, GUILD, claim.key, who, address, stance, at, **other)

    return run


@pytest.fixture
def contents(store):
    """Everything that is stored, to compare before and after."""
    return lambda: list(store._db.conn.iterdump())


def test_a_link_is_kept_with_its_spelling_site_stance_note_and_grade(attach, store, claim):
    attached = attach(claim, "HTTPS://Example.com/report#p2", note=" Page 2. ", grade=Grade("B", 2))

    (link,) = store.claims.evidence_on(claim)
    assert link == attached.link
    assert (link.url, link.origin, link.stance) == (PAGE, "example.com", Stance.SUPPORTS)
    assert (link.note, link.grade, link.counts) == ("Page 2.", Grade("B", 2), True)
    assert attached.sheet.claim.sources == Sources(1, 0)


@pytest.mark.parametrize(
    "again", [PAGE, PAGE + "/", "http://www.example.com/report", PAGE + "?utm_source=mail"]
)
def test_the_same_page_twice_is_one(attach, store, claim, contents, again):
    attach(claim)
    before = contents()

    with pytest.raises(Refused, match="already"):
        attach(claim, again, Stance.REFUTES)

    assert contents() == before
    assert len(store.claims.evidence_on(claim)) == 1


@pytest.mark.parametrize(
    "own", ["https://example.com/report", "http://www.example.com/report/#top"]
)
def test_the_claims_own_document_is_kept_but_does_not_count(attach, team, make_claim, own):
    claim = make_claim(url=own)

    attached = attach(claim)

    assert not attached.link.counts
    assert attached.sheet.claim.sources == Sources()
    assert attached.sheet.missing.sources[Verdict.SUPPORTED] == 1
    assert team.policy == Policy()


def test_links_of_one_site_count_once_where_they_must_be_independent(attach, make_team, make_claim):
    make_team(Policy(independent=True))
    claim = make_claim()

    attach(claim, "https://news.bbc.co.uk/1")
    again = attach(claim, "https://www.bbc.co.uk/2")
    other = attach(claim, "https://afp.com/3")

    assert again.sheet.claim.sources == Sources(1, 0)
    assert other.sheet.claim.sources == Sources(2, 0)


def test_a_source_turns_votes_into_a_verdict(attach, act, make_team, make_claim, person, now):
    make_team(Policy(quorum=1))
    claim = make_claim()
    act(votes.cast, GUILD, claim.key, person(7), Verdict.REFUTED, now)

    for_it = attach(claim, "https://example.com/for", Stance.SUPPORTS)
    beside = attach(claim, "https://example.com/beside", Stance.CONTEXT)
    against = attach(claim, "https://example.com/against", Stance.REFUTES)

    assert for_it.sheet.claim.standing.status is Status.IN_REVIEW
    assert beside.sheet.claim.standing.status is Status.IN_REVIEW
    assert against.sheet.claim.standing.status is Status.REFUTED


def test_a_settled_claim_takes_links_and_stays_settled(
    attach, act, make_team, make_claim, person, now
):
    make_team(Policy(quorum=1, evidence=0, hold=timedelta()))
    claim = make_claim()
    act(votes.cast, GUILD, claim.key, person(7), Verdict.SUPPORTED, now)

    attached = attach(claim, stance=Stance.REFUTES, minutes=5)

    assert attached.sheet.claim.standing.settled_at == now
    assert attached.sheet.claim.standing.status is Status.SUPPORTED
    assert attached.sheet.claim.sources == Sources(0, 1)


def test_a_link_after_the_hold_finds_the_claim_settled_before_it(
    attach, act, store, make_team, make_claim, person, now
):
    make_team(Policy(quorum=1, evidence=0, hold=timedelta(minutes=10)))
    claim = make_claim()
    act(votes.cast, GUILD, claim.key, person(7), Verdict.SUPPORTED, now)

    attach(claim, minutes=30)

    kinds = [event.happening.kind for event in store.history.of_claim(claim)]
    assert kinds == ["claim_added", "vote_cast", "settled", "evidence_added"]
    assert act(settling.settle_all, now + timedelta(days=1)) == ()


@pytest.mark.parametrize("closed", ["dropped", "duplicate"])
def test_a_closed_claim_takes_no_links(attach, store, claim, contents, closed):
    store._db.execute("UPDATE claims SET status = ?", [closed])
    before = contents()

    with pytest.raises(Refused, match="closed"):
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
        act(evidence.attach, guild, claim.key, who, PAGE, Stance.SUPPORTS, now)
    with pytest.raises(NotFound):
        sheets.details(store, guild, claim.key, who.discord_id)
    with pytest.raises(NotFound):
        sheets.by_number(store, guild, claim.number + 5)

    assert store.claims.evidence_on(claim) == ()
    assert team.id == claim.team


def test_history_holds_no_address_and_no_note_but_their_hashes(attach, store, claim):
    attach(claim, note="Told by a neighbour.")

    payloads = str([row["payload"] for row in store._db.execute("SELECT payload FROM events")])
    added = store.history.of_claim(claim)[-1].happening
    ((url, salt),) = store.claims.address_salts(claim).values()

    assert PAGE not in payloads
    assert "neighbour" not in payloads
    assert added.address_hash == hash_of(url, salt) != hash_of(url)
    assert store.history.text(added.note.key) == ("Told by a neighbour.", added.note.hash)


def test_details_hide_the_votes_of_others_until_the_tally_is_shown(act, store, claim, person, now):
    for voter in (7, 8):
        act(votes.cast, GUILD, claim.key, person(voter), Verdict.SUPPORTED, now, reason="Because.")

    hidden = sheets.details(store, GUILD, claim.key, 7)
    stranger = sheets.details(store, GUILD, claim.key, 99)
    act(votes.cast, GUILD, claim.key, person(9), Verdict.SUPPORTED, now)
    known = sheets.details(store, GUILD, claim.key, 99)

    assert [vote.voter for vote in hidden.votes] == [hidden.own_vote.voter]
    assert stranger.votes == ()
    assert len(known.votes) == 3
