"""How soon claims are found among many: what is completed while somebody types, and a list's page.

The claims are made up of made-up words, some of them common and most of them rare, as in any
language.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock
from itertools import accumulate
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from workflows.claims import (
    Attribution,
    ClaimState,
    EvidenceCounts,
    FoundClaim,
    Hedge,
    Polarity,
    Status,
    Tally,
)
from workflows.desk import claim_views, search, setup
from workflows.intake import Intake
from workflows.lifecycle import make_state_when_added
from workflows.policy import Policy
from workflows.search import ClaimFilter
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person, Settings

GUILD = 1
SOMEBODY = Person(2, frozenset(), None, manages_messages=False, administrator=False)
AT = datetime(2026, 3, 2, tzinfo=UTC)
OF_A_DOCUMENT = 30
OPEN = 20
"""One claim of so many is open, the others are settled: so it is after a while."""
_OPEN = make_state_when_added(Status.UNREVIEWED, AT)
_SETTLED = ClaimState(Status.SUPPORTED, AT, settled_at=AT)
TYPED = 300


@dataclass(frozen=True, slots=True)
class Wait:
    """Milliseconds that half of the questions took at most, and 95 of 100."""

    what: str
    half: float
    most: float


def measure(claims: int) -> list[Wait]:
    """Among so many claims of one team, in a database made for it and removed again."""
    chance = random.Random(1)  # noqa: S311  # the same claims each time
    with TemporaryDirectory() as folder:
        path = Path(folder) / "many.db"
        connections.migrate(path)
        said = _fill(path, claims, chance)
        with closing(connections.open_for_reading(path)) as db:
            return list(_waits(ClaimStore(db), said, claims, chance))


def _waits(
    store: ClaimStore, said: list[str], claims: int, chance: random.Random
) -> Iterator[Wait]:
    team = claim_views.get_team(store, GUILD)

    def completed(typed: str) -> Callable[[], object]:
        return lambda: search.complete_number(store, GUILD, SOMEBODY, typed)

    def listed(wanted: ClaimFilter) -> Callable[[], object]:
        return lambda: search.search_claims(store, team, SOMEBODY, wanted, 1, AT)

    digits = [str(chance.randint(1, claims)) for _ in range(TYPED)]
    words = [_beginning(chance.choice(said), chance) for _ in range(TYPED)]
    yield _wait("completing a number", [completed(each[: chance.randint(1, 6)]) for each in digits])
    yield _wait("completing words", [completed(each) for each in words])
    yield _wait("a list's page", [listed(ClaimFilter()) for _ in range(20)])
    yield _wait("what awaits a vote", [listed(ClaimFilter(awaiting=True)) for _ in range(20)])
    yield _wait("a search's page", [listed(ClaimFilter(words=each)) for each in words[:50]])


def _wait(what: str, questions: list[Callable[[], object]]) -> Wait:
    took = []
    for ask in questions:
        begun = time.perf_counter()
        ask()
        took.append(1000 * (time.perf_counter() - begun))
    percent = quantiles(took, n=100)
    return Wait(what, percent[49], percent[94])


def _beginning(words: str, chance: random.Random) -> str:
    """Return some words that follow one another, the last of them perhaps not typed to its end."""
    spoken = words.split()
    first = chance.randrange(len(spoken) - 2)
    typed = " ".join(spoken[first : first + chance.randint(1, 3)])
    return typed[: chance.randint(1, len(typed))]


def _fill(path: Path, claims: int, chance: random.Random) -> list[str]:
    """Put the claims there; some of their words."""
    words = [
        "".join(chance.choices("aeioubdgklmnrst", k=chance.randint(2, 9))) for _ in range(30000)
    ]
    weights = list(accumulate(1 / place for place in range(1, len(words) + 1)))

    def some(number: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=number))

    sources = [some(2) for _ in range(2000)]
    said = []
    with connections.in_one_transaction(path) as db:
        store = ClaimStore(db)
        team, _ = setup.create_team(store, _SETTINGS, Policy(), AT)
        for number in range(1, claims + 1):
            if number % OF_A_DOCUMENT == 1:
                intake = Intake(some(6), chance.choice(sources), None, None, "en", some(9), ())
                document = store.documents.add(team.id, intake, None, AT)
            found = _make_found(some(chance.randint(8, 18)), chance.choice(sources))
            claim = store.claims.add(team.id, number, found, document, _OPEN, None, AT)
            if number % OPEN:
                store.claims.save(claim, _SETTLED, Tally(), EvidenceCounts())
            store.documents.add_passage(claim.id, document, found)
            if number % 50 == 0:
                said.append(found.words)
    return said


def _make_found(words: str, source: str) -> FoundClaim:
    said = Attribution(source, None, None, None, None, None, False, None, Hedge.REPORTED)
    return FoundClaim(
        words=words,
        quote=words,
        quote_start=0,
        start=0,
        end=len(words),
        attribution=(said,),
        hedge=Hedge.REPORTED,
        hedge_cue=None,
        polarity=Polarity.AFFIRMED,
        figures=(),
        dates=(),
        as_of=None,
        check_worthiness=0.5,
    )


_SETTINGS = Settings(
    guild=GUILD,
    claims_channel=1,
    digest_channel=1,
    moderators_channel=None,
    timezone=ZoneInfo("UTC"),
    digest_at=clock(9),
    language="en",
    voter_roles=frozenset(),
    moderator_roles=frozenset(),
    post=None,
    post_threshold=0.0,
    post_per_day=None,
)
