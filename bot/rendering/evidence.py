"""The links on a claim, a line each; and the two sides of a division, beside each other."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import discord

from bot.i18n.escaping import escape
from bot.i18n.labels import (
    PLACES,
    STANCE_SIGNS,
    STANCES,
    VERDICT_SIGNS,
    VERDICTS,
    gettext_noop,
)
from bot.i18n.translator import Translator, make_timestamp
from bot.rendering.embeds import EMBED, FIELD, make_masked_link
from bot.rendering.scenes import format_scene
from workflows.archives import Archive, find_archive
from workflows.claims import (
    ChangeKind,
    Evidence,
    MemberKey,
    PageChange,
    PagePart,
    PagePassage,
    Picture,
    Refusal,
    Snapshot,
    SnapshotState,
)
from workflows.desk.claim_views import ClaimView
from workflows.pictures import list_searches
from workflows.voting import Side

_PARTS: Mapping[PagePart, str] = {
    PagePart.TITLE: gettext_noop("its title"),
    PagePart.PASSAGE: gettext_noop("the sentence quoted"),
    PagePart.FIGURE: gettext_noop("a figure of the claim"),
    PagePart.PICTURE: gettext_noop("the same picture"),
}
_TITLE, _PASSAGE = 80, 240
"""Characters that are shown of a page's title, and of what it says about the claim."""


def evidence_lines(
    evidence: Sequence[Evidence], tr: Translator, most: int, sources: Mapping[int, str]
) -> str:
    """At most `most` links, a line each, within an embed's field."""
    lines: list[str] = []
    room = FIELD - 40
    for link in evidence[:most]:
        line = format_link(link, tr, sources)
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
        line = format_link(link, tr, sources) + " · " + " ".join(filter(None, added))
        more = "\n".join(
            [*describe_snapshot(link.snapshot, tr), *_describe_picture(link.picture, tr)]
        )
        if more and len(line) + len(more) < FIELD // 2:
            line += "\n" + more
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


def format_link(link: Evidence, tr: Translator, sources: Mapping[int, str] | None = None) -> str:
    """Return one link in one line: its stance, its site as the link's text, its grade, its note."""
    source = escape((sources or {}).get(link.target or 0, ""), 60)
    parts = [f"{STANCE_SIGNS[link.stance]} {tr.text(STANCES[link.stance], source=source)}:"]
    parts.append(make_masked_link(name_link(link), link.url))
    match find_archive(link.url):
        case Archive.SOUND:
            parts.append(tr.text("(a copy in an archive)"))
        case Archive.ALTERED:
            parts.append("⚠️ " + tr.text("(archive.today: copies there have been altered)"))
    if link.snapshot and link.snapshot.archived:
        parts.append(f"({make_masked_link(tr.text('archived'), link.snapshot.archived)})")
    if said := describe_change(link.snapshot, tr):
        parts.append(f"⚠️ ({said})")
    if said := describe_seen(link.picture, tr):
        parts.append(f"🖼️ ({said})")
    if link.grade.code:
        parts.append(f"`{link.grade.code}`")
    if not link.counts:
        parts.append(tr.text("(the claim's own source; doesn't count)"))
    if scene := format_scene(link.scene, tr):
        parts.append(scene)
    if link.note:
        parts.append("— " + escape(link.note, 120))
    return " ".join(parts)


def describe_change(shot: Snapshot | None, tr: Translator) -> str:
    """Return what became of a page, in a few words; nothing while it is as it was."""
    match shot:
        case Snapshot(change=PageChange(kind=ChangeKind.GONE), changed_on=date() as day):
            return tr.text("page gone, seen {day}", day=tr.day(day))
        case Snapshot(change=PageChange(kind=ChangeKind.MOVED, site=site), changed_on=date()):
            return tr.text("now leads to {site}", site=escape(site or "?", 60))
        case Snapshot(change=PageChange(kind=ChangeKind.CHANGED, lost=lost), changed_on=date()):
            return tr.text("page changed: no longer has {lost}", lost=name_lost(lost, tr))
    return ""


def describe_seen(picture: Picture | None, tr: Translator) -> str:
    """Return on which claims a picture was seen before; nothing where on none."""
    seen = picture.seen if picture else ()
    same = [f"#{each.number}" for each in seen if each.is_same]
    alike = [f"#{each.number}" for each in seen if not each.is_same]
    told = [tr.text("seen before on {claims}", claims=tr.join(same))] if same else []
    told += [tr.text("looks like one on {claims}", claims=tr.join(alike))] if alike else []
    return "; ".join(told)


def format_searches(link: Evidence, tr: Translator) -> str:
    """Return where the picture behind a link can be looked for: links for a person to press."""
    found = " · ".join(make_masked_link(*each) for each in list_searches(link.url))
    seen = describe_seen(link.picture, tr)
    return f"**{name_link(link)}**{f' ({seen})' if seen else ''}\n{found}"


def name_lost(lost: Iterable[PagePart], tr: Translator) -> str:
    """Return what a page no longer has, as it stands in a sentence."""
    return tr.join([tr.text(_PARTS[part]) for part in lost])


def name_link(link: Evidence) -> str:
    """Return what a link is called: its site, and its page's title once that is known."""
    site, shot = escape(link.origin, 60), link.snapshot
    title = (shot.title or shot.preview) if shot else None
    return f"{site} — {escape(title, _TITLE)}" if title else site


def describe_snapshot(shot: Snapshot | None, tr: Translator) -> list[str]:
    """Return what stood behind a link, in lines: who wrote it and when, what it says, why not."""
    match shot:
        case Snapshot(state=SnapshotState.PRIVATE):
            return ["-# 🔒 " + tr.text("private page; not opened")]
        case Snapshot(state=SnapshotState.REFUSED, refusal=Refusal(sentence=said, values=values)):
            shown = {name: escape(str(value), 80) for name, value in values.items()}
            return ["-# " + tr.text("Not read: {reason}", reason=tr.text(said, **shown))]
        case Snapshot(state=SnapshotState.TAKEN, at=datetime() as at):
            about = [escape(each, 60) for each in (shot.site, shot.author) if each]
            about += [tr.day(shot.published)] if shot.published else []
            about.append(tr.text("read {when}", when=make_timestamp(at, "R")))
            if shot.copy_name:
                about.append("💾 " + tr.text("own copy kept"))
            return ["-# " + " · ".join(about), *format_page_passage(shot.passage, tr)]
    return []


def _describe_picture(picture: Picture | None, tr: Translator) -> list[str]:
    """Return what is known of a picture, in a line: its size, and what stands in it."""
    if picture is None:
        return []
    width, height = tr.number(picture.read.width), tr.number(picture.read.height)
    said = tr.text("picture, {width} × {height}", width=width, height=height)
    text = " ".join(picture.text.split())
    return [f"-# 🖼️ {said}" + (f" · “{escape(text, 120)}”" if text and picture.is_upload else "")]


def format_page_passage(passage: PagePassage | None, tr: Translator) -> list[str]:
    """Return what a page says about the claim, with where it stands there; nothing if nothing."""
    if passage is None:
        return []
    place = passage.place
    where = f" ({tr.text(PLACES[place.kind], name=escape(place.name, 30))})" if place else ""
    return [f"> “{escape(passage.text, _PASSAGE)}”{where}"]


def add_sides(
    embed: discord.Embed,
    shown: ClaimView,
    tr: Translator,
    *,
    at: int,
    most: int,
    quotes: bool = False,
) -> None:
    """Add what divides the voters, side by side, with reasons and links, within the limits.

    With `quotes`, what the pages behind the links say about the claim stands there too.
    """
    room = min(most, (EMBED - len(embed)) // max(1, len(shown.divided)) - 40)
    for place, side in enumerate(shown.divided):
        sign, verdict = VERDICT_SIGNS[side.verdict], tr.text(VERDICTS[side.verdict])
        name = f"{sign} {verdict} · {tr.number(side.weight)}"
        embed.insert_field_at(
            at + place, name=name, value=_format_side(side, tr, room, quotes=quotes), inline=True
        )


def _format_side(side: Side, tr: Translator, room: int, *, quotes: bool) -> str:
    """Return the links first, for they can be followed; then the reasons, as many as fit."""
    lines: list[str] = []
    each: list[str] = []
    for link in side.links:
        shot = link.snapshot
        said = format_page_passage(shot.passage, tr) if quotes and shot else []
        each += [format_link(link, tr), *said]
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
