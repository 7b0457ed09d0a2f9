"""Documents before they are the team's: looked through privately, then taken in or discarded.

Nothing here is part of history. Claims get their numbers when they are posted or shelved.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from workflows.claims import Attribution, Claim, Document, FoundClaim, Hedge
from workflows.desk import intake as desk_intake
from workflows.desk.checked_before import CheckedBefore, find_checked
from workflows.desk.claim_views import get_team
from workflows.desk.duplicates import MatchSet, find_matches, find_perhaps_same
from workflows.desk.intake import IntakeResult
from workflows.desk.moderation import LONGEST, LONGEST_NAME
from workflows.engines import BY_RULES, ReadingReport
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.intake import KEPT, MOST_DRAFTS, Draft, DraftKey, Intake
from workflows.matching.compare import find_changed_figure, make_claim_signature, make_signature
from workflows.store.claim_store import ClaimStore
from workflows.store.drafts import DraftLine
from workflows.store.outbox import Card, PostKind
from workflows.teams import Acting, Actor, Person, Team, is_moderator, require_intake
from workflows.urls import normalize


@dataclass(frozen=True, slots=True)
class RevisedClaim:
    """A claim whose figure is another in a draft; `figures` are the draft's and the claim's own."""

    claim: Claim
    card: Card | None
    figures: tuple[str, str]


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its preview shows it. `known` are the claims the team has, by their places.

    `posted_by_rule` counts what the team's rule would post of it today, at most. `former` is the
    version of its document that the team has: `revised` are its claims that have another figure
    now, by their places in the draft, and `gone` those that the draft lacks.
    """

    team: Team
    draft: Draft
    known: Mapping[int, tuple[Claim, Card | None]]
    posted_by_rule: int
    former: Document | None = None
    revised: Mapping[int, RevisedClaim] = field(default_factory=dict)
    gone: tuple[tuple[Claim, Card | None], ...] = ()


@dataclass(frozen=True, slots=True)
class UnfinishedDrafts:
    """The drafts somebody may go on with: their own first, then, for moderators, the others'."""

    own: tuple[DraftLine, ...]
    others: tuple[DraftLine, ...]


def require_intake_rights(store: ClaimStore, guild: int, person: Person) -> Team:
    """Return the team, for somebody who may bring in documents. Raises NotFound, NotAllowed."""
    team = get_team(store, guild)
    require_intake(team, person)
    return team


def find_known(store: ClaimStore, acting: Acting, intake: Intake) -> IntakeResult | None:
    """Return what became of a text, where the team has it, or hardly another.

    For a long text that takes long, so it is asked before anything is written. Raises NotFound,
    NotAllowed, BadInput for an address that is no link.
    """
    team = require_intake_rights(store, acting.guild, acting.person)
    return desk_intake.find_known(store, team, desk_intake.clean(intake))


def keep_draft(
    store: ClaimStore, acting: Acting, intake: Intake, writer: int | None = None
) -> DraftView | IntakeResult:
    """Keep a text until its person has decided on it; what became of it where the team has it.

    The same text brought again is the draft of it there is, with its claims and what was picked,
    unless something else is said of it now. `writer` is the account whose message it is.

    Raises NotFound, NotAllowed, BadInput for an address that is no link, Refused for too many.
    """
    team = require_intake_rights(store, acting.guild, acting.person)
    intake = desk_intake.clean(intake)
    if known := desk_intake.find_known(store, team, intake):
        return known
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    if writer is not None:
        intake = replace(intake, writer=store.teams.member(team.id, writer, acting.now))
    if draft := store.drafts.of_text(by, intake.sha256, acting.now):
        had = draft.intake
        if replace(had, claims=(), language=intake.language, reading=intake.reading) == intake:
            return _build_view(store, team, draft, acting.now)
        store.drafts.remove(draft)
    if intake.url:
        store.drafts.remove_of_link(by, intake.url)
    if len(store.drafts.of_team(team.id, acting.now, by=by)) >= MOST_DRAFTS:
        raise Refused(
            "{most} of your texts are still undecided. Finish one first; /intake drafts"
            " lists them.",
            most=MOST_DRAFTS,
        )
    key = store.drafts.add(team.id, intake, by, acting.now + KEPT)
    return _build_view(store, team, _require_draft(store, team, key, acting.now), acting.now)


def match_claims(
    store: ClaimStore, guild: int, key: DraftKey, claims: Sequence[FoundClaim], now: datetime
) -> MatchSet:
    """Return how the claims found in a draft's text match the team's.

    It takes long beside many claims, so it is asked before anything is written. Raises NotFound.
    """
    team = get_team(store, guild)
    storable = tuple(map(desk_intake.make_storable, claims))
    draft = _require_draft(store, team, key, now)
    former = desk_intake.find_former(store, team, draft.intake)
    return find_matches(store, team, storable, now.date(), former)


def keep_claims(
    store: ClaimStore,
    guild: int,
    key: DraftKey,
    claims: Sequence[FoundClaim],
    met: MatchSet,
    now: datetime,
    reading: ReadingReport = BY_RULES,
) -> DraftView:
    """Keep what was found in a draft's text, and how it matched. Claims that are there stay.

    Raises NotFound.
    """
    team = get_team(store, guild)
    draft = _require_draft(store, team, key, now)
    if not draft.read:
        storable = tuple(map(desk_intake.make_storable, claims))
        intake = replace(draft.intake, claims=storable, language=reading.language, reading=reading)
        draft = replace(draft, intake=intake, read=True, known=met.rows(), revision=met.revision())
        store.drafts.keep_claims(draft, storable, draft.known, draft.revision)
    return _build_view(store, team, draft, now)


def give_link(store: ClaimStore, acting: Acting, key: DraftKey, address: str) -> DraftView:
    """Keep where a text stands, so that the page itself never counts as evidence for its claims.

    Raises as `look_up`, and BadInput for what is no link.
    """
    team, draft = _require_own(store, acting, key)
    draft = replace(draft, intake=replace(draft.intake, url=normalize(address)))
    store.drafts.keep_link(draft)
    return _build_view(store, team, draft, acting.now)


def look_up(store: ClaimStore, acting: Acting, key: DraftKey) -> DraftView:
    """Raises NotFound for a draft that was decided on, discarded or ended, NotAllowed."""
    team, draft = _require_own(store, acting, key)
    return _build_view(store, team, draft, acting.now)


def list_checked(
    store: ClaimStore, acting: Acting, key: DraftKey, places: Collection[int]
) -> Mapping[int, CheckedBefore]:
    """Return what was checked before of a draft's claims at these places. Raises as `look_up`."""
    team, draft = _require_own(store, acting, key)
    found: dict[int, CheckedBefore] = {}
    for place in places:
        if place not in draft.known:
            claim = draft.intake.claims[place]
            near = find_perhaps_same(store, team, claim, draft.intake.language, acting.now)
            found[place] = replace(find_checked(store, team, claim.words), perhaps_same=near)
    return {place: checked for place, checked in found.items() if checked}


def pick_claims(
    store: ClaimStore,
    acting: Acting,
    key: DraftKey,
    offered: Collection[int],
    chosen: Collection[int],
) -> DraftView:
    """Of the places `offered`, exactly those `chosen` are picked; others stay as they are."""
    team, draft = _require_own(store, acting, key)
    there = range(len(draft.intake.claims))
    picked = (draft.picked - set(offered)) | {place for place in chosen if place in there}
    store.drafts.keep_picked(draft, picked)
    return _build_view(store, team, replace(draft, picked=frozenset(picked)), acting.now)


@dataclass(frozen=True, slots=True)
class Rewording:
    """How somebody wants one claim of a draft to be put.

    `said_by` names its sources, outermost first; None leaves them. Without any the claim is the
    document's own. `hedge` of None leaves how firmly it is put.
    """

    words: str
    said_by: tuple[str, ...] | None = None
    hedge: Hedge | None = None


def reword_claim(
    store: ClaimStore,
    acting: Acting,
    key: DraftKey,
    place: int,
    rewording: Rewording,
    row: int | None,
) -> DraftView:
    """Put one claim of a draft in other words; where it stands in the text stays.

    `row` is the team's own claim that these words are, if they are one. Raises BadInput for no
    words or too many.
    """
    team, draft = _require_own(store, acting, key)
    claims = list(draft.intake.claims)
    claims[place] = _reword(draft, place, rewording)
    known = {other: its for other, its in draft.known.items() if other != place}
    if row is not None:
        known[place] = row
    store.drafts.keep_claims(draft, claims, known, draft.revision)
    return _build_view(store, team, _require_draft(store, team, key, acting.now), acting.now)


def match_reworded(
    store: ClaimStore, acting: Acting, key: DraftKey, place: int, rewording: Rewording
) -> int | None:
    """Return the row of the team's own claim that these words are. Raises as `reword`."""
    team, draft = _require_own(store, acting, key)
    return desk_intake.find_known_claims(
        store, team, [_reword(draft, place, rewording)], acting.now
    ).get(0)


def _reword(draft: Draft, place: int, rewording: Rewording) -> FoundClaim:
    words = " ".join(rewording.words.split())
    if not 0 < len(words) <= LONGEST:
        raise BadInput("A claim must have between 1 and {most} characters.", most=LONGEST)
    if place not in range(len(draft.intake.claims)):
        raise NotFound("This claim is no longer in the text.", code="claim-gone")
    found = draft.intake.claims[place]
    hedge, chain = rewording.hedge or found.hedge, found.attribution
    if rewording.said_by is not None:
        chain = _name_chain(found, rewording.said_by, hedge)
    if rewording.hedge and chain:
        chain = (*chain[:-1], replace(chain[-1], hedge=hedge))
    return replace(
        found,
        words=words,
        attribution=chain,
        hedge=hedge,
        needs_words=False,
        references=found.references if words == found.words else (),
    )


def _name_chain(found: FoundClaim, said_by: Sequence[str], hedge: Hedge) -> tuple[Attribution, ...]:
    """Return the claim's sources under these names; what the text says of each stays with it."""
    unknown = Attribution(None, None, None, None, None, None, False, None, hedge)
    names = [" ".join(name.split())[:LONGEST_NAME] for name in said_by]
    known = [*found.attribution, *[unknown] * max(0, len(names) - len(found.attribution))]
    return tuple(
        replace(link, resolved=name, anonymous=link.anonymous and name == link.resolved)
        for link, name in zip(known, filter(None, names), strict=False)
    )


def match_ahead(
    store: ClaimStore, acting: Acting, key: DraftKey, earlier: MatchSet | None = None
) -> MatchSet:
    """Return how a draft's claims match the team's, found before anything is written.

    `earlier` is what its reading found; it holds while nothing has changed. Raises as `look_up`.
    """
    team, draft = _require_own(store, acting, key)
    former = desk_intake.find_former(store, team, draft.intake)
    if former is None and draft.revision:
        former = store.documents.get(draft.revision.former)
    return find_matches(store, team, draft.intake.claims, acting.now.date(), former, earlier)


def finish_draft(
    store: ClaimStore,
    acting: Acting,
    key: DraftKey,
    post: Collection[int] | None,
    met: MatchSet | None = None,
) -> IntakeResult:
    """Take a draft in: post these places and shelve the rest; None: by the team's rule.

    What is picked by hand is posted whatever the rule says, and counts in its day.
    """
    team, draft = _require_own(store, acting, key)
    if not draft.read:
        raise Refused("This text hasn't been read yet.")
    actor = Actor(team, draft.by, acting.now)
    taken = desk_intake.write_document(store, actor, draft.intake, post=post, ahead=met)
    store.drafts.remove(draft)  # behind: what its engine answered is kept with the document
    return taken


def discard_draft(store: ClaimStore, acting: Acting, key: DraftKey) -> Draft:
    """Discard the text and its claims, as if they had never been brought."""
    _, draft = _find_own(store, acting, key)
    store.drafts.remove(draft)
    return draft


def list_unfinished(store: ClaimStore, acting: Acting) -> UnfinishedDrafts:
    team = get_team(store, acting.guild)
    by = store.teams.find_member(team.id, acting.person.discord_id)
    everybodys = is_moderator(team, acting.person)
    if by is None and not everybodys:
        return UnfinishedDrafts((), ())
    lines = store.drafts.of_team(team.id, acting.now, by=None if everybodys else by)
    return UnfinishedDrafts(
        tuple(line for line in lines if line.by == by),
        tuple(line for line in lines if line.by != by),
    )


def end_due(store: ClaimStore, now: datetime) -> int:
    """Remove what waited for its decision long enough; how many there were."""
    return store.drafts.remove_ended(now)


def _require_draft(store: ClaimStore, team: Team, key: DraftKey, now: datetime) -> Draft:
    draft = store.drafts.with_key(team.id, key, now)
    if draft is None:
        raise NotFound(
            "This text is no longer waiting: it was posted, shelved or discarded.",
            code="draft-gone",
        )
    return draft


def _require_own(store: ClaimStore, acting: Acting, key: DraftKey) -> tuple[Team, Draft]:
    """Return a draft, for the one who brought it while they may, and for moderators.

    Its preview names claims that the team has: who lost the right to bring in documents sees it no
    more.
    """
    team, draft = _find_own(store, acting, key)
    require_intake(team, acting.person)
    return team, draft


def _find_own(store: ClaimStore, acting: Acting, key: DraftKey) -> tuple[Team, Draft]:
    """Return a draft, for the one who brought it, and for moderators."""
    team = get_team(store, acting.guild)
    draft = _require_draft(store, team, key, acting.now)
    member = store.teams.find_member(team.id, acting.person.discord_id)
    if draft.by != member and not is_moderator(team, acting.person):
        raise NotAllowed(
            "Only moderators and the person who brought in this text can decide on it.",
            code="not-yours",
        )
    return team, draft


def _build_view(store: ClaimStore, team: Team, draft: Draft, now: datetime) -> DraftView:
    known = {place: _load_with_card(store, row) for place, row in draft.known.items()}
    fresh = [found for place, found in enumerate(draft.intake.claims) if place not in known]
    posted = desk_intake.count_posted_by_rule(store, team, fresh, now)
    revision = draft.revision
    if revision is None:
        return DraftView(team, draft, known, posted)
    revised = {
        place: _describe_revised(store, draft.intake.claims[place], row, now)
        for place, row in revision.revised.items()
        if place not in known
    }
    gone = tuple(_load_with_card(store, row) for row in revision.gone)
    former = store.documents.get(revision.former)
    return DraftView(team, draft, known, posted, former, revised, gone)


def _load_with_card(store: ClaimStore, row: int) -> tuple[Claim, Card | None]:
    """Return a claim as it is stored now, with its card; for a duplicate, the one that was kept."""
    claim = store.disagreements.get_kept(row)
    return claim, store.outbox.card_of(PostKind.CLAIM, claim.id)


def _describe_revised(
    store: ClaimStore, found: FoundClaim, row: int, now: datetime
) -> RevisedClaim:
    claim, card = _load_with_card(store, row)
    day = found.as_of or now.date()
    ours = make_signature(found.words, found.polarity, found.figures, found.dates, day)
    figures = find_changed_figure(ours, make_claim_signature(claim)) or ("", "")
    return RevisedClaim(claim, card, figures)
