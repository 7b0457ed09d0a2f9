"""Claims on their way in meet those the team knows: the same ones, and those that disagree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflows.claims import Disagreement, FoundClaim, Status
from workflows.matching.candidate_index import Neighbours
from workflows.matching.compare import Gist, Likeness, compare, gist, gist_of, key
from workflows.store.claim_store import ClaimStore
from workflows.teams import Team

MOST = 10
"""Claims that one claim is said to disagree with, the likest first; more would tell nothing."""


@dataclass(frozen=True, slots=True)
class New:
    """A claim on its way in, by its place in its document."""

    place: int


@dataclass(frozen=True, slots=True)
class Known:
    """A claim the team has, by its row."""

    row: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a claim on its way in is: `same` as another or new, and with which it disagrees."""

    same: New | Known | None
    others: tuple[tuple[New | Known, Disagreement], ...] = ()


def meetings(
    store: ClaimStore, team: Team, found: Sequence[FoundClaim], today: date
) -> tuple[Meeting, ...]:
    """Each claim of a document beside those the team has and those before it in the document."""
    company = _Company(store, team, today)
    return tuple(company.joined_by(claim, New(place)) for place, claim in enumerate(found))


@dataclass(frozen=True, slots=True)
class Met:
    """Meetings found ahead of a transaction, and what they were found by.

    `words` are those of the claims on their way in, `state` tells when the team's own changed.
    """

    meetings: tuple[Meeting, ...]
    words: tuple[str, ...]
    state: tuple[int, ...]
    today: date


def meet(store: ClaimStore, team: Team, found: Sequence[FoundClaim], today: date) -> Met:
    """The meetings, found while others write: beside many claims that takes long."""
    state = store.known.state(team.id)
    words = tuple(claim.words for claim in found)
    return Met(meetings(store, team, found, today), words, state, today)


def still(
    store: ClaimStore, team: Team, found: Sequence[FoundClaim], today: date, met: Met | None
) -> tuple[Meeting, ...]:
    """What was found ahead, where nothing has changed since; else the meetings of now."""
    words = tuple(claim.words for claim in found)
    if met and (met.words, met.today) == (words, today) and met.state == store.known.state(team.id):
        return met.meetings
    return meetings(store, team, found, today)


class _Company:
    """The claims there are so far. What is compared of them is made when first needed."""

    def __init__(self, store: ClaimStore, team: Team, today: date) -> None:
        self._store, self._today = store, today
        self._who: list[New | Known] = []
        self._neighbours = Neighbours()
        self._gists: dict[New | Known, Gist] = {}
        for row, words in store.known.words(team.id):
            self._join(Known(row), key(words))

    def joined_by(self, found: FoundClaim, new: New) -> Meeting:
        day = found.as_of or self._today
        ours = gist(found.words, found.polarity, found.figures, found.dates, day)
        looked_for = key(found.words)
        others: list[tuple[New | Known, Disagreement]] = []
        for index in self._neighbours.near(looked_for):
            who = self._who[index]
            likeness = compare(ours, self._gist(who))
            if likeness is not Likeness.DIFFERENT and self._is_out(who):
                continue
            match likeness:
                case Likeness.SAME:
                    return Meeting(who)
                case Likeness.FIGURE:
                    others.append((who, Disagreement.FIGURE))
                case Likeness.POLARITY:
                    others.append((who, Disagreement.POLARITY))
        self._join(new, looked_for)
        self._gists[new] = ours
        return Meeting(None, tuple(others[:MOST]))

    def _join(self, who: New | Known, looked_for: str) -> None:
        self._who.append(who)
        self._neighbours.add(looked_for)

    def _is_out(self, who: New | Known) -> bool:
        """Whether it was dropped, or the claim it was merged into."""
        if isinstance(who, New):
            return False
        return self._store.known.kept(who.row).standing.status is Status.DROPPED

    def _gist(self, who: New | Known) -> Gist:
        if isinstance(who, Known) and who not in self._gists:
            self._gists[who] = gist_of(self._store.claims.get(who.row))
        return self._gists[who]
