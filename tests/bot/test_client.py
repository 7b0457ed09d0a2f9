"""Whom this installation serves."""

from types import SimpleNamespace

import pytest

from bot.client import CorrobotClient


@pytest.mark.parametrize(
    ("servers", "guild", "foreign"),
    [((), 5, False), ((5, 7), 5, False), ((5, 7), 6, True), ((5,), None, False)],
)
def test_only_listed_servers(servers, guild, foreign):
    """With a list of servers, nobody in any other one is served; without, everybody is."""
    client = CorrobotClient.__new__(CorrobotClient)
    client._servers = frozenset(servers)

    assert client.is_foreign(SimpleNamespace(guild_id=guild)) is foreign
