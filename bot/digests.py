"""Values in, a digest out: as embeds for Discord, as plain text for the terminal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import discord

from bot.labels import HEDGES, N_, STATUSES, VERDICT_SIGNS, VERDICTS, status_of
from bot.words import Words, cut, escape, plain, stamp
from workflows.claims import Tally, Verdict
from workflows.digest import Digest, Entry, Headline, Listing, Section
from workflows.voting import HELD

LEAST = 600
"""A second page with less than this is not worth its frame: the lists are shortened instead."""
PAGE, MESSAGE = 4096, 6000
"""Discord's limits: an embed's description; all embeds of a message. In UTF-16 units here, which
are never fewer than characters."""
WORDS, SOURCE = 120, 60
"""How much of a claim's words and of its source's name a digest shows."""
DATES = 3
"""How many skipped dates are named one by one."""
COLOUR = 0x3B82F6

HEADINGS: Mapping[Section, str] = {
    Section.DECIDED: N_("Decided"),
    Section.CHANGED: N_("Changed its mind"),
    Section.CONFLICTING: N_("Conflicting"),
    Section.ONE_VOTE_AWAY: N_("One vote away"),
    Section.NEEDS_SOURCE: N_("Only a source is missing"),
    Section.NEEDS_VOTES: N_("Needs votes"),
    Section.ABOUT_TO_SETTLE: N_("About to settle"),
    Section.NEW: N_("New"),
}


@dataclass(frozen=True, slots=True)
class _Form:
    """How the parts of a digest are written for one kind of reader."""

    outside: Callable[[str, int], str]
    moment: Callable[[datetime], str]
    strong: Callable[[str], str]
    faint: Callable[[str], str]
    number: Callable[[Entry], str]


@dataclass(frozen=True, slots=True)
class _List:
    """One list of a digest, written out."""

    heading: str
    entries: tuple[str, ...]
    more: int


def digest_embeds(digest: Digest, words: Words) -> list[discord.Embed]:
    """The digest as the embeds of one message. What does not fit is counted instead of named."""
    title = _title(digest, words)
    form = _for_discord(digest)
    head, lists = _head(digest, words, form), _lists(digest, words, form)
    tail = _tail(digest, words, form)
    pages = _pages(_pieces(head, lists, tail, words, form))
    while _units(title, *pages) > MESSAGE or (len(pages) > 1 and _units(pages[-1]) < LEAST):
        lists = _shortened(lists)
        pages = _pages(_pieces(head, lists, tail, words, form))
    embeds = [discord.Embed(description=page, colour=COLOUR) for page in pages]
    embeds[0].title = title
    embeds[-1].timestamp = digest.covers.until
    return embeds


def shows_digest(message: discord.Message, digest: Digest) -> bool:
    """Whether a message of ours is this digest: the time it was made is its mark."""
    made = (embed.timestamp for embed in message.embeds)
    return any(at and abs(at - digest.covers.until) < timedelta(seconds=1) for at in made)


def digest_text(digest: Digest, words: Words) -> str:
    """The digest for the terminal, whole, with times in the team's zone."""
    form = _for_terminal(digest, words)
    pieces = _pieces(
        _head(digest, words, form),
        _lists(digest, words, form),
        _tail(digest, words, form),
        words,
        form,
    )
    return "\n".join([_title(digest, words), *pieces])


# ------------------------------------------------------------------------- two kinds of readers


def _for_discord(digest: Digest) -> _Form:
    def number(entry: Entry) -> str:
        if entry.link is None:
            return f"**#{entry.number}**"
        guild, link = digest.team.settings.guild, entry.link
        address = f"https://discord.com/channels/{guild}/{link.channel}/{link.message}"
        return f"[**#{entry.number}**]({address})"

    return _Form(
        outside=escape,
        moment=lambda at: stamp(at, "f"),
        strong=lambda text: f"**{text}**",
        faint=lambda text: f"-# {text}",
        number=number,
    )


def _for_terminal(digest: Digest, words: Words) -> _Form:
    zone = digest.team.settings.timezone
    return _Form(
        outside=lambda text, most: cut(plain(text), most),
        moment=lambda at: words.moment(at.astimezone(zone)),
        strong=str,
        faint=lambda text: f"    {text}",
        number=lambda entry: f"  #{entry.number}",
    )


# ---------------------------------------------------------------------------------- what is said


def _title(digest: Digest, words: Words) -> str:
    day = words.day(digest.local_date)
    if digest.due_at is None:
        return words.say("Digest · {day}", day=day)
    return words.say("Daily digest · {day}", day=day)


def _head(digest: Digest, words: Words, form: _Form) -> str:
    parts = _headline(digest.headline, words)
    lines = [form.strong(words.listed(parts)) if parts else words.say("There is nothing to tell.")]
    lines.append(form.faint(words.say("Since {when}", when=form.moment(digest.covers.after))))
    if digest.late and digest.due_at:
        late = words.say("This digest is late: it was due {when}.", when=form.moment(digest.due_at))
        lines.append(form.faint(late))
    if digest.skipped:
        lines.append(form.faint(_skipped(digest.skipped, words)))
    return "\n".join(lines)


def _headline(numbers: Headline, words: Words) -> list[str]:
    said = (
        (numbers.decided, words.count("{n} decided", "{n} decided", numbers.decided)),
        (
            numbers.changed,
            words.count("{n} changed its mind", "{n} changed their mind", numbers.changed),
        ),
        (numbers.open, words.count("{n} open", "{n} open", numbers.open)),
        (
            numbers.one_vote_away,
            words.count("{n} one vote away", "{n} one vote away", numbers.one_vote_away),
        ),
    )
    return [text for number, text in said if number]


def _skipped(days: Sequence[date], words: Words) -> str:
    if len(days) <= DATES:
        named = words.listed([words.day(day) for day in days])
        return words.say("No digest could be made on {days}.", days=named)
    return words.count(
        "{n} digest between {first} and {last} could not be made.",
        "{n} digests between {first} and {last} could not be made.",
        len(days),
        first=words.day(days[0]),
        last=words.day(days[-1]),
    )


def _lists(digest: Digest, words: Words, form: _Form) -> list[_List]:
    return [
        _List(
            form.strong(words.say(HEADINGS[listing.section])),
            tuple(_entry(entry, listing, words, form) for entry in listing.entries),
            listing.more,
        )
        for listing in digest.listings
    ]


def _entry(entry: Entry, listing: Listing, words: Words, form: _Form) -> str:
    """A claim in two lines: its words; then where it stands, who says so, what is missing."""
    parts = [
        *_standing(entry, listing.section, words, form),
        *_saying(entry, words, form),
        *_missing(entry, words),
    ]
    first = f"{form.number(entry)} {form.outside(entry.words, WORDS)}".rstrip()
    return f"{first}\n{form.faint(' · '.join(parts))}" if parts else first


def _standing(entry: Entry, section: Section, words: Words, form: _Form) -> Iterator[str]:
    standing = entry.standing
    if section is Section.CHANGED and entry.was:
        was, now = words.say(STATUSES[entry.was]), status_of(standing, words)
        yield words.say("{now} (before: {was})", now=now, was=was)
    elif standing.status in HELD:
        yield status_of(standing, words)
    if entry.tally and (standing.status in HELD or section is Section.CONFLICTING):
        yield _tally(entry.tally, words)
    if entry.sources:
        yield words.count("{n} source", "{n} sources", entry.sources)
    if standing.provisional and standing.settles_at:
        yield words.say("settles {when}", when=form.moment(standing.settles_at))


def _tally(tally: Tally, words: Words) -> str:
    return " ".join(
        f"{VERDICT_SIGNS[verdict]} {words.say(VERDICTS[verdict])} {words.number(weight)}"
        for verdict in Verdict
        if (weight := tally.weight(verdict))
    )


def _saying(entry: Entry, words: Words, form: _Form) -> Iterator[str]:
    names = (form.outside(name, SOURCE) for name in (entry.source, entry.document) if name)
    if said_by := next(filter(None, names), ""):
        yield said_by
    if entry.hedge:
        yield words.say(HEDGES[entry.hedge])


def _missing(entry: Entry, words: Words) -> Iterator[str]:
    if entry.votes_missing:
        quorum = entry.votes + entry.votes_missing
        yield words.count("{votes} of {n} vote", "{votes} of {n} votes", quorum, votes=entry.votes)
    if entry.sources_missing:
        yield words.count("{n} source missing", "{n} sources missing", entry.sources_missing)


def _tail(digest: Digest, words: Words, form: _Form) -> str:
    lines: list[str] = []
    if digest.overdue:
        overdue = words.count(
            "{n} claim is overdue: open for more than {span}.",
            "{n} claims are overdue: open for more than {span}.",
            digest.overdue,
            span=words.span(digest.team.policy.review_by),
        )
        lines.append(form.strong(overdue))
    if digest.unresolved:
        unresolved = words.count(
            "{n} claim is unresolved: it cannot be told yet.",
            "{n} claims are unresolved: it cannot be told yet.",
            digest.unresolved,
        )
        lines.append(form.faint(unresolved))
    if digest.shelved:
        shelved = words.count(
            "{n} claim is on the shelf.", "{n} claims are on the shelf.", digest.shelved
        )
        lines.append(form.faint(shelved))
    return "\n".join(lines)


# ------------------------------------------------------------------------------ making it fit


def _pieces(
    head: str, lists: Iterable[_List], tail: str, words: Words, form: _Form
) -> Iterator[str]:
    """The digest in pieces that are never broken."""
    yield head
    for each in lists:
        heading = "\n" + each.heading
        entries = list(each.entries)
        if each.more:
            more = words.count("and {n} more", "and {n} more", each.more)
            entries.append(form.faint(more))
        yield "\n".join([heading, *entries[:1]])
        yield from entries[1:]
    if tail:
        yield "\n" + tail


def _pages(pieces: Iterable[str]) -> list[str]:
    """The pieces in as few descriptions of an embed as they need, in their order."""
    pages: list[str] = []
    for piece in pieces:
        if pages and _units(pages[-1], "\n", piece) <= PAGE:
            pages[-1] += "\n" + piece
        else:
            pages.append(piece.strip("\n"))
    return pages


def _shortened(lists: Sequence[_List]) -> list[_List]:
    """One entry less, taken from the end of the longest list."""
    longest = max(reversed(range(len(lists))), key=lambda place: len(lists[place].entries))
    shorter = list(lists)
    entries = lists[longest].entries
    shorter[longest] = replace(lists[longest], entries=entries[:-1], more=lists[longest].more + 1)
    return shorter


def _units(*texts: str) -> int:
    return sum(len(text.encode("utf-16-le", "surrogatepass")) for text in texts) // 2
