"""Where a claim stands: who says so and how firmly, in which words, in which document."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from bot.i18n.escaping import escape
from bot.i18n.labels import HEDGES, PLACES, SAYING_MARKS, gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.embeds import make_masked_link
from workflows.claims import Claim, DateMention, Figure, Hedge, Passage, SourceInChain
from workflows.desk.claim_views import ClaimView
from workflows.engines import EngineRecord

_QUOTE = 420

_CHAIN = 5
"""The most sources of a chain that are named."""
_ADDS = 3
"""Words that a quote must have beyond what a card says already, to be worth its lines."""
_WEIGHTY, _STEM = 4, 5
"""Letters of a word that carries meaning, and of its beginning by which two are the same."""
_ASKS: Mapping[Hedge, str] = {
    **dict.fromkeys(Hedge, gettext_noop("Who says so: {sources}")),
    Hedge.DENIED: gettext_noop("Who denies it: {sources}"),
    Hedge.UNCONFIRMED: gettext_noop("Who can't confirm it: {sources}"),
}
"""What stands before a source; of a chain it is not told which of them denies it."""
_FRAGMENT = 5
"""Words of a quote by which a browser finds its beginning, and its end."""


def format_passage(passage: Passage, claim: Claim, tr: Translator) -> str:
    """Return who says it, in which words where those add to the claim's, and where."""
    lines = [source_line(passage, tr)]
    if _count_new_words(passage.quote, *_list_told(passage, claim, tr)) >= _ADDS:
        lines.append(f"> {_format_quote(passage)}")
    return "\n".join([*lines, *origin_line(passage, claim, tr)])


def source_line(passage: Passage, tr: Translator) -> str:
    """Write who says so and how firmly in one line, from the outermost source inwards."""
    voice = passage.document.publisher or passage.document.title
    return "🗣️ " + write_sources(passage.attribution, voice, passage.hedge, tr)


def write_sources(
    chain: Sequence[SourceInChain],
    voice: str,
    hedge: Hedge,
    tr: Translator,
    *,
    most: int = _CHAIN,
    name: int = 80,
) -> str:
    """Return the chain of sources, or the document's own `voice`, and the hedge.

    At most so many sources, `name` characters of each.
    """
    if chain:
        links = [_name_link(link, tr, name) for link in chain]
        if len(links) > most:
            links[most - 2 : -1] = ["…"]
        said = " → ".join(links)
    else:
        said = tr.text("{source}, in its own voice", source=escape(voice, min(name, 60)))
    said = tr.text(_ASKS[hedge if len(chain) == 1 else Hedge.REPORTED], sources=said)
    return f"{said} · **{tr.text(HEDGES[hedge])}**"


def _name_link(link: SourceInChain, tr: Translator, most: int) -> str:
    said = link.said
    name = escape(name_source(link, tr), most)
    if said.anonymous:
        name += " " + tr.text("(unnamed)")
    return name + SAYING_MARKS[link.check]


def name_source(link: SourceInChain, tr: Translator) -> str:
    """Return a source's name as plain text."""
    return link.said.resolved or link.said.source or tr.text("someone")


def list_sources(shown: ClaimView, tr: Translator) -> Mapping[int, str]:
    """Return the name of each of the claim's sources, by its row."""
    links = (link for passage in shown.passages for link in passage.attribution)
    return {link.id: name_source(link, tr) for link in links}


def _format_quote(passage: Passage) -> str:
    """Return the verbatim quote, with the claim's own part of it in bold, cut around that part."""
    quote, base = passage.quote, passage.quote_start
    start = min(max(passage.start - base, 0), len(quote))
    end = min(max(passage.end - base, start), len(quote))
    room = max(0, _QUOTE - (end - start))
    before = quote[:start]
    after = quote[end:]
    left = min(len(before), max(room // 2, room - len(after)))
    right = min(len(after), room - left)
    said = escape(quote[start:end], _QUOTE)
    lead = escape(before[len(before) - left :]) if left else ""
    tail = escape(after[:right]) if right else ""
    pieces = [
        ("…" if left < len(before) else "") + lead,
        f"**{said}**" if said else "",
        tail + ("…" if right < len(after) else ""),
    ]
    spaced = [
        pieces[0] + (" " if before[-1:].isspace() and lead else ""),
        pieces[1],
        (" " if after[:1].isspace() and tail else "") + pieces[2],
    ]
    return "“" + "".join(spaced) + "”"


def origin_line(passage: Passage, claim: Claim, tr: Translator) -> Iterator[str]:
    """Yield where it stands, in one line: no title or publisher that the lines above name."""
    document = passage.document
    told = _list_told(passage, claim, tr)
    title = escape(document.title, 90)
    parts = []
    if not _count_new_words(document.title, *told):
        title = tr.text("document")  # a headline would say the claim again
    if document.url:
        parts += [make_masked_link(title, document.url), *_link_to_words(passage, tr)]
    elif _count_new_words(document.title, *told):
        parts.append(title)
    if document.publisher and document.publisher not in told:
        parts.append(escape(document.publisher, 60))
    if document.published:
        parts.append(tr.day(document.published))
    if claim.as_of and claim.as_of != document.published:
        parts.append(tr.text("as of {day}", day=tr.day(claim.as_of)))
    parts += list_whereabouts(passage, tr)
    if parts:
        yield "-# " + " · ".join(parts)


def write_engine(engine: EngineRecord, tr: Translator) -> str:
    """Return that a language model found the claims of a text, and where the text was sent."""
    said = tr.text(
        "Found by the language model {model}; each quote is word for word in the text.",
        model=escape(engine.model, 60),
    )
    if engine.host:
        said += " " + tr.text("The text was sent to {host}.", host=escape(engine.host, 80))
    return said


def list_whereabouts(passage: Passage, tr: Translator) -> list[str]:
    """Return by what a person finds a passage in its document, and in which version of it."""
    parts = []
    if passage.place:
        parts.append(tr.text(PLACES[passage.place.kind], name=escape(passage.place.name, 30)))
    if passage.is_new:
        day = tr.day(passage.document.added_at.date())
        parts.append(tr.text("new in the version of {day}", day=day))
    if passage.gone_at:
        parts.append(tr.text("gone since {day}", day=tr.day(passage.gone_at.date())))
    return parts


def _link_to_words(passage: Passage, tr: Translator) -> Iterator[str]:
    """Yield a link that opens the page at the quote, in browsers that know text fragments."""
    words, url = passage.quote.split(), passage.document.url or ""
    if not words or not url.startswith(("http://", "https://")):
        return
    ends = [words] if len(words) <= 2 * _FRAGMENT else [words[:_FRAGMENT], words[-_FRAGMENT:]]
    said = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    address = url + ("" if "#" in url else "#") + ":~:text=" + said
    if (link := make_masked_link(tr.text("passage"), address)) != tr.text("passage"):
        yield link


def _list_told(passage: Passage, claim: Claim, tr: Translator) -> list[str]:
    """Return what a card says above: the claim, its sources and their cues."""
    told = [claim.words]
    for link in passage.attribution:
        told += [name_source(link, tr), link.said.source or "", link.said.cue or ""]
    if not passage.attribution:
        told.append(passage.document.publisher or passage.document.title)
    return told


def _count_new_words(text: str, *told: str) -> int:
    """Return how many words of weight a text has that were not told; inflections count as one."""
    return len(_list_stems(text).difference(*map(_list_stems, told)))


def _list_stems(text: str) -> set[str]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return {word[:_STEM] for word in words if len(word) >= _WEIGHTY or not word.isascii()}


def format_particulars(claim: Claim, tr: Translator) -> str:
    """Return its figures and dates, as far as they say more than the claim's own words."""
    parts = [_format_figure(figure) for figure in claim.figures[:4]]
    parts += [_format_date(mention, tr) for mention in claim.dates[:3]]
    said = escape(claim.words).casefold()
    new = [part for part in parts if not all(word in said for word in part.casefold().split())]
    return "🔎 " + " · ".join(new) if new else ""


_SAYS_UNIT = re.compile(r"[%$€£¥]")


def _format_figure(figure: Figure) -> str:
    text = figure.text
    if figure.modifier and figure.modifier.lower() not in text.lower():
        text = f"{figure.modifier} {text}"
    if figure.unit and figure.unit.lower() not in text.lower() and not _SAYS_UNIT.search(text):
        text = f"{text} {figure.unit}"
    return escape(text, 60)


def _format_date(mention: DateMention, tr: Translator) -> str:
    text = escape(mention.text, 40)
    if mention.first is None:
        return text
    if mention.last is None or mention.last == mention.first:
        return f"{text} ({tr.day(mention.first)})"
    return f"{text} ({tr.day(mention.first)} – {tr.day(mention.last)})"
