"""The claim's card: values in, an embed out. No await, no decision."""

from collections.abc import Iterable

import discord

from bot.i18n.escaping import cut, escape
from bot.i18n.labels import (
    DISAGREEMENTS,
    DISAGREEMENTS_WITHOUT_FIGURES,
    get_status_colour,
    label_status,
)
from bot.i18n.translator import Translator
from bot.rendering.embeds import FIELD, TITLE, card_address, fit_lines
from bot.rendering.evidence import add_sides, build_sides, evidence_lines
from bot.rendering.passages import (
    format_particulars,
    format_passage,
    list_sources,
    origin_line,
    source_line,
)
from bot.rendering.scenes import format_scene
from bot.rendering.standing import format_status
from workflows.claims import Claim, Status
from workflows.desk.claim_views import ClaimView

_LINKS_ON_CARD = 4

_OPPOSED = 3

_SIDE_ON_CARD = 400

_PASSAGES = 2

_PASSAGES_ROOM = 3000


def claim_embed(shown: ClaimView, tr: Translator) -> discord.Embed:
    """Return a claim as one embed: what is said, by whom and how firmly, and where it stands.

    Short until somebody votes or attaches a link.
    """
    claim, is_short = shown.claim, _is_untouched(shown)
    body = _format_short_body(shown, tr) if is_short else _format_body(shown, tr)
    embed = discord.Embed(
        title=claim_title(claim),
        description="\n".join(body),
        colour=get_status_colour(claim),
    )
    if is_short:
        return embed
    embed.add_field(
        name=label_status(claim.state, tr),
        value=cut("\n".join(format_status(shown, tr)), FIELD),
        inline=False,
    )
    if left := build_sides(shown):
        embed.add_field(
            name=tr.plural("{n} link", "{n} links", len(left)),
            value=evidence_lines(left, tr, _LINKS_ON_CARD, list_sources(shown, tr)),
            inline=False,
        )
    add_sides(embed, shown, tr, at=1, most=_SIDE_ON_CARD)
    return embed


def _is_untouched(shown: ClaimView) -> bool:
    """Return True if nobody has voted on the claim or attached a link yet."""
    new = shown.claim.state.status in (Status.UNREVIEWED, Status.SHELVED)
    return new and not (shown.claim.tally.votes or shown.evidence or shown.stale or shown.asked)


def claim_title(claim: Claim, most: int = TITLE) -> str:
    """Return the number and the claim in plain words, within an embed's title."""
    return fit_lines(f"#{claim.number} · ", claim.words, most)


def _format_short_body(shown: ClaimView, tr: Translator) -> Iterable[str]:
    for passage in shown.passages[:1]:
        yield source_line(passage, tr)
    yield from format_status(shown, tr)
    yield from disagreement_lines(shown, tr, _OPPOSED)
    if scene := format_scene(shown.claim.scene, tr):
        yield scene
    for passage in shown.passages[:1]:
        yield from origin_line(passage, shown.claim, tr)
    yield from _format_more_passages(len(shown.passages) - 1, tr)


def _format_body(shown: ClaimView, tr: Translator) -> Iterable[str]:
    said = [format_passage(passage, shown.claim, tr) for passage in shown.passages[:_PASSAGES]]
    while len(said) > 1 and sum(map(len, said)) > _PASSAGES_ROOM:
        said.pop()
    yield from said
    yield from _format_more_passages(len(shown.passages) - len(said), tr)
    if particulars := format_particulars(shown.claim, tr):
        yield particulars
    if scene := format_scene(shown.claim.scene, tr):
        yield scene
    yield from disagreement_lines(shown, tr, _OPPOSED)


def _format_more_passages(more: int, tr: Translator) -> Iterable[str]:
    if more > 0:
        yield "-# " + tr.plural("and {n} more passage", "and {n} more passages", more)


def disagreement_lines(shown: ClaimView, tr: Translator, most: int) -> Iterable[str]:
    """Return the claims that disagree with this one, a line each, at most so many of them."""
    guild = shown.team.settings.guild
    for opposed in shown.opposed[:most]:
        number = f"#{opposed.claim.number}"
        if opposed.card:
            number = f"[{number}]({card_address(guild, opposed.card)})"
        ours, theirs = opposed.figures or ("", "")
        sentence = DISAGREEMENTS[opposed.disagreement]
        if not opposed.figures:
            sentence = DISAGREEMENTS_WITHOUT_FIGURES.get(opposed.disagreement, sentence)
        said = tr.text(sentence, number=number, ours=escape(ours, 60), theirs=escape(theirs, 60))
        day = opposed.claim.as_of
        if day and day != shown.claim.as_of:
            said += f" ({tr.text('as of {day}', day=tr.day(day))})"
        yield f"⚖️ {said}"
    if (more := len(shown.opposed) - most) > 0:
        yield "-# " + tr.plural(
            "and {n} more claim disagrees", "and {n} more claims disagree", more
        )
