"""The configuration: TOML and the environment in, frozen settings out, wrong keys named.

Read once at the door and passed down. Every refusal is a BadInput that says what and where.
"""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path

from yarl import URL

from bot.config.environment import MAIL_PASSWORD, WAYBACK_KEY, read_clock_offset, require_secret
from bot.config.file import (
    KEYS,
    ConfigFile,
    EngineTable,
    EvidenceTable,
    MailTable,
    PublishTable,
    TeamTable,
    read_toml,
)
from bot.config.model import (
    Archiving,
    Config,
    EngineConfig,
    FactCheckConfig,
    MailConfig,
    MailSecurity,
    Publishing,
    Site,
)
from bot.config.problems import Problems
from bot.config.values import (
    is_loopback,
    read_address,
    read_days,
    read_hour,
    read_language,
    read_span,
    read_zone,
)
from workflows.desk.retention import Retention
from workflows.errors import BadInput
from workflows.hosts import is_private_host
from workflows.page_watch import LEAST
from workflows.policy import Policy, read_rules
from workflows.teams import Settings


def read_config(path: Path, environment: Mapping[str, str] = os.environ) -> Config:
    """Return the configuration in this file.

    Raises BadInput that names the key and where it stands.
    """
    problems = Problems(path)
    file = problems.convert(read_toml(path), ConfigFile, KEYS)
    attempt = problems.attempt
    teams = [_read_team(problems, place, team) for place, team in enumerate(file.team, 1)]
    attempt(lambda: _require_one_each(path, file.team))
    attempt(lambda: _require_served(path, file))
    api_url = attempt(
        lambda: read_address(path, "discord.api_url", file.discord.api_url, ("https", "http"))
    )
    gateway_url = attempt(
        lambda: read_address(path, "discord.gateway_url", file.discord.gateway_url, ("wss", "ws"))
    )
    every = attempt(lambda: read_span(path, "backup.every", file.backup.every))
    retention = attempt(lambda: _read_retention(path, file))
    publish = attempt(lambda: _read_publishing(path, file.publish))
    mail = attempt(lambda: _read_mail(path, file.mail, environment))
    engine = attempt(lambda: _read_engine(path, file.engine, environment))
    archive_url = attempt(
        lambda: read_address(
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
        clock_offset=read_clock_offset(environment) if is_loopback(api_url) else timedelta(),
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


def _require_one_each(path: Path, teams: Sequence[TeamTable]) -> None:
    guilds = [team.guild for team in teams]
    if twice := next((guild for guild in guilds if guilds.count(guild) > 1), None):
        raise BadInput(
            "{path}: two [[team]] tables have guild = {guild}, but a server can have only"
            " one team.",
            path=path,
            guild=str(twice),
        )


def _require_served(path: Path, file: ConfigFile) -> None:
    servers = file.discord.servers
    if other := next(
        (team.guild for team in file.team if servers and team.guild not in servers), 0
    ):
        raise BadInput(
            "{path}: a [[team]] has guild = {guild}, which isn't in [discord] servers.",
            path=path,
            guild=str(other),
        )


def _resolve_beside(path: Path, name: str) -> Path:
    return (path.parent / Path(name).expanduser()).absolute()


def _read_retention(path: Path, file: ConfigFile) -> Retention:
    texts = file.retention.documents
    backups = read_span(path, "retention.backups", file.retention.backups)
    return Retention(
        texts=None if texts == "off" else read_span(path, "retention.documents", texts),
        backups=backups if file.backup.folder else None,
    )


def _read_publishing(path: Path, publish: PublishTable) -> Publishing:
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
        every=read_span(path, "publish.every", publish.every),
        language=read_language(publish.language) if publish.language else "",
        guild=publish.guild or None,
        site=Site(
            title=" ".join(publish.title.split()),
            base_url=base_url.rstrip("/") + "/" if base_url else "",
            contact=publish.contact.strip(),
            is_indexed=publish.robots,
        ),
    )


def _read_mail(path: Path, mail: MailTable, environment: Mapping[str, str]) -> MailConfig | None:
    """Return the way out for mail, None where none is set. Raises BadInput."""
    if not mail.host:
        return None
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", parseaddr(mail.sender)[1]):
        raise BadInput(
            '{path}: mail.sender is "{text}", but it must be an e-mail address.',
            path=path,
            text=mail.sender,
        )
    if mail.security is MailSecurity.NONE and not is_loopback(URL.build(host=mail.host)):
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
    path: Path, engine: EngineTable, environment: Mapping[str, str]
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
    require_secret(path, "engine.key_env", engine.key_env)
    return EngineConfig(
        base_url=url,
        model=engine.model,
        key=environment.get(engine.key_env, "").strip(),
        timeout=read_span(path, "engine.timeout", engine.timeout),
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
    path: Path, evidence: EvidenceTable, environment: Mapping[str, str]
) -> FactCheckConfig:
    url = read_address(path, "evidence.fact_check_url", evidence.fact_check_url, ("https", "http"))
    require_secret(path, "evidence.fact_check_key_env", evidence.fact_check_key_env)
    key = environment.get(evidence.fact_check_key_env, "").strip()
    return FactCheckConfig(str(url).rstrip("/"), key)


def _read_watch(path: Path, text: str) -> timedelta | None:
    """Return how often linked pages are looked at; None for never. Raises BadInput."""
    if text == "off":
        return None
    every = read_span(path, "evidence.watch", text)
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


def _read_team(problems: Problems, place: int, team: TeamTable) -> tuple[Settings, Policy] | None:
    where = f"team number {place}"
    timezone = problems.attempt(lambda: read_zone(team.timezone), where)
    digest_at = problems.attempt(lambda: read_hour(team.digest_at), where)
    language = problems.attempt(lambda: read_language(team.language), where)
    digest_days = problems.attempt(lambda: read_days(team.digest_days), where)
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
