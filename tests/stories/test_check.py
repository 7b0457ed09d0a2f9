"""`corrobot check`: green where all is there, else a sentence each."""

import re

import pytest
import pytest_asyncio

from bot.cli import check, check_discord
from bot.cli.check_result import CheckOutcome
from bot.config.read import read_config
from bot.sandbox.rules.codes import Permission
from tests.harness import TOKEN

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed")
        yield newsroom


async def looked(newsroom, token=TOKEN):
    """What the checks in Discord find, but for what is fine."""
    config = read_config(newsroom.config)
    teams, findings = check.list_teams(config)
    found = [
        *findings,
        *[
            each
            async for each in check_discord.check_servers(
                config, token, teams, check.list_waiting(config)
            )
        ],
    ]
    return [finding for finding in found if finding.verdict is not CheckOutcome.FINE]


async def test_all_is_well(newsroom):
    """Where all is well it is green, and plain in a pipe."""
    ran = await newsroom.corrobot("check")

    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[-1] == "Nothing is wrong."
    for about in ("configuration", "database", "disk", "extraction", "token", "clock"):
        assert any(line.startswith(f"✓ {about}: ") for line in lines), ran.out
    assert len([line for line in lines if "The bot has all the permissions it needs" in line]) == 3
    assert "\x1b" not in ran.out
    assert TOKEN not in ran.out


async def test_wrong_file(newsroom, tmp_path):
    """A mistake in the file is the only thing reported."""
    newsroom_config = newsroom.config
    try:
        newsroom.config = tmp_path / "config.toml"
        newsroom.config.write_text("[[team]]\nguild = 1\n")
        ran = await newsroom.corrobot("check", "--offline")
    finally:
        newsroom.config = newsroom_config

    assert ran.code == 1
    (line,) = ran.out.splitlines()
    assert line.startswith("✗ configuration: ")
    assert "claims_channel" in line


async def test_refused_token(newsroom):
    """A token that Discord refuses is reported."""
    (finding,) = await looked(newsroom, TOKEN[:-5] + "yyyyy")

    assert (finding.verdict, finding.about) == (CheckOutcome.WRONG, "token")


async def test_missing_permissions(newsroom):
    """Missing permissions are named with the link that grants them."""
    world = newsroom.world
    world.overwrite(newsroom.digest, world.bot_role, deny=Permission.READ_MESSAGE_HISTORY)

    wrong, note = await looked(newsroom)

    world.overwrite(newsroom.digest, world.bot_role)
    assert wrong.said == "The bot lacks permissions in #digest: Read Message History."
    assert f"client_id={world.app_id}" in note.said
    assert await looked(newsroom) == []


async def test_missing_channel_and_role(newsroom):
    """A channel and a role that are gone are named."""
    newsroom.change("UPDATE teams SET voter_roles = '[4711]', digest_channel = 4712")
    try:
        said = [finding.said for finding in await looked(newsroom)]
    finally:
        newsroom.change(
            "UPDATE teams SET voter_roles = '[]', digest_channel = ?", int(newsroom.digest)
        )

    assert "There is no channel 4712, or the bot can't see it." in said
    role = "There is no role 4711, although its settings or rules use it."
    assert any(each.startswith(role) for each in said)
    assert any("own settings, not the file's: digest_channel, voter_roles" in s for s in said)


async def test_absent_bot(newsroom):
    """A server without the bot comes with its invitation."""
    newsroom.change("UPDATE teams SET guild = 99")
    try:
        found = await looked(newsroom)
    finally:
        newsroom.change("UPDATE teams SET guild = ?", int(newsroom.world.guild_id))

    (finding,) = [each for each in found if each.verdict is CheckOutcome.WRONG]
    assert finding.about == "server 99"
    assert "guild_id=99" in finding.said


async def test_wrong_clock(newsroom, monkeypatch):
    """A wrong clock is reported with how wrong it is."""
    monkeypatch.setenv("CORROBOT_CLOCK_OFFSET", "90")

    finding, waiting = await looked(newsroom)

    assert "have been waiting since" in waiting.said

    assert re.match(r"This machine's clock is (89|90|91) s ahead of Discord's\.", finding.said)


async def test_damaged_history(newsroom):
    """A damaged history is reported."""
    trigger = "events_are_never_changed"
    (sql,) = newsroom.rows("SELECT sql FROM sqlite_master WHERE name = ?", trigger)[0]
    newsroom.change(f"DROP TRIGGER {trigger}")
    try:
        found = list(check.check_database(read_config(newsroom.config)))
    finally:
        newsroom.change(sql)

    assert [each.said for each in found if each.verdict is CheckOutcome.WRONG] == [
        f"The trigger {trigger} does not stand."
    ]
