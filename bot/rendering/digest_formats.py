"""A digest to read outside Discord: as plain text, as Markdown, as a page of HTML.

Nothing is left out, and times are in the team's zone.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.i18n.escaping import cut, plain
from bot.i18n.translator import Translator
from bot.rendering.charts import Picture
from bot.rendering.digest_lines import DigestLine, LineStyle
from bot.rendering.digest_page import LineGroup, build_page, group_lines, write_more
from workflows.digest.team_digest import Digest

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~&:@$^]|\.(?=\w))")
"""What means something within a line of Markdown, in CommonMark or where sites add to it."""


def digest_text(digest: Digest, tr: Translator) -> str:
    """Plain text, for the terminal."""
    page = build_page(digest, tr, _writing(digest, tr))
    lines = [page.title, page.headline, *(f"    {note}" for note in page.notes)]
    for block in page.blocks:
        lines += ["", block.heading]
        lines += [line for group in group_lines(block.lines) for line in _text_group(group)]
        lines += [f"    {write_more(block.more, tr)}"] * bool(block.more)
    lines += [""] * bool(page.urgent or page.tail)
    lines += [page.urgent] * bool(page.urgent)
    lines += [f"    {each}" for each in page.tail]
    return "\n".join(lines)


def digest_markdown(digest: Digest, tr: Translator) -> str:
    """CommonMark, whatever a claim contains."""
    writing = _writing(digest, tr)
    page = build_page(digest, tr, replace(writing, outside=_escape))
    parts = [f"# {page.title}", f"**{page.headline}**", *page.notes]
    for block in page.blocks:
        lines = [line for group in group_lines(block.lines) for line in _markdown_group(group)]
        parts += [f"## {block.heading}", "\n".join(lines)]
        parts += [write_more(block.more, tr)] * bool(block.more)
    parts += [f"**{page.urgent}**"] * bool(page.urgent)
    parts += page.tail
    return "\n\n".join(parts)


def digest_html(digest: Digest, tr: Translator, picture: Picture | None = None) -> str:
    """Return a page that needs nothing beside itself: style and picture are in it."""
    page = build_page(digest, tr, _writing(digest, tr))
    data = base64.b64encode(picture.png).decode() if picture else ""
    return (
        _templates()
        .get_template("digest.html")
        .render(
            page=page,
            language=tr.language,
            groups_of=group_lines,
            more=lambda n: write_more(n, tr),
            picture=picture,
            data=data,
        )
    )


def _writing(digest: Digest, tr: Translator) -> LineStyle:
    def moment(at: datetime) -> str:
        return tr.moment(at.astimezone(digest.team.settings.timezone))

    return LineStyle(lambda text, most: cut(plain(text), most), moment, ahead=moment)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("bot.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _text_group(group: LineGroup) -> Iterator[str]:
    indent = "  "
    if group.document:
        yield f"{indent}{group.document}"
        indent += "  "
    for line in group.lines:
        yield f"{indent}#{line.number} {line.words}".rstrip()
        if facts := line.facts(grouped=bool(group.document)):
            yield f"{indent}  {' · '.join(facts)}"


def _escape(text: str, most: int) -> str:
    return _MARKDOWN.sub(r"\\\1", cut(plain(text), most))


def _markdown_group(group: LineGroup) -> Iterator[str]:
    indent = ""
    if group.document:
        yield f"- 📄 {group.document}"
        indent = "  "
    for line in group.lines:
        yield from _markdown_line(line, indent, grouped=bool(group.document))


def _markdown_line(line: DigestLine, indent: str, *, grouped: bool) -> Iterator[str]:
    """Yield the facts follow a dash of ours, so that no line begins with what is from outside."""
    number = f"[#{line.number}]({line.address})" if line.address else f"**#{line.number}**"
    facts = line.facts(grouped=grouped)
    yield f"{indent}- {number} {line.words}".rstrip() + "\\" * bool(facts)
    if facts:
        yield f"{indent}  — {' · '.join(facts)}"
