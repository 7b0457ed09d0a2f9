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
    N_,
    SAYING_MARKS,
    STANCE_SIGNS,
    STANCES,
    STATUSES,
    VERDICT_SIGNS,
    VERDICTS,
    colour_of,
    status_of,
)
from bot.i18n.translator import Words, stamp
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


def claim_embed(shown: ClaimView, words: Words) -> discord.Embed:
    """A claim as one embed: what is said, by whom and how firmly, and where it stands."""
    claim = shown.claim
    embed = discord.Embed(
        title=claim_title(claim),
        description="\n".join(_body(shown, words)),
        colour=colour_of(claim),
    )
    embed.add_field(
        name=f"{status_of(claim.state, words)}",
        value=cut("\n".join(_standing(shown, words)), FIELD),
        inline=False,
    )
    if left := beside_sides(shown):
        embed.add_field(
            name=words.count("{n} link", "{n} links", len(left)),
            value=evidence_lines(left, words, _LINKS_ON_CARD, sources_of(shown, words)),
            inline=False,
        )
    add_sides(embed, shown, words, at=1, most=_SIDE_ON_CARD)
    return embed


def add_sides(embed: discord.Embed, shown: ClaimView, words: Words, *, at: int, most: int) -> None:
    """What divides the voters, side by side: each with its reasons and links, within the limits."""
    room = min(most, (_EMBED - len(embed)) // max(1, len(shown.divided)) - 40)
    for place, side in enumerate(shown.divided):
        sign, verdict = VERDICT_SIGNS[side.verdict], words.say(VERDICTS[side.verdict])
        name = f"{sign} {verdict} · {words.number(side.weight)}"
        embed.insert_field_at(at + place, name=name, value=_side(side, words, room), inline=True)


def _side(side: Side, words: Words, room: int) -> str:
    """The links first, for they can be followed; then the reasons, as many as fit."""
    lines: list[str] = []
    each = [_link(link, words) for link in side.links]
    each += [f"“{escape(reason, 160)}”" for reason in side.reasons]
    for line in each:
        if sum(map(len, lines)) + len(lines) + len(line) > room - 12:
            lines.append("…")
            break
        lines.append(line)
    return "\n".join(lines) or words.say("No link, no reason.")


def beside_sides(shown: ClaimView) -> tuple[Evidence, ...]:
    """The links that stand on no side of a division."""
    placed = {link.key for side in shown.divided for link in side.links}
    return tuple(link for link in shown.evidence if link.key not in placed)


def sources_of(shown: ClaimView, words: Words) -> Mapping[int, str]:
    """The name of each of the claim's sources, by its row."""
    links = (link for passage in shown.passages for link in passage.attribution)
    return {link.id: source_name(link, words) for link in links}


def source_name(link: SourceInChain, words: Words) -> str:
    """A source's name as plain text."""
    return link.said.resolved or link.said.source or words.say("somebody")


def claim_title(claim: Claim, most: int = TITLE) -> str:
    """The number and the claim in plain words, within an embed's title."""
    return fitted(f"#{claim.number} · ", claim.words, most)


def card_address(guild: int, card: Card | CardLink) -> str:
    """Where Discord's client jumps to for this message."""
    return f"https://discord.com/channels/{guild}/{card.channel}/{card.message}"


def assignment_said(shown: ClaimView, card: Card | None, words: Words) -> str:
    """What whoever looks after a claim now is called with."""
    number = f"**#{shown.claim.number}**"
    if card:
        number = f"[{number}](<{card_address(shown.team.settings.guild, card)}>)"
    said = escape(shown.claim.words, 200)
    if shown.assignee is None:
        return words.say("Nobody looks after {number} any more: {claim}", number=number, claim=said)
    return words.say(
        "{who}, please look after {number}: {claim}",
        who=f"<@{shown.assignee}>",
        number=number,
        claim=said,
    )


def moved_embed(move: CardMove, words: Words) -> discord.Embed:
    """What stays of a card whose claim or document has a newer one."""
    shown = move.shown
    title = claim_title(shown) if isinstance(shown, Claim) else document_title(shown)
    said = words.say("There is a newer card for this.")
    if move.card:
        address = card_address(move.team.settings.guild, move.card)
        said = words.say("This card has moved: [go to the new one]({address}).", address=address)
    return discord.Embed(title=title, description=said, colour=COLOURS[Status.DROPPED])


def document_title(document: Document) -> str:
    return fitted("📄 ", document.title, TITLE)


def _body(shown: ClaimView, words: Words) -> Iterable[str]:
    said = [_passage(passage, words) for passage in shown.passages[:_PASSAGES]]
    while len(said) > 1 and sum(map(len, said)) > _PASSAGES_ROOM:
        said.pop()
    yield from said
    if (more := len(shown.passages) - len(said)) > 0:
        yield "-# " + words.count("and {n} more passage", "and {n} more passages", more)
    published = shown.passages[0].document.published if shown.passages else None
    if particulars := _particulars(shown.claim, published, words):
        yield particulars
    yield from opposed_lines(shown, words, _OPPOSED)


def opposed_lines(shown: ClaimView, words: Words, most: int) -> Iterable[str]:
    """The claims that disagree with this one, a line each, at most so many of them."""
    guild = shown.team.settings.guild
    for opposed in shown.opposed[:most]:
        number = f"#{opposed.claim.number}"
        if opposed.card:
            number = f"[{number}]({card_address(guild, opposed.card)})"
        ours, theirs = opposed.figures or ("", "")
        sentence = DISAGREEMENTS[opposed.disagreement]
        if opposed.disagreement is Disagreement.FIGURE and not opposed.figures:
            sentence = N_("Disagrees with {number} in a figure.")
        said = words.say(sentence, number=number, ours=escape(ours, 60), theirs=escape(theirs, 60))
        day = opposed.claim.as_of
        if day and day != shown.claim.as_of:
            said += f" ({words.say('as of {day}', day=words.day(day))})"
        yield f"⚖️ {said}"
    if (more := len(shown.opposed) - most) > 0:
        yield "-# " + words.count(
            "and {n} more claim disagrees", "and {n} more claims disagree", more
        )


def _passage(passage: Passage, words: Words) -> str:
    """Who says it, in which words, and where."""
    quote = f"> {_quote(passage)}\n" if passage.quote else ""
    return f"{source_line(passage, words)}\n{quote}-# {_origin(passage, words)}"


def source_line(passage: Passage, words: Words) -> str:
    """Who says so and how firmly, in one line: the chain from the outermost source inwards."""
    voice = passage.document.publisher or passage.document.title
    return "🗣️ " + said_by(passage.attribution, voice, passage.hedge, words)


def said_by(
    chain: Sequence[SourceInChain],
    voice: str,
    hedge: Hedge,
    words: Words,
    *,
    most: int = _CHAIN,
    name: int = 80,
) -> str:
    """The chain of sources, or the document's own `voice`, and the hedge.

    At most so many sources, `name` characters of each.
    """
    if chain:
        links = [_source(link, words, name) for link in chain]
        if len(links) > most:
            links[most - 2 : -1] = ["…"]
        said = " → ".join(links)
    else:
        said = words.say("{source}, in its own voice", source=escape(voice, min(name, 60)))
    return f"{said} · **{words.say(HEDGES[hedge])}**"


def _source(link: SourceInChain, words: Words, most: int) -> str:
    said = link.said
    name = escape(source_name(link, words), most)
    if said.anonymous:
        name += " " + words.say("(unnamed)")
    return name + SAYING_MARKS[link.check]


def _quote(passage: Passage) -> str:
    """The verbatim quote, with the claim's own part of it in bold, cut around that part."""
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


def _origin(passage: Passage, words: Words) -> str:
    document = passage.document
    title = escape(document.title, 90)
    parts = [_linked(title, document.url) if document.url else title]
    if document.publisher:
        parts.append(escape(document.publisher, 60))
    if document.published:
        parts.append(words.day(document.published))
    return " · ".join(parts)


def _particulars(claim: Claim, published: date | None, words: Words) -> str:
    """Its figures and dates, and as of when it is meant, unless that is its publication."""
    parts = [_figure(figure) for figure in claim.figures[:4]]
    parts += [_date(mention, words) for mention in claim.dates[:3]]
    if claim.as_of and claim.as_of != published:
        parts.append(words.say("as of {day}", day=words.day(claim.as_of)))
    return "🔎 " + " · ".join(parts) if parts else ""


_SAYS_UNIT = re.compile(r"[%$€£¥]")


def _figure(figure: Figure) -> str:
    text = figure.text
    if figure.modifier and figure.modifier.lower() not in text.lower():
        text = f"{figure.modifier} {text}"
    if figure.unit and figure.unit.lower() not in text.lower() and not _SAYS_UNIT.search(text):
        text = f"{text} {figure.unit}"
    return escape(text, 60)


def _date(mention: DateMention, words: Words) -> str:
    text = escape(mention.text, 40)
    if mention.first is None:
        return text
    if mention.last is None or mention.last == mention.first:
        return f"{text} ({words.day(mention.first)})"
    return f"{text} ({words.day(mention.first)} – {words.day(mention.last)})"


# ------------------------------------------------------------------------------ where it stands


def _standing(shown: ClaimView, words: Words) -> Iterable[str]:
    claim = shown.claim
    if shown.kept:
        yield _merged(shown.team.settings.guild, *shown.kept, words)
    else:
        yield votes_line(shown, words)
    if shown.stale:
        yield words.count(
            "{n} vote from before the claim was edited or reopened counts no more.",
            "{n} votes from before the claim was edited or reopened count no more.",
            shown.stale,
        )
    if shown.asked:
        yield words.count(
            "{n} voter of a claim merged into this one is asked to vote here.",
            "{n} voters of claims merged into this one are asked to vote here.",
            shown.asked,
        )
    missing = missing_line(shown.missing, words)
    if missing:
        yield missing
    if claim.state.asked_again_at:
        yield words.say("Asked again {when}.", when=stamp(claim.state.asked_again_at, "R"))
    if claim.state.settled_at:
        yield words.say("Settled {when}.", when=stamp(claim.state.settled_at, "R"))
    elif claim.state.provisional and claim.state.settles_at:
        yield words.say(
            "Settles {when}, unless votes change it.", when=stamp(claim.state.settles_at, "R")
        )
    if shown.assignee:
        yield words.say("{who} looks after it.", who=f"<@{shown.assignee}>")
    if shown.ruling:
        yield words.say("A moderator: “{reason}”", reason=escape(shown.ruling, 200))


def _merged(guild: int, kept: Claim, card: Card | None, words: Words) -> str:
    """Where a duplicate's votes go now."""
    number = f"#{kept.number}"
    if card:
        number = f"[{number}]({card_address(guild, card)})"
    return words.say("Merged into {number}; please vote there.", number=number)


def votes_line(shown: ClaimView, words: Words) -> str:
    """How many votes there are; which way they go once the team may know."""
    tally, quorum = shown.claim.tally, shown.team.policy.quorum
    state = shown.claim.state
    is_open = state.settled_at is None and state.status in VOTABLE
    if is_open and tally.votes < quorum:
        line = words.count("{votes} of {n} vote", "{votes} of {n} votes", quorum, votes=tally.votes)
    else:
        line = words.count("{n} vote", "{n} votes", tally.votes)
    if not state.tally_shown or not tally.votes:
        return line
    sides = (
        f"{VERDICT_SIGNS[verdict]} {words.say(VERDICTS[verdict])} {tally.weight(verdict)}"
        for verdict in Verdict
    )
    return f"{line}: " + " · ".join(sides)


def missing_line(missing: Missing, words: Words) -> str:
    """What keeps a claim from a verdict, beyond the votes to the quorum."""
    if missing.swing:
        least = min(missing.swing.values())
        near = [words.say(VERDICTS[v]) for v in missing.swing if missing.swing[v] == least]
        return words.count(
            "No verdict has its share; {n} more vote would give it to {verdicts}.",
            "No verdict has its share; {n} more votes would give it to {verdicts}.",
            least,
            verdicts=words.say(" or ").join(near),
        )
    lacks = set(missing.evidence.values())
    if not lacks or (missing.votes and len(missing.evidence) == 1):
        return ""  # one side has its sources, and nobody knows yet which side will need them
    if len(missing.evidence) > 1 and len(lacks) == 1:
        return words.count(
            "A verdict will need a source.", "A verdict will need {n} sources.", lacks.pop()
        )
    return " ".join(
        words.count(
            "{verdict} needs one more source.",
            "{verdict} needs {n} more sources.",
            lack,
            verdict=words.say(VERDICTS[verdict]),
        )
        for verdict, lack in missing.evidence.items()
    )


def evidence_lines(
    evidence: Sequence[Evidence], words: Words, most: int, sources: Mapping[int, str]
) -> str:
    """At most `most` links, a line each, within an embed's field."""
    lines: list[str] = []
    room = FIELD - 40
    for link in evidence[:most]:
        line = _link(link, words, sources)
        if sum(map(len, lines)) + len(lines) + len(line) > room:
            break
        lines.append(line)
    if left := len(evidence) - len(lines):
        lines.append(words.count("and {n} more in Details", "and {n} more in Details", left))
    return "\n".join(lines)


def evidence_parts(
    evidence: Sequence[Evidence],
    words: Words,
    most: int,
    sources: Mapping[int, str],
    people: Mapping[MemberKey, int],
) -> list[str]:
    """All links, a line each, with who added it and when, in as few fields as they need.

    `most` fields at the most; `people` are the accounts of those who are still known.
    """
    parts: list[str] = []
    shown = 0
    for link in evidence:
        added = (f"<@{people[link.by]}>" if link.by in people else "", stamp(link.at, "R"))
        line = _link(link, words, sources) + " · " + " ".join(filter(None, added))
        if parts and len(parts[-1]) + 1 + len(line) <= FIELD - 40:
            parts[-1] += "\n" + line
        elif len(parts) < most:
            parts.append(line)
        else:
            break
        shown += 1
    if left := len(evidence) - shown:
        parts[-1] += "\n" + words.count("and {n} more", "and {n} more", left)
    return parts


def _link(link: Evidence, words: Words, sources: Mapping[int, str] | None = None) -> str:
    """One link in one line: its stance, its site as the link's text, its grade, its note."""
    source = escape((sources or {}).get(link.target or 0, ""), 60)
    parts = [f"{STANCE_SIGNS[link.stance]} {words.say(STANCES[link.stance], source=source)}:"]
    parts.append(_linked(escape(link.origin, 60), link.url))
    if link.grade != Grade():
        parts.append(f"`{link.grade.source}{link.grade.information}`")
    if not link.counts:
        parts.append(words.say("(the claim's own source: does not count)"))
    if link.note:
        parts.append("— " + escape(link.note, 120))
    return " ".join(parts)


def _linked(text: str, url: str) -> str:
    """A masked link, with an address that cannot end it early."""
    address = url.replace(">", "%3E").replace("<", "%3C").replace(")", "%29").replace("(", "%28")
    return f"[{text}](<{address}>)" if len(address) <= _ADDRESS else text


# --------------------------------------------------------------------------- the document card


def document_embed(shown: DocumentView, words: Words) -> discord.Embed:
    """A document: what it is, how many claims were found in it, how far the team is."""
    document = shown.document
    origin = [escape(document.publisher, 80)] if document.publisher else []
    if document.published:
        origin.append(words.day(document.published))
    posted = shown.claims - shown.counts.get(Status.SHELVED, 0)
    lines = [
        " · ".join(origin),
        words.count("**{n}** claim found", "**{n}** claims found", shown.claims)
        + ": "
        + " · ".join(_counts(shown, words))
        if shown.claims
        else words.say("No checkable claim was found in it."),
    ]
    if posted:
        lines.append(_progress(shown.decided, posted))
    return discord.Embed(
        title=document_title(document),
        url=document.url,
        description="\n".join(line for line in lines if line),
        colour=0x5B6472,
    )


def _counts(shown: DocumentView, words: Words) -> Iterable[str]:
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
            yield f"{words.number(claims)} {words.say(STATUSES[status]).lower()}"


def _progress(decided: int, posted: int, width: int = 12) -> str:
    filled = round(width * decided / posted)
    return f"`{'█' * filled}{'░' * (width - filled)}` {decided}/{posted}"


def fitted(lead: str, text: str, most: int) -> str:
    """`lead` and as much of `text`, escaped, as fits."""
    room = most - len(lead)
    shown = escape(text, room)
    while len(shown) > room:
        text = text[: max(1, min(len(text), room) - (len(shown) - room) - 1)]
        shown = escape(text + "…", room)
    return lead + shown
