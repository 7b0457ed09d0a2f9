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
    FEWER_WORDS,
    SOURCE,
    WORDS,
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

MOST_CHARACTERS = 1400
"""What fits into a message when each character is escaped, beside the addresses of the cards."""

Layout = tuple[int, int, int]
"""How many claims are named of what was decided, and of what needs somebody; the characters of
each claim's words."""
LAYOUTS: Sequence[Layout] = (
    *((MOST_NEWS, tasks, WORDS) for tasks in range(MOST_TASKS, 3, -1)),
    *((2, tasks, WORDS) for tasks in range(5, 3, -1)),
    *((1, tasks, WORDS) for tasks in range(5, 3, -1)),
    *((1, tasks, FEWER_WORDS) for tasks in range(5, -1, -1)),
    (0, 0, 0),
)
"""The first that fits is taken."""
ABOUT_A_DAY = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class DigestPage:
    """A digest, said.

    `news` are the claims decided, by name and verdict, under their `news_heading`, and `more_news`
    says how many others there are; `grade` explains the letter and number of the first grade in
    them. `tasks` are the claims that need somebody, under their `tasks_heading`, `more_tasks` says
    how many more there are, `counts` is a sentence on all of them; `notes` end it.
    """

    title: str
    news: tuple[DigestLine, ...]
    more_news: str
    grade: str
    tasks: tuple[DigestLine, ...]
    counts: str
    news_heading: str = ""
    tasks_heading: str = ""
    more_tasks: str = ""
    urgent: str = ""
    notes: tuple[str, ...] = ()


def build_page(digest: Digest, tr: Translator, style: LineStyle) -> DigestPage:
    """Return a team's digest: the same claims and sentences in every style."""

    def build(style: LineStyle, layout: Layout) -> DigestPage:
        lines = _build_lines(digest, tr, style, layout)
        notes = (
            *_write_whens(digest, tr, style, headed=bool(lines["news"])),
            *_write_skipped(digest.skipped, tr),
        )
        last = (*_write_feeds(digest.feeds, tr, style), *_write_resting(digest, tr))
        return DigestPage(
            title=_write_title(digest, tr),
            **lines,
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
        lines = _build_lines(digest, tr, style, layout)
        return DigestPage(
            title=tr.text(
                "Your digest · {server} · {day}",
                server=style.outside(shorten(server, SOURCE), SOURCE),
                day=tr.day(digest.local_date),
            ),
            **lines,
            counts=tr.plural(
                "{n} claim is waiting for your vote.",
                "{n} claims are waiting for your vote.",
                awaiting,
            )
            if awaiting
            else "",
            notes=tuple(_write_whens(digest, tr, style, headed=bool(lines["news"]))),
        )

    return _build_fitting(build, style, tr)


def count_words(page: DigestPage) -> int:
    """Return how many words of a page are read, by the stricter of two ways to count them."""
    text = _join_all(page)
    return max(len(text.split()), len(re.findall(r"\w+", text)))


def _join_all(page: DigestPage) -> str:
    lines = (
        f"{line.verdict} #{line.number} {line.words} {line.facts}"
        for line in (*page.news, *page.tasks)
    )
    head = (page.title, page.news_heading, page.more_news, page.grade)
    rest = (page.tasks_heading, page.more_tasks, page.counts, page.urgent, *page.notes)
    return " ".join((*head, *lines, *rest))


def _build_fitting(
    build: Callable[[LineStyle, Layout], DigestPage], style: LineStyle, tr: Translator
) -> DigestPage:
    """Return the page that names most claims of those that are short enough.

    It is measured as plain text, so that every style names the same claims.
    """
    as_text = LineStyle(lambda text, most: cut(plain(text), most), tr.moment)
    fitting = (each for each in LAYOUTS if _fits(build(as_text, each)))
    return build(style, next(fitting, LAYOUTS[-1]))


def _fits(page: DigestPage) -> bool:
    return count_words(page) <= MOST_WORDS and len(_join_all(page)) <= MOST_CHARACTERS


def _build_lines(
    digest: Digest | PersonalDigest, tr: Translator, style: LineStyle, layout: Layout
) -> dict[str, Any]:
    """Return the claims a page names, and the sentences that belong to them."""
    guild = digest.team.settings.guild
    news, tasks, most = digest.news[: layout[0]], digest.tasks[: layout[1]], layout[2]
    told = sum(digest.counts.get(section, 0) for section in NEWS)
    waiting = sum(digest.counts.get(section, 0) for section in TASKS)
    grade = find_first_grade(news)
    return {
        "news": tuple(build_line(each, guild, tr, style, most) for each in news),
        "tasks": tuple(
            build_line(each, guild, tr, style, most)
            for each in sorted(tasks, key=lambda entry: TASKS.index(entry.section))
        ),
        "news_heading": _write_news_heading(digest, tr, style) if news else "",
        "more_news": _write_more_news(told - len(news), len(news), tr),
        "tasks_heading": _write_tasks_heading(digest, tr) if tasks else "",
        "more_tasks": _write_more_tasks(waiting - len(tasks), tr) if tasks else "",
        "grade": explain_grade(grade, tr) if grade else "",
    }


def _write_news_heading(digest: Digest | PersonalDigest, tr: Translator, style: LineStyle) -> str:
    if _is_usual(digest) or _is_all_new(digest):
        return tr.text("Decided")
    return tr.text("Decided since {when}", when=style.moment(digest.covers.after))


def _write_tasks_heading(digest: Digest | PersonalDigest, tr: Translator) -> str:
    if isinstance(digest, PersonalDigest):
        return tr.text("Needs your vote")
    return tr.text("Needs your vote or a source")


def _write_more_news(more: int, named: int, tr: Translator) -> str:
    if not named and not more:
        return tr.text("Nothing was decided.")
    if not more:
        return ""
    if not named:
        return tr.plural("{n} claim was decided.", "{n} claims were decided.", more)
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
                "{n} provisional verdict settles before the next digest.",
                "{n} provisional verdicts settle before the next digest.",
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


def _is_usual(digest: Digest | PersonalDigest) -> bool:
    """Return True if it is about a day as every day."""
    return digest.due_at is not None and digest.covers.until - digest.covers.after <= ABOUT_A_DAY


def _write_whens(
    digest: Digest | PersonalDigest, tr: Translator, style: LineStyle, *, headed: bool
) -> Iterator[str]:
    """Yield the time it is about, where no heading tells and it isn't a day; and how late it is."""
    if not (headed or _is_usual(digest) or _is_all_new(digest)):
        when = style.moment(digest.covers.after)
        yield tr.text("This digest covers the time since {when}.", when=when)
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
        yield tr.plural(
            "{n} claim is unresolved: the team can't tell yet.",
            "{n} claims are unresolved: the team can't tell yet.",
            unresolved,
        )
    if digest.shelved:
        yield tr.plural(
            "{n} claim is on the shelf, not posted.",
            "{n} claims are on the shelf, not posted.",
            digest.shelved,
        )


def _write_overdue(digest: Digest, tr: Translator) -> str:
    return tr.plural(
        "{n} claim is overdue: open for more than {span}.",
        "{n} claims are overdue: open for more than {span}.",
        digest.overdue,
        span=tr.span(digest.team.policy.review_by),
    )
