"""Values in, embeds out: the claim card and the document card. No await, no decision."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import discord

from bot.i18n.escaping import cut, escape
from bot.i18n.labels import (
    COLOURS,
    DISAGREEMENTS,
    HEDGES,
    SAYING_MARKS,
    STANCE_SIGNS,
    STANCES,
    STATUSES,
    VERDICT_SIGNS,
    VERDICTS,
    get_status_colour,
    gettext_noop,
    label_status,
)
from bot.i18n.translator import Translator, make_timestamp
from workflows.claims import (
    Claim,
    DateMention,
    Disagreement,
    Document,
    Evidence,
    Figure,
    Grade,
    Hedge,
    MemberKey,
    Passage,
    SourceInChain,
    Status,
    Verdict,
)
from workflows.desk.claim_views import ClaimView, DocumentView
from workflows.desk.outbox import CardMove
from workflows.digest.sections import CardLink
from workflows.store.outbox import Card
from workflows.voting import VOTABLE, Missing, Side

TITLE, FIELD, DESCRIPTION = 256, 1024, 4096
"""Discord's limits for an embed's parts, in characters."""
_QUOTE = 420
_LINKS_ON_CARD = 4
_OPPOSED = 3
_EMBED = 5900
"""Characters that an embed may have in all, with a little room; Discord takes 6,000."""
_SIDE_ON_CARD = 400
_CHAIN = 5
"""The most sources of a chain that are named."""
_PASSAGES = 2
_PASSAGES_ROOM = 3000
_ADDRESS = 520
"""The longest address that is linked; longer ones would leave no room for anything else."""


# ------------------------------------------------------------------------------ the claim card


def claim_embed(shown: ClaimView, tr: Translator) -> discord.Embed:
    """Return a claim as one embed: what is said, by whom and how firmly, and where it stands."""
    claim = shown.claim
    embed = discord.Embed(
        title=claim_title(claim),
        description="\n".join(_format_body(shown, tr)),
        colour=get_status_colour(claim),
    )
    embed.add_field(
        name=f"{label_status(claim.state, tr)}",
        value=cut("\n".join(_format_status(shown, tr)), FIELD),
        inline=False,
    )
    if left := build_sides(shown):
        embed.add_field(
            name=tr.plural("{n} link", "{n} links", len(left)),
            value=evidence_lines(left, tr, _LINKS_ON_CARD, list_sources(shown, tr)),
            inline=False,
        )
    add_sides(embed, shown, tr, at=1, most=_SIDE_ON_CARD)
    return embed


def add_sides(
    embed: discord.Embed, shown: ClaimView, tr: Translator, *, at: int, most: int
) -> None:
    """Add what divides the voters, side by side, with reasons and links, within the limits."""
    room = min(most, (_EMBED - len(embed)) // max(1, len(shown.divided)) - 40)
    for place, side in enumerate(shown.divided):
        sign, verdict = VERDICT_SIGNS[side.verdict], tr.text(VERDICTS[side.verdict])
        name = f"{sign} {verdict} · {tr.number(side.weight)}"
        embed.insert_field_at(
            at + place, name=name, value=_format_side(side, tr, room), inline=True
        )


def _format_side(side: Side, tr: Translator, room: int) -> str:
    """Return the links first, for they can be followed; then the reasons, as many as fit."""
    lines: list[str] = []
    each = [_format_link(link, tr) for link in side.links]
    each += [f"“{escape(reason, 160)}”" for reason in side.reasons]
    for line in each:
        if sum(map(len, lines)) + len(lines) + len(line) > room - 12:
            lines.append("…")
            break
        lines.append(line)
    return "\n".join(lines) or tr.text("No link and no reason.")


def build_sides(shown: ClaimView) -> tuple[Evidence, ...]:
    """Return the links that stand on no side of a division."""
    placed = {link.key for side in shown.divided for link in side.links}
    return tuple(link for link in shown.evidence if link.key not in placed)


def list_sources(shown: ClaimView, tr: Translator) -> Mapping[int, str]:
    """Return the name of each of the claim's sources, by its row."""
    links = (link for passage in shown.passages for link in passage.attribution)
    return {link.id: name_source(link, tr) for link in links}


def name_source(link: SourceInChain, tr: Translator) -> str:
    """Return a source's name as plain text."""
    return link.said.resolved or link.said.source or tr.text("someone")


def claim_title(claim: Claim, most: int = TITLE) -> str:
    """Return the number and the claim in plain words, within an embed's title."""
    return fit_lines(f"#{claim.number} · ", claim.words, most)


def card_address(guild: int, card: Card | CardLink) -> str:
    """Return where Discord's client jumps to for this message."""
    return f"https://discord.com/channels/{guild}/{card.channel}/{card.message}"


def write_assignment(shown: ClaimView, card: Card | None, tr: Translator) -> str:
    """Return what whoever looks after a claim now is called with."""
    number = f"**#{shown.claim.number}**"
    if card:
        number = f"[{number}](<{card_address(shown.team.settings.guild, card)}>)"
    said = escape(shown.claim.words, 200)
    if shown.assignee is None:
        return tr.text(
            "{number} is no longer assigned to anyone: {claim}", number=number, claim=said
        )
    return tr.text(
        "{who}, please look after {number}: {claim}",
        who=f"<@{shown.assignee}>",
        number=number,
        claim=said,
    )


def pointer_embed(move: CardMove, tr: Translator) -> discord.Embed:
    """Return what stays of a card whose claim or document has a newer one."""
    shown = move.shown
    title = claim_title(shown) if isinstance(shown, Claim) else document_title(shown)
    said = tr.text("There is a newer card for this claim.")
    if move.card:
        address = card_address(move.team.settings.guild, move.card)
        said = tr.text("This card has moved: [go to the new one]({address}).", address=address)
    return discord.Embed(title=title, description=said, colour=COLOURS[Status.DROPPED])


def document_title(document: Document) -> str:
    return fit_lines("📄 ", document.title, TITLE)


def _format_body(shown: ClaimView, tr: Translator) -> Iterable[str]:
    said = [_format_passage(passage, tr) for passage in shown.passages[:_PASSAGES]]
    while len(said) > 1 and sum(map(len, said)) > _PASSAGES_ROOM:
        said.pop()
    yield from said
    if (more := len(shown.passages) - len(said)) > 0:
        yield "-# " + tr.plural("and {n} more passage", "and {n} more passages", more)
    published = shown.passages[0].document.published if shown.passages else None
    if particulars := _format_particulars(shown.claim, published, tr):
        yield particulars
    yield from disagreement_lines(shown, tr, _OPPOSED)


def disagreement_lines(shown: ClaimView, tr: Translator, most: int) -> Iterable[str]:
    """Return the claims that disagree with this one, a line each, at most so many of them."""
    guild = shown.team.settings.guild
    for opposed in shown.opposed[:most]:
        number = f"#{opposed.claim.number}"
        if opposed.card:
            number = f"[{number}]({card_address(guild, opposed.card)})"
        ours, theirs = opposed.figures or ("", "")
        sentence = DISAGREEMENTS[opposed.disagreement]
        if opposed.disagreement is Disagreement.FIGURE and not opposed.figures:
            sentence = gettext_noop("Disagrees with {number} in a figure.")
        said = tr.text(sentence, number=number, ours=escape(ours, 60), theirs=escape(theirs, 60))
        day = opposed.claim.as_of
        if day and day != shown.claim.as_of:
            said += f" ({tr.text('as of {day}', day=tr.day(day))})"
        yield f"⚖️ {said}"
    if (more := len(shown.opposed) - most) > 0:
        yield "-# " + tr.plural(
            "and {n} more claim disagrees", "and {n} more claims disagree", more
        )


def _format_passage(passage: Passage, tr: Translator) -> str:
    """Return who says it, in which words, and where."""
    quote = f"> {_format_quote(passage)}\n" if passage.quote else ""
    return f"{source_line(passage, tr)}\n{quote}-# {_format_origin(passage, tr)}"


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
    return f"{said} · **{tr.text(HEDGES[hedge])}**"


def _name_link(link: SourceInChain, tr: Translator, most: int) -> str:
    said = link.said
    name = escape(name_source(link, tr), most)
    if said.anonymous:
        name += " " + tr.text("(unnamed)")
    return name + SAYING_MARKS[link.check]


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


def _format_origin(passage: Passage, tr: Translator) -> str:
    document = passage.document
    title = escape(document.title, 90)
    parts = [_make_masked_link(title, document.url) if document.url else title]
    if document.publisher:
        parts.append(escape(document.publisher, 60))
    if document.published:
        parts.append(tr.day(document.published))
    return " · ".join(parts)


def _format_particulars(claim: Claim, published: date | None, tr: Translator) -> str:
    """Return its figures and dates, and as of when it is meant, unless that is its publication."""
    parts = [_format_figure(figure) for figure in claim.figures[:4]]
    parts += [_format_date(mention, tr) for mention in claim.dates[:3]]
    if claim.as_of and claim.as_of != published:
        parts.append(tr.text("as of {day}", day=tr.day(claim.as_of)))
    return "🔎 " + " · ".join(parts) if parts else ""


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


# ------------------------------------------------------------------------------ where it stands


def _format_status(shown: ClaimView, tr: Translator) -> Iterable[str]:
    claim = shown.claim
    if shown.kept:
        yield _format_merged(shown.team.settings.guild, *shown.kept, tr)
    else:
        yield votes_line(shown, tr)
    if shown.stale:
        yield tr.plural(
            "{n} vote from before the claim was edited or reopened no longer counts.",
            "{n} votes from before the claim was edited or reopened no longer count.",
            shown.stale,
        )
    if shown.asked:
        yield tr.plural(
            "{n} voter on a claim merged into this one is asked to vote here.",
            "{n} voters on claims merged into this one are asked to vote here.",
            shown.asked,
        )
    missing = missing_line(shown.missing, tr)
    if missing:
        yield missing
    if claim.state.asked_again_at:
        yield tr.text(
            "The team was asked again {when}.", when=make_timestamp(claim.state.asked_again_at, "R")
        )
    if claim.state.settled_at:
        yield tr.text("Settled {when}.", when=make_timestamp(claim.state.settled_at, "R"))
    elif claim.state.provisional and claim.state.settles_at:
        yield tr.text(
            "Settles {when} unless votes change it.",
            when=make_timestamp(claim.state.settles_at, "R"),
        )
    if shown.assignee:
        yield tr.text("{who} looks after it.", who=f"<@{shown.assignee}>")
    if shown.ruling:
        yield tr.text("A moderator: “{reason}”", reason=escape(shown.ruling, 200))


def _format_merged(guild: int, kept: Claim, card: Card | None, tr: Translator) -> str:
    """Return where a duplicate's votes go now."""
    number = f"#{kept.number}"
    if card:
        number = f"[{number}]({card_address(guild, card)})"
    return tr.text("Merged into {number}; please vote there.", number=number)


def votes_line(shown: ClaimView, tr: Translator) -> str:
    """Return how many votes there are; which way they go once the team may know."""
    tally, quorum = shown.claim.tally, shown.team.policy.quorum
    state = shown.claim.state
    is_open = state.settled_at is None and state.status in VOTABLE
    if is_open and tally.votes < quorum:
        line = tr.plural("{votes} of {n} vote", "{votes} of {n} votes", quorum, votes=tally.votes)
    else:
        line = tr.plural("{n} vote", "{n} votes", tally.votes)
    if not state.tally_shown or not tally.votes:
        return line
    sides = (
        f"{VERDICT_SIGNS[verdict]} {tr.text(VERDICTS[verdict])} {tally.weight(verdict)}"
        for verdict in Verdict
    )
    return f"{line}: " + " · ".join(sides)


def missing_line(missing: Missing, tr: Translator) -> str:
    """Return what keeps a claim from a verdict, beyond the votes to the quorum."""
    if missing.swing:
        least = min(missing.swing.values())
        near = [tr.text(VERDICTS[v]) for v in missing.swing if missing.swing[v] == least]
        return tr.plural(
            "The votes are split: {n} more for {verdicts} would decide it.",
            "The votes are split: {n} more for {verdicts} would decide it.",
            least,
            verdicts=tr.text(" or ").join(near),
        )
    lacks = set(missing.evidence.values())
    if not lacks or (missing.votes and len(missing.evidence) == 1):
        return ""  # one side has its sources, and nobody knows yet which side will need them
    if len(missing.evidence) > 1 and len(lacks) == 1:
        return tr.plural(
            "A verdict will need a source.", "A verdict will need {n} sources.", lacks.pop()
        )
    return " ".join(
        tr.plural(
            "{verdict} needs one more source.",
            "{verdict} needs {n} more sources.",
            lack,
            verdict=tr.text(VERDICTS[verdict]),
        )
        for verdict, lack in missing.evidence.items()
    )


def evidence_lines(
    evidence: Sequence[Evidence], tr: Translator, most: int, sources: Mapping[int, str]
) -> str:
    """At most `most` links, a line each, within an embed's field."""
    lines: list[str] = []
    room = FIELD - 40
    for link in evidence[:most]:
        line = _format_link(link, tr, sources)
        if sum(map(len, lines)) + len(lines) + len(line) > room:
            break
        lines.append(line)
    if left := len(evidence) - len(lines):
        lines.append(tr.plural("and {n} more in Details", "and {n} more in Details", left))
    return "\n".join(lines)


def evidence_parts(
    evidence: Sequence[Evidence],
    tr: Translator,
    most: int,
    sources: Mapping[int, str],
    people: Mapping[MemberKey, int],
) -> list[str]:
    """Return all links, a line each, with who added it and when, in as few fields as they need.

    `most` fields at the most; `people` are the accounts of those who are still known.
    """
    parts: list[str] = []
    shown = 0
    for link in evidence:
        added = (f"<@{people[link.by]}>" if link.by in people else "", make_timestamp(link.at, "R"))
        line = _format_link(link, tr, sources) + " · " + " ".join(filter(None, added))
        if parts and len(parts[-1]) + 1 + len(line) <= FIELD - 40:
            parts[-1] += "\n" + line
        elif len(parts) < most:
            parts.append(line)
        else:
            break
        shown += 1
    if left := len(evidence) - shown:
        parts[-1] += "\n" + tr.plural("and {n} more", "and {n} more", left)
    return parts


def _format_link(link: Evidence, tr: Translator, sources: Mapping[int, str] | None = None) -> str:
    """Return one link in one line: its stance, its site as the link's text, its grade, its note."""
    source = escape((sources or {}).get(link.target or 0, ""), 60)
    parts = [f"{STANCE_SIGNS[link.stance]} {tr.text(STANCES[link.stance], source=source)}:"]
    parts.append(_make_masked_link(escape(link.origin, 60), link.url))
    if link.grade != Grade():
        parts.append(f"`{link.grade.source}{link.grade.information}`")
    if not link.counts:
        parts.append(tr.text("(the claim's own source; doesn't count)"))
    if link.note:
        parts.append("— " + escape(link.note, 120))
    return " ".join(parts)


def _make_masked_link(text: str, url: str) -> str:
    """Return a masked link, with an address that cannot end it early."""
    address = url.replace(">", "%3E").replace("<", "%3C").replace(")", "%29").replace("(", "%28")
    return f"[{text}](<{address}>)" if len(address) <= _ADDRESS else text


# --------------------------------------------------------------------------- the document card


def document_embed(shown: DocumentView, tr: Translator) -> discord.Embed:
    """Return a document: what it is, how many claims were found in it, how far the team is."""
    document = shown.document
    origin = [escape(document.publisher, 80)] if document.publisher else []
    if document.published:
        origin.append(tr.day(document.published))
    posted = shown.claims - shown.counts.get(Status.SHELVED, 0)
    lines = [
        " · ".join(origin),
        tr.plural("**{n}** claim found", "**{n}** claims found", shown.claims)
        + ": "
        + " · ".join(_format_counts(shown, tr))
        if shown.claims
        else tr.text("No checkable claim was found."),
    ]
    if posted:
        lines.append(_format_progress(shown.decided, posted))
    return discord.Embed(
        title=document_title(document),
        url=document.url,
        description="\n".join(line for line in lines if line),
        colour=0x5B6472,
    )


def _format_counts(shown: DocumentView, tr: Translator) -> Iterable[str]:
    for status in (
        Status.SUPPORTED,
        Status.REFUTED,
        Status.CONFLICTING,
        Status.NOT_ENOUGH_EVIDENCE,
        Status.IN_REVIEW,
        Status.UNREVIEWED,
        Status.SHELVED,
    ):
        if claims := shown.counts.get(status):
            yield f"{tr.number(claims)} {tr.text(STATUSES[status]).lower()}"


def _format_progress(decided: int, posted: int, width: int = 12) -> str:
    filled = round(width * decided / posted)
    return f"`{'█' * filled}{'░' * (width - filled)}` {decided}/{posted}"


def fit_lines(lead: str, text: str, most: int) -> str:
    """`lead` and as much of `text`, escaped, as fits."""
    room = most - len(lead)
    shown = escape(text, room)
    while len(shown) > room:
        text = text[: max(1, min(len(text), room) - (len(shown) - room) - 1)]
        shown = escape(text + "…", room)
    return lead + shown
