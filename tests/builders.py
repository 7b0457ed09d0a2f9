"""Values that many tests begin with: plain ones, each field of which can be given by name."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from workflows.claims import (
    Attribution,
    Claim,
    ClaimKey,
    ClaimState,
    Evidence,
    EvidenceCounts,
    EvidenceKey,
    FoundClaim,
    Grade,
    Hedge,
    MemberKey,
    Polarity,
    SourceInChain,
    Stance,
    Status,
    Tally,
    TeamId,
)
from workflows.desk import digests
from workflows.digest.sections import CardLink, DigestClaim
from workflows.policy import Policy
from workflows.store.claim_store import ClaimStore
from workflows.teams import Settings, Team, make_first_settings

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def build_settings(guild: int = 1001, **other: Any) -> Settings:
    """Make the settings of a team in Berlin where everybody votes and everything is posted."""
    berlin = {"digest_channel": 12, "timezone": ZoneInfo("Europe/Berlin"), **other}
    return replace(make_first_settings(guild, 11), **berlin)


def build_team(policy: Policy | None = None, at: datetime = AT, **settings: Any) -> Team:
    """Make a team under the default policy, with settings of its own where given."""
    return Team(TeamId(1), build_settings(**settings), policy or Policy(), 1, at)


def build_source(name: str | None, **other: Any) -> Attribution:
    """Make a named source that reported something, without a place in any text."""
    plain = Attribution(name, None, None, None, None, None, False, None, Hedge.REPORTED)
    return replace(plain, **other)


def build_chain(*names: str) -> tuple[SourceInChain, ...]:
    """Make a chain of sources with these names, outermost first, in rows from 1 on."""
    return tuple(SourceInChain(row, build_source(name)) for row, name in enumerate(names, 1))


def build_evidence(url: str = "https://example.org/a", **other: Any) -> Evidence:
    """Make a link that counts and supports its claim."""
    plain = Evidence(
        key=EvidenceKey("e" * 22),
        url=url,
        origin="example.org",
        stance=Stance.SUPPORTS,
        counts=True,
        note=None,
        grade=Grade(),
        by=MemberKey("m" * 22),
        at=AT,
    )
    return replace(plain, **other)


def build_found_claim(words: str = "The bridge is closed", **other: Any) -> FoundClaim:
    """Make a claim as extraction finds it, asserted in a text that says nothing else."""
    plain = FoundClaim(
        words=words,
        quote=words,
        quote_start=0,
        start=0,
        end=len(words),
        attribution=(),
        hedge=Hedge.ASSERTED,
        hedge_cue=None,
        polarity=Polarity.AFFIRMED,
        figures=(),
        dates=(),
        as_of=None,
        check_worthiness=0.5,
    )
    return replace(plain, **other)


def build_claim(words: str = "The bridge is closed", at: datetime = AT, **other: Any) -> Claim:
    """Make a claim as it is stored, unreviewed since `at`."""
    plain = Claim(
        id=1,
        team=TeamId(1),
        key=ClaimKey("k" * 22),
        number=15,
        words=words,
        wording=1,
        polarity=Polarity.AFFIRMED,
        figures=(),
        dates=(),
        as_of=None,
        check_worthiness=0.5,
        nested=False,
        state=ClaimState(Status.UNREVIEWED, at),
        tally=Tally(),
        sources=EvidenceCounts(),
        version=1,
        added_at=at,
        added_by=None,
    )
    return replace(plain, **other)


def build_digest_claim(**other: Any) -> DigestClaim:
    """Make a claim as a digest may name it: with a card, in review, two of three votes cast."""
    plain = DigestClaim(
        number=15,
        words="North Korea has sent its largest contingent abroad",
        source="the BBC",
        hedge=Hedge.REPORTED,
        document="A document",
        link=CardLink(222, 4711),
        check_worthiness=0.8,
        state=ClaimState(Status.IN_REVIEW, AT),
        tally=Tally(2),
        sources=EvidenceCounts(),
        posted_at=AT,
    )
    return replace(plain, **other)


def make_due(store: ClaimStore, now: datetime) -> tuple[digests.MadeDigest, ...]:
    """Make every team's digests that are due, as the bot's clock does team by team."""
    owing = digests.list_owing(store, now)
    return tuple(made for team in owing for made in digests.make_for(store, team, now))
