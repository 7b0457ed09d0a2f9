"""The configuration: its example is complete and explained, its values are what was written."""

import re
import tomllib
from dataclasses import fields, replace
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from bot.config import file
from bot.config.environment import make_child_environment, read_token
from bot.config.read import read_config
from tests.expect import refuses
from workflows.desk.retention import Retention
from workflows.errors import BadInput
from workflows.policy import Policy

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
TABLES = {
    "discord": file.DiscordTable,
    "store": file.StoreTable,
    "backup": file.BackupTable,
    "health": file.HealthTable,
    "retention": file.RetentionTable,
    "publish": file.PublishTable,
    "mail": file.MailTable,
    "engine": file.EngineTable,
    "evidence": file.EvidenceTable,
    "intake": file.IntakeTable,
    "team": file.TeamTable,
}
KEYS = {
    *(f"{table}.{key.name}" for table in TABLES for key in msgspec.structs.fields(TABLES[table])),
    *(f"team.policy.{rule.name}" for rule in fields(Policy)),
} - {"team.policy"}


def written():
    """Every key of the example with its table, and the line it stands on."""
    table, found = "", {}
    for place, line in enumerate(lines()):
        if header := re.fullmatch(r"\[+([\w.]+)\]+", line):
            table = header[1]
        elif key := re.match(r"(\w+) = ", line):
            found[f"{table}.{key[1]}"] = place
    return found


def lines():
    return EXAMPLE.read_text(encoding="utf-8").splitlines()


def test_example_gives_defaults():
    """The example loads and gives the defaults."""
    loaded = read_config(EXAMPLE)

    ((settings, policy),) = loaded.teams
    assert str(loaded.api_url) == "https://discord.com/api/v10"
    assert loaded.database == EXAMPLE.with_name("corrobot.db")
    assert settings.timezone == ZoneInfo("UTC")
    assert settings.digest_at == time(9, 0)
    assert (settings.post, settings.post_threshold, settings.post_per_day) == (8, 0.0, None)
    assert replace(policy, weights={}) == Policy()


def test_example_is_complete():
    """The example has every key there is, and no other."""
    assert set(written()) == KEYS
    assert set(tomllib.loads(EXAMPLE.read_text())) == set(TABLES)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_keys_are_explained(key):
    """Each key of the example has a sentence above it."""
    above = lines()[written()[key] - 1]

    assert above.startswith("# ")
    assert above.endswith(".")


def test_values_as_written(tmp_path):
    """A value is read as it is written."""
    (tmp_path / "config.toml").write_text("""
[store]
path = "kept/here.db"
[[team]]
guild = 1001
claims_channel = 11
timezone = "Europe/Berlin"
digest_at = "17:30"
voter_roles = [5, 6]
post = 12
post_per_day = 40
[team.policy]
quorum = 2
share = "3/4"
weights = { "5" = 2 }
""")
    loaded = read_config(tmp_path / "config.toml")

    settings, policy = loaded.settings_of(1001)
    assert loaded.settings_of(1002) is None
    assert loaded.database == tmp_path / "kept" / "here.db"
    assert settings.digest_channel == 11
    assert settings.moderators_channel is None
    assert settings.timezone == ZoneInfo("Europe/Berlin")
    assert settings.digest_at == time(17, 30)
    assert settings.voter_roles == {5, 6}
    assert (settings.post, settings.post_per_day) == (12, 40)
    assert (policy.quorum, str(policy.share), policy.weights) == (2, "3/4", {5: 2})


@pytest.mark.parametrize(
    ("days", "meant"),
    [('"all"', set(range(7))), ('["mon"]', {0}), ('["sun", "fri", "fri"]', {4, 6})],
)
def test_digest_days(tmp_path, days, meant):
    """The days of the digest are all, or those named."""
    path = tmp_path / "config.toml"
    path.write_text(f"[[team]]\nguild = 1\nclaims_channel = 2\ndigest_days = {days}\n")

    assert read_config(path).teams[0][0].digest_days == meant


@pytest.mark.parametrize("days", ["[]", '["monday"]', '"none"', "[1]"])
def test_wrong_days(tmp_path, days):
    """Wrong days are named with their place."""
    path = tmp_path / "config.toml"
    path.write_text(f"[[team]]\nguild = 1\nclaims_channel = 2\ndigest_days = {days}\n")

    with pytest.raises(BadInput) as refused:
        read_config(path)

    assert refused.value.values["where"].startswith("team number 1")
    assert "digest_days" in str(refused.value)


def test_token_from_environment():
    """The token is read from the environment, without surrounding blanks."""
    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE." + "x" * 38

    assert read_token({"DISCORD_TOKEN": f" {token}\n"}) == token


def test_retention(tmp_path):
    """Retention times are read, and a wrong one is named."""
    file = tmp_path / "config.toml"
    file.write_text('[backup]\nfolder = "copies"\n[retention]\ndocuments = "90d"\n')

    assert read_config(file).retention == Retention(timedelta(days=90), timedelta(days=30))
    file.write_text("")
    assert read_config(file).retention == Retention(None, None)
    file.write_text('[retention]\nbackups = "a month"\n')
    with refuses(BadInput, key="retention.backups", text="a month"):
        read_config(file)


def test_children_have_no_token():
    """The processes that read what comes from outside are not given the bot's token."""
    environment = {"PATH": "/bin", "DISCORD_TOKEN": "secret"}

    assert make_child_environment(environment) == {"PATH": "/bin"}


def test_teams_are_of_served_servers(tmp_path):
    """A team in a server that isn't served is named, and nothing starts."""
    file = tmp_path / "config.toml"
    team = "[[team]]\nguild = 7\nclaims_channel = 11\n"
    file.write_text(f"[discord]\nservers = [5, 7]\n{team}")
    assert read_config(file).servers == {5, 7}
    file.write_text(f"[discord]\nservers = [5]\n{team}")

    with refuses(BadInput, guild="7"):
        read_config(file)


LLM = '[engine]\nkind = "llm"\nbase_url = "{url}"\nmodel = "{model}"\nkey_env = "{key}"\n'


def read_engine(tmp_path, url, model="m", key="MODEL_KEY"):
    file = tmp_path / "config.toml"
    file.write_text(LLM.format(url=url, model=model, key=key))
    return read_config(file, {"MODEL_KEY": " k3y\n", "PATH": "/bin"}).engine


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://192.168.1.5:11434/v1", False),
        ("http://ollama:11434/v1", False),
        ("https://model.example/v1", False),
    ],
)
def test_engine(tmp_path, url, is_here):
    """A model's server may be anywhere; in the clear only on private networks."""
    engine = read_engine(tmp_path, url)
    assert (engine.is_here, engine.key, engine.timeout) == (is_here, "k3y", timedelta(seconds=60))
    assert read_engine(tmp_path, url, key="OTHER_KEY").key == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://model.example/v1"},
        {"url": "http://8.8.8.8/v1"},
        {"url": "ftp://localhost/v1"},
        {"url": "https://me:word@model.example/v1"},
        {"url": ""},
        {"url": "https://model.example/v1", "model": ""},
        {"url": "https://model.example/v1", "model": "a b"},
        {"url": "https://model.example/v1", "key": "PATH"},
    ],
)
def test_wrong_engine(tmp_path, wrong):
    """What a model can't be reached by is refused; a key must be kept from child processes."""
    with pytest.raises(BadInput, match="engine"):
        read_engine(tmp_path, **wrong)


def test_children_have_no_keys():
    """No variable that may hold a secret is given to what reads documents."""
    environment = {"CORROBOT_ENGINE_KEY": "s", "HF_TOKEN": "s", "LANG": "C"}
    assert make_child_environment(environment) == {"LANG": "C"}


@pytest.mark.parametrize(("watch", "every"), [("24h", 1), ("7d", 7), ("off", None)])
def test_watch(tmp_path, watch, every):
    """Linked pages are looked at as often as is written, or never."""
    path = tmp_path / "config.toml"
    path.write_text(f'[evidence]\nwatch = "{watch}"\n')

    assert read_config(path).watch_every == (every and timedelta(days=every))


@pytest.mark.parametrize("watch", ["23h", "", "often"])
def test_watch_too_often(tmp_path, watch):
    """More often than once a day no page is looked at."""
    path = tmp_path / "config.toml"
    path.write_text(f'[evidence]\nwatch = "{watch}"\n')

    with pytest.raises(BadInput, match="watch"):
        read_config(path)
