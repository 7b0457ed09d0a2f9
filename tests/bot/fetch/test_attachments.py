"""Files come from Discord and from nowhere else."""

import pytest
from discord.http import Route
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.fetch.attachments import CDN, is_hosted_by_discord


@pytest.mark.parametrize(
    "address",
    [
        "https://cdn.discordapp.com/attachments/1/2/a.txt?ex=1&hm=2",
        "https://media.discordapp.net/attachments/1/2/a.txt",
    ],
)
def test_discords_addresses(address):
    """Discord's own addresses are known."""
    assert is_hosted_by_discord(URL(address))


@pytest.mark.parametrize(
    "address",
    [
        "http://cdn.discordapp.com/a.txt",
        "https://cdn.discordapp.com:8443/a.txt",
        "https://cdn.discordapp.com.evil.example/a.txt",
        "https://evil.example/cdn.discordapp.com",
        "https://cdn.discordapp.com@evil.example/",
        "https://user@cdn.discordapp.com/a.txt",
        "https://discordapp.com/a.txt",
        "https://127.0.0.1/a.txt",
        "http://[::1]/a.txt",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "/etc/passwd",
        "",
    ],
)
def test_other_addresses(address):
    """Every other address is refused."""
    assert not is_hosted_by_discord(URL(address))


def test_stand_in_serves_files(monkeypatch):
    """A server that stands in for Discord serves its own files."""
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:5001/api/v10")

    assert is_hosted_by_discord(URL("http://127.0.0.1:5001/attachments/1/2/a.txt"))
    assert not is_hosted_by_discord(URL("http://127.0.0.1:5002/attachments/1/2/a.txt"))
    assert not is_hosted_by_discord(URL("https://127.0.0.1:5001/attachments/1/2/a.txt"))


@given(st.text(max_size=30))
def test_lookalike_hosts(text):
    """No host that only looks like Discord's passes."""
    for address in (f"https://{text}", f"https://{text}cdn.discordapp.com", f"//{text}"):
        try:
            url = URL(address)
        except ValueError:
            continue  # no address at all
        assert not is_hosted_by_discord(url) or url.host in CDN
