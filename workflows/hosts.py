"""Hosts of the public internet, told from those of private networks. Pure functions.

The answer is where a packet ends up, not whether an address is routed: an IPv6 address that
carries an IPv4 one is public only if that one is.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from workflows.errors import BadInput

IpAddress = IPv4Address | IPv6Address

_SPECIAL_V4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # carriers
            "127.0.0.0/8",  # loopback
            "169.254.0.0/16",  # link-local, and the clouds' metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays, withdrawn
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
"""IPv4 networks outside the public internet (IANA's special-purpose registry and multicast)."""
_UNICAST_V6 = ip_network("2000::/3")
"""All of IPv6 that is given out to the public; the rest is local, reserved or wraps IPv4."""
_SPECIAL_V6 = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # protocol assignments, Teredo among them
            "2001:db8::/32",  # documentation
            "3fff::/20",  # documentation
        ),
    )
)
_WRAPPERS = tuple(
    (ip_network(network), shift)
    for network, shift in (
        ("::/96", 0),  # IPv4-compatible
        ("::ffff:0:0/96", 0),  # IPv4-mapped
        ("::ffff:0:0:0/96", 0),  # IPv4-translated
        ("64:ff9b::/96", 0),  # NAT64
        ("2002::/16", 80),  # 6to4
    )
)
"""IPv6 networks whose addresses carry an IPv4 one, and how many bits stand behind it."""
_ISATAP = (0x00005EFE, 0x02005EFE)
"""Bits 64 to 96 of an IPv6 address that end in an IPv4 one (RFC 5214)."""

_LOCAL_NAMES = re.compile(
    r"(?:^|\.)(?:local|localhost|localdomain|lan|internal|intranet|corp|home|home\.arpa|private"
    r"|onion)$"
)
_NUMERIC = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$", re.IGNORECASE)
"""A host that ends in a number is an IPv4 address to every browser and resolver."""
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))+", re.IGNORECASE)


def is_public(address: IpAddress) -> bool:
    """Return True if a connection to this address ends on the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_V4)
    carried = _carried(address)
    if carried is not None:
        return is_public(carried) and not _is_reserved_v6(address)
    return address in _UNICAST_V6 and not _is_reserved_v6(address)


def _is_reserved_v6(address: IPv6Address) -> bool:
    return any(address in network for network in _SPECIAL_V6)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one carries."""
    bits = int(address)
    for network, shift in _WRAPPERS:
        if address in network:
            return IPv4Address(bits >> shift & 0xFFFFFFFF)
    if bits >> 32 & 0xFFFFFFFF in _ISATAP:
        return IPv4Address(bits & 0xFFFFFFFF)
    return None


def require_public_host(host: str) -> None:
    """Raise BadInput for a host that is written as no public one: by name, or by its address.

    A name is not looked up; where it leads to is checked when connecting.
    """
    host = host.removesuffix(".")
    literal = _literal(host)
    if literal is not None:
        if not is_public(literal):
            raise BadInput(
                "{host} is an address on a private network. I can only read pages on the"
                " public internet; save the page and upload the file.",
                host=host,
            )
        return
    if _NUMERIC.search(host):
        raise BadInput(
            '"{host}" is a number, not a site\'s name. Use the name, as in https://example.com.',
            host=host,
        )
    if "." not in host or _LOCAL_NAMES.search(host.lower()) or not _NAME.fullmatch(host):
        raise BadInput(
            '"{host}" isn\'t on the public internet. Check the link, or save the page and'
            " upload the file.",
            host=host,
        )


def is_private_host(host: str) -> bool:
    """Return True for a host that is written as one of a private network, or as this machine."""
    try:
        require_public_host(host)
    except BadInput:
        return True
    return False


def _literal(host: str) -> IpAddress | None:
    """Return the address that a host writes out in the usual form."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


_POST_SITES = {
    "x.com": "X",
    "twitter.com": "X",
    "t.co": "X",
    "facebook.com": "Facebook",
    "fb.com": "Facebook",
    "fb.watch": "Facebook",
    "instagram.com": "Instagram",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "tiktok.com": "TikTok",
    "linkedin.com": "LinkedIn",
    "bsky.app": "Bluesky",
    "t.me": "Telegram",
    "telegram.me": "Telegram",
    "truthsocial.com": "Truth Social",
    "vk.com": "VK",
    "ok.ru": "OK",
    "weibo.com": "Weibo",
    "snapchat.com": "Snapchat",
    "discord.com": "Discord",
    "whatsapp.com": "WhatsApp",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
}
"""Sites of posts and videos that show them only to who has signed in, or only by a script."""


def find_post_site(host: str) -> str | None:
    """Return the name of the site whose posts cannot be read at its addresses."""
    labels = host.lower().removesuffix(".").split(".")
    return _POST_SITES.get(".".join(labels[-2:]))
