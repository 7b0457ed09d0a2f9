"""What a digest says, in words, before it is laid out for one kind of reader.

A page holds finished sentences. What comes from outside and what is a time went through the
style of that reader; everything else is ours. It is read in half a minute, however much is open:
of what does not fit into `MOST_WORDS` only the numbers are told.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.i18n.escaping import cut, plain
from bot.i18n.translator import Translator
from bot.rendering.digest_lines import (
    SOURCE,
    DigestLine,
    LineStyle,
    build_line,
    explain_grade,
    find_first_grade,
    shorten,
)
from workflows.digest.personal_digest import PersonalDigest
from workflows.digest.sections import MOST_NEWS, MOST_TASKS, NEWS, TASKS, Section
from workflows.digest.team_digest import Digest, FeedDocuments

MOST_WORDS = 150
"""What is read in half a minute, what stands behind buttons left out."""
DATES, FEEDS = 3, 2
"""How many skipped dates, and how many feeds, are named one by one."""

Layout = tuple[int, int, bool]
"""How many claims are named of what was decided, and of what needs somebody; whether the sources
of these are named as well."""
LAYOUTS: Sequence[Layout] = tuple(
    (news, tasks, sourced)
    for news, tasks in (
        *((MOST_NEWS, tasks) for tasks in range(MOST_TASKS, 4, -1)),
        *((2, tasks) for tasks in (5, 4)),
        *((1, tasks) for tasks in range(5, -1, -1)),
        (0, 0),
    )
    for sourced in (True, False)
)
"""The first that fits is taken."""
ABOUT_A_DAY = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class DigestPage:
    """A digest, said.

    `news` are the claims decided, by name and verdict, and `more_news` a sentence on the others;
    `grade` explains the letter and number of the first grade in them. `tasks` are the claims that
    need somebody, under their `heading`, `more_tasks` says how many more there are, `counts` is a
    sentence on all of them; `notes` end it.
    """

    title: str
    news: tuple[DigestLine, ...]
    more_news: str
    grade: str
    tasks: tuple[DigestLine, ...]
    counts: str
    heading: str = ""
    more_tasks: str = ""
    urgent: str = ""
    notes: tuple[str, ...] = ()


def build_page(digest: Digest, tr: Translator, style: LineStyle) -> DigestPage:
    """Return a team's digest: the same claims and sentences in every style."""

    def build(style: LineStyle, layout: Layout) -> DigestPage:
        notes = (*_write_whens(digest, tr, style), *_write_skipped(digest.skipped, tr))
        resting = tr.join(list(_write_resting(digest, tr)))
        last = (*_write_feeds(digest.feeds, tr, style), *[resting + "."] * bool(resting))
        return DigestPage(
            title=_write_title(digest, tr),
            **_build_lines(digest, tr, style, layout),
            counts=_write_open(digest, tr, style),
            urgent=_write_overdue(digest, tr) if digest.overdue else "",
            notes=(*notes, " ".join(last)) if last else notes,
        )

    return _build_fitting(build, style, tr)


def build_personal_page(
    digest: PersonalDigest, server: str, tr: Translator, style: LineStyle
) -> DigestPage:
    """Return a member's own digest; `server` is the name of the server it is about."""
    awaiting = sum(
        digest.counts.get(section, 0) for section in (Section.ASKED_AGAIN, Section.AWAITING)
    )

    def build(style: LineStyle, layout: Layout) -> DigestPage:
        return DigestPage(
            title=tr.text(
                "Your digest · {server} · {day}",
                server=style.outside(shorten(server, SOURCE), SOURCE),
                day=tr.day(digest.local_date),
            ),
            **_build_lines(digest, tr, style, layout),
            counts=tr.plural(
                "{n} claim is waiting for your vote.",
                "{n} claims are waiting for your vote.",
                awaiting,
            )
            if awaiting
            else "",
            notes=tuple(_write_whens(digest, tr, style)),
        )

    return _build_fitting(build, style, tr)


def count_words(page: DigestPage) -> int:
    """Return how many words of a page are read, by the stricter of two ways to count them."""
    lines = [
        f"{line.verdict} #{line.number} {line.words} {' · '.join(line.facts)}"
        for line in (*page.news, *page.tasks)
    ]
    head = (page.title, page.more_news, page.grade, page.heading, page.more_tasks, page.counts)
    rest = (*head, page.urgent, *page.notes)
    text = " ".join((*lines, *rest))
    return max(len(text.split()), len(re.findall(r"\w+", text)))


def _build_fitting(
    build: Callable[[LineStyle, Layout], DigestPage], style: LineStyle, tr: Translator
) -> DigestPage:
    """Return the page that names most claims of those within `MOST_WORDS`.

    It is measured as plain text, so that every style names the same claims.
    """
    as_text = LineStyle(lambda text, most: cut(plain(text), most), tr.moment)
    fitting = (each for each in LAYOUTS if count_words(build(as_text, each)) <= MOST_WORDS)
    return build(style, next(fitting, LAYOUTS[-1]))


def _build_lines(
    digest: Digest | PersonalDigest, tr: Translator, style: LineStyle, layout: Layout
) -> dict[str, Any]:
    """Return the claims a page names, and the sentences that belong to them."""
    guild = digest.team.settings.guild
    news, tasks, sourced = digest.news[: layout[0]], digest.tasks[: layout[1]], layout[2]
    told = sum(digest.counts.get(section, 0) for section in NEWS)
    waiting = sum(digest.counts.get(section, 0) for section in TASKS)
    grade = find_first_grade(news)
    return {
        "news": tuple(build_line(each, guild, tr, style, sourced=True) for each in news),
        "tasks": tuple(
            build_line(each, guild, tr, style, sourced=sourced)
            for each in sorted(tasks, key=lambda entry: TASKS.index(entry.section))
        ),
        "more_news": _write_more_news(told - len(news), len(news), tr),
        "heading": tr.text("Needs you") if tasks else "",
        "more_tasks": _write_more_tasks(waiting - len(tasks), tr) if tasks else "",
        "grade": explain_grade(grade, tr) if grade else "",
    }


def _write_more_news(more: int, named: int, tr: Translator) -> str:
    if not named and not more:
        return tr.text("Nothing was decided.")
    if not more:
        return ""
    return tr.plural("{n} more was decided.", "{n} more were decided.", more)


def _write_more_tasks(more: int, tr: Translator) -> str:
    return tr.plural("and {n} more", "and {n} more", more) if more > 0 else ""


def _write_title(digest: Digest, tr: Translator) -> str:
    day = tr.day(digest.local_date)
    if digest.due_at is None:
        return tr.text("Digest · {day}", day=day)
    return tr.text("Daily digest · {day}", day=day)


def _write_open(digest: Digest, tr: Translator, style: LineStyle) -> str:
    """Return the open claims in one sentence, by what they need; then what settles soon."""
    counts = digest.counts
    counted = [_write_count(section, counts[section], tr) for section in TASKS if section in counts]
    said = []
    if _is_all_new(digest):
        since = style.moment(digest.covers.after)
        said.append(
            tr.plural(
                "{n} claim is open, new since {when}.",
                "{n} claims are open, all new since {when}.",
                digest.open,
                when=since,
            )
        )
    elif digest.open and counted:
        needs = tr.join(counted)
        said.append(
            tr.plural(
                "{n} claim is open: {needs}.",
                "{n} claims are open: {needs}.",
                digest.open,
                needs=needs,
            )
        )
    if soon := digest.counts.get(Section.ABOUT_TO_SETTLE, 0):
        said.append(
            tr.plural(
                "{n} settles before the next digest.",
                "{n} settle before the next digest.",
                soon,
            )
        )
    return " ".join(said)


def _is_all_new(digest: Digest | PersonalDigest) -> bool:
    return isinstance(digest, Digest) and 0 < digest.open == digest.counts.get(Section.NEW, 0)


def _write_count(section: Section, number: int, tr: Translator) -> str:
    match section:
        case Section.ONE_VOTE_AWAY:
            return tr.plural("{n} needs one more vote", "{n} need one more vote", number)
        case Section.CONFLICTING:
            return tr.plural("{n} is split", "{n} are split", number)
        case Section.NEEDS_SOURCE:
            return tr.plural("{n} needs only a source", "{n} need only a source", number)
        case Section.NEW:
            return tr.plural("{n} is new", "{n} are new", number)
    return tr.plural("{n} needs votes", "{n} need votes", number)


def _write_whens(
    digest: Digest | PersonalDigest, tr: Translator, style: LineStyle
) -> Iterator[str]:
    """Yield the time it is about, where that isn't a day as every day, and how late it is."""
    is_long = digest.due_at is None or digest.covers.until - digest.covers.after > ABOUT_A_DAY
    if is_long and not _is_all_new(digest):
        yield tr.text("Since {when}", when=style.moment(digest.covers.after))
    if digest.late and digest.due_at:
        due = style.moment(digest.due_at)
        yield tr.text("This digest is late: it was due {when}.", when=due)


def _write_skipped(days: Sequence[date], tr: Translator) -> Iterator[str]:
    if len(days) > DATES:
        yield tr.plural(
            "{n} digest between {first} and {last} was skipped.",
            "{n} digests between {first} and {last} were skipped.",
            len(days),
            first=tr.day(days[0]),
            last=tr.day(days[-1]),
        )
    elif days:
        named = tr.join([tr.day(day) for day in days])
        yield tr.text("No digest was posted on {days}.", days=named)


def _write_feeds(feeds: Sequence[FeedDocuments], tr: Translator, style: LineStyle) -> Iterator[str]:
    if not feeds:
        return
    named = [style.outside(shorten(each.feed, SOURCE), SOURCE) for each in feeds[:FEEDS]]
    if others := len(feeds) - len(named):
        named.append(tr.plural("{n} other feed", "{n} other feeds", others))
    yield tr.plural(
        "{n} document came in from {feeds}.",
        "{n} documents came in from {feeds}.",
        sum(each.documents for each in feeds),
        feeds=tr.join(named),
    )


def _write_resting(digest: Digest, tr: Translator) -> Iterator[str]:
    """Yield what waits for nobody's vote: the unresolved and the shelved claims."""
    if unresolved := digest.counts.get(Section.UNRESOLVED, 0):
        yield tr.plural("{n} unresolved", "{n} unresolved", unresolved)
    if digest.shelved:
        yield tr.plural("{n} on the shelf", "{n} on the shelf", digest.shelved)


def _write_overdue(digest: Digest, tr: Translator) -> str:
    return tr.plural(
        "{n} claim is overdue: open for more than {span}.",
        "{n} claims are overdue: open for more than {span}.",
        digest.overdue,
        span=tr.span(digest.team.policy.review_by),
    )
