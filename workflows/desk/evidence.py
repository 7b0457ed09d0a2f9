"""Evidence: links attached to claims, changed and taken away again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.attribution_check import OF_SAYINGS, find_check, find_own_report
from workflows.claims import (
    Claim,
    ClaimKey,
    Evidence,
    EvidenceKey,
    Grade,
    MemberKey,
    SnapshotState,
    SourceInChain,
    Stance,
    Status,
)
from workflows.desk.claim_views import ClaimView, build_view, get_claim, get_team
from workflows.desk.notices import tell_moderators
from workflows.desk.snapshots import ask_for_snapshot
from workflows.desk.transitions import apply_due, apply_recounted
from workflows.errors import BadInput, CorrobotError, NotAllowed, NotFound, Refused
from workflows.events import EvidenceAdded, EvidenceEdited, EvidenceRemoved, EvidenceRestored, Text
from workflows.ids import make_hash, make_random_key
from workflows.notices import Notice, NoticeKind
from workflows.replay import fold_history
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Person, Team, is_moderator, require_voter
from workflows.urls import (
    find_named_pages,
    find_origin,
    identify_page,
    is_among,
    is_message_of,
    normalize_public,
)
from workflows.voting import HELD, STANCE_OF


@dataclass(frozen=True, slots=True)
class AttachedLink:
    """A link that was attached or changed, and the claim as it stands now."""

    link: Evidence
    view: ClaimView
    own_report_of: str | None = None
    """The claim's source whose own report it is: then it was kept as showing that they said it."""


def attach_link(
    store: ClaimStore,
    acting: Acting,
    key: ClaimKey,
    address: str,
    stance: Stance,
    *,
    note: str | None = None,
    grade: Grade | None = None,
    target: int | None = None,
    private: bool = False,
    preview: str | None = None,
    picture: str | None = None,
) -> AttachedLink:
    """Attach a link to a claim, or (`target`) to one of its sources. The same page twice is one.

    On a settled claim, one that speaks against its verdict asks the moderators to look. Its page is
    read afterwards, unless it is `private`; `preview` is what Discord showed of it, and
    `picture` where Discord keeps one that was sent along.
    Raises NotFound, NotAllowed, BadInput for what is no link or no source of the claim, Refused for
    a link that is there already or a claim that is no longer the team's.
    """
    require_voter(get_team(store, acting.guild), acting.person)
    team, claim = _open_to_links(store, acting.guild, key, acting.now)
    url = normalize_public(address)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    link = Evidence(
        key=EvidenceKey(make_random_key()),
        url=url,
        origin=find_origin(url),
        stance=stance,
        counts=True,
        note=(note or "").strip() or None,
        grade=grade or Grade(),
        by=by,
        at=acting.now,
        target=target,
    )
    reporter = _find_reporter(store, claim, link)
    if reporter is not None:
        link = replace(link, stance=Stance.CONFIRMS, target=reporter.id)
    link = _check_link(store, claim, link)
    salt = make_random_key()
    text = store.history.keep_text(team.id, by, link.note)
    store.evidence.add(claim, link, salt, text.key if text else None)
    shot = ask_for_snapshot(store, team, claim, link, acting.now, private=private, preview=preview)
    link = replace(link, snapshot=shot)
    if picture:
        store.pictures.queue(claim, link.key, picture, acting.now)
    data = EvidenceAdded(
        link.key,
        by,
        link.stance,
        link.origin,
        link.counts,
        make_hash(url, salt),
        text,
        link.grade,
        link.target,
    )
    attached = _build_attached(store, team, claim, link, data, acting.now)
    said = reporter.said if reporter else None
    return replace(attached, own_report_of=(said.resolved or said.source) if said else None)


def _find_reporter(store: ClaimStore, claim: Claim, link: Evidence) -> SourceInChain | None:
    """Return whose report it is, where a source of the claim is brought as support for it.

    That they said it is known from the claim; that it is so, their report shows only if somebody
    says so who looked (`edit_link`).
    """
    if link.stance is not Stance.SUPPORTS:
        return None
    passages = store.documents.passages(claim.id)
    sources = [source for passage in passages for source in passage.attribution]
    return find_own_report(link.origin, sources)


def edit_link(
    store: ClaimStore,
    acting: Acting,
    key: ClaimKey,
    link: EvidenceKey,
    *,
    address: str | None = None,
    stance: Stance | None = None,
    note: str | None = None,
    grade: Grade | None = None,
    target: int | None = None,
) -> AttachedLink:
    """Change a link of one's own, or any as a moderator; what is not given stays as it is.

    An empty `note` takes the note away; `target` goes with a `stance` about a source. Raises what
    `attach` does, and Refused where nothing is changed. Who may take part no more can only take
    their link away.
    """
    require_voter(get_team(store, acting.guild), acting.person)
    team, claim = _open_to_links(store, acting.guild, key, acting.now)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    before = _require_theirs(store, team, claim, link, acting.person, by)
    url = normalize_public(address) if address else before.url
    stance = stance or before.stance
    after = replace(
        before,
        url=url,
        origin=find_origin(url),
        stance=stance,
        counts=True,
        note=before.note if note is None else note.strip() or None,
        grade=grade or before.grade,
        target=(before.target if target is None else target) if stance in OF_SAYINGS else None,
    )
    after = _check_link(store, claim, after)
    if after == before:
        raise Refused("Nothing was changed: the link is already like this.", code="unchanged")
    salt = make_random_key()
    text = _build_note(store, team, claim, before, after, by)
    store.evidence.change(claim, after, salt, text.key if text else None)
    if url != before.url:
        shot = ask_for_snapshot(store, team, claim, after, acting.now, private=is_private(before))
        after = replace(after, snapshot=shot)
    data = EvidenceEdited(
        after.key,
        by,
        stance,
        after.origin,
        after.counts,
        make_hash(url, salt),
        text,
        after.grade,
        after.target,
    )
    if not (after.counts and after.stance is before.stance):
        _tell_if_gone(store, team, claim, before, acting.now)
    return _build_attached(store, team, claim, after, data, acting.now)


def restore_link(
    store: ClaimStore, team: Team, claim: Claim, link: Evidence, by: MemberKey, now: datetime
) -> bool:
    """Put back a link that was taken away, under its key; False where it can't stand there now."""
    try:
        link = _check_link(store, claim, link)
    except CorrobotError:  # the page is on the claim again, or the source it is about is gone
        return False
    store.evidence.drop_removed(link.key)
    salt = make_random_key()
    text = store.history.keep_text(team.id, link.by, link.note or "")
    store.evidence.add(claim, link, salt, text.key if text else None)
    ask_for_snapshot(store, team, claim, link, now)
    data = EvidenceRestored(
        link.key,
        link.by,
        link.stance,
        link.origin,
        link.counts,
        make_hash(link.url, salt),
        text,
        link.grade,
        link.target,
        by,
    )
    _build_attached(store, team, claim, link, data, now)
    return True


def is_private(link: Evidence) -> bool:
    """Return True if somebody said that the link's page is not to be opened."""
    return link.snapshot is not None and link.snapshot.state is SnapshotState.PRIVATE


def switch_private(
    store: ClaimStore, acting: Acting, key: ClaimKey, link: EvidenceKey
) -> AttachedLink:
    """Say that a link's page is not to be opened, or that it may be after all.

    What was kept of the page goes. Raises NotFound, NotAllowed, Refused as `edit_link`.
    """
    require_voter(get_team(store, acting.guild), acting.person)
    team, claim = _open_to_links(store, acting.guild, key, acting.now)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    shown = _require_theirs(store, team, claim, link, acting.person, by)
    private = not is_private(shown)
    shot = ask_for_snapshot(store, team, claim, shown, acting.now, private=private)
    store.outbox.redraw([claim.id])
    return AttachedLink(replace(shown, snapshot=shot), build_view(store, team, claim))


def remove_link(
    store: ClaimStore,
    acting: Acting,
    key: ClaimKey,
    link: EvidenceKey,
    *,
    reason: str | None = None,
) -> ClaimView:
    """Take away a link of one's own; a moderator who takes another's says why.

    Its address and note go with it; that there was one stays in the history. Raises NotFound,
    NotAllowed, BadInput for a moderator without a reason.
    """
    team, claim = _open_to_links(store, acting.guild, key, acting.now)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    gone = _require_theirs(store, team, claim, link, acting.person, by)
    said = store.history.keep_text(team.id, by, (reason or "").strip())
    if said is None and gone.by != by:
        raise BadInput(
            "Please give a reason; it is kept in the claim's history.", code="reason-needed"
        )
    store.evidence.remove(claim, link)
    recheck_attribution(store, claim)
    claim = apply_recounted(store, team, claim, EvidenceRemoved(link, by, said), acting.now)
    _tell_if_gone(store, team, claim, gone, acting.now)
    return build_view(store, team, claim)


def prepare_link(
    store: ClaimStore, guild: int, person: Person, key: ClaimKey
) -> tuple[Claim, tuple[SourceInChain, ...]]:
    """Return a claim and its sources, for the form of who wants to add a link to it.

    Raises NotFound, NotAllowed.
    """
    team = get_team(store, guild)
    require_voter(team, person)
    return get_claim(store, team, key), list_sources(store, guild, key)


def list_pictures(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person
) -> tuple[Evidence, ...]:
    """Return a claim's links that lead to pictures. Raises NotFound, NotAllowed."""
    team = get_team(store, guild)
    require_voter(team, person)
    links = store.evidence.of_claim(get_claim(store, team, key))
    return tuple(link for link in links if link.picture and not link.picture.is_upload)


def list_sources(store: ClaimStore, guild: int, key: ClaimKey) -> tuple[SourceInChain, ...]:
    """The sources of a claim, of all its passages: what a link can be about besides the claim."""
    claim = get_claim(store, get_team(store, guild), key)
    passages = store.documents.passages(claim.id)
    return tuple(source for passage in passages for source in passage.attribution)


def require_changeable(
    store: ClaimStore, guild: int, key: ClaimKey, link: EvidenceKey, person: Person
) -> tuple[Evidence, tuple[SourceInChain, ...]]:
    """Return a link that this person may change, and the claim's sources.

    Raises NotFound, NotAllowed.
    """
    team = get_team(store, guild)
    claim = get_claim(store, team, key)
    by = store.teams.find_member(team.id, person.discord_id)
    return _require_theirs(store, team, claim, link, person, by), list_sources(store, guild, key)


def recheck_attribution(store: ClaimStore, claim: Claim) -> None:
    """Keep with each of the claim's sources what the evidence shows of its having said so."""
    links = store.evidence.of_claim(claim)
    for passage in store.documents.passages(claim.id):
        for source in passage.attribution:
            check = find_check(source.id, links)
            if check is not source.check:
                store.documents.check(source.id, check)


def list_own_pages(store: ClaimStore, claim: Claim) -> frozenset[str]:
    """The pages that cannot support the claim: the documents it stands in, and what they cite."""
    documents = {
        passage.document.id: passage.document for passage in store.documents.passages(claim.id)
    }
    own = {identify_page(document.url) for document in documents.values() if document.url}
    cited = (find_named_pages(store.documents.text_of(each)) for each in documents.values())
    return frozenset(own.union(*cited))


def recount(
    store: ClaimStore, claim: Claim, came: Iterable[EvidenceAdded] = ()
) -> tuple[EvidenceAdded, ...]:
    """The links that came, and those that count otherwise with the claim's passages of today.

    What they show of the claim's sources is kept with those.
    """
    fresh = {link.evidence: link for link in came}
    state = store.evidence.of_claim(claim)
    if not state:
        recheck_attribution(store, claim)
        return ()
    known = {**fold_history(store.history.of_claim(claim)).evidence, **fresh}
    own, guild = list_own_pages(store, claim), store.teams.get(claim.team).settings.guild
    said = []
    for link in state:
        counts = _is_countable(link.url, own, guild)
        if counts is not link.counts:
            store.evidence.recount(claim, link.key, counts=counts)
        if link.key in fresh or counts is not link.counts:
            said.append(replace(known[link.key], counts=counts))
    recheck_attribution(store, claim)
    return tuple(said)


def tell_if_opposed(
    store: ClaimStore, team: Team, claim: Claim, links: Iterable[Evidence], now: datetime
) -> None:
    """Ask the moderators to look where a new link speaks against the verdict of a settled claim."""
    for_it = _is_resting_on(claim)
    against = {STANCE_OF[verdict] for verdict in HELD.values()} - {for_it}
    if for_it and any(_is_about_saying(link, against) for link in links):
        _tell(store, team, claim, NoticeKind.NEW_EVIDENCE, now)


def _tell_if_gone(
    store: ClaimStore, team: Team, claim: Claim, was: Evidence, now: datetime
) -> None:
    """Ask them where a link is gone that the verdict of a settled claim rested on."""
    for_it = _is_resting_on(claim)
    if for_it and _is_about_saying(was, {for_it}):
        _tell(store, team, claim, NoticeKind.EVIDENCE_GONE, now)


def _is_resting_on(claim: Claim) -> Stance | None:
    """Return the stance of the links that the verdict of a settled claim rests on."""
    verdict = HELD.get(claim.state.status)
    return STANCE_OF[verdict] if verdict and claim.state.settled_at else None


def _is_about_saying(link: Evidence, stances: Collection[Stance]) -> bool:
    return link.counts and link.target is None and link.stance in stances


def _tell(store: ClaimStore, team: Team, claim: Claim, kind: NoticeKind, now: datetime) -> None:
    tell_moderators(store, team, Notice(kind, f"claim:{claim.number}", claim), now)


# ------------------------------------------------------------------------ what they have in common


def _open_to_links(
    store: ClaimStore, guild: int, key: ClaimKey, now: datetime
) -> tuple[Team, Claim]:
    team = get_team(store, guild)
    claim = apply_due(store, team, get_claim(store, team, key), now)
    if claim.state.status in (Status.DROPPED, Status.DUPLICATE):
        raise Refused(
            "This claim is closed and takes no more evidence. A moderator can reopen it.",
            code="closed",
        )
    return team, claim


def _check_link(store: ClaimStore, claim: Claim, link: Evidence) -> Evidence:
    """Return the link, with whether it counts.

    Raises BadInput, Refused where it cannot stand there.
    """
    passages = store.documents.passages(claim.id)
    if (link.target is not None) != (link.stance in OF_SAYINGS):
        raise BadInput(
            "A link on a claim can support it, refute it or give context. A link on a"
            " source can show that they said it, or that they didn't.",
            code="wrong-stance",
        )
    sources = {source.id for passage in passages for source in passage.attribution}
    if link.target is not None and link.target not in sources:
        raise BadInput(
            "This source is no longer one of the claim's. Please open it again.",
            code="source-gone",
        )
    others = (each for each in store.evidence.of_claim(claim) if each.key != link.key)
    if any(each.target == link.target and _is_same_page(each, link) for each in others):
        raise Refused("This link is already on the claim.", code="link-known")
    guild = store.teams.get(claim.team).settings.guild
    counts = _is_countable(link.url, list_own_pages(store, claim), guild)
    return replace(link, counts=counts)


def _is_countable(url: str, own: frozenset[str], guild: int) -> bool:
    """Return True unless it is one of the claim's own pages, or said in this very server."""
    return not is_among(identify_page(url), own) and not is_message_of(url, guild)


def _is_same_page(one: Evidence, other: Evidence) -> bool:
    return identify_page(one.url) == identify_page(other.url)


def _require_theirs(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    key: EvidenceKey,
    person: Person,
    by: MemberKey | None,
) -> Evidence:
    """Return the link, if this person may change it. Raises NotFound, NotAllowed."""
    link = next((each for each in store.evidence.of_claim(claim) if each.key == key), None)
    if link is None:
        raise NotFound("This link is no longer on the claim.")
    if link.by != by and not is_moderator(team, person):
        raise NotAllowed("Only the person who added a link, or a moderator, can change it.")
    return link


def _build_note(
    store: ClaimStore, team: Team, claim: Claim, before: Evidence, after: Evidence, by: MemberKey
) -> Text | None:
    """Return the note as the history is to hold it: the same words stay who wrote them first's."""
    if after.note == before.note:
        return store.evidence.note_of(claim, before.key)
    return store.history.keep_text(team.id, by, after.note)


def _build_attached(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    link: Evidence,
    data: EvidenceAdded | EvidenceEdited,
    now: datetime,
) -> AttachedLink:
    recheck_attribution(store, claim)
    claim = apply_recounted(store, team, claim, data, now)
    tell_if_opposed(store, team, claim, (link,), now)
    return AttachedLink(link, build_view(store, team, claim))
