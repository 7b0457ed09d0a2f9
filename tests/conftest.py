"""What most tests need: a fresh database, a team in it, people, claims, and a time to begin at."""

import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlite_utils import Database

from tests.builders import build_found_claim, build_settings
from workflows.claims import Claim, FoundClaim
from workflows.desk import intake, setup
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person, Settings, Team

GUILD = 1001

# Stories start the program a hundred times, and each worker reads all the tests: bytecode is kept
# even where the surroundings say not to, as many images do.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A property holds on a busy machine, too: no example is measured by the clock.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Have each worker begin to collect elsewhere: what one has rewritten, the others only read."""
    report = yield
    if isinstance(collector, pytest.Directory) and report.result:
        worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
        workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        first = worker * len(report.result) // workers
        report.result = report.result[first:] + report.result[:first]
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put other files between the stories: those wait while these work, so that no core idles.

    The last quarter of the others evens out what the workers have left. All have the same order.
    """
    files = [list(tests) for _, tests in groupby(items, lambda item: item.path)]
    files.sort(key=lambda tests: tests[0].path)
    stories = [tests for tests in files if "stories" in tests[0].path.parts]
    others = iter([tests for tests in files if "stories" not in tests[0].path.parts])
    between = (len(files) - len(stories)) * 3 // 4 // max(len(stories), 1)
    mixed = [[story, *islice(others, between)] for story in stories]
    items[:] = chain.from_iterable(chain(*mixed, others))


@pytest.fixture
def now() -> datetime:
    """The time at which the test's world begins."""
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all its tables; copy it, do not open it."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    connections.migrate(path)
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """The path of a fresh database."""
    return Path(shutil.copyfile(migrated, tmp_path / "corrobot.db"))


@pytest.fixture
def db(database: Path) -> Iterator[Database]:
    """A fresh database, opened for this test's thread."""
    db = connections.open_for_writing(database)
    db.execute("PRAGMA synchronous = OFF")
    yield db
    db.close()


@pytest.fixture
def store(db: Database) -> ClaimStore:
    """The tables of the fresh database."""
    return ClaimStore(db)


@pytest.fixture
def contents(db: Database) -> Callable[[], list[str]]:
    """Gives all that the database holds, to compare it with what it held before."""
    return lambda: list(db.conn.iterdump())


@pytest.fixture
def act(store: ClaimStore, db: Database) -> Callable[..., Any]:
    """Runs one of the desk's functions as the writer does: all of it is kept, or nothing."""

    def run(action: Callable[..., Any], *args: object, **kwargs: object) -> Any:
        db.execute("BEGIN IMMEDIATE")
        try:
            result = action(store, *args, **kwargs)
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
        return result

    return run


@pytest.fixture
def settings() -> Settings:
    """A team's settings as the configuration gives them: everybody votes, everything is posted."""
    return build_settings(GUILD)


@pytest.fixture
def make_team(act: Callable[..., Any], settings: Settings, now: datetime) -> Callable[..., Team]:
    """Founds the team of a server under a policy, with settings of its own where given."""

    def make(policy: Policy | None = None, guild: int = GUILD, **other: Any) -> Team:
        theirs = replace(settings, guild=guild, **other)
        team, _ = act(setup.create_team, theirs, policy or Policy(), now)
        return team

    return make


@pytest.fixture
def team(make_team: Callable[..., Team]) -> Team:
    """A team under the default policy."""
    return make_team()


@pytest.fixture
def person() -> Callable[..., Person]:
    """Makes somebody in the server: person(7), person(8, roles={5}), person(9, manages=True)."""

    def make(
        discord_id: int,
        roles: frozenset[int] | set[int] = frozenset(),
        joined_at: datetime | None = None,
        manages: bool = False,
        administrator: bool = False,
    ) -> Person:
        return Person(discord_id, frozenset(roles), joined_at, manages, administrator)

    return make


@pytest.fixture
def found_claim() -> Callable[..., FoundClaim]:
    """Makes a claim as extraction finds it; every field can be given by name."""
    return build_found_claim


@pytest.fixture
def make_claim(
    act: Callable[..., Any],
    store: ClaimStore,
    found_claim: Callable[..., FoundClaim],
    now: datetime,
) -> Callable[..., Claim]:
    """Takes in a document of one claim and gives that claim, posted unless the team's rule says."""

    def make(
        words: str = "The bridge is closed",
        guild: int = GUILD,
        by: Person | None = None,
        url: str | None = None,
    ) -> Claim:
        document = Intake("Title", None, url, None, "en", f"{words}.", (found_claim(words),))
        taken = act(intake.add_document, guild, document, by, now)
        return store.claims.of_document(taken.document)[0]

    return make


@pytest.fixture
def claim(team: Team, make_claim: Callable[..., Claim]) -> Claim:
    """A claim before the default team, without votes."""
    assert team.settings.guild == GUILD
    return make_claim()
