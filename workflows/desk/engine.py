"""What a team's engine may do, and what it was asked already."""

from collections.abc import Sequence
from datetime import date, datetime

from workflows.desk.claim_views import get_team
from workflows.store.claim_store import ClaimStore
from workflows.teams import Team


def may_send_texts(store: ClaimStore, guild: int, host: str) -> bool:
    """Return True if the team's administrators let its texts go to this host."""
    return get_team(store, guild).settings.send_texts_to == host


def find_answers(store: ClaimStore, guild: int, keys: Sequence[str]) -> dict[str, str]:
    """Return what was answered already to questions with these keys."""
    return store.engine_answers.find(get_team(store, guild).id, keys)


def take_request(store: ClaimStore, guild: int, most: int, now: datetime) -> bool:
    """Count one request to the engine, or return False where the team's day is used up.

    `most` is how many a team has each day; 0 for any number.
    """
    team = get_team(store, guild)
    today = _find_day(team, now)
    used = store.engine_answers.count_requests(team.id, today)
    if most and used >= most:
        return False
    if not used:
        store.engine_answers.remove_orphans(now)
    store.engine_answers.add_request(team.id, today)
    return True


def keep_answer(
    store: ClaimStore,
    guild: int,
    key: str,
    sha256: str,
    answer: str,
    now: datetime,
) -> None:
    """Keep what was answered for a text."""
    store.engine_answers.keep(get_team(store, guild).id, key, sha256, answer, now)


def add_tokens(store: ClaimStore, guild: int, shown: int, written: int, now: datetime) -> None:
    """Count the tokens that a request took, whether or not its answer could be read."""
    team = get_team(store, guild)
    store.engine_answers.add_tokens(team.id, _find_day(team, now), shown, written)


def _find_day(team: Team, now: datetime) -> date:
    return now.astimezone(team.settings.timezone).date()
