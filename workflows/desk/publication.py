"""Publication: what moderators agree to, and what goes out. Reads in one state of the database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from workflows.claims import Claim, ClaimKey, Consent, EvidenceKey, Status, Verdict
from workflows.desk.claim_views import (
    ClaimView,
    build_view,
    get_claim,
    get_claim_by_number,
    get_team,
)
from workflows.desk.moderation import finish_moderation, settle_claim
from workflows.desk.notices import tell_moderators
from workflows.desk.transitions import apply
from workflows.errors import BadInput, Refused
from workflows.events import ConsentGiven, Event
from workflows.export.model import SETTLED, ExportedClaim, Selection
from workflows.export.publication import (
    PublishableText,
    PublishedClaim,
    TextKind,
    is_published,
    list_milestones,
)
from workflows.notices import Notice, NoticeKind
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Person, Team, is_moderator, require_moderator

_AT_ONCE = 200
"""Claims whose texts and turns are read together."""


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A claim before a moderator's decision on it: whether it goes out now, and its texts."""

    team: Team
    claim: Claim
    published: bool
    texts: tuple[PublishableText, ...]


def view_consent(
    store: ClaimStore, guild: int, which: int | ClaimKey, person: Person
) -> ConsentView:
    """Return a claim, by its number or its key, for a moderator.

    Raises NotFound, NotAllowed, Refused.
    """
    team = get_team(store, guild)
    require_moderator(team, person)
    claim = (
        get_claim_by_number(store, team, which)
        if isinstance(which, int)
        else get_claim(store, team, which)
    )
    _require_settled(claim)
    texts = store.publications.texts_of(claim)
    settled_by = store.history.find_settled_by(claim)
    published = is_published(claim, settled_by, team.settings.publish)
    return ConsentView(team, claim, published, texts)


def may_publish(team: Team, claim: Claim, person: Person) -> bool:
    """Return True if this person may decide whether the claim goes out."""
    return _is_settled(claim) and is_moderator(team, person)


def give_consent(
    store: ClaimStore, acting: Acting, key: ClaimKey, consent: Consent, texts: Iterable[str] = ()
) -> Claim:
    """Publish a settled claim with these of its reasons and notes, or withhold it.

    Raises NotFound, NotAllowed, Refused for a claim that isn't settled.
    """
    team, claim, by = finish_moderation(store, acting, key)
    _require_settled(claim)
    known = {text.key for text in store.publications.texts_of(claim)}
    chosen = tuple(sorted(known & frozenset(texts))) if consent is Consent.PUBLISHED else ()
    store.publications.mark_texts(claim, chosen)
    store.publications.keep_consent(claim, consent, acting.now)
    data = ConsentGiven(by, consent, chosen)
    return apply(
        store, team, replace(claim, consent=consent, consent_at=acting.now), data, acting.now
    )


def settle_and_publish(
    store: ClaimStore, acting: Acting, key: ClaimKey, verdict: Verdict, reason: str
) -> ClaimView:
    """Settle a claim and publish it with the reason, as `settle_claim` and `give_consent` do."""
    view = settle_claim(store, acting, key, verdict, reason)
    texts = store.publications.texts_of(view.claim)
    ruling = [text.key for text in texts if text.kind is TextKind.RULING]
    return build_view(store, view.team, give_consent(store, acting, key, Consent.PUBLISHED, ruling))


def _is_settled(claim: Claim) -> bool:
    return claim.state.settled_at is not None and claim.state.status in SETTLED


def _require_settled(claim: Claim) -> None:
    if not _is_settled(claim):
        raise Refused(
            "#{number} isn't settled. Only settled claims are published.",
            code="not-settled",
            number=claim.number,
        )


# ------------------------------------------------------------------------------- what goes out


@dataclass(frozen=True, slots=True)
class Publication:
    """All that a team publishes at one moment, by the time it was settled, oldest first."""

    team: Team
    claims: tuple[PublishedClaim, ...]


def gather_publication(store: ClaimStore, guild: int) -> Publication:
    """Return what the team publishes. Raises NotFound for a server without a team."""
    with store.one_state():
        team = get_team(store, guild)
        settled = store.exports.claims(team.id, Selection(statuses=SETTLED, settled=True))
        rule = team.settings.publish
        chosen = (each for each in settled if is_published(each.claim, each.settled_by, rule))
        claims = [claim for together in _in_parts(chosen) for claim in _complete(store, together)]
    return Publication(team, tuple(sorted(claims, key=_by_age)))


def _by_age(published: PublishedClaim) -> tuple[datetime, int]:
    return published.settled_at, published.claim.number


def _in_parts(claims: Iterator[ExportedClaim]) -> Iterator[Sequence[ExportedClaim]]:
    while part := tuple(islice(claims, _AT_ONCE)):
        yield part


def _complete(store: ClaimStore, claims: Sequence[ExportedClaim]) -> Iterator[PublishedClaim]:
    """Yield the claims with their past and the texts that were marked, and nothing else."""
    ids = [each.claim.id for each in claims]
    texts = store.publications.published_texts(ids)
    turns: defaultdict[int, list[tuple[Event, Status]]] = defaultdict(list)
    for claim, event, before in store.publications.turns(ids):
        turns[claim].append((event, before))
    for each in claims:
        marked = texts.get(each.claim.id, ())
        notes = {EvidenceKey(key): body for kind, key, body in marked if kind is TextKind.NOTE}
        links = tuple(replace(link, note=notes.get(link.key)) for link in each.evidence)
        yield PublishedClaim(
            exported=replace(each, votes=(), card=None, evidence=links),
            milestones=list_milestones(turns[each.claim.id]),
            reasons=tuple(body for kind, _, body in marked if kind is TextKind.REASON),
            ruling=next((body for kind, _, body in marked if kind is TextKind.RULING), None),
        )


def find_guild(store: ClaimStore, guild: int | None) -> int:
    """Return the server whose claims are published: the one that is named, or the only one.

    Raises NotFound, and BadInput where none is named and there are several.
    """
    if guild is not None:
        return get_team(store, guild).settings.guild
    guilds = [team.settings.guild for team in store.teams.all()]
    if len(guilds) != 1:
        raise BadInput("There are several teams. Say which one publishes with [publish] guild.")
    return guilds[0]


def find_fingerprint(store: ClaimStore, guild: int) -> str:
    """Return what changes whenever the team's pages may; milliseconds for any number of claims."""
    return store.publications.fingerprint(get_team(store, guild).id)


def tell_published(store: ClaimStore, guild: int, address: str, now: datetime) -> None:
    """Tell the moderators, once, that the team's settled claims go out, and where."""
    notice = Notice(NoticeKind.PUBLISHED, f"published:{address}", values={"address": address})
    tell_moderators(store, get_team(store, guild), notice, now)
