"""What stood behind a link when it was added: the rules of taking it. Pure functions of values.

A page is read beside what people do, never in it. One that cannot be read for good is kept as that,
with the sentence why; one that may be readable later is tried again, for two days at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflows.claims import EvidenceKey, PagePassage, PictureRead, Refusal, TeamId
from workflows.errors import CorrobotError
from workflows.ids import make_hash
from workflows.page_copies import PageCopy

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=12)
TRIES = 9
"""How often a page that may be readable later is tried: over two days in all."""
MAX_TEXT = 200
"""Characters that are kept of a title, a site's name or an author's."""
MAX_PREVIEW = 300
"""Characters that are kept of what Discord showed of a page."""


@dataclass(frozen=True, slots=True)
class DueSnapshot:
    """A link whose page is to be read, and the words of the claim that it stands on."""

    row: int
    team: TeamId
    claim: int
    key: EvidenceKey
    url: str
    words: str
    attempts: int


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was read behind a link.

    `wire` is the site of the news agency whose report it is; `sketch` is that of its text.
    `figures` are those of the claim that it has; `found_on` is the site where it was found.
    Of a `picture`, `sha256` is that of the file. `copy` is the host's own of it.
    """

    title: str
    site: str | None
    author: str | None
    published: date | None
    status: int
    sha256: str
    passage: PagePassage | None
    wire: str | None = None
    sketch: frozenset[int] = frozenset()
    figures: tuple[str, ...] = ()
    found_on: str | None = None
    picture: PictureRead | None = None
    picture_text: str = ""
    copy: PageCopy | None = None


def find_next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when a page is tried again after so many attempts; None for no more."""
    if attempts >= TRIES:
        return None
    return now + min(FIRST_WAIT * (1 << min(2 * (attempts - 1), 20)), LONGEST_WAIT)


def make_refusal(error: CorrobotError) -> Refusal:
    """Return why a page was not read, as it is kept."""
    return Refusal(error.sentence, _plain(error.values))


def _plain(values: Mapping[str, object]) -> dict[str, str | int]:
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}


def find_status(error: CorrobotError) -> int | None:
    """Return what the site answered, where an error says so."""
    status = error.values.get("status")
    return status if isinstance(status, int) else None


def hash_page(text: str) -> str:
    """Return the SHA-256 of a page's readable text, as `corrobot extract --text` prints it."""
    return make_hash(text)
