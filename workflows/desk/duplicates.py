"""Claims on their way in meet those the team knows: the same ones, and those that disagree."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from workflows.claims import Claim, Disagreement, Document, FoundClaim, Status
from workflows.intake import ExistingClaim, Match, NewClaim, Revision
from workflows.matching.candidate_index import CandidateIndex
from workflows.matching.compare import (
    ClaimSignature,
    Relation,
    compare,
    is_repeated,
    make_claim_signature,
    make_key,
    make_signature,
)
from workflows.matching.languages import make_neutral_signature, rank_perhaps_same
from workflows.matching.versions import (
    EarlierClaim,
    VersionChanges,
    compare_versions,
    make_earlier,
)
from workflows.search import ClaimSummary
from workflows.store.claim_store import ClaimStore
from workflows.teams import Team

FEW = 20
"""Claims that are matched within a transaction, where the team's own changed meanwhile."""
MOST = 10
"""Claims that one claim is said to disagree with, the likest first; more would tell nothing."""
AROUND = timedelta(days=30)
"""How far apart two claims in different languages may come in and still tell the same news."""


def match_claims(
    store: ClaimStore, team: Team, found: Sequence[FoundClaim], today: date, *, typed: bool = False
) -> tuple[Match, ...]:
    """Return what each claim is beside those the team has and those before it in its document.

    `typed`: it stands in no document, somebody wrote it; the same words are the same claim.
    """
    company = _MatchIndex(store, today, store.disagreements.words(team.id), typed=typed)
    return tuple(company.add(claim, NewClaim(place)) for place, claim in enumerate(found))


@dataclass(frozen=True, slots=True)
class MatchSet:
    """Matches found ahead of a transaction, and what they were found by.

    `words` are those of the claims on their way in, `state` tells when the team's own changed,
    `last` is the row of its newest claim then. `former` is the version of their document that the
    team has; `gone` are the rows of the claims that it had and they lack.
    """

    matches: tuple[Match, ...]
    words: tuple[str, ...]
    state: tuple[int, ...]
    today: date
    last: int
    former: Document | None = None
    gone: tuple[int, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Return True for a version of a document with the very claims that the team has."""
        return (
            self.former is not None
            and not self.gone
            and all(match.unchanged for match in self.matches)
        )

    def revised(self) -> dict[int, int]:
        """Return the places of the claims that have another figure, with the rows of the former."""
        return {
            place: who.row
            for place, match in enumerate(self.matches)
            for who, disagreement in match.others
            if disagreement is Disagreement.REVISES and isinstance(who, ExistingClaim)
        }

    def revision(self) -> Revision | None:
        """Return how a version of a document differs from the one that the team has."""
        if self.former is None:
            return None
        return Revision(self.former.id, self.revised(), self.gone)

    def rows(self) -> dict[int, int]:
        """Return the places of the claims that the team has, with their rows."""
        return {
            place: match.same.row
            for place, match in enumerate(self.matches)
            if isinstance(match.same, ExistingClaim)
        }


def find_matches(
    store: ClaimStore,
    team: Team,
    found: Sequence[FoundClaim],
    today: date,
    former: Document | None = None,
    ahead: MatchSet | None = None,
    *,
    typed: bool = False,
) -> MatchSet:
    """Return what was found `ahead` where nothing has changed since, else the matches of now.

    `former` is the version that the team has of the document in which they are found. Beside many
    claims it takes long: ask while others may write, and pass on what was found.
    """
    state = store.disagreements.state(team.id)
    words = tuple(claim.words for claim in found)
    if ahead and (ahead.words, ahead.state, ahead.today) == (words, state, today):
        return ahead
    last = store.disagreements.read_last(team.id)
    matches = match_claims(store, team, found, today, typed=typed)
    if former is None:
        return MatchSet(matches, words, state, today, last)
    had = _list_former(store, former)
    changes = compare_versions(had, found, today)
    if not changes.is_related:
        return MatchSet(matches, words, state, today, last)
    there = {each.claim.id for each in had if not each.is_gone}
    matches = tuple(_adapt(match, place, changes, there) for place, match in enumerate(matches))
    kept = {who.row for match in matches if isinstance(who := match.same, ExistingClaim)}
    gone = tuple(sorted(changes.gone - kept))
    return MatchSet(matches, words, state, today, last, former, gone)


def _list_former(store: ClaimStore, document: Document) -> list[EarlierClaim]:
    """Return the claims of a document and of its earlier versions, in order."""
    quotes: dict[int, list[str]] = {}
    there: set[int] = set()
    for row, quote, gone in store.documents.earlier_passages(document):
        quotes.setdefault(row, []).append(quote)
        there |= set() if gone else {row}
    claims = [(store.claims.get(row), said) for row, said in quotes.items()]
    return [
        make_earlier(
            claim,
            [claim.words, *store.claim_texts.of_claim(claim).values()],
            said,
            is_gone=claim.id not in there,
        )
        for claim, said in claims
    ]


def _adapt(match: Match, place: int, changes: VersionChanges, there: Container[int]) -> Match:
    """Return what a claim is, in view of the version of its document that the team has.

    `there` are the rows of the claims that the last version has.
    """
    if place in changes.same:
        row = changes.same[place]
        return Match(ExistingClaim(row), unchanged=row in there)
    if place not in changes.revised or match.same is not None:
        return match
    former = ExistingClaim(changes.revised[place])
    others = tuple(other for other in match.others if other[0] != former)
    return Match(None, ((former, Disagreement.REVISES), *others))


def update_matches(
    store: ClaimStore,
    team: Team,
    found: Sequence[FoundClaim],
    today: date,
    former: Document | None,
    ahead: MatchSet | None,
) -> MatchSet:
    """Return what was found ahead; where the team has changed since, brought up to date.

    A few claims are matched anew. For many that would hold the writer for seconds: only what is
    new since then is compared with them, and what they were the same as is looked at again as it
    is written.
    """
    words = tuple(claim.words for claim in found)
    if ahead is None or len(found) <= FEW or (ahead.words, ahead.today) != (words, today):
        return find_matches(store, team, found, today, former, ahead)
    if ahead.state == store.disagreements.state(team.id):
        return ahead
    recent = store.disagreements.words(team.id, after=ahead.last)
    if not recent:
        return ahead
    newcomers = _MatchIndex(store, today, recent)
    matches = tuple(
        newcomers.find(claim) or match if match.same is None and not match.revises else match
        for claim, match in zip(found, ahead.matches, strict=True)
    )
    return replace(ahead, matches=matches)


def find_perhaps_same(
    store: ClaimStore, team: Team, claim: Claim | FoundClaim, language: str, at: datetime
) -> tuple[ClaimSummary, ...]:
    """Return the team's claims from texts in other languages that are perhaps this one.

    `language` is that of the claim's document, `at` when it came in. They are for a moderator to
    look at; nothing is merged by this.
    """
    if not store.search.has_several_languages(team.id):
        return ()
    others = store.search.in_other_languages(team.id, language, at - AROUND, at + AROUND)
    ours = make_neutral_signature(claim.words, claim.figures, claim.dates)
    theirs = [make_neutral_signature(each.words, each.figures, each.dates) for each in others]
    near = rank_perhaps_same(ours, theirs)
    return store.search.summarize(others[place] for place in near)


class _MatchIndex:
    """The claims there are so far. What is compared of them is made when first needed."""

    def __init__(
        self,
        store: ClaimStore,
        today: date,
        known: Iterable[tuple[int, str]],
        *,
        typed: bool = False,
    ) -> None:
        self._store, self._today, self._typed = store, today, typed
        self._who: list[NewClaim | ExistingClaim] = []
        self._neighbours = CandidateIndex()
        self._gists: dict[NewClaim | ExistingClaim, ClaimSignature] = {}
        for row, words in known:
            self._join(ExistingClaim(row), make_key(words))

    def add(self, found: FoundClaim, new: NewClaim) -> Match:
        day = found.as_of or self._today
        ours = make_signature(found.words, found.polarity, found.figures, found.dates, day)
        looked_for = make_key(found.words)
        others: list[tuple[NewClaim | ExistingClaim, Disagreement]] = []
        for index in self._neighbours.find_near(looked_for):
            who = self._who[index]
            theirs = self._gist(who)
            likeness = compare(ours, theirs)
            if self._typed and is_repeated(ours, theirs):
                likeness = Relation.SAME
            if likeness is not Relation.DIFFERENT and self._is_out(who):
                continue
            match likeness:
                case Relation.SAME:
                    return Match(who)
                case Relation.FIGURE:
                    others.append((who, Disagreement.FIGURE))
                case Relation.POLARITY:
                    others.append((who, Disagreement.POLARITY))
        self._join(new, looked_for)
        self._gists[new] = ours
        return Match(None, tuple(others[:MOST]))

    def find(self, found: FoundClaim) -> Match | None:
        """Return the known claim that this one is, where there is one; it is not kept itself."""
        near = self._neighbours.find_near(make_key(found.words))
        if not near:
            return None
        day = found.as_of or self._today
        ours = make_signature(found.words, found.polarity, found.figures, found.dates, day)
        for who in (self._who[index] for index in near):
            if compare(ours, self._gist(who)) is Relation.SAME and not self._is_out(who):
                return Match(who)
        return None

    def _join(self, who: NewClaim | ExistingClaim, looked_for: str) -> None:
        self._who.append(who)
        self._neighbours.add(looked_for)

    def _is_out(self, who: NewClaim | ExistingClaim) -> bool:
        """Return True if it was dropped, or the claim it was merged into."""
        if isinstance(who, NewClaim):
            return False
        return self._store.disagreements.get_kept(who.row).state.status is Status.DROPPED

    def _gist(self, who: NewClaim | ExistingClaim) -> ClaimSignature:
        if isinstance(who, ExistingClaim) and who not in self._gists:
            self._gists[who] = make_claim_signature(self._store.claims.get(who.row))
        return self._gists[who]
