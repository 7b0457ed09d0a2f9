"""Claims merged and split, and both undone, on a real database; history replays each time."""

from datetime import date, timedelta

import pytest

from tests.expect import refuses
from workflows.claims import (
    Attribution,
    AttributionCheck,
    EvidenceCounts,
    Hedge,
    Stance,
    Status,
    Verdict,
)
from workflows.desk import audit, evidence, intake, merging, policies, privacy, transitions, votes
from workflows.desk.merging import ClaimPart
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.flip_limit import TooManyFlips
from workflows.intake import Intake
from workflows.notices import NoticeKind
from workflows.policy import Policy, TallyRule
from workflows.teams import Acting

GUILD, OTHER = 1001, 2002
YES, NO = Verdict.SUPPORTED, Verdict.REFUTED
EAGER = Policy(quorum=1, evidence=0, hold=timedelta(hours=4))
WHY = "They say the same."
PAGE = "https://example.com/report"


@pytest.fixture
def do(act, person, now, store):
    """do(merging.merge, …) by a moderator, with a reason; history must replay afterwards."""

    def run(action, *args, hours=1, who=None, **named):
        who = who or person(1, manages=True)
        at = now + timedelta(hours=hours)
        done = act(action, Acting(GUILD, who, at), *args, WHY, **named)
        assert audit.replay_all(store).differences == ()
        return done

    return run


@pytest.fixture
def vote(act, person, now):
    def run(claim, voter=7, verdict=YES):
        return act(votes.cast_vote, Acting(GUILD, person(voter), now), claim.key, verdict)

    return run


@pytest.fixture
def attach(act, person, now):
    def run(claim, address=PAGE, stance=Stance.SUPPORTS, who=None, **other):
        who = who or person(7)
        return act(
            evidence.attach_link, Acting(GUILD, who, now), claim.key, address, stance, **other
        ).link

    return run


@pytest.fixture
def pair(team, make_claim):
    """Two claims of one team, from two documents."""
    assert team.policy == Policy()
    return make_claim("The bridge is shut"), make_claim("The bridge is closed", url=PAGE)


def again(store, claim):
    return store.claims.get(claim.id)


def test_votes_do_not_move(do, vote, attach, pair):
    """A merge moves passages and links, and not votes."""
    duplicate, kept = pair
    vote(duplicate, 7)
    vote(kept, 8)
    attach(duplicate, "https://b.org/1")

    merged = do(merging.merge, (duplicate.key,), kept.key)

    assert len(merged.kept.passages) == 2
    assert [link.url for link in merged.kept.evidence] == ["https://b.org/1"]
    assert merged.kept.claim.sources == EvidenceCounts(1, 0)
    (gone,) = merged.duplicates
    assert (gone.passages, gone.evidence) == ((), ())
    assert gone.claim.state.status is Status.DUPLICATE
    assert gone.claim.merged_into == kept.id
    assert (merged.kept.claim.tally.votes, gone.claim.tally.votes) == (1, 1)


def test_link_to_own_document(do, attach, pair):
    """A link to what is now the claim's own document no longer counts."""
    duplicate, kept = pair
    assert attach(duplicate).counts

    merged = do(merging.merge, (duplicate.key,), kept.key)

    assert [link.counts for link in merged.kept.evidence] == [False]
    assert merged.kept.claim.sources == EvidenceCounts()


def test_voters_asked_once(do, vote, store, pair, now):
    """Voters of the duplicate are asked once, until they vote."""
    duplicate, kept = pair
    for voter in (7, 8):
        vote(duplicate, voter)
    vote(kept, 8)

    merged = do(merging.merge, (duplicate.key,), kept.key)

    assert merged.asked == 1
    asked, settled = (store.teams.find_member(kept.team, voter) for voter in (7, 8))
    ((claim, (merged, voted)),) = store.votes.of_member(kept.team, asked).items()
    assert (claim, merged) == (kept.id, True)
    assert store.votes.of_member(kept.team, settled) == {}
    store.votes.mark(voted, now)
    assert store.votes.of_member(kept.team, asked) == {}


def test_vote_on_duplicate(do, vote, pair):
    """A vote on a merged claim is refused and names the claim to vote on."""
    duplicate, kept = pair
    do(merging.merge, (duplicate.key,), kept.key)

    with refuses(Refused, "duplicate", number=kept.number):
        vote(duplicate, 9)


def test_undo_restores_all(do, vote, attach, store, pair):
    """An undone merge leaves everything as it was."""
    duplicate, kept = pair
    vote(duplicate)
    attach(duplicate)
    attach(kept, "https://b.org/1")
    before = [(again(store, c).tally, again(store, c).sources) for c in pair]
    places = [[p.identity for p in store.documents.passages(c.id)] for c in pair]
    do(merging.merge, (duplicate.key,), kept.key)

    parted = do(merging.undo_merge, duplicate.key, hours=2)

    assert [(c.tally, c.sources) for c in (parted.other.claim, parted.kept.claim)] == before
    assert [[p.identity for p in each.passages] for each in (parted.other, parted.kept)] == places
    assert parted.other.claim.state.status is Status.IN_REVIEW
    assert parted.other.claim.merged_into is None
    assert vote(duplicate, 9).changed


def test_hidden_stays_hidden(do, vote, act, make_team, make_claim, person, now):
    """What was hidden stays hidden when a merge is undone."""
    make_team(Policy(quorum=3))
    duplicate, kept = make_claim("One"), make_claim("Two")
    vote(duplicate)
    do(merging.merge, (duplicate.key,), kept.key)
    boss = person(1, manages=True)
    act(policies.change_policy, Acting(GUILD, boss, now), {"tally": TallyRule.VISIBLE.value})

    parted = do(merging.undo_merge, duplicate.key, hours=2)

    assert not parted.other.claim.state.tally_shown


def test_back_to_the_shelf(do, make_team, make_claim):
    """A shelved duplicate goes back to the shelf."""
    make_team(post=0)
    shelved, other = make_claim("One"), make_claim("Two")
    do(merging.merge, (shelved.key,), other.key)

    parted = do(merging.undo_merge, shelved.key, hours=2)

    assert parted.other.claim.state.status is Status.SHELVED


def test_undo_last_merge_first(do, team, make_claim):
    """A chain of merges is undone from the last one."""
    one, two, three = (make_claim(words) for words in ("One", "Two", "Three"))
    assert team.policy_version == 1
    do(merging.merge, (one.key,), two.key)
    do(merging.merge, (two.key,), three.key)

    with refuses(Refused, "merged-further"):
        do(merging.undo_merge, one.key)
    do(merging.undo_merge, two.key, hours=2)
    parted = do(merging.undo_merge, one.key, hours=3)

    assert [len(each.passages) for each in (parted.kept, parted.other)] == [1, 1]


def test_settled_is_no_duplicate(do, vote, attach, act, store, db, make_team, make_claim, now):
    """A settled claim can be merged into, but cannot be the duplicate."""
    make_team(EAGER)
    settled, fresh = make_claim("One"), make_claim("Two")
    vote(settled)
    act(transitions.apply_all_due, now + timedelta(hours=4))
    attach(fresh, stance=Stance.REFUTES)

    with refuses(Refused, "settled"):
        do(merging.merge, (settled.key,), fresh.key, hours=5)
    merged = do(merging.merge, (fresh.key,), settled.key, hours=5)

    assert merged.kept.claim.state == again(store, settled).state
    assert merged.kept.claim.state.settled_at
    (notice,) = db.execute("SELECT kind FROM notices").fetchone()
    assert notice == NoticeKind.NEW_EVIDENCE


def test_who_can_merge(act, do, person, now, pair, make_team, make_claim):
    """Only the team's moderators can merge, and only with a reason."""
    one, two = pair
    make_team(guild=OTHER)
    theirs = make_claim(guild=OTHER)
    boss = person(1, manages=True)

    with pytest.raises(NotAllowed):
        do(merging.merge, (one.key,), two.key, who=person(7))
    with pytest.raises(NotFound):
        do(merging.merge, (theirs.key,), two.key)
    with refuses(BadInput, "reason-needed"):
        act(merging.merge, Acting(GUILD, boss, now), (one.key,), two.key, "  ")
    for keys in ((), (one.key, one.key), (two.key,)):
        with refuses(BadInput, "claims-to-merge"):
            do(merging.merge, keys, two.key)


def test_many_flips_need_confirmation(do, vote, store, make_team, make_claim):
    """Changing many verdicts at once needs a confirmation."""
    make_team(EAGER)
    claims = [make_claim(f"Claim {n}") for n in range(6)]
    for claim in claims:
        vote(claim)
    keys = [claim.key for claim in claims[1:]]

    with pytest.raises(TooManyFlips) as braked:
        do(merging.merge, keys, claims[0].key)
    assert len(braked.value.changes) == 5
    assert again(store, claims[1]).state.provisional

    merged = do(merging.merge, keys, claims[0].key, confirmed=True)
    assert len(merged.duplicates) == 5


def test_split_has_no_votes(do, vote, db, claim):
    """A split makes a claim without votes in the same passage."""
    vote(claim)

    parted = do(merging.split, claim.key, ClaimPart("The road is closed"))

    new = parted.other.claim
    assert (new.words, new.tally.votes) == ("The road is closed", 0)
    assert new.state.status is Status.UNREVIEWED
    assert [p.quote for p in parted.other.passages] == [p.quote for p in parted.kept.passages]
    assert parted.kept.claim.tally.votes == 1
    queued = db.execute("SELECT count(*) FROM outbox WHERE claim_id = ?", [new.id])
    assert queued.fetchone()[0] == 1


def test_split_moves_and_undoes(do, attach, store, pair):
    """A split takes passages and links with it, and can be undone."""
    duplicate, kept = pair
    do(merging.merge, (duplicate.key,), kept.key)
    link = attach(kept, "https://b.org/1")
    first = store.documents.passages(kept.id)[0].id

    parted = do(
        merging.split, kept.key, ClaimPart("A road", passages=[first], evidence=[link.key]), hours=2
    )

    assert [len(each.passages) for each in (parted.kept, parted.other)] == [1, 1]
    assert [each.claim.sources for each in (parted.kept, parted.other)] == [
        EvidenceCounts(),
        EvidenceCounts(1, 0),
    ]
    undone = do(merging.undo_split, kept.key, hours=3)
    assert len(undone.kept.passages) == 2
    assert [each.key for each in undone.kept.evidence] == [link.key]
    assert undone.duplicates[0].claim.merged_into == kept.id


def test_new_words_for_the_rest(do, vote, claim):
    """New words for the rest make its votes stale."""
    vote(claim)

    parted = do(
        merging.split, claim.key, ClaimPart("The road is closed", rest="The bridge is shut")
    )

    assert parted.kept.claim.words == "The bridge is shut"
    assert parted.kept.stale == 1


def test_split_of_own_parts(do, claim, pair):
    """A split can only take passages and links of the claim."""
    elsewhere = pair[0]
    with refuses(BadInput, "passages-gone"):
        do(merging.split, claim.key, ClaimPart("A", passages=[10_000]))
    with refuses(BadInput, "links-gone"):
        do(merging.split, claim.key, ClaimPart("A", evidence=["none"]))
    with refuses(BadInput, most=1000):
        do(merging.split, claim.key, ClaimPart("  "))
    with refuses(Refused, "not-split"):
        do(merging.undo_split, elsewhere.key)


def test_check_follows_passage(do, attach, act, team, found_claim, store, make_claim, now):
    """The check of an attribution goes where its passage goes."""
    said = Attribution("BBC", 0, 3, "reported", 4, 12, False, date(2026, 3, 1), Hedge.REPORTED)
    document = Intake("T", None, None, None, "en", "x", (found_claim(attribution=(said,)),))
    taken = act(intake.add_document, GUILD, document, None, now)
    (quoted,) = store.claims.of_document(taken.document)
    other = make_claim("Another")
    (source,) = store.documents.passages(quoted.id)[0].attribution
    attach(quoted, stance=Stance.CONFIRMS, target=source.id)

    merged = do(merging.merge, (quoted.key,), other.key)

    checks = [s.check for p in merged.kept.passages for s in p.attribution]
    assert checks == [AttributionCheck.SOURCED]
    assert merged.kept.claim.sources == EvidenceCounts()
    assert team.policy.evidence == 1


def test_forgotten_never_count_twice(do, vote, act, pair, now):
    """Nobody who is forgotten counts twice because of a merge."""
    duplicate, kept = pair
    vote(duplicate, 7)
    do(merging.merge, (duplicate.key,), kept.key)
    act(privacy.forget_member, GUILD, 7, now + timedelta(hours=2))
    vote(kept, 7)

    parted = do(merging.undo_merge, duplicate.key, hours=3)

    assert (parted.kept.claim.tally.votes, parted.other.claim.tally.votes) == (1, 0)


def test_reason_until_forgotten(do, act, store, pair, now):
    """The reason stands on the claim until its author is forgotten."""
    duplicate, kept = pair
    do(merging.merge, (duplicate.key,), kept.key)
    assert store.claims.ruling_on(again(store, kept)) == WHY

    act(privacy.forget_member, GUILD, 1, now + timedelta(hours=2))

    assert store.claims.ruling_on(again(store, kept)) is None
    assert audit.replay_all(store).differences == ()


def test_source_link_goes_back(do, attach, act, team, found_claim, store, make_claim, now):
    """A link on a source goes back with its passage, however late it was added."""
    said = Attribution("BBC", 0, 3, "reported", 4, 12, False, None, Hedge.REPORTED)
    document = Intake("T", None, None, None, "en", "x", (found_claim(attribution=(said,)),))
    taken = act(intake.add_document, GUILD, document, None, now)
    (quoted,) = store.claims.of_document(taken.document)
    other = make_claim("Another")
    (source,) = store.documents.passages(quoted.id)[0].attribution
    do(merging.merge, (quoted.key,), other.key)
    late = attach(other, stance=Stance.DISPUTES, target=source.id)

    parted = do(merging.undo_merge, quoted.key, hours=2)

    assert [link.key for link in parted.other.evidence] == [late.key]
    assert parted.other.passages[0].attribution[0].check is AttributionCheck.DISPUTED
    assert parted.kept.evidence == ()
    assert team.policy.evidence == 1


def test_shared_link_stays(do, attach, store, pair):
    """A link that both claims have by now stays where it is."""
    duplicate, kept = pair
    attach(duplicate, "https://b.org/1")
    stays = attach(duplicate, "https://c.org/1")
    attach(kept, "https://c.org/1")
    do(merging.merge, (duplicate.key,), kept.key)
    moved, theirs = store.evidence.of_claim(kept)
    assert (moved.origin, theirs.origin) == ("b.org", "c.org")
    do(
        lambda s, acting, why: (
            evidence.remove_link(s, acting, kept.key, theirs.key, reason=why),
            evidence.edit_link(s, acting, kept.key, moved.key, address="https://c.org/1"),
        )
    )

    parted = do(merging.undo_merge, duplicate.key, hours=2)

    assert [link.key for link in parted.other.evidence] == [stays.key]
    assert [link.key for link in parted.kept.evidence] == [moved.key]


def test_remaining_link_recounted(do, attach, store, pair):
    """A link that stays on a duplicate is counted anew without its passages.

    It led to the duplicate's own document, which is the other claim's now.
    """
    kept, duplicate = pair
    attach(kept)
    attach(duplicate)

    do(merging.merge, (duplicate.key,), kept.key)

    assert [link.counts for link in store.evidence.of_claim(again(store, duplicate))] == [True]
    assert [link.counts for link in store.evidence.of_claim(again(store, kept))] == [False]
    do(merging.undo_merge, duplicate.key, hours=2)
    assert [link.counts for link in store.evidence.of_claim(again(store, duplicate))] == [False]


@pytest.mark.usefixtures("team")
def test_voters_are_sent_to_the_last(do, make_claim, act, person, now):
    """Through a chain of duplicates a voter is sent to the claim that was kept in the end."""
    first, second, last = (make_claim(f"Claim {letter} stands") for letter in "ABC")
    do(merging.merge, (first.key,), second.key)
    do(merging.merge, (second.key,), last.key, hours=2)

    later = Acting(GUILD, person(7), now + timedelta(hours=3))
    with refuses(Refused, number=last.number):
        act(votes.cast_vote, later, first.key, Verdict.SUPPORTED)
