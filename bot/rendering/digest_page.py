"""What a digest says, in words, before it is laid out for one kind of reader.

A page holds finished sentences. What comes from outside and what is a time went through the
writing of that reader; everything else is ours.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.i18n.labels import N_
from bot.i18n.translator import Words
from bot.rendering.digest_lines import SOURCE, Line, Writing, line_of
from workflows.digest.personal_digest import PersonalDigest
from workflows.digest.sections import Section
from workflows.digest.team_digest import Digest, Headline

DATES = 3
"""How many skipped dates are named one by one."""

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
