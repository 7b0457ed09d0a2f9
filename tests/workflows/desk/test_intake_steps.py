"""A long document is written in steps: votes come in between, and a crash leaves nothing half."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import build_found_claim
from workflows.claims import Disagreement, Status
from workflows.desk import audit, intake, moderation
from workflows.intake import STEP, ExistingClaim, Intake, Match, plan_arrival
from workflows.outbox_state import OutboxState
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting

GUILD = 1001
MANY = 90
FEW = 30


def paper(count: int = MANY) -> Intake:
    words = (
        f"The mill at Lorne burned for {n + 2} nights in the year of the flood"
        for n in range(count)
    )
    claims = tuple(build_found_claim(each) for each in words)
    return Intake("Title", None, None, date(2026, 3, 1), "en", "The text.", claims)


@given(
    st.lists(st.tuples(st.none() | st.integers(0, 99), st.integers(0, 15)), max_size=60),
    st.sets(st.integers(0, 59)),
)
def test_steps_are_bounded(shape, chosen):
    """Every claim is written once, in order, and no step is long, whatever it disagrees with."""
    found = [build_found_claim(str(n), counters=counters) for n, (counters, _) in enumerate(shape)]
    met = [
        Match(None, tuple((ExistingClaim(n), Disagreement.FIGURE) for n in range(others)))
        for _, others in shape
    ]
    chosen = {place for place in chosen if place < len(shape)}

    steps = plan_arrival(found, met, chosen)

    written = [each for step in steps for each in step.claims]
    assert [each.place for each in written] == list(range(len(shape)))
    for step in steps:
        assert max(len(step.claims), len(step.disagreements), len(step.post)) <= STEP
        assert sum(map(bool, (step.claims, step.disagreements, step.post))) <= 1
    assert [place for step in steps for place in step.post] == sorted(chosen)
    order = [2 * bool(step.claims) + bool(step.disagreements) for step in steps]
    assert order == sorted(order, reverse=True)
    assert sum(step.opens for step in steps) == 1
    pairs = [pair for step in steps for pair in step.disagreements]
    asked = sum(others for _, others in shape)
    asked += sum(counters is not None and counters < len(shape) for counters, _ in shape)
    assert len(pairs) == asked


def test_cut_intake_resumes(act, database, make_team, now):
    """A process that ends between two steps has posted nothing; the next one goes on to the end."""
    team = make_team(post=3)
    taken = act(intake.add_document, GUILD, paper(FEW), None, now)
    assert (taken.posted, taken.shelved) == (3, FEW - 3)
    act(intake.write_next, taken.document.id, now)

    db = connections.open_for_writing(database)  # another process
    store, left = ClaimStore(db), True
    while left:
        assert store.outbox.of_team(team.id, *OutboxState) == ()
        assert audit.replay_all(store).differences == ()
        with db.conn:
            left = intake.write_next(store, None, now) and not store.outbox.of_team(
                team.id, *OutboxState
            )
    claims, posts = (
        store.claims.of_document(taken.document),
        store.outbox.of_team(team.id, *OutboxState),
    )
    differences = audit.replay_all(store).differences
    db.close()

    assert differences == ()
    assert [claim.number for claim in claims] == list(range(1, FEW + 1))
    assert [post.kind.value for post in posts] == ["document", "claim", "claim", "claim"]
    assert sum(claim.state.status is Status.SHELVED for claim in claims) == FEW - 3
    assert act(intake.write_next, None, now) is False


@pytest.mark.parametrize("changed", ["dropped", "added"])
def test_matches_are_looked_at_again(act, store, make_team, person, now, changed):
    """What the team did since a document was compared decides what its claims are."""
    team = make_team()
    older = replace(paper(), text="Older.", claims=paper().claims[50:51])
    if changed == "dropped":
        act(intake.add_document, GUILD, older, None, now)
    ahead = intake.match_ahead(store, GUILD, paper(), now)
    moderator = Acting(GUILD, person(9, manages=True), now)
    if changed == "dropped":
        act(moderation.drop_claim, moderator, store.claims.with_number(team.id, 1).key, "no claim")
    else:
        act(intake.add_document, GUILD, older, None, now)

    taken = act(intake.add_document, GUILD, paper(), None, now, ahead)
    while act(intake.write_next, taken.document.id, now):
        pass

    assert len(store.claims.of_team(team.id)) == (MANY + 1 if changed == "dropped" else MANY)
    assert audit.replay_all(store).differences == ()
