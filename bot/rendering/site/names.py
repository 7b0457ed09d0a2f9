"""Names and addresses on a team's public pages: paths, sources, and what a page may link to."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.i18n.escaping import plain
from workflows.claims import Attribution
from workflows.export.publication import PublishedClaim
from workflows.ids import make_hash


def get_claim_path(number: int) -> str:
    """Return where a claim's page stands in the folder."""
    return f"claims/{number}.html"


def name_source(said: Attribution) -> str | None:
    """Return a source's name as the team knows it; None where it has none."""
    return said.resolved or said.source


def get_web_address(url: str | None) -> str:
    """Return an address that a page may link to; nothing for any other."""
    return url if url and urlsplit(url).scheme in ("http", "https") else ""


def make_slug(name: str) -> str:
    """Return a name as part of an address: readable, and no two names alike."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold()).strip("-")[:60].strip("-")
    return "-".join(filter(None, (words, make_hash(name.casefold())[:6])))


def plain_part(text: str) -> str:
    """Return part of a quote without anything invisible, its outer spaces kept."""
    inner = plain(text)
    if not inner:
        return " " if text else ""
    return " " * text[:1].isspace() + inner + " " * text[-1:].isspace()


def get_main_source(published: PublishedClaim) -> str:
    """Return who a list says a claim is from: its first named source, or else who published it."""
    for passage in published.exported.passages:
        for link in passage.attribution:
            if name := name_source(link.said):
                return name
        if voice := passage.document.publisher or passage.document.title:
            return voice
    return ""


def iter_sources(published: PublishedClaim) -> Iterator[str]:
    """Yield the named sources of a claim; where a document speaks itself, its publisher."""
    for passage in published.exported.passages:
        if not passage.attribution and passage.document.publisher:
            yield passage.document.publisher
        for link in passage.attribution:
            name = name_source(link.said)
            if name and not link.said.anonymous:
                yield name


def shorten_address(url: str, most: int = 60) -> str:
    parts = urlsplit(url)
    shown = plain(parts.netloc.removeprefix("www.") + parts.path.rstrip("/"))
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def link_contact(contact: str) -> str:
    if "@" in contact and "/" not in contact:
        return f"mailto:{contact}"
    return get_web_address(contact)
