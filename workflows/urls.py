"""Addresses of evidence: one spelling for each, and the site each belongs to. Pure functions."""

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from url_normalize import url_normalize

from workflows.errors import BadInput
from workflows.hosts import require_public_host
from workflows.platforms import TRACKING, WRAPPERS, find_platform

if TYPE_CHECKING:
    from tldextract import TLDExtract

MOST_NAMED = 2000
"""Links of a text that it is looked through for."""
_MOST_ITALIC = 3
"""Underscores that mark words as italic or underlined."""
LONGEST = 512
"""Characters of an address; Discord's link buttons take no more."""

_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*|[0-9a-f:.]+")
_PHONES = re.compile(r"^(?:(?:www|m|mobile|amp|touch)\.)+(?=[^.]+\.[^.])")
_AMP_PATH = re.compile(r"^/amp(?=/.)|(?:/amp|\.amp)(?:\.html)?/?$", re.IGNORECASE)
_COPIES_OF_COPIES = 4
_CHANNEL_HOST = re.compile(r"(\w+)\.t\.me")
"""Telegram's other way to write a channel."""
_MIRRORED = re.compile(r"([\w-]+)\.translate\.goog")
_LINK = re.compile(
    r"https?://(?:(?![,;)\]]{1,9}https?://)[^\s<>\"“”„«»‹›|\\^`{}。，、；：！？（）「」『』【】《》]){1,4096}",
    re.IGNORECASE,
)
"""A link in a text; two that are glued together are two. What follows it is cut afterwards.

No address is longer, and texts are made that would take hours to look through for one.
"""
_SENTENCE_ENDS = ".,;:!?*~'’…"
_BRACKETS = {")": "(", "]": "["}
_MARKDOWN = re.compile(r"!?\[[^\n]*\]\((.+)\)", re.DOTALL)
_QUOTES = "\"'“”„‘’«»‹›`"
_MOBILE_WIKI = re.compile(r"^([\w-]+)\.m\.(wik\w+\.org)$")
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_PROGRAM = re.compile(r"\.(?:php\d?|aspx?|jspx?|cgi|cfm|pl|do)$", re.IGNORECASE)
_FRONT_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_MESSAGE = re.compile(
    r"https?://(?:(?:www|ptb|canary)\.)?discord(?:app)?\.com/channels/(\d+)(?:/|$)", re.IGNORECASE
)
LONGEST_REMARK = 12
"""Words beside a link that only say something about it."""
_REMARK_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def normalize(address: str) -> str:
    """Return the one spelling of an http or https address, as people write it.

    In angle brackets, quotation marks or as a Markdown link it is the same, and "www." stands for
    a site. Raises BadInput for anything else.
    """
    address = _unwrap(address)
    if len(address) > LONGEST:
        raise BadInput(
            "That link is too long. Links can have up to {most} characters.",
            code="link-too-long",
            most=LONGEST,
        )
    url = _spell(address) if _is_link(address) else None
    if url is None or not _is_link(url) or not _HOST.fullmatch(urlsplit(url).hostname or ""):
        raise BadInput(
            'That isn\'t a link. It must start with "https://" or "http://" and name a site.',
            code="not-a-link",
        )
    if len(url) > LONGEST:  # letters outside ASCII take up to twelve characters each
        raise BadInput(
            "That link is too long. Links can have up to {most} characters.",
            code="link-too-long",
            most=LONGEST,
        )
    return url


def _unwrap(typed: str) -> str:
    """Return the address in what somebody typed, without the marks they put around it."""
    address = typed.strip()
    if match := _MARKDOWN.fullmatch(address):
        address = match[1].strip()
    address = address.strip(_QUOTES).strip()
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1].strip()
    return f"https://{address}" if address.lower().startswith("www.") else address


def normalize_public(address: str) -> str:
    """Return the one spelling of an address that anybody can open.

    Raises BadInput as `normalize`, and for an address inside a private network.
    """
    url = normalize(address)
    host = urlsplit(url).hostname or ""
    try:
        require_public_host(host)
    except BadInput:
        raise BadInput(
            '"{host}" can\'t be opened from the public internet, so nobody could check it.'
            " Give a link that everyone can open.",
            code="private-link",
            host=host,
        ) from None
    return url


def identify_page(address: str) -> str:
    """Return what the addresses of one page share: one post, video or report has one identity.

    No scheme, no www, no marks of who passed it on. Its copies in archives and caches, the
    redirects to it, and the forms of it for phones are the same page; so are a platform's many
    addresses of one post.
    """
    address = find_original(address)
    parts = urlsplit(address)
    host = _find_host(address)
    asked = [part for part in parts.query.split("&") if part and not _is_tracking(part)]
    path = _AMP_PATH.sub("", _SESSION.sub("", parts.path))
    path = _FRONT_PAGE.sub("/", path).rstrip("/")
    if platform := find_platform(host):
        post = platform.name_post(f"{path}?{parts.query}" if parts.query else path)
        if post:
            return f"{platform.site}/{post}"
        host = platform.site
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return f"{host}{port}{path}?{'&'.join(sorted(asked))}"


def is_among(page: str, pages: Collection[str]) -> bool:
    """Return True if a page, as `identify_page` names it, is one of these, or that with more asked.

    What is added behind "?" leads to the same page or to more of it, so that it is no other source.
    Not where the query alone chooses what is shown: on a site's front page, or from a program.
    """
    path, _, query = page.partition("?")
    asked, chosen = set(query.split("&")), "/" not in path or _PROGRAM.search(path)

    def holds(other: str) -> bool:
        return asked.issuperset(other.split("&")) if other else not chosen

    start = f"{path}?"
    return page in pages or any(
        each.startswith(start) and holds(each.removeprefix(start)) for each in pages
    )


def is_message_of(address: str, guild: int) -> bool:
    """Return True if the address is of a message or channel in this Discord server."""
    match = _MESSAGE.match(find_original(address))
    return match is not None and int(match[1]) == guild


def _find_host(address: str) -> str:
    host = (urlsplit(address).hostname or "").lower().removesuffix(".")
    host = _PHONES.sub("", host)
    return _MOBILE_WIKI.sub(r"\1.\2", host)


def _is_tracking(part: str) -> bool:
    name, _, value = part.partition("=")
    return bool(TRACKING.fullmatch(unquote(name))) or (name.lower(), value.lower()) == (
        "outputtype",
        "amp",
    )


def find_original(address: str) -> str:
    """Return the address that a copy in an archive, a cache or a translation names.

    Else the address.

    A short address of an archive names nothing; that it is a copy cannot be seen.
    """
    for _ in range(_COPIES_OF_COPIES):
        inner = _find_inner(address)
        if inner is None:
            break
        address = inner
    return address


@lru_cache(maxsize=8)  # asked again with each link that comes to one of its claims
def find_named_pages(text: str) -> frozenset[str]:
    """Return the pages whose addresses stand in a text: the reports it cites.

    At most `MOST_NAMED`: a text of nothing but links would hold up everybody's votes.
    """
    named = islice(dict.fromkeys(_iter_links(text)), MOST_NAMED)
    spelled = (_spell(address) for address in named if _is_link(address))
    return frozenset(identify_page(url) for url in spelled if url)


def find_links(text: str) -> tuple[str, ...]:
    """Return the links that stand in a text, each once, in the one spelling, in their order."""
    found = (_normalize_or_none(each) for each in _iter_links(text))
    return tuple(dict.fromkeys(url for url in found if url))


def _iter_links(text: str) -> Iterator[str]:
    """Yield each link as it is written, without the marks of the text around it."""
    for match in _LINK.finditer(text):
        lead = text[max(0, match.start() - _MOST_ITALIC) : match.start()]
        yield _cut_ends(match[0], italic=len(lead) - len(lead.rstrip("_")))


def _cut_ends(link: str, italic: int) -> str:
    """Cut what ends the sentence, and brackets that the link did not open.

    Underscores are cut only where as many (`italic`) stand before the link.
    """
    surplus = {last: link.count(last) - link.count(opened) for last, opened in _BRACKETS.items()}
    end = len(link)
    while end:
        last = link[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last == "_" and italic:
            italic -= 1
        elif last not in _SENTENCE_ENDS:
            break
        end -= 1
    return link[:end]


def find_sole_link(text: str) -> str | None:
    """Return the one link that a text is all about: it says nothing else, or asks about it.

    A remark with a number in it, or a long one, is a text of its own.
    """
    links = find_links(text)
    remark = _REMARK_WORD.findall(_LINK.sub(" ", text))
    is_short = len(remark) <= LONGEST_REMARK and not any(map(str.isdecimal, "".join(remark)))
    return links[0] if len(links) == 1 and is_short else None


def split_link_line(text: str) -> tuple[str, str | None]:
    """Return a text without the link that is its first or last line, and that link.

    A text that is only a link has nothing left.
    """
    lines = text.strip().splitlines()
    for at in (0, -1):
        links = find_links(lines[at]) if lines else ()
        if len(links) == 1 and not _REMARK_WORD.search(_LINK.sub(" ", lines[at])):
            del lines[at]
            return "\n".join(lines).strip(), links[0]
    return text, None


def _normalize_or_none(address: str) -> str | None:
    try:
        return normalize(address)
    except BadInput:
        return None


def _find_inner(address: str) -> str | None:
    """The address inside another one's path, query or host, where the other is known to copy."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    for wrapper, inside in WRAPPERS:
        if wrapper.fullmatch(host) and (match := inside.search(address)):
            return _whole(unquote("".join(match.groups())))
    if channel := _CHANNEL_HOST.fullmatch(host):
        return f"https://t.me/{channel[1]}{parts.path}"
    if mirrored := _MIRRORED.fullmatch(host):
        query = "&".join(p for p in parts.query.split("&") if not p.startswith("_x_tr_"))
        name = mirrored[1].replace("--", "\0").replace("-", ".").replace("\0", "-")
        return f"https://{name}{parts.path}" + (f"?{query}" if query else "")
    return None


def _whole(address: str) -> str | None:
    """Return the address with its scheme, which copiers leave out or shorten.

    None where it is none.
    """
    address = re.sub(r"^(https?):/+", r"\1://", address)
    address = address if address.startswith(("http://", "https://")) else f"https://{address}"
    return address if _is_link(address) and "." in (urlsplit(address).hostname or "") else None


def find_origin(address: str) -> str:
    """Return who is behind an address: its platform, else its registered domain, else its host.

    A copy's is its original's.
    """
    original = find_original(address)
    if platform := find_platform(_find_host(original)):
        return platform.site
    host = (urlsplit(original).hostname or "").lower()
    return load_suffixes()(host).top_domain_under_public_suffix or host


@cache
def load_suffixes() -> "TLDExtract":
    """Return the list of public suffixes that the library ships; nothing is downloaded.

    The first time takes a tenth of a second.
    """
    from tldextract import TLDExtract  # noqa: PLC0415  # brings an HTTP client that a start needs not

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def _is_link(address: str) -> bool:
    """Return True if it names a site by http or https, and nobody's name or password before it."""
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
