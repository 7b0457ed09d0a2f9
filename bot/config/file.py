"""The tables and keys of `config.toml`, as they stand there."""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from bot.config.environment import ENGINE_KEY, FACT_CHECK_KEY
from bot.config.model import MailSecurity
from bot.config.values import Day
from workflows.archives import WAYBACK
from workflows.errors import BadInput
from workflows.fact_check_search import GOOGLE
from workflows.teams import IntakeAccess, Layout, PublishRule

DISCORD_API = "https://discord.com/api/v10"
DISCORD_GATEWAY = "wss://gateway.discord.gg/"
Snowflake = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class DiscordTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    api_url: str = DISCORD_API
    gateway_url: str = DISCORD_GATEWAY
    servers: tuple[Annotated[int, msgspec.Meta(ge=1)], ...] = ()


class StoreTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    path: Annotated[str, msgspec.Meta(min_length=1)] = "corrobot.db"


class BackupTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    folder: str = ""
    every: str = "24h"
    keep: Annotated[int, msgspec.Meta(ge=1)] = 7


class HealthTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    file: str = ""


class IntakeTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    contact: str = ""
    allow_loopback: bool = False
    proxy: bool = False


class PublishTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    folder: str = ""
    base_url: str = ""
    every: str = "1h"
    guild: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] = 0
    language: str = ""
    title: str = ""
    contact: str = ""
    robots: bool = True


class MailTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    host: str = ""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 587
    security: MailSecurity = MailSecurity.STARTTLS
    username: str = ""
    sender: str = ""
    unsubscribe_url: str = ""


class EngineTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    kind: Literal["rules", "llm"] = "rules"
    base_url: str = ""
    model: str = ""
    key_env: str = ENGINE_KEY
    timeout: str = "60s"
    max_tokens: Annotated[int, msgspec.Meta(ge=64)] = 4096
    concurrency: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    requests_per_day: Annotated[int, msgspec.Meta(ge=0)] = 500


class EvidenceTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    archive: Literal["", "wayback"] = ""
    archive_url: str = WAYBACK
    watch: str = "24h"
    fact_check_key_env: str = FACT_CHECK_KEY
    fact_check_url: str = GOOGLE
    folder: str = ""
    folder_mb: Annotated[int, msgspec.Meta(ge=1)] = 1000


class RetentionTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    documents: str = "off"
    backups: str = "30d"


class TeamTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
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


class ConfigFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    discord: DiscordTable = DiscordTable()
    store: StoreTable = StoreTable()
    backup: BackupTable = BackupTable()
    health: HealthTable = HealthTable()
    retention: RetentionTable = RetentionTable()
    intake: IntakeTable = IntakeTable()
    publish: PublishTable = PublishTable()
    mail: MailTable = MailTable()
    engine: EngineTable = EngineTable()
    evidence: EvidenceTable = EvidenceTable()
    team: list[TeamTable] = []


def read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(
            "There is no configuration file at {path}. An empty one will do (config.example.toml"
            " shows what can stand in it), or name another file with --config.",
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


KEYS = [
    field.name
    for table in (
        *(
            ConfigFile,
            DiscordTable,
            StoreTable,
            BackupTable,
            HealthTable,
            RetentionTable,
            IntakeTable,
            PublishTable,
            MailTable,
            EngineTable,
            EvidenceTable,
            TeamTable,
        ),
    )
    for field in msgspec.structs.fields(table)
]
