"""A digest to read outside Discord: as plain text, as Markdown, as a page of HTML.

It says what the message in Discord says; times are in the team's zone.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.i18n.escaping import cut, plain
from bot.i18n.translator import Translator
from bot.rendering.charts import Chart
from bot.rendering.digest_lines import DigestLine, LineStyle
from bot.rendering.digest_page import DigestPage, build_page, build_personal_page
from workflows.digest.personal_digest import PersonalDigest
from workflows.digest.team_digest import Digest
from workflows.teams import Team

if TYPE_CHECKING:
    from jinja2 import Environment

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~&:@$^]|\.(?=\w))")
"""What means something within a line of Markdown, in CommonMark or where sites add to it."""


@dataclass(frozen=True, slots=True)
class MailFooter:
    """What stands below a digest that was mailed: a sentence, and the link that ends it."""

    said: str
    link: str
    label: str


def digest_text(digest: Digest, tr: Translator) -> str:
    """Plain text, for the terminal."""
    return _write_text(build_page(digest, tr, _build_style(digest.team, tr)))


def personal_title(digest: PersonalDigest, server: str, tr: Translator) -> str:
    """Return what a member's own digest is called."""
    return _build_personal(digest, server, tr).title


def personal_text(digest: PersonalDigest, server: str, tr: Translator, footer: MailFooter) -> str:
    """Return a member's own digest as the text of a mail."""
    page = _write_text(_build_personal(digest, server, tr))
    return f"{page}\n\n-- \n{footer.said}\n{footer.link}\n"


def personal_html(digest: PersonalDigest, server: str, tr: Translator, footer: MailFooter) -> str:
    """Return the same as a page, without a picture: nothing in it is loaded from anywhere."""
    page = _build_personal(digest, server, tr)
    return _render(page, tr, None, footer)


def _build_personal(digest: PersonalDigest, server: str, tr: Translator) -> DigestPage:
    return build_personal_page(digest, plain(server), tr, _build_style(digest.team, tr))


def _write_text(page: DigestPage) -> str:
    lines = [page.title, "", *[page.news_heading] * bool(page.news_heading)]
    for line in page.news:
        lines += [f"{line.verdict}: #{line.number} {line.words}".rstrip(), *_indent(line)]
    lines += filter(None, (page.more_news, page.grade))
    lines += ["", page.tasks_heading] if page.tasks_heading else []
    for line in page.tasks:
        lines += [f"#{line.number} {line.words}".rstrip(), *_indent(line)]
    lines += [page.more_tasks] if page.more_tasks else []
    lines += ["", *filter(None, (page.counts, page.urgent)), *page.notes]
    return "\n".join(lines).rstrip()


def digest_markdown(digest: Digest, tr: Translator) -> str:
    """CommonMark, whatever a claim contains."""
    page = build_page(digest, tr, replace(_build_style(digest.team, tr), outside=_escape))
    parts = [
        f"# {page.title}",
        f"**{page.news_heading}**" if page.news_heading else "",
        "\n".join(_write_item(line) for line in page.news),
        " ".join(filter(None, (page.more_news, page.grade))),
        f"**{page.tasks_heading}**" if page.tasks_heading else "",
        "\n".join(_write_item(line) for line in page.tasks),
        page.more_tasks,
        f"**{page.counts}**" if page.counts else "",
        f"**{page.urgent}**" if page.urgent else "",
        *page.notes,
    ]
    return "\n\n".join(filter(None, parts))


def digest_html(digest: Digest, tr: Translator, picture: Chart | None = None) -> str:
    """Return a page that needs nothing beside itself: style and picture are in it."""
    return _render(build_page(digest, tr, _build_style(digest.team, tr)), tr, picture, None)


def _render(
    page: DigestPage, tr: Translator, picture: Chart | None, footer: MailFooter | None
) -> str:
    data = base64.b64encode(picture.png).decode() if picture else ""
    return (
        _templates()
        .get_template("digest.html")
        .render(page=page, language=tr.language, picture=picture, data=data, footer=footer)
    )


def _build_style(team: Team, tr: Translator) -> LineStyle:
    def moment(at: datetime) -> str:
        return tr.moment(at.astimezone(team.settings.timezone))

    return LineStyle(lambda text, most: cut(plain(text), most), moment)


@lru_cache(maxsize=1)
def _templates() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  # a start needs none

    return Environment(
        loader=PackageLoader("bot.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _indent(line: DigestLine) -> Iterator[str]:
    if line.facts:
        yield f"  {line.facts}"


def _escape(text: str, most: int) -> str:
    return _MARKDOWN.sub(r"\\\1", cut(plain(text), most))


def _write_item(line: DigestLine) -> str:
    """Facts follow a dash of ours, so that no line begins with what is from outside."""
    number = f"[#{line.number}]({line.address})" if line.address else f"**#{line.number}**"
    verdict = f"**{line.verdict}:** " if line.verdict else ""
    item = f"- {verdict}{number} {line.words}".rstrip()
    return item + (f"\\\n  — {line.facts}" if line.facts else "")
