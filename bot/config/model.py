"""The configuration as frozen values, as it is passed down."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path

from yarl import URL

from bot.clock import utc_now
from bot.config.values import is_loopback
from workflows.archives import PER_MINUTE, PER_MINUTE_WITH_KEY, WAYBACK
from workflows.desk.retention import Retention
from workflows.fact_check_search import GOOGLE
from workflows.policy import Policy
from workflows.teams import Settings


@dataclass(frozen=True, slots=True)
class Site:
    """How a team's public pages present themselves.

    `base_url` ends with a slash, or is empty where the pages' address is not known. `is_indexed`:
    search engines may list them.
    """

    title: str = ""
    base_url: str = ""
    contact: str = ""
    is_indexed: bool = True


@dataclass(frozen=True, slots=True)
class Publishing:
    """Where a team's public pages are written, and how often.

    `guild` is None where there is one team, `language` empty for the team's own.
    """

    folder: Path | None = None
    every: timedelta = timedelta(hours=1)
    language: str = ""
    guild: int | None = None
    site: Site = Site()

    @property
    def is_regular(self) -> bool:
        """Return True if a running bot writes them by itself."""
        return self.folder is not None and bool(self.site.base_url)


class MailSecurity(StrEnum):
    """How the way to the mail server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
    """Not at all: for a server on this machine only."""


@dataclass(frozen=True, slots=True)
class MailConfig:
    """The server that takes mail, and whom it is from.

    `unsubscribe_url` ends where a token goes; empty where the host has no such address.
    """

    host: str
    port: int
    security: MailSecurity
    username: str
    password: str
    sender: str
    unsubscribe_url: str

    @property
    def domain(self) -> str:
        return parseaddr(self.sender)[1].rpartition("@")[2]

    def list_ways_out(self, token: str) -> tuple[str, ...]:
        """Return the addresses that end a digest, the best first; by mail always."""
        mailto = f"mailto:{parseaddr(self.sender)[1]}?subject=unsubscribe%20{token}"
        return (self.unsubscribe_url + token, mailto) if self.unsubscribe_url else (mailto,)


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """A language model that finds claims: where its server is, and what it may cost.

    `base_url` is that of the OpenAI chat protocol, as in http://localhost:11434/v1. `key` is empty
    for a server that wants none; `requests_per_day` is a team's, 0 for any number.
    """

    base_url: URL
    model: str
    key: str
    timeout: timedelta
    max_tokens: int
    concurrency: int
    requests_per_day: int

    @property
    def host(self) -> str:
        return self.base_url.host or ""

    @property
    def is_here(self) -> bool:
        """Return True if its server is on this machine, so that no text leaves it."""
        return is_loopback(self.base_url)


@dataclass(frozen=True, slots=True)
class Archiving:
    """Which archive is asked to keep linked pages; none where `is_on` is False.

    `key` is the account's, as the archive gives it: the access key, a colon, the secret one.
    """

    is_on: bool = False
    url: str = WAYBACK
    key: str = ""

    @property
    def rate(self) -> int:
        """Return how many pages are asked for in a minute."""
        return PER_MINUTE_WITH_KEY if self.key else PER_MINUTE


@dataclass(frozen=True, slots=True)
class FactCheckConfig:
    """Where Google's Fact Check Tools are, and the key for them; without one they aren't asked."""

    url: str = GOOGLE
    key: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """What the process is told, in `file`.

    `teams` holds, for each [[team]], its settings and policy.
    """

    file: Path
    api_url: URL
    gateway_url: URL
    database: Path
    teams: tuple[tuple[Settings, Policy], ...]
    backup_folder: Path | None
    backup_every: timedelta
    backup_keep: int
    retention: Retention
    health_file: Path | None = None
    publish: Publishing = Publishing()
    mail: MailConfig | None = None
    engine: EngineConfig | None = None
    archiving: Archiving = Archiving()
    watch_every: timedelta | None = None
    fact_check_search: FactCheckConfig = FactCheckConfig()
    copy_folder: Path | None = None
    copy_limit: int = 0
    contact: str = ""
    allow_loopback: bool = False
    proxy: bool = False
    clock_offset: timedelta = timedelta()
    servers: frozenset[int] = frozenset()

    def now(self) -> datetime:
        """Return the time by this machine's clock."""
        return utc_now(self.clock_offset)

    def settings_of(self, guild: int) -> tuple[Settings, Policy] | None:
        return next((team for team in self.teams if team[0].guild == guild), None)
