"""What `corrobot check` finds on this machine, by trying."""

import getpass

from bot.cli.check import TRIED, check_engine, check_places
from bot.cli.check_result import CheckOutcome
from bot.config.read import read_config
from tests.model_server import MODEL, ModelServer, claim, status, write_claims


def written(tmp_path, more):
    (tmp_path / "config.toml").write_text(more)
    return read_config(tmp_path / "config.toml")


def test_folders_are_tried(tmp_path):
    """Every folder the bot writes into is tried, and one that can't be written to is named."""
    config = written(
        tmp_path, '[store]\npath = "/proc/corrobot.db"\n[backup]\nfolder = "/proc/copies/daily"\n'
    )

    found = list(check_places(config))

    assert [each.about for each in found] == ["database", "backup"]
    assert found[0].said.startswith(f"{getpass.getuser()} can't write to /proc: ")


def test_folders_yet_to_come(tmp_path):
    """A folder that isn't there yet is fine where it can be made, and trying leaves nothing."""
    config = written(tmp_path, '[backup]\nfolder = "copies/daily"\n[publish]\nfolder = "site"\n')
    before = sorted(tmp_path.iterdir())

    assert list(check_places(config)) == []
    assert sorted(tmp_path.iterdir()) == before


async def judge(tmp_path, server, name=MODEL):
    text = f'[engine]\nkind = "llm"\nbase_url = "{server.url}"\nmodel = "{name}"\ntimeout = "5s"\n'
    return [found async for found in check_engine(written(tmp_path, text))]


async def test_model_reads(tmp_path):
    """The model's server is asked for its models, and to read a sentence."""
    said = claim(TRIED, "40 families had left the town", "40 families had left the town")
    async with ModelServer(lambda _: write_claims(said)) as server:
        [only] = await judge(tmp_path, server)
    assert only.verdict is CheckOutcome.FINE
    assert "40 families had left the town" in only.said


async def test_model_wrong(tmp_path):
    """A model that isn't there is named with those that are; one that can't read is wrong."""
    async with ModelServer(lambda _: status(404)) as server:
        other, unread = await judge(tmp_path, server, "none-such")
    assert f"It lists: {MODEL}." in other.said
    assert unread.verdict is CheckOutcome.WRONG
