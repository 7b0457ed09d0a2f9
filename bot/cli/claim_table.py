"""A document's claims for people: a table of them, or one after the other with what made each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.i18n.escaping import plain
from workflows.claims import Attribution, FoundClaim, Hedge, Place
from workflows.documents.document import ReadDocument, find_places

DOCUMENT_ITSELF = "the document itself"
STYLES = {
    Hedge.ASSERTED: "bold",
    Hedge.CONFIRMED: "green",
    Hedge.REPORTED: "default",
    Hedge.ALLEGED: "yellow",
    Hedge.SPECULATED: "yellow",
    Hedge.PREDICTED: "cyan",
    Hedge.DENIED: "red",
    Hedge.UNCONFIRMED: "red",
}
SOURCE, CUE, FIGURE, TIME = "cyan", "magenta", "green", "yellow"
"""How the words of a passage are marked."""


def show_table(name: str, _: ReadDocument, claims: Sequence[FoundClaim]) -> None:
    """The claims of a document, the most check-worthy first, with who says each and how firmly."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, leading=1, expand=True)
    table.add_column("Worth a\ncheck", justify="right", no_wrap=True)
    table.add_column("Claim", ratio=5, overflow="fold")
    table.add_column("Who says so", ratio=3, overflow="fold")
    table.add_column("How firmly", no_wrap=True)
    for claim in _rank(claims):
        table.add_row(
            f"{claim.check_worthiness:.0%}",
            Text(plain(claim.words)),
            Text(plain(" → ".join(map(_write_sources, claim.attribution)) or DOCUMENT_ITSELF)),
            Text(claim.hedge.value, STYLES[claim.hedge]),
        )
    _print(name, claims, [table] if claims else [])


def show_explained(name: str, read: ReadDocument, claims: Sequence[FoundClaim]) -> None:
    """Show each claim with the words that made it, its place, sources, hedge, figures and worth."""
    ranked = _rank(claims)
    places = find_places(read.text, read.places, [each.start for each in ranked])
    shown = map(_explain, ranked, places)
    _print(name, claims, shown)


def _print(name: str, claims: Sequence[FoundClaim], shown: Iterable[RenderableType]) -> None:
    console = Console(highlight=False)
    count = {0: "no checkable claim", 1: "1 claim"}.get(len(claims), f"{len(claims)} claims")
    console.print(Text.assemble((plain(name), "bold"), f" · {count}"))
    for each in shown:
        console.print(each)


def _rank(claims: Iterable[FoundClaim]) -> list[FoundClaim]:
    return sorted(claims, key=lambda claim: -claim.check_worthiness)


def _write_sources(link: Attribution) -> str:
    source = link.resolved or link.source or "somebody"
    return f"{source} (unnamed)" if link.anonymous else source


# --------------------------------------------------------------------------------- what made it


def _explain(claim: FoundClaim, place: Place | None) -> RenderableType:
    facts = Table.grid(padding=(0, 2, 0, 0))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    if place:
        facts.add_row(place.kind.value, place.name)
    for what, said in _list_facts(claim):
        facts.add_row(what, said)
    beside = Table.grid(padding=(0, 2, 0, 0))
    beside.add_column(no_wrap=True)
    beside.add_column(overflow="fold")
    told = Group(Text(plain(claim.words), "bold"), _mark(claim), facts)
    beside.add_row(f"{claim.check_worthiness:.0%}", told)
    return Group("", beside)


def _list_facts(claim: FoundClaim) -> Iterator[tuple[str, str]]:
    """Yield what was found, each with the words it was found in."""
    if not claim.attribution:
        yield "source", DOCUMENT_ITSELF
    for link in claim.attribution:
        yield "source", plain(_describe_source(link))
    by = f", by “{claim.hedge_cue}”" if claim.hedge_cue else ""
    yield "hedge", plain(f"{claim.hedge}{by}")
    yield "polarity", claim.polarity.value
    for figure in claim.figures:
        upper = f" to {figure.upper:,.10g}" if figure.upper is not None else ""
        number = f"{figure.value:,.10g}{upper}"
        parts = [part for part in (figure.modifier, number, figure.unit) if part]
        yield "figure", plain(f"“{figure.text}”: {' '.join(parts)}")
    for mention in claim.dates:
        days = [str(day) if day else "open" for day in (mention.first, mention.last)]
        yield "date", plain(f"“{mention.text}”: {' to '.join(dict.fromkeys(days))}")
    if claim.as_of:
        yield "as of", str(claim.as_of)
    if claim.nested:
        yield "nested", "a claim within what another one says"
    driven = (f"{name.replace('_', ' ')} {pull:+.2f}" for name, pull in claim.worth_reasons)
    yield "worth checking", f"{claim.check_worthiness:.0%}: {', '.join(driven)}"


def _describe_source(link: Attribution) -> str:
    parts = [f"“{link.source}”" if link.source else "not named"]
    if link.resolved:
        parts.append(f"that is {link.resolved}")
    if link.anonymous:
        parts.append("unnamed")
    if link.cue:
        parts.append(f"by “{link.cue}”")
    parts.append(link.hedge.value)
    if link.date:
        parts.append(f"on {link.date}")
    return ", ".join(parts)


def _mark(claim: FoundClaim) -> Text:
    """The passage: the claim in bold, and sources, cues, figures and dates each in their colour."""
    text = Text()
    ends = {0, len(claim.quote)}
    marks = [(start, end, style) for start, end, style in _list_marks(claim) if start < end]
    ends.update(place for start, end, _ in marks for place in (start, end))
    places = sorted(place for place in ends if 0 <= place <= len(claim.quote))
    for start, end in pairwise(places):
        styles = [style for first, last, style in marks if first <= start and end <= last]
        text.append(_keep_space(claim.quote[start:end]), " ".join(styles))
    return text


def _list_marks(claim: FoundClaim) -> Iterator[tuple[int, int, str]]:
    """Stretches of the quote and how they are marked; some may lie outside of it."""
    base = claim.quote_start
    yield claim.start - base, claim.end - base, "bold"
    for link in claim.attribution:
        if link.start is not None and link.end is not None:
            yield link.start - base, link.end - base, SOURCE
        if link.cue_start is not None and link.cue_end is not None:
            yield link.cue_start - base, link.cue_end - base, CUE
    for figure in claim.figures:
        yield figure.start - base, figure.end - base, FIGURE
    for mention in claim.dates:
        yield mention.start - base, mention.end - base, TIME


def _keep_space(text: str) -> str:
    """As `plain`, with the space at either end kept, for what is put together again."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{plain(text)}{after}"
