"""What cannot be used is refused at the terminal with one sentence, and nothing is changed."""

import sqlite3
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from bot.cli.main import COMMANDS, main
from workflows.store import connections

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE." + "x" * 38
GUILD = "1001"
GOOD = "[[team]]\nguild = 1001\nclaims_channel = 11\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with a configuration that is right."""
    (tmp_path / "config.toml").write_text(GOOD)
    return tmp_path


@pytest.fixture
def refused(folder):
    """Runs a command that must be refused; the sentence on standard error."""

    def run(*arguments, env=None):
        before = contents(folder)
        options = ("--config", str(folder / "config.toml"))
        env = {"DISCORD_TOKEN": TOKEN} if env is None else env
        result = CliRunner().invoke(main, [*map(str, arguments), *options], env=env)
        assert isinstance(result.exception, SystemExit), repr(result.exception)
        assert result.exit_code not in (0, None)
        assert result.stdout == ""
        assert contents(folder) == before
        assert TOKEN not in result.output
        assert "Traceback" not in result.output
        (sentence,) = result.stderr.splitlines()
        assert sentence.endswith((".", "?", '"'))
        return sentence

    return run


def contents(folder):
    """Its files but SQLite's own working files."""
    files = [path for path in folder.iterdir() if path.is_file()]
    return {p.name: p.read_bytes() for p in files if not p.name.endswith(("-shm", "-wal"))}


# ------------------------------------------------------------------------------------ documents


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\r\n\xc2\xa0 ", "is empty"),
        ("only-a-mark.txt", b"\xef\xbb\xbf", "is empty"),
        ("binary.txt", b"\x7fELF\x02\x01\x01\0\0\0\0", "isn't a text file"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        ("paper.pdf", b"%PDF-1.7\n", "the PDF"),
        ("huge.txt", b"The sky is blue. " * 300_000, "5.1 MB; the limit is 5 MB"),
        (
            "bericht.txt",
            b"Der Minister sagte am Dienstag, zehntausend Soldaten seien auf dem Weg an die Front.",
            "seems to be in German.",
        ),
        ("random.txt", bytes(range(128, 256)) * 9, "isn't UTF-8: byte 0"),
    ],
)
def test_intake_unreadable_file(folder, refused, name, content, said):
    """Intake refuses a file it cannot read."""
    (folder / name).write_bytes(content)

    sentence = refused("intake", folder / name, "--guild", GUILD)

    assert name in sentence
    assert said in sentence


def test_intake_missing_file(folder, refused):
    """Intake refuses a file that does not exist."""
    assert "nowhere.txt does not exist" in refused(
        "intake", folder / "nowhere.txt", "--guild", GUILD
    )
    assert "holds no document" in refused("intake", folder, "--guild", GUILD)


@pytest.mark.parametrize("with_database", [False, True], ids=["no database", "a database"])
def test_intake_without_team(folder, refused, with_database):
    """Intake refuses a server without a team."""
    (folder / "fine.txt").write_text("The bridge was closed on Friday.")
    if with_database:
        connections.migrate(folder / "corrobot.db")

    sentence = refused("intake", folder / "fine.txt", "--guild", "424242")

    assert sentence == "There is no [[team]] with guild = 424242 in the configuration."


def test_intake_bad_link(folder, refused):
    """Intake refuses an address that is not a link."""
    (folder / "fine.txt").write_text("The bridge was closed on Friday.")

    sentence = refused("intake", folder / "fine.txt", "--guild", GUILD, "--link", "ftp://x.org/")

    assert sentence.startswith("That isn't a link.")


@pytest.mark.parametrize("command", [("digest", "--preview"), ("audit",)])
def test_no_database_yet(refused, command):
    """Reading without a database says what makes one."""
    name, *flags = command
    sentence = refused(name, "--guild", GUILD, *flags)

    assert "There is no database at" in sentence
    assert "`corrobot run` makes one" in sentence


def test_locked_database(folder, refused, monkeypatch):
    """A database locked by another process is reported."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    connections.migrate(folder / "corrobot.db")
    other = sqlite3.connect(folder / "corrobot.db")
    other.execute("BEGIN IMMEDIATE")

    sentence = refused("digest", "--guild", GUILD)
    other.close()

    assert "database is locked" in sentence


def test_foreign_file(folder, refused):
    """A file that is no database is reported."""
    (folder / "corrobot.db").write_text("Dear diary, today I was mistaken for a database.")

    assert "corrobot.db is not a SQLite database." in refused("audit", "--all")


# -------------------------------------------------------------------------------- configuration


def changed(key, value):
    return GOOD + f"{key} = {value}\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[discrod]\n", 'at the top level: there is no key "discrod". Did you mean "discord"?'),
        ("[discord]\napi_urll = 1\n", 'at discord: there is no key "api_urll".'),
        (changed("timezon", '"UTC"'), 'at team number 1: there is no key "timezon"'),
        (changed("timezon", '"UTC"'), 'Did you mean "timezone"?'),
        (
            GOOD + "\n" + changed("voter_role", "[]").replace("1001", "1002"),
            "at team number 2",
        ),
        (GOOD + "[team.policy]\nquorun = 2\n", 'no voting rule "quorun"'),
        (GOOD + "[team.policy]\nquorun = 2\n", "quorum"),
        (
            "[[team]]\nclaims_channel = 11\n",
            "at team number 1: guild is missing.",
        ),
        ("[[team]]\nguild = 1001\n", "claims_channel is missing"),
        (
            changed("digest_channel", '"12"'),
            "at team number 1: digest_channel must be a number without quotes.",
        ),
        (changed("digest_channel", "0"), "digest_channel"),
        (changed("voter_roles", '["5"]'), "voter_roles"),
        (changed("timezone", '"Berlin"'), 'timezone is "Berlin", but it must be an IANA name'),
        (
            changed("timezone", '"../etc/passwd"'),
            '", but it must be an IANA name such as "Europe/Berlin".',
        ),
        (changed("digest_at", '"9"'), 'digest_at is "9", but it must be a time of day'),
        (changed("digest_at", '"24:00"'), "digest_at"),
        (changed("language", '"tlh"'), 'language is "tlh", but it must be one of: en'),
        (changed("post", '"some"'), "post"),
        (changed("post", "-1"), "post"),
        (changed("post_threshold", "1.5"), "post_threshold"),
        (GOOD + "[team.policy]\nquorum = 0\n", "quorum is 0, but it must be a whole number"),
        (GOOD + '[team.policy]\nshare = "1/3"\n', 'share is "1/3", but it must be a fraction'),
        (GOOD + '[team.policy]\nhold = "soon"\n', 'hold is "soon", but it must be a duration'),
        (GOOD + '[team.policy]\ntally = "never"\n', 'tally is "never", but it must be one of'),
        (GOOD + "[team.policy]\nweights = { voters = 2 }\n", "weights"),
        (GOOD * 2, "two [[team]] tables have guild = 1001"),
        (
            '[discord]\napi_url = "http://discord.com/api"\n',
            "over the network unencrypted",
        ),
        (
            '[discord]\ngateway_url = "ws://10.0.0.1/"\n',
            "over the network unencrypted",
        ),
        ('[discord]\napi_url = "discord.com"\n', "must be an address that starts with https://"),
        ('[store]\npath = ""\n', "at store: path must not be empty."),
        ("team = 3\n", "at team"),
        ("[[team]\n", "isn't valid TOML:"),
    ],
)
def test_wrong_configuration(folder, refused, written, said):
    """A wrong configuration is refused with what is wrong and where."""
    (folder / "config.toml").write_text(written)

    sentence = refused("run")

    assert str(folder / "config.toml") in sentence
    assert said in sentence


def test_all_mistakes_at_once(folder):
    """Every mistake of a configuration is told in one go, in a host's words."""
    (folder / "config.toml").write_text("""
[backup]
keep = "seven"
every = "soon"
[[team]]
guild = "1001"
timezon = "UTC"
digest_at = "9"
voter_roles = ["5"]
[team.policy]
quorum = 0
""")

    result = CliRunner().invoke(main, ["run", "--config", str(folder / "config.toml")])

    first, *rest = result.stderr.splitlines()
    assert first == f"{folder / 'config.toml'} has 8 mistakes:"
    assert {line.partition(". ")[0] for line in rest} == {
        "  - at backup: keep must be a number without quotes.",
        '  - at team number 1: there is no key "timezon"',
        "  - at team number 1: guild must be a number without quotes.",
        "  - at team number 1: claims_channel is missing.",
        "  - at team number 1: each of voter_roles must be a number without quotes.",
        '  - at team number 1: digest_at is "9", but it must be a time of day such as "09:00".',
        "  - at team number 1: quorum is 0, but it must be a whole number from 1 to 1000.",
        '  - backup.every is "soon", but it must be a duration such as "24h".',
    }


def test_only_team_is_meant(folder):
    """With one team, no command needs its server's ID."""
    connections.migrate(folder / "corrobot.db")
    for words in (
        ("digest", "--preview"),
        ("audit",),
        ("export", "--format", "csv"),
        ("policy", "simulate", "--set", "quorum=2"),
        ("forget", "--user", "5", "--yes"),
    ):
        result = CliRunner().invoke(main, [*words, "--config", str(folder / "config.toml")])
        assert "--guild" not in result.output, result.output


def test_unreadable_configuration(folder, refused):
    """A configuration that cannot be read is reported."""
    config = folder / "config.toml"
    config.write_bytes("# caf\xe9".encode("latin-1"))
    assert refused("run") == f"{config} isn't UTF-8 text. Save it as UTF-8."

    config.unlink()
    assert refused("run").startswith(
        f"There is no configuration file at {config}. An empty one will do"
    )

    config.mkdir()
    assert refused("run") == f"{config} can't be read: Is a directory."


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("http://127.0.0.1:8080/api", True),
        ("http://[::1]:8080/api", True),
        ("http://localhost:8080/api", True),
        ("https://proxy.example.org/api", True),
        ("http://localhost.example.org/api", False),
        ("http://127.0.0.1.example.org/api", False),
        ("http://0.0.0.0/api", False),
    ],
)
def test_http_on_loopback_only(folder, address, fine):
    """Only this machine is spoken to without encryption."""
    config = folder / "config.toml"
    config.write_text(f'[discord]\napi_url = "{address}"\n' + GOOD)

    result = CliRunner().invoke(main, ["audit", "--all", "--config", str(config)])

    assert ("unencrypted" not in result.stderr) is fine


# ----------------------------------------------------------------------------------- the token


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (None, "DISCORD_TOKEN isn't set"),
        ("", "DISCORD_TOKEN isn't set"),
        ("   ", "DISCORD_TOKEN isn't set"),
        ("secret-secret", "doesn't look like a bot token (three parts separated by dots)."),
        ("123456789012345678", "doesn't look like a bot token (three parts separated by dots)."),
        ("not.a.token", "doesn't look like a bot token (three parts separated by dots)."),
        (TOKEN.replace(".", " "), "doesn't look like a bot token (three parts separated by dots)."),
        (f"Bot {TOKEN}", "doesn't look like a bot token (three parts separated by dots)."),
    ],
)
def test_malformed_token(refused, token, said):
    """Run refuses a malformed token without repeating it."""
    sentence = refused("run", env={"DISCORD_TOKEN": token})

    assert said in sentence
    assert not token or not token.strip() or token not in sentence


def test_token_only_where_needed(folder):
    """Only the commands that need the token ask for it."""
    config = folder / "config.toml"
    connections.migrate(folder / "corrobot.db")

    result = CliRunner().invoke(
        main, ["audit", "--all", "--config", str(config)], env={"DISCORD_TOKEN": None}
    )

    assert result.exit_code == 0
    assert result.stdout.endswith("0 claims, 0 events, 0 differences\n")


def test_list_of_commands():
    """The list of commands comes without loading any, each line whole, each command there."""
    listed = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )

    for name, entry in COMMANDS.items():
        assert f"  {name} " in listed.stdout
        assert entry.help in listed.stdout
    assert "sqlite_utils" not in listed.stderr
    assert "discord" not in listed.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_loads(name):
    """Each command of the list is where the list says, with help of its own."""
    command = main.get_command(click.Context(main), name)

    assert command.help
