"""The same claim again: one more passage of it; what disagrees is linked, on either side."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from workflows.claims import (
    Attribution,
    AttributionCheck,
    Disagreement,
    Hedge,
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
        return act(intake.add_document, guild, document, who, at or now)

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


def test_a_claim_told_again_is_one_claim_with_two_passages(arrive, store, claim_of, team):
    first = arrive(SENT)
    before = claim_of(1)

    again = arrive("10,000 soldiers have been sent", "Another claim altogether")

    assert (again.posted, again.shelved, again.shared) == (1, 0, 1)
    passages = store.documents.passages(claim_of(1).id)
    assert [each.document for each in passages] == [first.document, again.document]
    assert claim_of(1).version > before.version
    assert store.teams.get(team.id) == team
    assert len(store.outbox.list_undelivered()) == 4  # two documents' cards and two claims'


def test_told_twice_in_one_document_it_is_one_claim_too(arrive, store, claim_of):
    taken = arrive(SENT, "Another claim altogether", SENT)

    assert (taken.posted, taken.shared) == (2, 0)
    assert len(store.documents.passages(claim_of(1).id)) == 2
    assert claim_of(3) is None


def test_a_passage_found_twice_over_is_one_passage(act, store, claim_of, found_claim, now):
    document = Intake("T", None, None, None, "en", "Text", (found_claim(SENT),) * 2)

    act(intake.add_document, GUILD, document, None, now)

    assert len(store.documents.passages(claim_of(1).id)) == 1


def test_a_documents_card_counts_the_claims_it_shares(arrive, store, claim_of, act, person, now):
    arrive(SENT)
    second = arrive(SENT, "Another claim altogether").document

    view = claim_views.view_document(store, second.id)
    act(votes.cast_vote, GUILD, claim_of(1).key, person(7), Verdict.SUPPORTED, now)
    after = claim_views.view_document(store, second.id)

    assert (view.claims, view.counts) == (2, {Status.UNREVIEWED: 2})
    assert after.counts == {Status.UNREVIEWED: 1, Status.IN_REVIEW: 1}
    assert after.document.version > view.document.version


def test_no_team_meets_the_claims_of_another(arrive, store, make_team, claim_of):
    make_team(guild=OTHER)
    arrive(SENT)

    elsewhere = arrive(SENT, FEWER, guild=OTHER)

    assert (elsewhere.posted, elsewhere.shared) == (2, 0)
    assert len(store.documents.passages(claim_of(1).id)) == 1
    assert opposed(store, claim_of(1)) == []


def test_a_dropped_claim_is_not_told_again_but_new(arrive, claim_of, act, person, now):
    arrive(SENT)
    act(moderation.drop_claim, GUILD, claim_of(1).key, person(9, manages=True), "No.", now)

    taken = arrive(SENT)

    assert (taken.posted, taken.shared) == (1, 0)


def test_what_was_merged_into_a_dropped_claim_is_new_again(arrive, claim_of, act, person, now):
    arrive(SENT, "Ten times a thousand troops went east")
    boss = person(9, manages=True)
    act(merging.merge, GUILD, [claim_of(1).key], claim_of(2).key, boss, "The same.", now)
    act(moderation.drop_claim, GUILD, claim_of(2).key, boss, "No.", now)

    taken = arrive(SENT, FEWER)

    assert (taken.posted, taken.shared) == (2, 0)


def test_a_claim_told_again_of_which_a_duplicate_is_known_is_the_kept_ones(
    arrive, store, claim_of, act, person, now
):
    arrive(SENT, "Ten times a thousand troops went east")
    boss = person(9, manages=True)
    act(merging.merge, GUILD, [claim_of(1).key], claim_of(2).key, boss, "The same.", now)

    taken = arrive(SENT, FEWER)

    assert (taken.posted, taken.shared) == (1, 1)
    assert len(store.documents.passages(claim_of(2).id)) == 3
    assert opposed(store, claim_of(3))[0][:2] == (2, Disagreement.FIGURE)
    assert opposed(store, claim_of(2))[0][:2] == (3, Disagreement.FIGURE)


def test_a_figure_that_is_edited_to_agree_disagrees_no_more(
    arrive, store, claim_of, act, person, now
):
    arrive(SENT, FEWER)
    boss = person(9, manages=True)
    act(moderation.edit_claim, GUILD, claim_of(2).key, boss, SENT, "A slip of the pen.", now)

    assert opposed(store, claim_of(1)) == opposed(store, claim_of(2)) == []


def test_what_could_not_be_told_comes_back_with_a_new_passage(arrive, claim_of, act, person, now):
    arrive(SENT)
    key = claim_of(1).key
    for voter in (7, 8, 9):
        act(votes.cast_vote, GUILD, key, person(voter), Verdict.NOT_ENOUGH_EVIDENCE, now)
    assert claim_of(1).state.asked_again_at is None
    later = now + timedelta(hours=3)

    arrive(SENT, at=later)

    assert claim_of(1).state.status is Status.NOT_ENOUGH_EVIDENCE
    assert claim_of(1).state.asked_again_at == later


def test_a_settled_claim_gets_the_passage_and_stays_settled(
    arrive, store, claim_of, act, person, now
):
    arrive(SENT)
    boss = person(9, manages=True)
    act(moderation.settle_claim, GUILD, claim_of(1).key, boss, Verdict.REFUTED, "Known.", now)
    before = claim_of(1)

    arrive(SENT, at=now + timedelta(days=1))

    assert claim_of(1).state == before.state
    assert claim_of(1).version > before.version
    assert len(store.documents.passages(before.id)) == 2


def test_what_was_due_comes_before_the_passage(arrive, store, claim_of, act, person, now):
    arrive(SENT)
    key = claim_of(1).key
    act(evidence.attach_link, GUILD, key, person(7), "https://a.com/", Stance.SUPPORTS, now)
    for voter in (7, 8, 9):
        act(votes.cast_vote, GUILD, key, person(voter), Verdict.SUPPORTED, now)

    arrive(SENT, at=now + timedelta(days=2))

    assert claim_of(1).state.settled_at == now + timedelta(days=1)
    assert transitions.find_next_due(store) is None
    assert isinstance(store.history.of_claim(claim_of(1))[-1].data, PassageAdded)


@pytest.mark.parametrize(("post", "status"), [(0, Status.SHELVED), (1, Status.UNREVIEWED)])
def test_a_shelved_claim_is_posted_when_the_rule_now_posts_it(
    arrive, act, store, claim_of, found_claim, post, status
):
    act(lambda store: store._db.execute("UPDATE teams SET post = 1"))
    arrive(found_claim(SENT, check_worthiness=0.3), found_claim("More of it", check_worthiness=0.9))
    act(lambda store: store._db.execute("UPDATE teams SET post = ?", [post]))

    taken = arrive(SENT)

    assert claim_of(1).state.status is status
    assert (taken.posted, taken.shelved, taken.shared) == (post, 0, 1)
    posted = [each for each in store.outbox.list_undelivered() if each.kind is PostKind.CLAIM]
    assert len(posted) == 1 + post


def test_a_claim_on_the_table_takes_no_place_from_a_new_one(arrive, act, claim_of):
    arrive(SENT)
    act(lambda store: store._db.execute("UPDATE teams SET post = 1"))

    arrive(SENT, "Another claim altogether")

    assert claim_of(2).state.status is Status.UNREVIEWED


def test_a_document_that_makes_the_claim_is_no_source_of_it_any_more(
    arrive, store, claim_of, act, person, now
):
    arrive(SENT)
    act(
        evidence.attach_link,
        GUILD,
        claim_of(1).key,
        person(7),
        "https://a.com/x",
        Stance.SUPPORTS,
        now,
    )
    assert claim_of(1).sources.supports == 1

    arrive(SENT, url="https://a.com/x")

    assert claim_of(1).sources.supports == 0
    assert [link.counts for link in store.evidence.of_claim(claim_of(1))] == [False]


# ------------------------------------------------------------------------------- disagreement


def test_claims_that_disagree_in_a_figure_say_so_on_either_side(arrive, store, claim_of):
    arrive(SENT)
    before = claim_of(1)

    arrive(FEWER)

    assert opposed(store, claim_of(1)) == [(2, Disagreement.FIGURE, ("10,000", "3,000"))]
    assert opposed(store, claim_of(2)) == [(1, Disagreement.FIGURE, ("3,000", "10,000"))]
    assert claim_of(1).version > before.version
    assert claim_of(1).state == before.state


def test_the_opposite_is_a_disagreement_within_one_document_too(
    arrive, store, claim_of, found_claim
):
    denial = found_claim("10,000 troops were not sent", polarity=Polarity.NEGATED)

    arrive(SENT, denial)

    assert opposed(store, claim_of(1)) == [(2, Disagreement.POLARITY, None)]
    assert opposed(store, claim_of(2)) == [(1, Disagreement.POLARITY, None)]


def test_a_doubt_about_a_claim_is_linked_with_it(arrive, store, claim_of, found_claim):
    doubt = found_claim("The number of 10,000 is too high", counters=0)

    arrive(SENT, doubt)

    assert opposed(store, claim_of(1)) == [(2, Disagreement.DOUBTED, None)]
    assert opposed(store, claim_of(2)) == [(1, Disagreement.DOUBTS, None)]


@pytest.mark.parametrize("counters", [0, 7, -1])
def test_a_doubt_about_itself_or_about_nothing_is_no_link(
    arrive, store, claim_of, found_claim, counters
):
    arrive(found_claim(SENT, counters=counters), "Another claim altogether")

    assert opposed(store, claim_of(1)) == []


def test_a_disagreement_is_found_once(arrive, store, claim_of):
    arrive(SENT, FEWER)
    arrive(FEWER, SENT)

    assert len(store.history.of_claim(claim_of(1))) == 3  # added, disagrees, stands here too
    assert len(opposed(store, claim_of(1))) == 1


def test_what_is_dropped_disagrees_no_more(arrive, store, claim_of, act, person, now):
    arrive(SENT, FEWER)

    act(moderation.drop_claim, GUILD, claim_of(2).key, person(9, manages=True), "No.", now)

    assert opposed(store, claim_of(1)) == []


def test_no_claim_is_linked_with_a_whole_crowd(arrive, store, claim_of):
    arrive(*(f"{number},000 troops were sent" for number in range(11, 31)))

    arrive(SENT)

    assert len(opposed(store, claim_of(21))) == 10


def test_a_link_that_shows_a_saying_shows_nothing_once_it_is_a_document_of_the_claims(
    arrive, act, store, claim_of, found_claim, person, now
):
    said = Attribution("BBC", None, None, None, None, None, False, None, Hedge.REPORTED)
    arrive(replace(found_claim(SENT), attribution=(said,)))
    (source,) = store.documents.passages(claim_of(1).id)[0].attribution
    link, stance = "https://bbc.co.uk/1", Stance.CONFIRMS
    key = claim_of(1).key
    act(evidence.attach_link, GUILD, key, person(7), link, stance, now, target=source.id)

    arrive(SENT, url=link)

    assert store.documents.passages(claim_of(1).id)[0].attribution[0].check is (
        AttributionCheck.UNCHECKED
    )
