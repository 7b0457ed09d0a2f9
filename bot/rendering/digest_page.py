"""What a digest says, in words, before it is laid out for one kind of reader.

A page holds finished sentences. What comes from outside and what is a time went through the
writing of that reader; everything else is ours.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.digest_lines import SOURCE, DigestLine, LineStyle, build_line
from workflows.digest.personal_digest import PersonalDigest
from workflows.digest.sections import Section
from workflows.digest.team_digest import Digest, Headline

DATES = 3
"""How many skipped dates are named one by one."""

HEADINGS: Mapping[Section, str] = {
    Section.DECIDED: gettext_noop("Decided"),
    Section.CHANGED: gettext_noop("Changed verdict"),
    Section.CONFLICTING: gettext_noop("Conflicting"),
    Section.ONE_VOTE_AWAY: gettext_noop("One vote away"),
    Section.NEEDS_SOURCE: gettext_noop("Only needs a source"),
    Section.NEEDS_VOTES: gettext_noop("Needs votes"),
    Section.ABOUT_TO_SETTLE: gettext_noop("About to settle"),
    Section.NEW: gettext_noop("New"),
    Section.ASKED_AGAIN: gettext_noop("Please vote again"),
    Section.AWAITING: gettext_noop("Waiting for your vote"),
}


@dataclass(frozen=True, slots=True)
class PageBlock:
    """One list: its heading, its claims, and a sentence on those that it does not name."""

    heading: str
    lines: tuple[DigestLine, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Claims that stand together: of the document named, or a single one without it."""

    document: str | None
    lines: tuple[DigestLine, ...]


@dataclass(frozen=True, slots=True)
class DigestPage:
    """A digest, said. `notes` stand under the headline, `tail` at the end; `urgent` before it."""

    title: str
    headline: str
    notes: tuple[str, ...]
    blocks: tuple[PageBlock, ...]
    urgent: str = ""
    tail: tuple[str, ...] = ()


def group_lines(lines: Iterable[DigestLine]) -> Iterator[LineGroup]:
    """Neighbours of one document under its title; the others one by one."""
    for document, found in groupby(lines, key=lambda line: line.document_id):
        together = tuple(found)
        if document is not None and len(together) > 1 and together[0].document:
            yield LineGroup(together[0].document, together)
        else:
            yield from (LineGroup(None, (line,)) for line in together)


def write_more(more: int, tr: Translator) -> str:
    """Return the sentence on the claims that a list does not name."""
    return tr.plural("and {n} more", "and {n} more", more)


def build_page(digest: Digest, tr: Translator, writing: LineStyle) -> DigestPage:
    """Return the digest in the order in which it is read."""
    parts = _headline(digest.headline, tr)
    unresolved = tr.plural(
        "{n} claim is unresolved: nobody can tell yet.",
        "{n} claims are unresolved: nobody can tell yet.",
        digest.unresolved,
    )
    shelved = tr.plural(
        "{n} claim is on the shelf.", "{n} claims are on the shelf.", digest.shelved
    )
    return DigestPage(
        title=_title(digest, tr),
        headline=tr.join(parts) if parts else tr.text("There is nothing to report."),
        notes=tuple(_notes(digest, tr, writing)),
        blocks=_blocks(digest, tr, writing),
        urgent=_overdue(digest, tr) if digest.overdue else "",
        tail=(*[unresolved] * bool(digest.unresolved), *[shelved] * bool(digest.shelved)),
    )


def build_personal_page(
    digest: PersonalDigest, server: str, tr: Translator, writing: LineStyle
) -> DigestPage:
    """Return a member's own digest; `server` is the name of the server it is about."""
    numbers = digest.headline
    parts = [
        tr.plural(
            "{n} claim is waiting for your vote",
            "{n} claims are waiting for your vote",
            numbers.awaiting,
        ),
        tr.plural(
            "{n} you voted on was decided",
            "{n} you voted on were decided",
            numbers.decided,
        ),
    ]
    told = [part for part, n in zip(parts, (numbers.awaiting, numbers.decided), strict=True) if n]
    return DigestPage(
        title=tr.text(
            "Your digest · {server} · {day}",
            server=writing.outside(server, SOURCE),
            day=tr.day(digest.local_date),
        ),
        headline=tr.join(told),
        notes=tuple(_when(digest, tr, writing)),
        blocks=_blocks(digest, tr, writing),
    )


def _blocks(
    digest: Digest | PersonalDigest, tr: Translator, writing: LineStyle
) -> tuple[PageBlock, ...]:
    guild = digest.team.settings.guild
    return tuple(
        PageBlock(
            tr.text(HEADINGS[listing.section]),
            tuple(
                build_line(each, listing.section, guild, tr, writing) for each in listing.entries
            ),
            listing.more,
        )
        for listing in digest.listings
    )


def _title(digest: Digest, tr: Translator) -> str:
    day = tr.day(digest.local_date)
    if digest.due_at is None:
        return tr.text("Digest · {day}", day=day)
    return tr.text("Daily digest · {day}", day=day)


def _headline(numbers: Headline, tr: Translator) -> list[str]:
    said = (
        (numbers.decided, tr.plural("{n} decided", "{n} decided", numbers.decided)),
        (
            numbers.changed,
            tr.plural("{n} changed verdict", "{n} changed verdict", numbers.changed),
        ),
        (numbers.open, tr.plural("{n} open", "{n} open", numbers.open)),
        (
            numbers.one_vote_away,
            tr.plural("{n} needs one more vote", "{n} need one more vote", numbers.one_vote_away),
        ),
    )
    return [text for number, text in said if number]


def _when(digest: Digest | PersonalDigest, tr: Translator, writing: LineStyle) -> Iterator[str]:
    yield tr.text("Since {when}", when=writing.moment(digest.covers.after))
    if digest.late and digest.due_at:
        due = writing.moment(digest.due_at)
        yield tr.text("This digest is late: it was due {when}.", when=due)


def _notes(digest: Digest, tr: Translator, writing: LineStyle) -> Iterator[str]:
    yield from _when(digest, tr, writing)
    if digest.skipped:
        yield _write_skipped(digest.skipped, tr)


def _write_skipped(days: Sequence[date], tr: Translator) -> str:
    if len(days) <= DATES:
        named = tr.join([tr.day(day) for day in days])
        return tr.text("No digest was posted on {days}.", days=named)
    return tr.plural(
        "{n} digest between {first} and {last} was skipped.",
        "{n} digests between {first} and {last} were skipped.",
        len(days),
        first=tr.day(days[0]),
        last=tr.day(days[-1]),
    )


def _overdue(digest: Digest, tr: Translator) -> str:
    return tr.plural(
        "{n} claim is overdue: open for more than {span}.",
        "{n} claims are overdue: open for more than {span}.",
        digest.overdue,
        span=tr.span(digest.team.policy.review_by),
    )
