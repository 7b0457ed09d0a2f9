"""What a team publishes: by its rule and its moderators' word, and nothing else."""

from datetime import timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Consent, Stance, Verdict
from workflows.desk import audit, evidence, moderation, privacy, publication, setup, votes
from workflows.errors import BadInput, NotAllowed, Refused
from workflows.export.publication import TextKind
from workflows.policy import Policy
from workflows.teams import Acting, PublishRule
from workflows.voting import SettledBy

GUILD = 1001
DAY = timedelta(days=1)


@pytest.fixture
def settled(act, team, make_claim, person, now):
    """A claim that two people voted on with reasons, and a moderator settled with one of theirs."""
    assert team
    claim = make_claim("The bridge is closed")
    link = "https://example.org/report"
    act(
        evidence.attach_link,
        Acting(GUILD, person(7), now),
        claim.key,
        link,
        Stance.REFUTES,
        note="See page 3.",
    )
    for voter in (7, 8, 9):
        acting = Acting(GUILD, person(voter), now)
        act(votes.cast_vote, acting, claim.key, Verdict.REFUTED, reason=f"I, {voter}, was there.")
    boss = Acting(GUILD, person(1, manages=True), now)
    act(moderation.settle_claim, boss, claim.key, Verdict.REFUTED, "The city confirmed it.")
    return claim


@pytest.fixture
def boss(person, now):
    return Acting(GUILD, person(1, manages=True), now + DAY)


@pytest.fixture
def published(store):
    """published(): what goes out."""
    return lambda: publication.gather_publication(store, GUILD).claims


def test_no_words_by_themselves(settled, published):
    """No reason and no note goes out by itself, and no vote at all."""
    assert settled

    (told,) = published()

    assert (told.reasons, told.ruling, told.exported.votes) == ((), None, ())
    assert [link.note for link in told.exported.evidence] == [None]
    assert told.exported.settled_by is SettledBy.TEAM_EARLY


def test_marked_words_go_out(act, store, settled, boss, published):
    """The reasons and notes that a moderator chose go out, and only those."""
    texts = store.publications.texts_of(settled)
    chosen = [text.key for text in texts if text.kind in (TextKind.NOTE, TextKind.RULING)]

    act(publication.give_consent, boss, settled.key, Consent.PUBLISHED, [*chosen, "elsewhere"])

    (told,) = published()
    assert (told.reasons, told.ruling) == ((), "The city confirmed it.")
    assert [link.note for link in told.exported.evidence] == ["See page 3."]
    assert audit.replay_all(store).differences == ()


def test_words_are_unmarked(act, store, settled, boss, published):
    """Choosing anew takes back what was chosen before."""
    texts = [text.key for text in store.publications.texts_of(settled)]
    act(publication.give_consent, boss, settled.key, Consent.PUBLISHED, texts)
    assert len(published()[0].reasons) == 3

    act(publication.give_consent, boss, settled.key, Consent.PUBLISHED)

    assert (published()[0].reasons, published()[0].ruling) == ((), None)


def test_forgotten_words_leave(act, store, settled, boss, published, now):
    """Words of somebody who asked to be forgotten go from the pages too."""
    texts = [text.key for text in store.publications.texts_of(settled)]
    act(publication.give_consent, boss, settled.key, Consent.PUBLISHED, texts)
    before = publication.find_fingerprint(store, GUILD)

    act(privacy.forget_member, GUILD, 7, now + DAY)

    (told,) = published()
    assert [link.note for link in told.exported.evidence] == [None]
    assert all("7" not in reason for reason in told.reasons)
    assert publication.find_fingerprint(store, GUILD) != before


def test_hidden_reasons_stay_hidden(act, store, team, make_claim, person, boss, now):
    """Reasons of votes that nobody saw the direction of can't be chosen."""
    assert team
    claim = make_claim("The road is open")
    act(votes.cast_vote, Acting(GUILD, person(7), now), claim.key, Verdict.REFUTED, reason="No.")
    act(moderation.settle_claim, boss, claim.key, Verdict.REFUTED, "Plain to see.")

    assert [text.kind for text in store.publications.texts_of(claim)] == [TextKind.RULING]


@pytest.mark.parametrize("closing", [moderation.reopen_claim, None])
def test_withdrawn_claims_go(act, store, settled, boss, published, closing):
    """A claim that is reopened or withheld goes."""
    if closing:
        act(closing, boss, settled.key, "New figures.")
    else:
        act(publication.give_consent, boss, settled.key, Consent.WITHHELD)

    assert published() == ()
    assert audit.replay_all(store).differences == ()


def test_by_hand(act, settled, boss, published, person, now):
    """Under the other rule nothing goes out until a moderator publishes it."""
    administrator = Acting(GUILD, person(1, administrator=True), now)
    act(setup.set_up, administrator, {"publish": PublishRule.BY_HAND})
    assert published() == ()

    act(publication.give_consent, boss, settled.key, Consent.PUBLISHED)

    assert [told.claim.number for told in published()] == [settled.number]


@pytest.mark.parametrize("sourced", [False, True])
def test_own_verdicts_wait(act, team, make_claim, person, boss, published, sourced, now):
    """A moderator's own verdict stays inside until a moderator publishes it."""
    assert team
    claim = make_claim("The road is open")
    if sourced:
        acting = Acting(GUILD, person(7), now)
        link = "https://example.org/road"
        act(evidence.attach_link, acting, claim.key, link, Stance.SUPPORTS)
    act(moderation.settle_claim, boss, claim.key, Verdict.SUPPORTED, "Well known.")
    assert published() == ()

    act(publication.give_consent, boss, claim.key, Consent.PUBLISHED)

    (told,) = published()
    assert told.exported.settled_by is SettledBy.MODERATOR
    assert told.milestones[-1].settled_by is SettledBy.MODERATOR


def test_published_as_settled(act, store, team, make_claim, boss, published):
    """A moderator can publish a verdict with its reason as they settle it."""
    assert team
    claim = make_claim("The road is open")

    act(publication.settle_and_publish, boss, claim.key, Verdict.SUPPORTED, "I drove on it.")

    assert [told.ruling for told in published()] == ["I drove on it."]
    assert audit.replay_all(store).differences == ()


def test_moderators_only(act, store, settled, person, now):
    """Only moderators see the form and decide."""
    with refuses(NotAllowed, "moderators-only"):
        publication.view_consent(store, GUILD, settled.number, person(7))
    with refuses(NotAllowed, "moderators-only"):
        act(publication.give_consent, Acting(GUILD, person(7), now), settled.key, Consent.PUBLISHED)


def test_settled_claims_only(act, team, make_claim, boss):
    """A claim that isn't settled can't be published."""
    assert team
    with refuses(Refused, "not-settled"):
        act(publication.give_consent, boss, make_claim("A road").key, Consent.PUBLISHED)


def test_another_teams_claims(store, settled, make_team, published):
    """Each team publishes its own; with several, one must be named."""
    assert settled
    assert publication.find_guild(store, None) == GUILD
    make_team(Policy(), guild=2002)

    assert publication.gather_publication(store, 2002).claims == ()
    assert len(published()) == 1
    with refuses(BadInput):
        publication.find_guild(store, None)


def test_fingerprint(act, store, settled, boss):
    """It is the same while nothing changes, and another after a change."""
    before = publication.find_fingerprint(store, GUILD)
    assert publication.find_fingerprint(store, GUILD) == before

    act(publication.give_consent, boss, settled.key, Consent.WITHHELD)

    assert publication.find_fingerprint(store, GUILD) != before
