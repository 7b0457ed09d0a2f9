"""Web pages: their main text, and what they say of themselves. No network."""

import codecs
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import takewhile
from typing import Any

from workflows.claims import Place
from workflows.documents.boilerplate import Element, prune, strip_interruptions
from workflows.documents.datelines import find_told_day
from workflows.documents.document import PageReview
from workflows.documents.encodings import decode, is_page_encoding
from workflows.documents.linked_data import find_reviews, iter_linked_data
from workflows.documents.live_blogs import BlogEntry, find_entries, join_entries
from workflows.errors import BadInput, CorrobotError
from workflows.urls import normalize

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_SNIFFED_BYTES = 4096
"""Bytes of a page in which it must name its encoding."""
_MAX_NAME = 200
"""Characters that are kept of a title or a publisher's name."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    }
)
_UNSPOKEN = frozenset({"script", "style", "template", "noscript", "head", "title", "svg"})
_BETWEEN_NAMES = re.compile(r"\s+[|–—»·-]\s+")
"""What stands between a story's title and its site's name."""
_LEAD = 6
"""Paragraphs at most that stand above the entries of a live blog."""
_SENTENCE = 8
"""Words from which such a paragraph is more than a heading or a link."""
_FAR_MORE = 1.6
"""How many times the words that were found something else must have to be taken instead."""
_TEASER_WORDS = 150
"""Words below which a page that asks for money shows its beginning only."""
_WALL = re.compile(
    r"\b(?:subscrib\w+|sign in|log in|register|create an account|already a (?:member|subscriber))\b"
    r".{0,60}\b(?:to (?:continue|keep|read|unlock|finish)|full (?:story|article|access))"
    r"|\b(?:to (?:continue|keep) reading|read the full|continue reading with)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page holds, and what it says of itself."""

    text: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    places: tuple[Place, ...] = ()
    reviews: tuple[PageReview, ...] = ()
    author: str | None = None


def read_page(content: bytes, name: str) -> WebPage:
    """Return a page's main text, without what stands around it; its title, publisher, date, link.

    Raises BadInput for a page in another encoding than it says, or without a main text: behind a
    wall, or put together by a script.
    """
    trafilatura: Any = import_module("trafilatura")  # slow to load, and its types are loose
    page = _parse_tree(_decode(content, name))
    if page is None:
        raise _make_no_text(name)
    data = list(iter_linked_data(page))
    reviews = tuple(find_reviews(data))
    whole = deepcopy(page)
    prune(page)
    found = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    paragraphs = [line for line in (found.text or "").splitlines() if line] if found else []
    for other in (_get_paragraphs(_find_article(page)), _find_article_body(data)):
        if _count_words(other) > _count_words(paragraphs) * _FAR_MORE:
            paragraphs = other
    paragraphs = strip_interruptions(paragraphs)
    text, places = "\n\n".join(paragraphs), tuple[Place, ...]()
    entries = find_entries(page, data, _get_paragraphs)
    if _count_words([line for entry in entries for line in entry.lines]) * 2 > _count_words(
        paragraphs
    ):
        text, places = join_entries(_find_lead(_get_paragraphs(page), entries), entries)
    _require_text(paragraphs or [text], whole, data, name)
    about = found or trafilatura.extract_metadata(whole)
    title = _find_story_title(_get_text(about.title), whole)
    told = find_told_day(title, _get_paragraphs(whole), paragraphs)
    return WebPage(
        text,
        title=title,
        publisher=_get_text(about.sitename),
        published=_parse_day(about.date) or told,
        url=_parse_link(about.url),
        places=places,
        reviews=reviews,
        author=_get_text(about.author),
    )


def _find_story_title(title: str | None, page: Element) -> str | None:
    """Return a page's title, or its story's where the title that was found is the site's name.

    Then the page's own title has both, and the story's stands in a heading too.
    """
    own = page.find(".//title")
    parts = _BETWEEN_NAMES.split(_get_text(own.text if own is not None else None) or "")
    if title not in parts or len(parts) == 1:
        return title
    headings = {" ".join(each.text_content().split()) for each in page.iter("h1", "h2")}
    others = [part for part in parts if part != title and part in headings]
    return others[0] if title and len(others) == 1 and _is_longer(others[0], title) else title


def _is_longer(one: str, other: str) -> bool:
    """Return True if a name has more words: headlines have more than the names of sites."""
    return len(one.split()) > len(other.split())


def _find_lead(paragraphs: Sequence[str], entries: Sequence[BlogEntry]) -> list[str]:
    """Return what stands above the first entry of a live blog and is no heading, if anything."""
    told = {line for entry in entries for line in entry.lines}
    above = takewhile(lambda paragraph: paragraph not in told, paragraphs)
    return [line for line in above if len(line.split()) >= _SENTENCE][:_LEAD]


def read_plain_text(page: str) -> str:
    """Return all the text that can be seen on a page, a paragraph for each block."""
    tree = _parse_tree(page)
    if tree is None:
        return ""
    prune(tree)
    return "\n\n".join(_get_paragraphs(tree))


def _parse_tree(page: str) -> Element | None:
    """Return the page's tree; None for nothing in it."""
    html: Any = import_module("lxml.html")
    etree: Any = import_module("lxml.etree")
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True)
        return html.document_fromstring(_XML.sub("", page), parser=parser)
    except (etree.ParserError, ValueError):  # nothing in it, or what no page may hold
        return None


def _get_paragraphs(element: Element | None) -> list[str]:
    """Return the text of an element, a paragraph for each block in it."""
    if element is None:
        return []
    text = "".join(_iter_pieces(element))
    return [said for each in text.split("\n") if (said := " ".join(each.split()))]


def _iter_pieces(root: Element) -> Iterator[str]:
    """Yield its text with a line end where a block begins or ends.

    Not recursive: pages nest deeply.
    """
    events: Any = import_module("lxml.etree").iterwalk(root, events=("start", "end"))
    for event, element in events:
        is_block = element.tag in _BLOCKS
        if event == "start":
            if element.tag in _UNSPOKEN:
                events.skip_subtree()
            else:
                yield ("\n" if is_block else "") + _flatten(element.text)
        else:
            yield "\n" if is_block else ""
            if element is not root:
                yield _flatten(element.tail)


def _flatten(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _find_article(page: Element) -> Element | None:
    """Return the one element that says it is the article."""
    for path in ('.//*[@itemprop="articleBody"]', ".//article", ".//main"):
        found = page.findall(path)
        if len(found) == 1:
            return found[0]
    return None


def _find_article_body(data: Sequence[dict[str, Any]]) -> list[str]:
    """Return the article as the page gives it to programs."""
    bodies = [str(body) for node in data if (body := node.get("articleBody"))]
    longest = max(bodies, key=len, default="")
    return [said for each in longest.split("\n") if (said := " ".join(each.split()))]


def _count_words(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def _require_text(
    paragraphs: Sequence[str], page: Element, data: Sequence[dict[str, Any]], name: str
) -> None:
    """Raise BadInput where there is no text, or only the beginning of one; it says why."""
    words = _count_words(paragraphs)
    seen = " ".join(_get_paragraphs(page))
    priced = any(str(node.get("isAccessibleForFree")).lower() == "false" for node in data)
    walled = priced and not _find_article_body(data)
    if words < _TEASER_WORDS and (walled or (words < _TEASER_WORDS // 2 and _WALL.search(seen))):
        raise BadInput(
            "{name} shows only its beginning to people who haven't paid or signed in. If"
            " you can read it, copy its text and paste it.",
            name=name,
        )
    if words:
        return
    if page.find('.//input[@type="password"]') is not None:
        raise BadInput(
            "{name} requires signing in. If you can read it, copy its text and paste it.",
            name=name,
        )
    if page.find(".//script") is not None and len(seen.split()) < _TEASER_WORDS:
        raise BadInput(
            "{name} is built by a script in the browser, so it has no text to read. Copy"
            " its text from the browser and paste it.",
            code="script-only",
            name=name,
        )
    raise _make_no_text(name)


def _make_no_text(name: str) -> BadInput:
    return BadInput(
        "No main text was found in the web page {name}. Save its text as plain text (.txt)"
        " and bring that in.",
        code="no-text",
        name=name,
    )


def _decode(content: bytes, name: str) -> str:
    """In the encoding the page names, by a mark or in its head; else in the one it seems to be."""
    marked = next((known for mark, known in _MARKS if content.startswith(mark)), None)
    declared = _DECLARED.search(content[:_SNIFFED_BYTES])
    if not marked and not declared:
        return decode(content, name)
    named = b"".join(filter(None, declared.groups())).decode("ascii") if declared else "utf-8"
    encoding = marked or named
    with suppress(LookupError, UnicodeError):  # told below
        if is_page_encoding(encoding):
            return content.decode(encoding)
    raise BadInput(
        "{name} isn't in {encoding}, the encoding it claims to be in. Save it as UTF-8 and"
        " try again.",
        name=name,
        encoding=encoding,
    )


def _get_text(text: str | None) -> str | None:
    return " ".join((text or "").split())[:_MAX_NAME] or None


def _parse_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _parse_link(url: str | None) -> str | None:
    """Return the page's own address, where it is one."""
    try:
        return normalize(url) if url else None
    except CorrobotError:
        return None
