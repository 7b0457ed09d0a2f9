"""What a digest says, in words, before it is laid out for one kind of reader.

A page holds finished sentences. What comes from outside and what is a time went through the
writing of that reader; everything else is ours.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from bot.labels import HEDGES, N_, SAYING_MARKS, STATUSES, VERDICT_SIGNS, status_of
from bot.words import Words
from workflows.claims import Grade, Sources, Tally, Verdict
from workflows.digest import Digest, Headline
from workflows.digest_lists import Entry, Section
from workflows.personal_digest import PersonalDigest
from workflows.voting import HELD

WORDS, SOURCE, TITLE = 120, 60, 40
"""How much of a claim's words, of its source's name and of its document's title is shown."""
DATES = 3
"""How many skipped dates are named one by one."""
GRADES = 3
"""How many grades of sources are named."""

HEADINGS: Mapping[Section, str] = {
    Section.DECIDED: N_("Decided"),
    Section.CHANGED: N_("Changed its mind"),
    Section.CONFLICTING: N_("Conflicting"),
    Section.ONE_VOTE_AWAY: N_("One vote away"),
    Section.NEEDS_SOURCE: N_("Only a source is missing"),
    Section.NEEDS_VOTES: N_("Needs votes"),
    Section.ABOUT_TO_SETTLE: N_("About to settle"),
    Section.NEW: N_("New"),
    Section.ASKED_AGAIN: N_("Asked of you again"),
    Section.AWAITING: N_("Awaits your vote"),
}


@dataclass(frozen=True, slots=True)
class Writing:
    """How a reader is shown text from outside, cut to so many characters, and times.

    `ahead` is for a time that is still to come and near: "in 13 hours" where that stays true.
    """

    outside: Callable[[str, int], str]
    moment: Callable[[datetime], str]
    ahead: Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A claim: its words, and what is to be known of it, which a list joins with dots.

    `document` is the title, empty where it has none; without a source the document says so.
    """

    number: int
    address: str | None
    words: str
    standing: tuple[str, ...]
    source: str
    hedge: str
    missing: tuple[str, ...]
    document_id: int | None
    document: str

    def facts(self, *, grouped: bool) -> list[str]:
        """In a group its document is named above, and is not said again."""
        source = self.source or ("" if grouped else self.document)
        return [part for part in (*self.standing, source, self.hedge, *self.missing) if part]


@dataclass(frozen=True, slots=True)
class Block:
    """One list: its heading, its claims, and a sentence on those that it does not name."""

    heading: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that stand together: of the document named, or a single one without it."""

    document: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A digest, said. `notes` stand under the headline, `tail` at the end; `urgent` before it."""

    title: str
    headline: str
    notes: tuple[str, ...]
    blocks: tuple[Block, ...]
    urgent: str = ""
    tail: tuple[str, ...] = ()


def groups_of(lines: Iterable[Line]) -> Iterator[Group]:
    """Neighbours of one document under its title; the others one by one."""
    for document, found in groupby(lines, key=lambda line: line.document_id):
        together = tuple(found)
        if document is not None and len(together) > 1 and together[0].document:
            yield Group(together[0].document, together)
        else:
            yield from (Group(None, (line,)) for line in together)


def more_said(more: int, words: Words) -> str:
    """The sentence on the claims that a list does not name."""
    return words.count("and {n} more", "and {n} more", more)


def page_of(digest: Digest, words: Words, writing: Writing) -> Page:
    """The digest in the order in which it is read."""
    parts = _headline(digest.headline, words)
    unresolved = words.count(
        "{n} claim is unresolved: it cannot be told yet.",
        "{n} claims are unresolved: it cannot be told yet.",
        digest.unresolved,
    )
    shelved = words.count(
        "{n} claim is on the shelf.", "{n} claims are on the shelf.", digest.shelved
    )
    return Page(
        title=_title(digest, words),
        headline=words.listed(parts) if parts else words.say("There is nothing to tell."),
        notes=tuple(_notes(digest, words, writing)),
        blocks=_blocks(digest, words, writing),
        urgent=_overdue(digest, words) if digest.overdue else "",
        tail=(*[unresolved] * bool(digest.unresolved), *[shelved] * bool(digest.shelved)),
    )


def personal_page_of(digest: PersonalDigest, server: str, words: Words, writing: Writing) -> Page:
    """A member's own digest; `server` is the name of the server it is about."""
    numbers = digest.headline
    parts = [
        words.count("{n} claim awaits your vote", "{n} claims await your vote", numbers.awaiting),
        words.count(
            "{n} that you voted on was decided",
            "{n} that you voted on were decided",
            numbers.decided,
        ),
    ]
    told = [part for part, n in zip(parts, (numbers.awaiting, numbers.decided), strict=True) if n]
    return Page(
        title=words.say(
            "Your digest · {server} · {day}",
            server=writing.outside(server, SOURCE),
            day=words.day(digest.local_date),
        ),
        headline=words.listed(told),
        notes=tuple(_when(digest, words, writing)),
        blocks=_blocks(digest, words, writing),
    )


def _blocks(digest: Digest | PersonalDigest, words: Words, writing: Writing) -> tuple[Block, ...]:
    guild = digest.team.settings.guild
    return tuple(
        Block(
            words.say(HEADINGS[listing.section]),
            tuple(
                line_of(each, listing.section, guild, words, writing) for each in listing.entries
            ),
            listing.more,
        )
        for listing in digest.listings
    )


def _title(digest: Digest, words: Words) -> str:
    day = words.day(digest.local_date)
    if digest.due_at is None:
        return words.say("Digest · {day}", day=day)
    return words.say("Daily digest · {day}", day=day)


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
            words.count("{n} needs one more vote", "{n} need one more vote", numbers.one_vote_away),
        ),
    )
    return [text for number, text in said if number]


def _when(digest: Digest | PersonalDigest, words: Words, writing: Writing) -> Iterator[str]:
    yield words.say("Since {when}", when=writing.moment(digest.covers.after))
    if digest.late and digest.due_at:
        due = writing.moment(digest.due_at)
        yield words.say("This digest is late: it was due {when}.", when=due)


def _notes(digest: Digest, words: Words, writing: Writing) -> Iterator[str]:
    yield from _when(digest, words, writing)
    if digest.skipped:
        yield _skipped(digest.skipped, words)


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


def _overdue(digest: Digest, words: Words) -> str:
    return words.count(
        "{n} claim is overdue: open for more than {span}.",
        "{n} claims are overdue: open for more than {span}.",
        digest.overdue,
        span=words.span(digest.team.policy.review_by),
    )


# -------------------------------------------------------------------------------- one claim


def line_of(entry: Entry, section: Section, guild: int, words: Words, writing: Writing) -> Line:
    """A claim's words; then where it stands, who says so, what is missing."""
    link = entry.link
    return Line(
        number=entry.number,
        address=f"https://discord.com/channels/{guild}/{link.channel}/{link.message}"
        if link
        else None,
        words=writing.outside(entry.words, WORDS),
        standing=tuple(_standing(entry, section, words, writing)),
        source=writing.outside(entry.source or "", SOURCE) + SAYING_MARKS[entry.check],
        hedge=words.say(HEDGES[entry.hedge]) if entry.hedge else "",
        missing=tuple(_missing(entry, section, words)),
        document_id=entry.document_id,
        document=writing.outside(entry.document or "", TITLE),
    )


def _standing(entry: Entry, section: Section, words: Words, writing: Writing) -> Iterator[str]:
    standing = entry.standing
    if section is Section.CHANGED and entry.was:
        was, now = words.say(STATUSES[entry.was]), status_of(standing, words)
        yield words.say("{now} (before: {was})", now=now, was=was)
    elif standing.status in HELD:
        yield status_of(standing, words)
    if entry.tally and (standing.status in HELD or entry.divided):
        yield _tally(entry.tally, words)
    if entry.divided:
        yield _divided(entry.divided, words)
    if entry.sources:
        yield _sources(entry, words)
    if standing.provisional and standing.settles_at:
        yield words.say("settles {when}", when=writing.ahead(standing.settles_at))


def _tally(tally: Tally, words: Words) -> str:
    """By the signs of the buttons that they were cast with."""
    return " ".join(
        f"{VERDICT_SIGNS[verdict]} {words.number(weight)}"
        for verdict in Verdict
        if (weight := tally.weight(verdict))
    )


def _divided(sources: Sources, words: Words) -> str:
    """The links on either side of a conflict."""
    if not sources.supports and not sources.refutes:
        return words.say("no sources")
    return words.say(
        "sources: {supports} for, {refutes} against",
        supports=words.number(sources.supports),
        refutes=words.number(sources.refutes),
    )


def _sources(entry: Entry, words: Words) -> str:
    """As "2 sources (B2)": how many there are, and the grades that some of them have."""
    said = words.count("{n} source", "{n} sources", entry.sources)
    if not entry.grades:
        return said
    named = [_grade(grade) for grade in entry.grades[:GRADES]]
    named += ["…"] * (len(entry.grades) > GRADES)
    return words.say("{sources} ({grades})", sources=said, grades=", ".join(named))


def _grade(grade: Grade) -> str:
    return f"{grade.source}{grade.information}"


def _missing(entry: Entry, section: Section, words: Words) -> Iterator[str]:
    if entry.votes_missing:
        quorum = entry.votes + entry.votes_missing
        yield words.count("{votes} of {n} vote", "{votes} of {n} votes", quorum, votes=entry.votes)
    if section is Section.NEEDS_SOURCE and entry.sources_missing > 1:
        yield words.count("{n} source missing", "{n} sources missing", entry.sources_missing)
