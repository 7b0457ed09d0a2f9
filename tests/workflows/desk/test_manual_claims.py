"""Claims people put into words: kept with who says so, never twice, their own link no proof."""

from datetime import timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Hedge, Stance, Status, Verdict
from workflows.desk import audit, evidence, manual_claims, moderation, votes
from workflows.desk.manual_claims import ManualClaim
from workflows.errors import BadInput, NotAllowed
from workflows.policy import Policy
from workflows.store.outbox import PostKind
from workflows.teams import Acting

GUILD = 1001
FERRY = "The ferry Aurora sank off Busan"
LINK = "https://town.example.org/mayor"


@pytest.fixture
def add(act, person, now):
    def run(words, by=7, at=now, **told):
        return act(
            manual_claims.add_claim, Acting(GUILD, person(by), at), ManualClaim(words, **told)
        )

    return run


@pytest.mark.usefixtures("team")
def test_claim_without_a_source(add, store):
    """A claim without a source stands in no document and is posted."""
    added = add("  The ferry   Aurora sank off Busan ")

    claim = added.view.claim
    assert (claim.words, claim.number, added.known) == (FERRY, 1, False)
    assert claim.state.status is Status.UNREVIEWED
    assert added.view.passages == ()
    posts = store.outbox.list_undelivered()
    assert [(post.kind, post.subject) for post in posts] == [(PostKind.CLAIM, claim.id)]


@pytest.mark.usefixtures("team")
def test_source_becomes_passage(add):
    """Its source, quote and link become its passage."""
    told = {"source": "The mayor", "quote": "It is full of water!", "link": LINK}
    added = add("The tunnel is flooded", hedge=Hedge.ALLEGED, **told)

    (passage,) = added.view.passages
    (source,) = passage.attribution
    assert (source.said.source, source.said.hedge) == ("The mayor", Hedge.ALLEGED)
    assert (passage.quote, passage.document.url) == ("It is full of water!", LINK)
    assert passage.hedge is Hedge.ALLEGED


@pytest.mark.parametrize(
    ("told", "title", "hedge"),
    [
        ({"source": "The mayor"}, "The mayor", Hedge.REPORTED),
        ({"link": LINK}, "example.org", Hedge.ASSERTED),
        ({"quote": "It is so."}, "It is so.", Hedge.ASSERTED),
    ],
)
@pytest.mark.usefixtures("team")
def test_quote_is_enough(add, told, title, hedge):
    """A quote alone is enough for a passage."""
    (passage,) = add("The tunnel is flooded", **told).view.passages

    assert passage.document.title == title
    assert passage.hedge is hedge


@pytest.mark.usefixtures("team")
def test_origin_cannot_support(add, act, person, now):
    """The page on which it is said cannot support it."""
    claim = add("The tunnel is flooded", link=LINK).view.claim

    attached = act(
        evidence.attach_link, Acting(GUILD, person(8), now), claim.key, LINK, Stance.SUPPORTS
    )

    assert not attached.link.counts


@pytest.mark.usefixtures("team")
def test_known_claim_gets_passage(add, store, team):
    """A claim the team has is not added twice but gets one more passage."""
    first = add(FERRY).view.claim

    again = add(f"{FERRY}.", link=LINK)

    assert again.known
    assert again.view.claim.id == first.id
    assert [passage.document.url for passage in again.view.passages] == [LINK]
    assert len(store.claims.of_team(team.id)) == 1


def test_shelved_claim_is_posted(make_team, make_claim, add):
    """A known claim on the shelf is posted."""
    make_team(post=0)
    shelved = make_claim(FERRY)
    assert shelved.state.status is Status.SHELVED

    added = add(FERRY)

    assert added.known
    assert added.view.claim.state.status is Status.UNREVIEWED


@pytest.mark.usefixtures("team")
def test_another_time_another_claim(add, now):
    """The same words about another time are another claim."""
    add(FERRY)

    assert not add(FERRY, as_of=now.date() - timedelta(days=400)).known
    assert add(FERRY, as_of=now.date() - timedelta(days=400)).known


@pytest.mark.usefixtures("team")
def test_settled_stays_settled(add, act, person, now):
    """A known claim that is settled stays settled."""
    claim = add(FERRY).view.claim
    mo = person(1, manages=True)
    act(moderation.settle_claim, Acting(GUILD, mo, now), claim.key, Verdict.REFUTED, "it floats")

    added = add(FERRY, at=now + timedelta(days=1))

    assert added.known
    assert added.view.claim.state.settled_at == now


def test_no_vote_on_own_claim(make_team, add, act, person, now):
    """Where the team says so, people cannot vote on claims they added."""
    make_team(Policy(own_claims=False))
    claim = add(FERRY).view.claim

    with refuses(NotAllowed, "own-claim"):
        act(votes.cast_vote, Acting(GUILD, person(7), now), claim.key, Verdict.SUPPORTED)
    act(votes.cast_vote, Acting(GUILD, person(8), now), claim.key, Verdict.SUPPORTED)


@pytest.mark.usefixtures("team")
def test_history_adds_up(add, store):
    """Replaying the history gives what is stored."""
    add(FERRY)
    add("The tunnel is flooded", source="The mayor", link=LINK)
    add(FERRY, quote="A ferry went down.")

    assert audit.replay_all(store).differences == ()


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"words": " "}, refuses(BadInput, most=1000)),
        ({"words": "w" * 1001}, refuses(BadInput, most=1000)),
        ({"words": "It is so", "link": "nowhere"}, refuses(BadInput, "not-a-link")),
        ({"words": "It is so", "hedge": Hedge.DENIED}, refuses(BadInput, "source-needed")),
    ],
)
@pytest.mark.usefixtures("team")
def test_bad_claim_keeps_nothing(add, store, team, given, refusal):
    """What cannot be a claim is refused, and nothing is kept."""
    with refusal:
        add(**given)

    assert store.claims.of_team(team.id) == ()


def test_voters_only(make_team, add):
    """Somebody without the role cannot add a claim."""
    make_team(voter_roles=frozenset({5}))

    with pytest.raises(NotAllowed):
        add(FERRY)


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize(
    "words", ["The bridge is closed.", "Boeing lost 4 billion dollars.", "Kherson has fallen."]
)
def test_typed_again(words, act, person, now):
    """A claim typed again word for word is the same one, however short; a word more is another."""
    acting = Acting(GUILD, person(7), now)
    first = act(manual_claims.add_claim, acting, ManualClaim(words))

    again = act(manual_claims.add_claim, acting, ManualClaim(words))
    other = act(manual_claims.add_claim, acting, ManualClaim(f"Perhaps not: {words}"))

    assert (again.known, again.view.claim.id) == (True, first.view.claim.id)
    assert not other.known
