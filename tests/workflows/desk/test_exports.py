"""What of a team's claims an export holds, and what it never tells."""

import json
from datetime import date, timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Attribution, Hedge, Stance, Status, Verdict
from workflows.desk import evidence, exports, intake, moderation, privacy, votes
from workflows.errors import NotAllowed, NotFound
from workflows.export import formats
from workflows.export.model import Format
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.store.exports import PAGE
from workflows.teams import Acting

GUILD, OTHER = 1001, 2002
LINK = "https://wire.example.net/news"


@pytest.fixture
def numbers(store):
    """numbers(...): which claims an export of these words holds."""

    def find(form=Format.JSONL, *, guild=GUILD, person=None, **asked):
        with store.one_state():
            begun = exports.begin_export(store, guild, exports.ExportRequest(form, **asked), person)
            found = [each.claim.number for each in begun.claims]
        assert begun.total == len(found)
        return found

    return find


@pytest.fixture
def lines(store):
    """The lines of an export, as objects."""

    def find(form=Format.JSONL, guild=GUILD):
        with store.one_state():
            begun = exports.begin_export(store, guild, exports.ExportRequest(form), None)
            made = formats.get_layout(form, begun.team, "The desk")
            return [json.loads(made.line(each)) for each in begun.claims]

    return find


def test_teams_are_separate(make_team, make_claim, numbers):
    """No team ever gets another team's claims."""
    make_team()
    make_team(guild=OTHER)
    make_claim("Ours")
    make_claim("Ours too")
    make_claim("Theirs", guild=OTHER)

    assert numbers() == [1, 2]
    assert numbers(guild=OTHER) == [1]
    with refuses(NotFound, "not-set-up"):
        numbers(guild=3003)


def test_moderators_only(team, claim, numbers, person):
    """Only moderators can export."""
    assert team
    assert claim

    with refuses(NotAllowed, "moderators-only"):
        numbers(person=person(7))

    assert numbers(person=person(8, manages=True)) == [1]


def test_filters(make_team, make_claim, numbers, act, person, now):
    """Claims are chosen by status, document and day."""
    make_team(Policy(quorum=1, evidence=0))
    one = make_claim("One", url="https://a.example/1")
    two = make_claim("Two")
    act(
        votes.cast_vote,
        Acting(GUILD, person(7), now + timedelta(days=3)),
        one.key,
        Verdict.SUPPORTED,
    )
    act(moderation.drop_claim, Acting(GUILD, person(8, manages=True), now), two.key, "Not a claim.")

    assert numbers(statuses=frozenset({Status.SUPPORTED, Status.UNREVIEWED})) == [one.number]
    assert numbers(document="https://a.example/1") == [one.number]
    assert numbers(document="title") == [two.number]
    assert numbers(since=date(2026, 3, 4)) == [one.number]
    assert numbers(since=date(2026, 3, 2)) == [one.number, two.number]
    assert numbers(Format.CLAIMREVIEW) == []
    assert numbers(Format.CLAIMREVIEW, statuses=frozenset({Status.DROPPED})) == []
    with refuses(NotFound, name="nowhere"):
        numbers(document="nowhere")


def test_settled_is_a_review(make_team, make_claim, lines, act, person, now):
    """A settled verdict is exported as a review."""
    make_team()
    claim = make_claim()
    act(
        moderation.settle_claim,
        Acting(GUILD, person(8, manages=True), now),
        claim.key,
        Verdict.REFUTED,
        "The ministry says so.",
    )

    (review,) = lines(Format.CLAIMREVIEW)

    assert review["reviewRating"]["alternateName"] == "Refuted"
    assert "set this verdict by hand" in review["reviewRating"]["ratingExplanation"]
    assert review["url"] == "https://discord.com/channels/1001/11"


def test_people_are_keys(make_team, make_claim, lines, act, person, now):
    """People appear as keys, and removed text does not appear."""
    make_team(Policy(quorum=1))
    claim = make_claim(by=person(70_000_001))
    ada = person(70_000_002)
    act(
        votes.cast_vote,
        Acting(GUILD, ada, now),
        claim.key,
        Verdict.SUPPORTED,
        reason="It is on film.",
    )
    act(
        evidence.attach_link,
        Acting(GUILD, ada, now),
        claim.key,
        LINK,
        Stance.SUPPORTS,
        note="See page 3.",
    )

    before = json.dumps(lines())
    act(privacy.forget_member, GUILD, 70_000_002, now)
    after = json.dumps(lines())

    assert "It is on film." in before
    assert "See page 3." in before
    assert "70000" not in before
    assert "It is on film." not in after
    assert "See page 3." not in after
    assert LINK in after


def test_many_pages(act, store, team, found_claim, now):
    """More than a page of claims comes whole and in order."""
    said = Attribution("the BBC", 4, 11, "reported", 12, 20, False, None, Hedge.REPORTED)
    found = tuple(
        found_claim(f"Bridge {number} is closed", attribution=(said,) * (number % 3))
        for number in range(PAGE + 2)
    )
    act(intake.add_document, GUILD, Intake("T", None, None, None, "en", "T", found), None, now)
    while act(intake.write_next, None, now):
        pass

    with store.one_state():
        begun = exports.begin_export(store, GUILD, exports.ExportRequest(Format.JSONL), None)
        every = list(begun.claims)

    assert team
    assert [each.claim.words for each in every] == [each.words for each in found]
    assert [len(each.passages[0].attribution) for each in every] == [n % 3 for n in range(PAGE + 2)]


def test_document_completion(make_team, make_claim, store, person):
    """Documents are completed by any part of their title."""
    make_team()
    make_team(guild=OTHER)
    make_claim("One", guild=OTHER)
    make_claim("Two")

    found = exports.list_documents(store, GUILD, person(9, manages=True), "iTL", 25)
    assert [d.title for d in found] == ["Title"]
    assert exports.list_documents(store, GUILD, person(9, manages=True), "nothing", 25) == ()


def test_completion_is_for_moderators(make_team, make_claim, store, person):
    """No title is completed for who may not export."""
    make_team()
    make_claim("Two")

    with refuses(NotAllowed):
        exports.list_documents(store, GUILD, person(7), "iTL", 25)
