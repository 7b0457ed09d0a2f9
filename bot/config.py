"""The configuration: TOML and the environment in, frozen settings out, wrong keys named.

Read once at the door and passed down. Every refusal is a BadInput that says what and where.
"""

import base64
import binascii
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from email.utils import parseaddr
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

import msgspec
from yarl import URL

from bot.clock import utc_now
from bot.config_errors import Problems
from bot.i18n.translator import LANGUAGES
from workflows.archives import PER_MINUTE, PER_MINUTE_WITH_KEY, WAYBACK
from workflows.desk.retention import Retention
from workflows.errors import BadInput
from workflows.fact_check_search import GOOGLE
from workflows.hosts import is_private_host
from workflows.page_watch import LEAST
from workflows.policy import Policy, read_rules
from workflows.teams import EVERY_DAY, IntakeAccess, Layout, PublishRule, Settings

DISCORD_API = "https://discord.com/api/v10"
DISCORD_GATEWAY = "wss://gateway.discord.gg/"
TOKEN = "DISCORD_TOKEN"  # noqa: S105  # the variable's name
MAIL_PASSWORD = "CORROBOT_MAIL_PASSWORD"  # noqa: S105  # the variable's name
WAYBACK_KEY = "CORROBOT_WAYBACK_KEY"
FACT_CHECK_KEY = "CORROBOT_FACT_CHECK_KEY"
"""The variable's name where [evidence] names no other."""
ENGINE_KEY = "CORROBOT_ENGINE_KEY"
"""The variable's name where [engine] names no other."""
CLOCK_OFFSET = "CORROBOT_CLOCK_OFFSET"
"""Seconds added to this machine's clock, for tests: honoured beside a Discord on loopback only."""

Snowflake = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[str, ...] = get_args(Day)
"""The days of the week as they are written, Monday first."""


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
        return _is_loopback(self.base_url)


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


class _Discord(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    api_url: str = DISCORD_API
    gateway_url: str = DISCORD_GATEWAY
    servers: tuple[Annotated[int, msgspec.Meta(ge=1)], ...] = ()


class _Store(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    path: Annotated[str, msgspec.Meta(min_length=1)] = "corrobot.db"


class _Backup(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    folder: str = ""
    every: str = "24h"
    keep: Annotated[int, msgspec.Meta(ge=1)] = 7


class _Health(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    file: str = ""


class _Intake(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    contact: str = ""
    allow_loopback: bool = False
    proxy: bool = False


class _Publish(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    folder: str = ""
    base_url: str = ""
    every: str = "1h"
    guild: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] = 0
    language: str = ""
    title: str = ""
    contact: str = ""
    robots: bool = True


class _Mail(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    host: str = ""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 587
    security: MailSecurity = MailSecurity.STARTTLS
    username: str = ""
    sender: str = ""
    unsubscribe_url: str = ""


class _Engine(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    kind: Literal["rules", "llm"] = "rules"
    base_url: str = ""
    model: str = ""
    key_env: str = ENGINE_KEY
    timeout: str = "60s"
    max_tokens: Annotated[int, msgspec.Meta(ge=64)] = 4096
    concurrency: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    requests_per_day: Annotated[int, msgspec.Meta(ge=0)] = 500


class _Evidence(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    archive: Literal["", "wayback"] = ""
    archive_url: str = WAYBACK
    watch: str = "24h"
    fact_check_key_env: str = FACT_CHECK_KEY
    fact_check_url: str = GOOGLE
    folder: str = ""
    folder_mb: Annotated[int, msgspec.Meta(ge=1)] = 1000


class _Retention(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    documents: str = "off"
    backups: str = "30d"


class _Team(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    guild: Snowflake
    claims_channel: Snowflake
    digest_channel: Snowflake | None = None
    moderators_channel: Snowflake | None = None
    timezone: str = "UTC"
    digest_at: str = "09:00"
    digest_days: Literal["all"] | list[Day] = "all"
    language: str = "en"
    voter_roles: list[Snowflake] = []
    moderator_roles: list[Snowflake] = []
    post: Literal["all"] | Annotated[int, msgspec.Meta(ge=0)] = 8
    post_threshold: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    post_per_day: Annotated[int, msgspec.Meta(ge=0)] = 0
    intake: IntakeAccess = IntakeAccess.VOTERS
    publish: PublishRule = PublishRule.ALL
    layout: Layout = Layout.CHANNEL
    snapshots: bool = True
    watch_links: bool = True
    policy: dict[str, Any] = {}


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    discord: _Discord = _Discord()
    store: _Store = _Store()
    backup: _Backup = _Backup()
    health: _Health = _Health()
    retention: _Retention = _Retention()
    intake: _Intake = _Intake()
    publish: _Publish = _Publish()
    mail: _Mail = _Mail()
    engine: _Engine = _Engine()
    evidence: _Evidence = _Evidence()
    team: list[_Team] = []


def read_config(path: Path, environment: Mapping[str, str] = os.environ) -> Config:
    """Return the configuration in this file.

    Raises BadInput that names the key and where it stands.
    """
    problems = Problems(path)
    file = problems.convert(_read_toml(path), _File, _KEYS)
    attempt = problems.attempt
    teams = [_read_team(problems, place, team) for place, team in enumerate(file.team, 1)]
    attempt(lambda: _require_one_each(path, file.team))
    attempt(lambda: _require_served(path, file))
    api_url = attempt(
        lambda: _read_address(path, "discord.api_url", file.discord.api_url, ("https", "http"))
    )
    gateway_url = attempt(
        lambda: _read_address(path, "discord.gateway_url", file.discord.gateway_url, ("wss", "ws"))
    )
    every = attempt(lambda: _read_span(path, "backup.every", file.backup.every))
    retention = attempt(lambda: _read_retention(path, file))
    publish = attempt(lambda: _read_publishing(path, file.publish))
    mail = attempt(lambda: _read_mail(path, file.mail, environment))
    engine = attempt(lambda: _read_engine(path, file.engine, environment))
    archive_url = attempt(
        lambda: _read_address(
            path, "evidence.archive_url", file.evidence.archive_url, ("https", "http")
        )
    )
    fact_check_search = attempt(lambda: _read_fact_check_search(path, file.evidence, environment))
    watch_every = attempt(lambda: _read_watch(path, file.evidence.watch))
    contact = attempt(lambda: _read_contact(path, file.intake.contact))
    problems.require_none()
    if not (api_url and gateway_url and every and retention and publish):
        raise AssertionError("a value that couldn't be read was not told")
    return Config(
        file=path,
        api_url=api_url,
        gateway_url=gateway_url,
        database=_resolve_beside(path, file.store.path),
        teams=tuple(team for team in teams if team),
        backup_folder=_resolve_beside(path, file.backup.folder) if file.backup.folder else None,
        backup_every=every,
        backup_keep=file.backup.keep,
        retention=retention,
        health_file=_resolve_beside(path, file.health.file) if file.health.file else None,
        clock_offset=_read_clock_offset(environment) if _is_loopback(api_url) else timedelta(),
        publish=publish,
        mail=mail,
        engine=engine,
        archiving=Archiving(
            is_on=bool(file.evidence.archive),
            url=str(archive_url).rstrip("/"),
            key=environment.get(WAYBACK_KEY, "").strip(),
        ),
        watch_every=watch_every,
        copy_folder=_resolve_beside(path, file.evidence.folder) if file.evidence.folder else None,
        copy_limit=file.evidence.folder_mb * 1_000_000,
        fact_check_search=fact_check_search or FactCheckConfig(),
        contact=contact or "",
        allow_loopback=file.intake.allow_loopback,
        proxy=file.intake.proxy,
        servers=frozenset(file.discord.servers),
    )


def _require_one_each(path: Path, teams: Sequence[_Team]) -> None:
    guilds = [team.guild for team in teams]
    if twice := next((guild for guild in guilds if guilds.count(guild) > 1), None):
        raise BadInput(
            "{path}: two [[team]] tables have guild = {guild}, but a server can have only"
            " one team.",
            path=path,
            guild=str(twice),
        )


def _require_served(path: Path, file: _File) -> None:
    servers = file.discord.servers
    if other := next(
        (team.guild for team in file.team if servers and team.guild not in servers), 0
    ):
        raise BadInput(
            "{path}: a [[team]] has guild = {guild}, which isn't in [discord] servers.",
            path=path,
            guild=str(other),
        )


def _read_clock_offset(environment: Mapping[str, str]) -> timedelta:
    text = environment.get(CLOCK_OFFSET, "").strip()
    try:
        return timedelta(seconds=float(text or 0))
    except (ValueError, OverflowError):
        raise BadInput(
            '{name} is "{text}", but it must be a number of seconds.', name=CLOCK_OFFSET, text=text
        ) from None


def _resolve_beside(path: Path, name: str) -> Path:
    return (path.parent / Path(name).expanduser()).absolute()


def _read_retention(path: Path, file: _File) -> Retention:
    texts = file.retention.documents
    backups = _read_span(path, "retention.backups", file.retention.backups)
    return Retention(
        texts=None if texts == "off" else _read_span(path, "retention.documents", texts),
        backups=backups if file.backup.folder else None,
    )


def _read_publishing(path: Path, publish: _Publish) -> Publishing:
    base_url = publish.base_url
    if base_url:
        parsed = URL(base_url)
        if parsed.scheme not in ("https", "http") or not parsed.host or parsed.query_string:
            raise BadInput(
                '{path}: publish.base_url is "{text}", but it must be the address at which the'
                " pages can be read, such as https://example.org/claims/.",
                path=path,
                text=base_url,
            )
    return Publishing(
        folder=_resolve_beside(path, publish.folder) if publish.folder else None,
        every=_read_span(path, "publish.every", publish.every),
        language=_read_language(publish.language) if publish.language else "",
        guild=publish.guild or None,
        site=Site(
            title=" ".join(publish.title.split()),
            base_url=base_url.rstrip("/") + "/" if base_url else "",
            contact=publish.contact.strip(),
            is_indexed=publish.robots,
        ),
    )


def _read_mail(path: Path, mail: _Mail, environment: Mapping[str, str]) -> MailConfig | None:
    """Return the way out for mail, None where none is set. Raises BadInput."""
    if not mail.host:
        return None
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", parseaddr(mail.sender)[1]):
        raise BadInput(
            '{path}: mail.sender is "{text}", but it must be an e-mail address.',
            path=path,
            text=mail.sender,
        )
    if mail.security is MailSecurity.NONE and not _is_loopback(URL.build(host=mail.host)):
        raise BadInput(
            '{path}: mail.security can be "none" only for a server on this machine.', path=path
        )
    if mail.unsubscribe_url and not mail.unsubscribe_url.startswith("https://"):
        raise BadInput("{path}: mail.unsubscribe_url must start with https://.", path=path)
    return MailConfig(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        username=mail.username,
        password=environment.get(MAIL_PASSWORD, ""),
        sender=mail.sender,
        unsubscribe_url=mail.unsubscribe_url,
    )


def _read_engine(
    path: Path, engine: _Engine, environment: Mapping[str, str]
) -> EngineConfig | None:
    """Return the language model, None where the rules alone find claims. Raises BadInput."""
    if engine.kind == "rules":
        return None
    url = _read_engine_address(path, engine.base_url)
    if not engine.model or any(mark.isspace() for mark in engine.model):
        raise BadInput(
            '{path}: engine.model is "{text}", but it must be a model\'s name, as its server'
            " lists it.",
            path=path,
            text=engine.model,
        )
    _require_secret(path, "engine.key_env", engine.key_env)
    return EngineConfig(
        base_url=url,
        model=engine.model,
        key=environment.get(engine.key_env, "").strip(),
        timeout=_read_span(path, "engine.timeout", engine.timeout),
        max_tokens=engine.max_tokens,
        concurrency=engine.concurrency,
        requests_per_day=engine.requests_per_day,
    )


def _read_engine_address(path: Path, text: str) -> URL:
    """Return where the model's server is: in the clear on private networks only."""
    try:
        url = URL(text)
        host = url.host or ""
    except ValueError:
        url, host = URL(), ""
    if url.scheme not in ("https", "http") or not host or url.user or url.query_string:
        raise BadInput(
            '{path}: engine.base_url is "{text}", but it must be the address of a server that'
            " speaks OpenAI's chat protocol, such as http://localhost:11434/v1.",
            path=path,
            text=text,
        )
    if url.scheme == "http" and not is_private_host(host):
        raise BadInput(
            "{path}: engine.base_url is {text}, which would send texts over the internet"
            " unencrypted. Use https://.",
            path=path,
            text=text,
        )
    return url


def _read_fact_check_search(
    path: Path, evidence: _Evidence, environment: Mapping[str, str]
) -> FactCheckConfig:
    url = _read_address(path, "evidence.fact_check_url", evidence.fact_check_url, ("https", "http"))
    _require_secret(path, "evidence.fact_check_key_env", evidence.fact_check_key_env)
    key = environment.get(evidence.fact_check_key_env, "").strip()
    return FactCheckConfig(str(url).rstrip("/"), key)


def _require_secret(path: Path, key: str, name: str) -> None:
    """Raise BadInput for a variable's name that doesn't tell that it holds a secret."""
    if not _SECRET.search(name):
        raise BadInput(
            '{path}: {key} is "{text}", but it must be the name of an environment'
            ' variable with "KEY" or "TOKEN" in it: only those are kept from what reads documents.',
            path=path,
            key=key,
            text=name,
        )


def _read_watch(path: Path, text: str) -> timedelta | None:
    """Return how often linked pages are looked at; None for never. Raises BadInput."""
    if text == "off":
        return None
    every = _read_span(path, "evidence.watch", text)
    if every < LEAST:
        raise BadInput(
            '{path}: evidence.watch is "{text}", but pages are checked once a day at most:'
            ' "24h", a longer time, or "off".',
            path=path,
            text=text,
        )
    return every


def _read_contact(path: Path, contact: str) -> str:
    if not contact.isascii() or not contact.isprintable() or "(" in contact or ")" in contact:
        raise BadInput(
            '{path}: intake.contact is "{contact}", but it must be an e-mail address or a link.',
            path=path,
            contact=contact,
        )
    return contact


def _read_span(path: Path, key: str, text: str) -> timedelta:
    match = re.fullmatch(r"([1-9]\d{0,5})([smhd])", text)
    if match is None:
        raise BadInput(
            '{path}: {key} is "{text}", but it must be a duration such as "24h".',
            path=path,
            key=key,
            text=text,
        )
    return int(match[1]) * _UNITS[match[2]]


_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}


_SECRET = re.compile(r"TOKEN|PASSWORD|SECRET|KEY")
"""What is in the names of variables that hold secrets."""


def make_child_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment for a process that reads what comes from outside: no secret in it."""
    return {name: value for name, value in environment.items() if not _SECRET.search(name)}


def read_token(environment: Mapping[str, str] = os.environ) -> str:
    """Return the bot's token, of which only the shape is checked here. Raises BadInput."""
    token = environment.get(TOKEN, "").strip()
    if not token:
        raise BadInput(
            "The environment variable {name} isn't set. It holds the bot's token, from the"
            ' "Bot" page of your application at'
            " https://discord.com/developers/applications.",
            name=TOKEN,
        )
    parts = token.split(".")
    if len(parts) != 3 or not _is_bot_id(parts[0]) or not all(map(_WORD.fullmatch, parts)):  # noqa: PLR2004
        raise BadInput(
            "{name} doesn't look like a bot token (three parts separated by dots). Copy it"
            " again with \"Reset Token\"; it isn't the application's ID, key or client"
            " secret.",
            name=TOKEN,
        )
    return token


_WORD = re.compile(r"[A-Za-z0-9_-]{6,}")


def _is_bot_id(part: str) -> bool:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).isdigit()
    except (binascii.Error, ValueError):
        return False


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(
            "There is no configuration file at {path}. Copy config.example.toml there, or"
            " name another file with --config.",
            path=path,
        ) from None
    except OSError as error:
        raise BadInput(
            "{path} can't be read: {reason}.", path=path, reason=error.strerror
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput("{path} isn't UTF-8 text. Save it as UTF-8.", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput("{path} isn't valid TOML: {reason}.", path=path, reason=error) from error


_KEYS = [
    field.name
    for table in (
        *(
            _File,
            _Discord,
            _Store,
            _Backup,
            _Health,
            _Retention,
            _Intake,
            _Publish,
            _Mail,
            _Engine,
            _Evidence,
            _Team,
        ),
    )
    for field in msgspec.structs.fields(table)
]


def _read_team(problems: Problems, place: int, team: _Team) -> tuple[Settings, Policy] | None:
    where = f"team number {place}"
    timezone = problems.attempt(lambda: read_zone(team.timezone), where)
    digest_at = problems.attempt(lambda: read_hour(team.digest_at), where)
    language = problems.attempt(lambda: _read_language(team.language), where)
    digest_days = problems.attempt(lambda: _read_days(team.digest_days), where)
    policy = problems.attempt(lambda: read_rules(team.policy), where)
    if not (timezone and digest_at is not None and language and digest_days and policy):
        return None
    settings = Settings(
        guild=team.guild,
        claims_channel=team.claims_channel,
        digest_channel=team.digest_channel or team.claims_channel,
        moderators_channel=team.moderators_channel,
        timezone=timezone,
        digest_at=digest_at,
        language=language,
        voter_roles=frozenset(team.voter_roles),
        moderator_roles=frozenset(team.moderator_roles),
        post=None if team.post == "all" else team.post,
        post_threshold=team.post_threshold,
        post_per_day=team.post_per_day or None,
        intake=team.intake,
        digest_days=digest_days,
        publish=team.publish,
        layout=team.layout,
        snapshots=team.snapshots,
        watch_links=team.watch_links,
    )
    return settings, policy


def read_zone(name: str) -> ZoneInfo:
    """Return the IANA time zone of this name. Raises BadInput."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadInput(
            'timezone is "{name}", but it must be an IANA name such as "Europe/Berlin".', name=name
        ) from None


def read_hour(text: str) -> time:
    """Return the local time that "09:00" writes. Raises BadInput."""
    match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text)
    if match is None:
        raise BadInput(
            'digest_at is "{text}", but it must be a time of day such as "09:00".', text=text
        )
    return time(int(match[1]), int(match[2]))


def _read_days(names: Literal["all"] | list[Day]) -> frozenset[int]:
    if not names:
        raise BadInput(
            'digest_days is empty; it must be "all" or at least one day: ["mon", "fri"].'
        )
    return EVERY_DAY if names == "all" else frozenset(map(DAYS.index, names))


def _read_language(language: str) -> str:
    if language not in LANGUAGES:
        raise BadInput(
            'language is "{language}", but it must be one of: {known}.',
            language=language,
            known=", ".join(LANGUAGES),
        )
    return language


def _read_address(path: Path, key: str, text: str, schemes: tuple[str, str]) -> URL:
    """Return an address of Discord or of what stands in for it.

    In the clear only on this machine.
    """
    try:
        url = URL(text)
        host = url.host or ""
    except ValueError:
        url, host = URL(), ""
    if url.scheme not in schemes or not host:
        raise BadInput(
            '{path}: {key} is "{text}", but it must be an address that starts with {scheme}://.',
            path=path,
            key=key,
            text=text,
            scheme=schemes[0],
        )
    if url.scheme == schemes[1] and not _is_loopback(url):
        raise BadInput(
            "{path}: {key} is {text}, which would send the token over the network"
            " unencrypted. Use {scheme}:// for any address other than this machine's own.",
            path=path,
            key=key,
            text=text,
            scheme=schemes[0],
        )
    return url


def _is_loopback(url: URL) -> bool:
    host = url.host or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
