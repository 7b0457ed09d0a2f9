"""Hosts of the public internet, told from those of private networks."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.errors import BadInput
from workflows.hosts import is_public, require_public_host

PRIVATE = (
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1"),  # noqa: S104
    *("127.255.255.254", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255"),
    *("192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1"),
    *("64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "fec0::1"),
    *("2002:c0a8:101::1", "2001:0:4136:e378::1", "2001:db8::1", "3fff::1", "fc00::1", "fd00::1"),
    *("fd00:ec2::254", "fe80::1", "fe80::1%eth0", "ff02::1", "100::1", "5f00::1", "4000::1"),
    *("2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1"),
)
PUBLIC = (
    *("1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1"),
    *("2606:4700::1", "2a00:1450:4001:81b::200e", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"),
    *("2002:808:808::1", "2606:4700::5efe:8.8.8.8"),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address):
    """No address that ends in a private network passes for a public one."""
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address):
    """Pages on the public internet can be reached, over IPv4 and IPv6."""
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:", "64:ff9b::", "::", "::ffff:0:"]))
def test_wrapped_addresses(inner: IPv4Address, wrapper: str):
    """An IPv6 address that carries an IPv4 one is exactly as public as what it carries."""
    assert is_public(IPv6Address(f"{wrapper}{inner}")) == is_public(inner)


@given(st.ip_addresses(v=4))
def test_never_beyond_python(address: IPv4Address):
    """Nothing that Python itself calls private is public here."""
    assert address.is_global or not is_public(address) or str(address) == "192.0.0.9"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "[::1]", "10.1.2.3", "169.254.169.254", "127.1", "0", "2130706433"),
        *("0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.0.0.1.", "1.2.3", "0x"),
        *("localhost", "LOCALHOST", "localhost.", "router", "printer.local", "nas.lan", "a.corp"),
        *("metadata.google.internal", "db.internal", "x.home.arpa", "a.localhost", "", ".", "a..b"),
        *("ex ample.com", "-a.com", "example.com%2f", "x.onion"),
    ],
)
def test_hosts_that_are_refused(host):
    """A host that is none of the public internet's is refused before it is looked up."""
    with pytest.raises(BadInput):
        require_public_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "example.com",
        "xn--bcher-kva.de",
        "a_b.example.co.uk",
        "8.8.8.8",
        "example.com.",
        "4chan.org",
    ],
)
def test_hosts_that_may_be_asked(host):
    """Ordinary sites are not held up."""
    require_public_host(host)
