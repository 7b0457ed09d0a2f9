"""What one person is told privately of a claim: their vote, the text around it, its history."""

import discord

from bot.i18n.escaping import cut, escape
from bot.i18n.labels import VERDICTS, get_status_colour
from bot.i18n.translator import Translator, make_timestamp
from bot.rendering.checked_before import list_checked, list_perhaps_same
from bot.rendering.claim_card import claim_title, disagreement_lines
from bot.rendering.embeds import FIELD, join_within
from bot.rendering.evidence import add_sides, build_sides, evidence_parts
from bot.rendering.history import write_reached, write_sentence
from bot.rendering.passages import list_sources, list_whereabouts, write_engine
from workflows.desk.claim_views import Details

OPPOSED = 8
"""Claims that disagree, of which each is told."""
SIDE = 900
"""Characters that each side of a division takes at most."""
PARTS = 2
"""Fields of an embed that evidence may take."""


def details_embed(details: Details, tr: Translator) -> discord.Embed:
    """Return everything about a claim that this person may see, as one embed."""
    shown = details.view
    own = details.own_vote
    vote = tr.text("You haven't voted on this claim.")
    if own:
        vote = tr.text("You: **{verdict}**", verdict=tr.text(VERDICTS[own.verdict]))
        vote += f" — {escape(own.reason, 300)}" if own.reason else ""
    if own and shown.kept:
        vote += "\n" + tr.text(
            "The claim was merged into #{number}. Votes don't move, so please vote there too.",
            number=shown.kept[0].number,
        )
    elif own and own.stale:
        vote += "\n" + tr.text(
            "The claim has since been edited or reopened, so this vote no longer counts."
            " Please vote again."
        )
    if details.asked:
        vote += "\n" + tr.text(
            "You voted on a claim that was merged into this one. That vote doesn't count"
            " here, so please vote here too."
        )
    embed = discord.Embed(
        title=claim_title(shown.claim),
        description=f"{vote}\n\n{_format_context(details, tr)}",
        colour=get_status_colour(shown.claim),
    )
    listed = evidence_parts(build_sides(shown), tr, PARTS, list_sources(shown, tr), details.people)
    for number, lines in enumerate(listed):
        heading = tr.text("Evidence") if number == 0 else "\u200b"
        embed.add_field(name=heading, value=lines, inline=False)
    if opposed := "\n".join(disagreement_lines(shown, tr, OPPOSED)):
        embed.add_field(
            name=tr.text("Claims that disagree"), value=cut(opposed, FIELD), inline=False
        )
    if known := list_checked(details.checked, shown.team.settings.guild, tr):
        embed.add_field(
            name=tr.text("Checked before"), value=join_within(known, FIELD), inline=False
        )
    if perhaps := list_perhaps_same(details.checked, shown.team.settings.guild, tr):
        embed.add_field(
            name=tr.text("Perhaps the same, in another language"),
            value=join_within(perhaps, FIELD),
            inline=False,
        )
    embed.add_field(name=tr.text("History"), value=_write_history(details, tr), inline=False)
    add_sides(embed, shown, tr, at=0, most=SIDE, quotes=True)
    return embed


def _format_context(details: Details, tr: Translator) -> str:
    """Return the text around the claim, and where that is found again."""
    quote = details.view.passages[0].quote if details.view.passages else ""
    context = _mark_quote(details.context, quote)
    found = [part for each in details.view.passages[:1] for part in list_whereabouts(each, tr)]
    heading = [f"**{tr.text('In the document')}**"] if context else []
    lines = [*heading, context, *([f"-# {' · '.join(found)}"] if found else [])]
    engines = [each.document.engine for each in details.view.passages[:1]]
    lines += [f"-# 🤖 {write_engine(each, tr)}" for each in engines if each.is_model]
    return "\n".join(lines)


def _mark_quote(context: str, quote: str) -> str:
    """Return the text around a claim with the claim's own sentence in bold."""
    before, found, after = context.partition(quote or "\n")
    if not quote.strip() or not found:
        return escape(context, 1400, lines=True)
    said = "\n".join(f"**{line}**" if line else "" for line in _cut_lines(quote, 780).split("\n"))
    return (
        _cut_lines(before, 310)
        + _find_gap(before[::-1])
        + said
        + _find_gap(after)
        + _cut_lines(after, 310)
    )


def _cut_lines(text: str, most: int) -> str:
    return escape(text.strip(), most, lines=True)


def _find_gap(text: str) -> str:
    """Return what parts a text from what stands before it: blank lines, a space, nothing."""
    space = text[: len(text) - len(text.lstrip())]
    return "\n" * space.count("\n") or " " * bool(space)


def _write_history(details: Details, tr: Translator) -> str:
    """Return the newest events that fit, oldest of them first."""
    lines: list[str] = []
    for each in reversed(details.lines):
        line = f"{make_timestamp(each.at, 'R')} {write_sentence(each, details.people, tr)}"
        line += write_reached(each, details.view.claim.state, tr)
        if sum(map(len, lines)) + len(lines) + len(line) > FIELD - 40:
            lines.append("…")
            break
        lines.append(line)
    return "\n".join(reversed(lines))
