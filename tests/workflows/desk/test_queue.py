"""The queue: each claim that awaits a reader's vote once, in the order of their list."""

import pytest

from tests.expect import refuses
from workflows.claims import Verdict
from workflows.desk import intake, moderation, queue, search
from workflows.errors import NotAllowed, Refused
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.search import ClaimFilter
from workflows.teams import Acting

GUILD = 1001
YES = Verdict.SUPPORTED


@pytest.fixture
def ada(person, now):
    return Acting(GUILD, person(7), now)


@pytest.fixture
def claims(act, team, store, found_claim, now):
    """Five claims, some of which rank the same."""
    found = tuple(
        found_claim(f"Bridge {n} is closed", check_worthiness=worth)
        for n, worth in enumerate((0.52, 0.91, 0.48, 0.33, 0.89))
    )
    document = Intake("News", None, None, None, "en", "The news", found)
    taken = act(intake.add_document, team.settings.guild, document, None, now)
    return store.claims.of_document(taken.document)


def walk(store, acting):
    """The numbers of the claims that Next leads through."""
    shown = queue.read_queue(store, acting)
    while shown.view:
        yield shown.view.claim.number
        shown = queue.read_queue(store, acting, after=shown.view.claim.key)


def test_order_of_the_list(store, claims, ada):
    """Next leads through the claims in the order in which the list shows them."""
    key = search.ask_list(store, ada, ClaimFilter(awaiting=True))
    listed = search.read_list(store, ada, key, 1).found.claims

    assert list(walk(store, ada)) == [claim.number for claim in listed]
    assert len(listed) == len(claims)


def test_vote_moves_on(act, store, claims, ada):
    """A vote shows the next claim; what was voted on is left out and no longer counted."""
    numbers = list(walk(store, ada))
    first = queue.read_queue(store, ada)

    receipt, shown = act(queue.vote_and_move_on, ada, first.view.claim.key, YES)

    assert (receipt.vote.verdict, receipt.claim.number) == (YES, numbers[0])
    assert (shown.view.claim.number, shown.left) == (numbers[1], len(claims) - 1)
    assert list(walk(store, ada)) == numbers[1:]
    receipt, shown = act(queue.take_back, ada, first.view.claim.key)
    assert (receipt.vote, shown.view.claim.number) == (None, numbers[0])
    assert list(walk(store, ada)) == numbers


def test_end(act, store, claims, ada):
    """Behind the last claim the skipped ones are counted; after the last vote none is left."""
    end = queue.read_queue(store, ada, after=min(claims, key=_rank).key)
    assert (end.view, end.left) == (None, len(claims))

    for claim in claims:
        act(queue.vote_and_move_on, ada, claim.key, YES)

    assert queue.read_queue(store, ada).left == 0
    assert queue.read_queue(store, ada).view is None


def _rank(claim):
    return round(claim.check_worthiness, 1), claim.id


def test_rules_of_a_vote(act, make_team, make_claim, store, person, now):
    """A vote from the queue obeys what a vote on the card does."""
    make_team(Policy(quorum=1, evidence=0, own_claims=False), voter_roles=frozenset({5}))
    claim = make_claim()
    stranger = Acting(GUILD, person(7), now)

    with refuses(NotAllowed, roles=frozenset({5})):
        queue.read_queue(store, stranger)
    with refuses(NotAllowed, roles=frozenset({5})):
        act(queue.vote_and_move_on, stranger, claim.key, YES)


def test_closed_meanwhile(act, claims, ada, person, now):
    """A claim that was settled meanwhile takes no vote from the queue either."""
    boss = Acting(GUILD, person(1, manages=True), now)
    act(moderation.settle_claim, boss, claims[0].key, YES, "Seen it.")

    with refuses(Refused, "settled"):
        act(queue.vote_and_move_on, ada, claims[0].key, YES)
