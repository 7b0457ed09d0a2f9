"""What one person is told privately of a claim: their vote, the text around it, its history."""

import discord

from bot.i18n.escaping import cut, escape
from bot.i18n.labels import VERDICTS, colour_of
from bot.i18n.translator import Words, stamp
from bot.rendering.cards import (
    FIELD,
    add_sides,
    beside_sides,
    claim_title,
    evidence_parts,
    opposed_lines,
    sources_of,
)
from bot.rendering.history import sentence
from workflows.desk.claim_views import Details

OPPOSED = 8
"""Claims that disagree, of which each is told."""
SIDE = 900
"""Characters that each side of a division takes at most."""
PARTS = 2
"""Fields of an embed that evidence may take."""


def details_embed(details: Details, words: Words) -> discord.Embed:
    """Everything about a claim that this person may see, as one embed."""
    shown = details.view
    own = details.own_vote
    vote = words.say("You have not voted on this claim.")
    if own:
        vote = words.say("You: **{verdict}**", verdict=words.say(VERDICTS[own.verdict]))
        vote += f" — {escape(own.reason, 300)}" if own.reason else ""
    if own and shown.kept:
        vote += "\n" + words.say(
            "The claim was merged into #{number}; votes do not move. Please vote there too.",
            number=shown.kept[0].number,
        )
    elif own and own.stale:
        vote += "\n" + words.say(
            "The claim was edited or reopened since: this vote counts no more. Please vote again."
        )
    if details.asked:
        vote += "\n" + words.say(
            "You voted on a claim that was merged into this one; it does not count here. Please"
            " vote here too."
        )
    embed = discord.Embed(
        title=claim_title(shown.claim),
        description=vote + "\n\n" + escape(details.context, 1400, lines=True),
        colour=colour_of(shown.claim),
    )
    listed = evidence_parts(
        beside_sides(shown), words, PARTS, sources_of(shown, words), details.people
    )
    for number, lines in enumerate(listed):
        heading = words.say("Evidence") if number == 0 else "\u200b"
        embed.add_field(name=heading, value=lines, inline=False)
    if opposed := "\n".join(opposed_lines(shown, words, OPPOSED)):
        embed.add_field(
            name=words.say("Claims that disagree"), value=cut(opposed, FIELD), inline=False
        )
    embed.add_field(name=words.say("History"), value=_history(details, words), inline=False)
    add_sides(embed, shown, words, at=0, most=SIDE)
    return embed


def _history(details: Details, words: Words) -> str:
    """The newest events that fit, oldest of them first."""
    lines: list[str] = []
    for each in reversed(details.lines):
        line = f"{stamp(each.at, 'R')} {sentence(each, details.people, words)}"
        if sum(map(len, lines)) + len(lines) + len(line) > FIELD - 40:
            lines.append("…")
            break
        lines.append(line)
    return "\n".join(reversed(lines))
