"""Addresses of evidence: one spelling for each, and the site each belongs to. Pure functions."""

import re
from urllib.parse import urlsplit

from tldextract import TLDExtract
from url_normalize import url_normalize

from workflows.errors import BadInput

LONGEST = 512
"""Characters of an address; Discord's link buttons take no more."""

_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*|[0-9a-f:.]+")
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|mc_[ce]id|igshid)(=|$)", re.IGNORECASE)
_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list it ships; no download


def normalised(address: str) -> str:
    """The one spelling of an http or https address. Raises BadInput for anything else."""
    address = address.strip()
    if len(address) > LONGEST:
        raise BadInput("That link is too long: at most {most} characters.", most=LONGEST)
    url = _spelled(address) if _is_link(address) else None
    if url is None or not _is_link(url) or not _HOST.fullmatch(urlsplit(url).hostname or ""):
        raise BadInput(
            'That is not a link. It must begin with "https://" or "http://" and name a site.'
        )
    if len(url) > LONGEST:  # letters outside ASCII take up to twelve characters each
        raise BadInput("That link is too long: at most {most} characters.", most=LONGEST)
    return url


def page_of(address: str) -> str:
    """What two addresses of one page share: no scheme, no www, no marks of who passed it on."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    asked = [part for part in parts.query.split("&") if part and not _TRACKING.match(part)]
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}{parts.path.rstrip('/')}?{'&'.join(sorted(asked))}"


def origin_of(address: str) -> str:
    """The registered domain of an address, or its host where there is none."""
    host = (urlsplit(address).hostname or "").lower()
    return _suffixes(host).top_domain_under_public_suffix or host


def _is_link(address: str) -> bool:
    """Whether it names a site by http or https, and nobody's name or password before it."""
    if any(mark.isspace() or not mark.isprintable() for mark in address):
        return False
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return False
    return bool(parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc)


def _spelled(address: str) -> str | None:
    try:
        return str(url_normalize(address)).partition("#")[0]
    except ValueError:  # a host that cannot be written in ASCII, among others
        return None
