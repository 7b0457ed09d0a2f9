"""Addresses of evidence: one spelling for each, and the site each belongs to. Pure functions."""

from urllib.parse import urlsplit

from tldextract import TLDExtract
from url_normalize import url_normalize

from workflows.errors import BadInput

LONGEST = 512
"""Characters of an address; Discord's link buttons take no more."""

_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list it ships; no download


def normalised(address: str) -> str:
    """The one spelling of an http or https address. Raises BadInput for anything else."""
    address = address.strip()
    parts = _split(address)
    if parts is None or parts[0] not in ("http", "https") or not parts[1]:
        raise BadInput(
            'That is not a link. It must begin with "https://" or "http://" and name a site.'
        )
    if len(address) > LONGEST:
        raise BadInput("That link is too long: at most {most} characters.", most=LONGEST)
    return str(url_normalize(address)).partition("#")[0]


def origin_of(address: str) -> str:
    """The registered domain of an address, or its host where there is none."""
    host = (urlsplit(address).hostname or "").lower()
    return _suffixes(host).top_domain_under_public_suffix or host


def _split(address: str) -> tuple[str, str] | None:
    if any(mark.isspace() or not mark.isprintable() for mark in address):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return None
    return parts.scheme.lower(), host
