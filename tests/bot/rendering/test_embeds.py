"""Links in embeds: they end where they should, and none is an invitation."""

import pytest

from bot.rendering.embeds import make_masked_link


def test_masked_link():
    """A link keeps its address, with nothing in it that could end it early."""
    assert make_masked_link("site", "https://a.example/(b)>") == (
        "[site](<https://a.example/%28b%29%3E>)"
    )
    assert make_masked_link("site", "https://a.example/" + "b" * 600) == "site"


@pytest.mark.parametrize(
    "address",
    [
        "https://discord.gg/abc",
        "https://www.discord.com/invite/abc",
        "https://ptb.discordapp.com/invite/abc",
        "https://discord.com/%69nvite/abc",
        "https://news.example/go?to=https%3A%2F%2Fdiscord.gg%2Fabc",
    ],
)
def test_invitation(address):
    """An invitation is named, and leads nowhere."""
    assert make_masked_link("site", address) == "site"


def test_own_server():
    """A message in a server is no invitation."""
    address = "https://discord.com/channels/1/2/3"
    assert address in make_masked_link("site", address)
