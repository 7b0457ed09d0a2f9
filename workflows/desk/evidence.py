"""Evidence: links attached to claims."""

from dataclasses import dataclass
from datetime import datetime

from workflows.claims import (
    Claim,
    ClaimKey,
    Evidence,
    EvidenceKey,
    Grade,
    Stance,
    Status,
)
from workflows.desk.recording import record, settle
from workflows.desk.sheets import ClaimSheet, claim_of, sheet, team_of
from workflows.errors import BadInput, Refused
from workflows.happenings import EvidenceAdded
from workflows.keys import hash_of, random_key
from workflows.links import normalised, origin_of, page_of
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person, require_voter
from workflows.voting import in_force

_OF_CLAIMS = frozenset({Stance.SUPPORTS, Stance.REFUTES, Stance.CONTEXT})


@dataclass(frozen=True, slots=True)
class Attached:
    """A link that was attached, and the claim as it stands now."""

    link: Evidence
    sheet: ClaimSheet


def attach(
    store: ClaimStore,
    guild: int,
    key: ClaimKey,
    person: Person,
    address: str,
    stance: Stance,
    now: datetime,
    *,
    note: str | None = None,
    grade: Grade | None = None,
) -> Attached:
    """Attach a link to a claim. The same page twice is one.

    Raises NotFound, NotAllowed, BadInput for what is no link, Refused for a link that is there
    already or a claim that is no longer the team's.
    """
    team = team_of(store, guild)
    claim = claim_of(store, team, key)
    require_voter(team, person)
    claim = settle(store, team, claim, now)
    if claim.standing.status in (Status.DROPPED, Status.DUPLICATE):
        raise Refused("This claim is closed; it takes no more evidence.")
    if stance not in _OF_CLAIMS:
        raise BadInput("A link on a claim supports it, refutes it, or gives context.")
    url = normalised(address)
    standing = store.claims.evidence_on(claim)
    if any(link.target is None and page_of(link.url) == page_of(url) for link in standing):
        raise Refused("This link is on the claim already.")
    note = (note or "").strip() or None
    by = store.teams.member(team.id, person.discord_id, now)
    link = Evidence(
        key=EvidenceKey(random_key()),
        url=url,
        origin=origin_of(url),
        stance=stance,
        counts=not _is_own(store, claim, url),
        note=note,
        grade=grade or Grade(),
        by=by,
        at=now,
    )
    salt = random_key()
    text = store.history.keep_text(team.id, by, note)
    store.claims.add_evidence(claim, link, salt, text.key if text else None)
    happening = EvidenceAdded(
        evidence=link.key,
        by=by,
        stance=stance,
        origin=link.origin,
        counts=link.counts,
        address_hash=hash_of(url, salt),
        note=text,
        grade=link.grade,
    )
    sources = in_force(team.policy, (*standing, link))
    claim = record(store, team, claim, happening, now, sources=sources)
    return Attached(link, sheet(store, team, claim))


def _is_own(store: ClaimStore, claim: Claim, url: str) -> bool:
    """Whether the link leads to a document that makes the claim: that cannot support itself."""
    documents = (passage.document for passage in store.documents.passages(claim.id))
    return any(document.url and page_of(document.url) == page_of(url) for document in documents)
