"""The same claim again: one more passage of it; what disagrees is linked, on either side."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import build_source
from workflows.claims import (
    AttributionCheck,
    Disagreement,
    Polarity,
    Stance,
    Status,
    Verdict,
)
from workflows.desk import (
    audit,
    claim_views,
    evidence,
    intake,
    merging,
    moderation,
    transitions,
    votes,
)
from workflows.events import PassageAdded
from workflows.intake import Intake
from workflows.store.outbox import PostKind
from workflows.teams import Acting

GUILD, OTHER = 1001, 2002
SENT, FEWER = "10,000 troops were sent", "3,000 troops were sent"


@pytest.fixture
def arrive(act, store, found_claim, now):
    """Takes in a document of these claims, in words or as found; what was taken."""
    texts = iter(range(100))

    def run(*claims, guild=GUILD, at=None, url=None, who=None):
        found = [found_claim(each) if isinstance(each, str) else each for each in claims]
        found = [replace(each, start=n, end=n + 5) for n, each in enumerate(found)]
        text = f"Text {next(texts)}"
        document = Intake(text, None, url, date(2026, 3, 1), "en", text, tuple(found))
        taken = act(intake.add_document, guild, document, who, at or now)
        while act(intake.write_next, taken.document.id, at or now):
            pass
        return taken

    yield run
    assert audit.replay_all(store).differences == ()


@pytest.fixture
def claim_of(store, team):
    """The team's claim of this number, as it stands."""
    return lambda number: store.claims.with_number(team.id, number)


def opposed(store, claim):
    shown = claim_views.view_by_id(store, claim.id).opposed
    return [(each.claim.number, each.disagreement, each.figures) for each in shown]


# ---------------------------------------------------------------------------------- one claim


def test_repeated_claim(arrive, store, claim_of, team):
    """A repeated claim is one claim with two passages."""
    first = arrive(SENT)
    before = claim_of(1)

    again = arrive("10,000 soldiers have been sent", "Another claim altogether")

    assert (again.posted, again.shelved, again.shared) == (1, 0, 1)
    passages = store.documents.passages(claim_of(1).id)
    assert [each.document for each in passages] == [first.document, again.document]
    assert claim_of(1).version > before.version
    assert store.teams.get(team.id) == team
    assert len(store.outbox.list_undelivered()) == 4  # two documents' cards and two claims'


def test_repeated_in_one_document(arrive, store, claim_of):
    """A claim repeated within one document is one claim too."""
    taken = arrive(SENT, "Another claim altogether", SENT)

    assert (taken.posted, taken.shared) == (2, 0)
    assert len(store.documents.passages(claim_of(1).id)) == 2
    assert claim_of(3) is None


def test_same_passage_twice(act, store, claim_of, found_claim, now):
    """A passage found twice is one passage."""
    document = Intake("T", None, None, None, "en", "Text", (found_claim(SENT),) * 2)

    act(intake.add_document, GUILD, document, None, now)

    assert len(store.documents.passages(claim_of(1).id)) == 1


def test_card_counts_shared_claims(arrive, store, claim_of, act, person, now):
    """A document's card counts the claims it shares with others."""
    arrive(SENT)
    second = arrive(SENT, "Another claim altogether").document

    view = claim_views.view_document(store, second.id)
    act(votes.cast_vote, Acting(GUILD, person(7), now), claim_of(1).key, Verdict.SUPPORTED)
    after = claim_views.view_document(store, second.id)

    assert (view.claims, view.counts) == (2, {Status.UNREVIEWED: 2})
    assert after.counts == {Status.UNREVIEWED: 1, Status.IN_REVIEW: 1}
    assert after.document.version > view.document.version


def test_teams_are_separate(arrive, store, make_team, claim_of):
    """No team's claims are matched with those of another."""
    make_team(guild=OTHER)
    arrive(SENT)

    elsewhere = arrive(SENT, FEWER, guild=OTHER)

    assert (elsewhere.posted, elsewhere.shared) == (2, 0)
    assert len(store.documents.passages(claim_of(1).id)) == 1
    assert opposed(store, claim_of(1)) == []


def test_dropped_claim_is_new(arrive, claim_of, act, person, now):
    """A dropped claim that is repeated is a new claim."""
    arrive(SENT)
    act(moderation.drop_claim, Acting(GUILD, person(9, manages=True), now), claim_of(1).key, "No.")

    taken = arrive(SENT)

    assert (taken.posted, taken.shared) == (1, 0)


def test_merged_into_dropped(arrive, claim_of, act, person, now):
    """A claim merged into a dropped one is new again."""
    arrive(SENT, "Ten times a thousand troops went east")
    boss = person(9, manages=True)
    act(merging.merge, Acting(GUILD, boss, now), [claim_of(1).key], claim_of(2).key, "The same.")
    act(moderation.drop_claim, Acting(GUILD, boss, now), claim_of(2).key, "No.")

    taken = arrive(SENT, FEWER)

    assert (taken.posted, taken.shared) == (2, 0)


def test_repeat_of_a_duplicate(arrive, store, claim_of, act, person, now):
    """A claim that repeats a duplicate belongs to the claim that was kept."""
    arrive(SENT, "Ten times a thousand troops went east")
    boss = person(9, manages=True)
    act(merging.merge, Acting(GUILD, boss, now), [claim_of(1).key], claim_of(2).key, "The same.")

    taken = arrive(SENT, FEWER)

    assert (taken.posted, taken.shared) == (1, 1)
    assert len(store.documents.passages(claim_of(2).id)) == 3
    assert opposed(store, claim_of(3))[0][:2] == (2, Disagreement.FIGURE)
    assert opposed(store, claim_of(2))[0][:2] == (3, Disagreement.FIGURE)


def test_edited_figure_agrees(arrive, store, claim_of, act, person, now):
    """A figure edited to agree no longer disagrees."""
    arrive(SENT, FEWER)
    boss = person(9, manages=True)
    act(
        moderation.edit_claim, Acting(GUILD, boss, now), claim_of(2).key, SENT, "A slip of the pen."
    )

    assert opposed(store, claim_of(1)) == opposed(store, claim_of(2)) == []


def test_unresolved_comes_back(arrive, claim_of, act, person, now):
    """An unresolved claim comes back with a new passage."""
    arrive(SENT)
    key = claim_of(1).key
    for voter in (7, 8, 9):
        act(votes.cast_vote, Acting(GUILD, person(voter), now), key, Verdict.NOT_ENOUGH_EVIDENCE)
    assert claim_of(1).state.asked_again_at is None
    later = now + timedelta(hours=3)

    arrive(SENT, at=later)

    assert claim_of(1).state.status is Status.NOT_ENOUGH_EVIDENCE
    assert claim_of(1).state.asked_again_at == later


def test_settled_gets_passage(arrive, store, claim_of, act, person, now):
    """A settled claim gets the passage and stays settled."""
    arrive(SENT)
    boss = person(9, manages=True)
    act(
        moderation.settle_claim,
        Acting(GUILD, boss, now),
        claim_of(1).key,
        Verdict.REFUTED,
        "Known.",
    )
    before = claim_of(1)

    arrive(SENT, at=now + timedelta(days=1))

    assert claim_of(1).state == before.state
    assert claim_of(1).version > before.version
    assert len(store.documents.passages(before.id)) == 2


def test_due_before_passage(arrive, store, claim_of, act, person, now):
    """Whatever was due is applied before the passage."""
    arrive(SENT)
    key = claim_of(1).key
    act(evidence.attach_link, Acting(GUILD, person(7), now), key, "https://a.com/", Stance.SUPPORTS)
    for voter in (7, 8, 9):
        act(votes.cast_vote, Acting(GUILD, person(voter), now), key, Verdict.SUPPORTED)

    arrive(SENT, at=now + timedelta(days=2))

    assert claim_of(1).state.settled_at == now + timedelta(days=1)
    assert transitions.find_next_due(store) is None
    assert isinstance(store.history.of_claim(claim_of(1))[-1].data, PassageAdded)


@pytest.mark.parametrize(("post", "status"), [(0, Status.SHELVED), (1, Status.UNREVIEWED)])
def test_shelved_claim_is_posted(arrive, store, db, claim_of, found_claim, post, status):
    """A shelved claim is posted when the rule now allows it."""
    db.execute("UPDATE teams SET post = 1")
    arrive(found_claim(SENT, check_worthiness=0.3), found_claim("More of it", check_worthiness=0.9))
    db.execute("UPDATE teams SET post = ?", [post])

    taken = arrive(SENT)

    assert claim_of(1).state.status is status
    assert (taken.posted, taken.shelved, taken.shared) == (post, 0, 1)
    posted = [each for each in store.outbox.list_undelivered() if each.kind is PostKind.CLAIM]
    assert len(posted) == 1 + post


def test_open_claim_takes_no_place(arrive, db, claim_of):
    """A claim already posted takes no place from a new one."""
    arrive(SENT)
    db.execute("UPDATE teams SET post = 1")

    arrive(SENT, "Another claim altogether")

    assert claim_of(2).state.status is Status.UNREVIEWED


def test_own_document_no_source(arrive, store, claim_of, act, person, now):
    """A document that makes the claim no longer counts as its source."""
    arrive(SENT)
    act(
        evidence.attach_link,
        Acting(GUILD, person(7), now),
        claim_of(1).key,
        "https://a.com/x",
        Stance.SUPPORTS,
    )
    assert claim_of(1).sources.supports == 1

    arrive(SENT, url="https://a.com/x")

    assert claim_of(1).sources.supports == 0
    assert [link.counts for link in store.evidence.of_claim(claim_of(1))] == [False]


# ------------------------------------------------------------------------------- disagreement


def test_figures_disagree(arrive, store, claim_of):
    """Claims that disagree in a figure say so on both sides."""
    arrive(SENT)
    before = claim_of(1)

    arrive(FEWER)

    assert opposed(store, claim_of(1)) == [(2, Disagreement.FIGURE, ("10,000", "3,000"))]
    assert opposed(store, claim_of(2)) == [(1, Disagreement.FIGURE, ("3,000", "10,000"))]
    assert claim_of(1).version > before.version
    assert claim_of(1).state == before.state


def test_opposite_in_one_document(arrive, store, claim_of, found_claim):
    """The opposite is a disagreement within one document too."""
    denial = found_claim("10,000 troops were not sent", polarity=Polarity.NEGATED)

    arrive(SENT, denial)

    assert opposed(store, claim_of(1)) == [(2, Disagreement.POLARITY, None)]
    assert opposed(store, claim_of(2)) == [(1, Disagreement.POLARITY, None)]


def test_doubt_is_linked(arrive, store, claim_of, found_claim):
    """A doubt about a claim is linked with it."""
    doubt = found_claim("The number of 10,000 is too high", counters=0)

    arrive(SENT, doubt)

    assert opposed(store, claim_of(1)) == [(2, Disagreement.DOUBTED, None)]
    assert opposed(store, claim_of(2)) == [(1, Disagreement.DOUBTS, None)]


@pytest.mark.parametrize("counters", [0, 7, -1])
def test_doubt_about_nothing(arrive, store, claim_of, found_claim, counters):
    """A doubt about itself or about nothing makes no link."""
    arrive(found_claim(SENT, counters=counters), "Another claim altogether")

    assert opposed(store, claim_of(1)) == []


def test_disagreement_found_once(arrive, store, claim_of):
    """A disagreement is found once."""
    arrive(SENT, FEWER)
    arrive(FEWER, SENT)

    assert len(store.history.of_claim(claim_of(1))) == 3  # added, disagrees, stands here too
    assert len(opposed(store, claim_of(1))) == 1


def test_dropped_disagrees_no_longer(arrive, store, claim_of, act, person, now):
    """A dropped claim no longer disagrees with others."""
    arrive(SENT, FEWER)

    act(moderation.drop_claim, Acting(GUILD, person(9, manages=True), now), claim_of(2).key, "No.")

    assert opposed(store, claim_of(1)) == []


def test_links_are_limited(arrive, store, claim_of):
    """No claim is linked with a whole crowd."""
    arrive(*(f"{number},000 troops were sent" for number in range(11, 31)))

    arrive(SENT)

    assert len(opposed(store, claim_of(21))) == 10


def test_source_becomes_document(arrive, act, store, claim_of, found_claim, person, now):
    """Evidence for a saying stops counting once it is one of the claim's documents."""
    said = build_source("BBC")
    arrive(replace(found_claim(SENT), attribution=(said,)))
    (source,) = store.documents.passages(claim_of(1).id)[0].attribution
    link, stance = "https://bbc.co.uk/1", Stance.CONFIRMS
    key = claim_of(1).key
    act(evidence.attach_link, Acting(GUILD, person(7), now), key, link, stance, target=source.id)

    arrive(SENT, url=link)

    assert store.documents.passages(claim_of(1).id)[0].attribution[0].check is (
        AttributionCheck.UNCHECKED
    )
