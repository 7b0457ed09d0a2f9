"""Addresses of evidence: one spelling for each, and the site each belongs to. Pure functions."""

import re
from urllib.parse import unquote, urlsplit

from tldextract import TLDExtract
from url_normalize import url_normalize

from workflows.errors import BadInput

LONGEST = 512
"""Characters of an address; Discord's link buttons take no more."""

_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*|[0-9a-f:.]+")
_TRACKING = re.compile(
    r"((utm_\w+|fbclid|gclid|mc_[ce]id|igshid|amp)(=|$)|outputtype=amp$)", re.IGNORECASE
)
_PHONES = re.compile(r"^(?:(?:www|m|mobile|amp|touch)\.)+(?=[^.]+\.[^.])")
_AMP_PATH = re.compile(r"^/amp(?=/.)|(?:/amp|\.amp)(?:\.html)?/?$", re.IGNORECASE)
_COPIES_OF_COPIES = 4
_COPIERS = tuple(
    (re.compile(host), re.compile(inside, re.IGNORECASE))
    for host, inside in (
        (r"(?:web\.|wayback\.)?archive\.org", r"/web/(?:\d{1,14}[a-z_]*|\*)/(.+)"),
        (r"archive\.(?:ph|is|today|fo|li|md|vn)", r"/(?:o/\w+|[\d.-]{4,20}|newest|oldest)/(.+)"),
        (r"google(?:\.[a-z]{2,3}){1,2}", r"/amp/(?:s/)?(.+)"),
        (r"[\w-]+\.cdn\.ampproject\.org", r"/[a-z]/(?:s/)?(.+)"),
        (r"cdn\.ampproject\.org", r"/[a-z]/(?:s/)?(.+)"),
        (r"webcache\.googleusercontent\.com", r"[?&]q=cache:(?:[\w-]{12}:)?([^+&]+)"),
        (r"translate\.google(?:\.[a-z]{2,3}){1,2}", r"[?&]u=([^&]+)"),
    )
)
"""Sites that show copies of other pages, and where in the address the page's own one stands."""
_MIRRORED = re.compile(r"([\w-]+)\.translate\.goog")
_NAMED = re.compile(r"https?://[^\s<>\"'“”„«»‹›|\\^`{}]+", re.IGNORECASE)
_SENTENCE_ENDS = ".,;:!?)]}*_'’…"
_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list it ships; no download


def normalize(address: str) -> str:
    """The one spelling of an http or https address. Raises BadInput for anything else."""
    address = address.strip()
    if len(address) > LONGEST:
        raise BadInput(
            "That link is too long: at most {most} characters.", code="link-too-long", most=LONGEST
        )
    url = _spell(address) if _is_link(address) else None
    if url is None or not _is_link(url) or not _HOST.fullmatch(urlsplit(url).hostname or ""):
        raise BadInput(
            'That is not a link. It must begin with "https://" or "http://" and name a site.',
            code="not-a-link",
        )
    if len(url) > LONGEST:  # letters outside ASCII take up to twelve characters each
        raise BadInput(
            "That link is too long: at most {most} characters.", code="link-too-long", most=LONGEST
        )
    return url


def identify_page(address: str) -> str:
    """What the addresses of one page share: no scheme, no www, no marks of who passed it on.

    Its copies in archives and caches, and the forms of it for phones, are the same page.
    """
    address = find_original(address)
    parts = urlsplit(address)
    host = _PHONES.sub("", parts.hostname or "")
    asked = [part for part in parts.query.split("&") if part and not _TRACKING.match(part)]
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    return f"{host}{port}{path}?{'&'.join(sorted(asked))}"


def find_original(address: str) -> str:
    """The address that a copy in an archive, a cache or a translation names; else the address.

    A short address of an archive names nothing; that it is a copy cannot be seen.
    """
    for _ in range(_COPIES_OF_COPIES):
        inner = _find_inner(address)
        if inner is None:
            break
        address = inner
    return address


def find_named_pages(text: str) -> frozenset[str]:
    """The pages whose addresses stand in a text: the reports it cites."""
    found = (match[0].rstrip(_SENTENCE_ENDS) for match in _NAMED.finditer(text))
    spelled = (_spell(address) for address in found if _is_link(address))
    return frozenset(identify_page(url) for url in spelled if url)


def find_links(text: str) -> tuple[str, ...]:
    """The links that stand in a text, each once, in the one spelling, in their order."""
    found = (match[0].rstrip(_SENTENCE_ENDS) for match in _NAMED.finditer(text))
    return tuple(dict.fromkeys(url for each in found if (url := _normalize_or_none(each))))


def _normalize_or_none(address: str) -> str | None:
    try:
        return normalize(address)
    except BadInput:
        return None


def _find_inner(address: str) -> str | None:
    """The address inside another one's path, query or host, where the other is known to copy."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    for copier, inside in _COPIERS:
        if copier.fullmatch(host) and (match := inside.search(address)):
            return _whole(unquote(match[1]))
    if mirrored := _MIRRORED.fullmatch(host):
        query = "&".join(p for p in parts.query.split("&") if not p.startswith("_x_tr_"))
        name = mirrored[1].replace("--", "\0").replace("-", ".").replace("\0", "-")
        return f"https://{name}{parts.path}" + (f"?{query}" if query else "")
    return None


def _whole(address: str) -> str | None:
    """The address with its scheme, which copiers leave out or shorten; None where it is none."""
    address = re.sub(r"^(https?):/+", r"\1://", address)
    address = address if address.startswith(("http://", "https://")) else f"https://{address}"
    return address if _is_link(address) and "." in (urlsplit(address).hostname or "") else None


def find_origin(address: str) -> str:
    """The registered domain of an address, or its host where there is none; a copy's original's."""
    host = (urlsplit(find_original(address)).hostname or "").lower()
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


def _spell(address: str) -> str | None:
    try:
        return str(url_normalize(address)).partition("#")[0]
    except ValueError:  # a host that cannot be written in ASCII, among others
        return None
