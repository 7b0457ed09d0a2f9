"""The database as the terminal's commands open it, and the team they are about."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.config.model import Config
from workflows.desk import setup
from workflows.errors import BadInput, NotFound, Unavailable
from workflows.store import connections
from workflows.store.claim_store import ClaimStore


@contextmanager
def open_for_writing(config: Config) -> Iterator[ClaimStore]:
    """The store in one transaction, beside a running bot or without one; teams created if new."""
    connections.migrate(config.database)
    with connections.in_one_transaction(config.database) as db:
        store = ClaimStore(db)
        for settings, policy in config.teams:
            setup.create_team(store, settings, policy, config.now())
        yield store


@contextmanager
def open_for_reading(config: Config) -> Iterator[ClaimStore]:
    """The store as it stands, read-only. Raises Unavailable without a database."""
    if not config.database.exists():
        raise Unavailable(
            "There is no database at {path} yet; `corrobot run` makes one.", path=config.database
        )
    db = connections.open_for_reading(config.database)
    try:
        yield ClaimStore(db)
    finally:
        db.close()


def find_guild(config: Config, guild: int | None) -> int:
    """Return the server that is meant: the one that is named, or the only one there is.

    Raises NotFound for one without a team, BadInput where none is named and there are several.
    """
    if guild is not None:
        require_team(config, guild)
        return guild
    guilds = {settings.guild for settings, _ in config.teams}
    if config.database.exists():
        with open_for_reading(config) as store:
            guilds |= {team.settings.guild for team in store.teams.all()}
    if len(guilds) == 1:
        return guilds.pop()
    if not guilds:
        raise NotFound(
            "There is no team yet. Use /setup in your server, or name one as [[team]] in the"
            " configuration."
        )
    raise BadInput("There are several teams. Say which is meant with --guild ID.")


def require_team(config: Config, guild: int) -> None:
    """Refuse a wrong server before the work, not after it. Raises NotFound."""
    if config.settings_of(guild) is None and not _is_kept(config, guild):
        raise NotFound(
            "There is no [[team]] with guild = {guild} in the configuration.", guild=str(guild)
        )


def _is_kept(config: Config, guild: int) -> bool:
    """Return True if the database has a team of this server though the configuration names none."""
    if not config.database.exists():
        return False
    with open_for_reading(config) as store:
        return store.teams.of_guild(guild) is not None
