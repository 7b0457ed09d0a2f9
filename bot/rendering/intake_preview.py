"""A draft as its person sees it: the claims found, ranked; and what became of it in the end."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import discord

from bot.i18n.escaping import cut, escape, fit_label, plain
from bot.i18n.labels import DOUBTS, HEDGES, label_status
from bot.i18n.translator import Translator, make_timestamp
from bot.rendering.checked_before import name_best
from bot.rendering.document_card import write_changes
from bot.rendering.embeds import DESCRIPTION, TITLE, card_address, fit_lines
from bot.rendering.passages import write_engine, write_sources
from workflows.claims import Claim, FoundClaim, SourceInChain
from workflows.desk.checked_before import CheckedBefore
from workflows.desk.drafts import DraftView
from workflows.desk.intake import IntakeResult
from workflows.engines import ReadingReport
from workflows.intake import rank_claims
from workflows.store.outbox import Card

PAGE = 25
"""Claims on a page: as many as a select menu offers."""
_TOGETHER = 5600
"""Characters of a page, of the 6,000 that Discord allows over all embeds of a message."""
_LONGEST = 500
_SHORTEST = 60
"""Characters of one claim's words on a page, at most and at least."""
_COLOUR = 0x5B6472
_REVIEWS, _GONE = 3, 5
"""Fact-checks of the page itself, and claims that are gone, of which each is told."""
_MESSAGES = "https://discord.com/channels/"


def count_pages(view: DraftView) -> int:
    return max(1, -(-len(view.draft.intake.claims) // PAGE))


def list_on_page(view: DraftView, page: int) -> list[tuple[int, int]]:
    """Return the claims of a page as (rank from 1, place in the document)."""
    order = list(enumerate(rank_claims(view.draft.intake.claims), 1))
    page = min(max(page, 0), count_pages(view) - 1)
    return order[page * PAGE : (page + 1) * PAGE]


def draft_embeds(
    view: DraftView,
    page: int,
    tr: Translator,
    checked: Mapping[int, CheckedBefore] = MappingProxyType({}),
) -> list[discord.Embed]:
    """Return one page of the preview, in as many embeds as it needs.

    `checked` is what was checked before of its claims, by their places.
    """
    embed = discord.Embed(title=fit_lines("📄 ", view.draft.intake.title, TITLE), colour=_COLOUR)
    embeds, texts = [embed], ["\n".join(_format_head(view, page, tr))]
    for entry in _format_entries(
        view, page, tr, _TOGETHER - len(embed.title or "") - len(texts[0]), checked
    ):
        if len(texts[-1]) + 1 + len(entry) > DESCRIPTION:
            embeds.append(discord.Embed(colour=_COLOUR))
            texts.append(entry)
        else:
            texts[-1] += "\n" + entry
    for each, text in zip(embeds, texts, strict=True):
        each.description = text
    return embeds


def _format_head(view: DraftView, page: int, tr: Translator) -> Iterator[str]:
    draft, claims = view.draft, len(view.draft.intake.claims)
    origin = [escape(draft.intake.publisher, 80)] if draft.intake.publisher else []
    if draft.intake.published:
        origin.append(tr.day(draft.intake.published))
    if origin:
        yield " · ".join(origin)
    for review in draft.intake.reviews[:_REVIEWS]:
        yield "⚠️ " + tr.text(
            "This page is itself a fact-check: “{claim}”, rated {rating} by {who}.",
            claim=escape(review.claim, 160),
            rating=escape(review.rating, 40),
            who=escape(review.by or draft.intake.publisher or tr.text("this page"), 60),
        )
    yield from _format_revision(view, tr)
    found = tr.plural("**{n}** claim found", "**{n}** claims found", claims)
    yield f"{found}. {tr.text('Only you see this; nothing is posted yet.')}"
    yield "-# " + tr.text("The percentages show how much each claim is worth checking.")
    channel = f"<#{view.team.settings.claims_channel}>"
    if view.posted_by_rule < claims:
        yield "-# " + tr.text(
            "**Post all** posts {n} of them to {channel}, as the team's rules say; the rest go on"
            " the shelf, from where they can be posted later.",
            n=tr.number(view.posted_by_rule),
            channel=channel,
        )
    else:
        yield "-# " + tr.text("**Post all** posts them to {channel}.", channel=channel)
    yield from _format_reading(draft.intake.reading, tr)
    if draft.intake.url is None:
        yield "-# 🔗 " + tr.text(
            "This text has no link. Press **Add its link**, so that the page itself can't count as"
            " evidence for what it says."
        )
    if open_words := sum(found.needs_words for found in view.draft.intake.claims):
        yield "-# ✏️ " + tr.plural(
            "{n} claim leaves open who or what is meant. **Post all** shelves it; pick it and press"
            " **Edit** to put it right.",
            "{n} claims leave open who or what is meant. **Post all** shelves them; pick one and"
            " press **Edit** to put it right.",
            open_words,
        )
    yield "-# " + tr.text(
        "The text is kept until you decide, but no later than {day}. Find it again with"
        " /intake drafts.",
        day=make_timestamp(draft.until, "D"),
    )
    if (draft.intake.url or "").startswith(_MESSAGES):
        yield "-# " + tr.text("Also kept: who wrote the message, when, and a link to it.")
    if count_pages(view) > 1:
        number, total = tr.number(page + 1), tr.number(count_pages(view))
        yield "-# " + tr.text("Page {number} of {total}", number=number, total=total)


def _format_reading(reading: ReadingReport, tr: Translator) -> Iterator[str]:
    """Yield what found the claims, where it was not the rules, and where the text was sent."""
    if reading.fell_back:
        yield "-# 🤖 " + tr.text(
            "The language model couldn't read this text, so the built-in rules did."
        )
    if not reading.engine.is_model:
        return
    said = write_engine(reading.engine, tr)
    if reading.dropped:
        said += " " + tr.plural(
            "{n} claim that isn't in the text was dropped.",
            "{n} claims that aren't in the text were dropped.",
            reading.dropped,
        )
    yield f"-# 🤖 {said}"


def _format_revision(view: DraftView, tr: Translator) -> Iterator[str]:
    """Yield how the draft differs from the version that the team has."""
    if view.former is None:
        return
    fresh = range(len(view.draft.intake.claims))
    new = sum(place not in view.known and place not in view.revised for place in fresh)
    yield write_changes(new, len(view.revised), len(view.gone), tr)
    yield "-# " + tr.text(
        "Your team has had the earlier one since {day}.", day=tr.day(view.former.added_at.date())
    )
    for claim, card in view.gone[:_GONE]:
        yield "-# " + tr.text(
            "Gone: {claim} {words}",
            claim=_link_claim(view, claim, card),
            words=escape(claim.words, 120),
        )


def _link_claim(view: DraftView, claim: Claim, card: Card | None) -> str:
    number = f"#{claim.number}"
    return f"[{number}]({card_address(view.team.settings.guild, card)})" if card else number


def _format_entries(
    view: DraftView, page: int, tr: Translator, room: int, checked: Mapping[int, CheckedBefore]
) -> Iterator[str]:
    """Yield the page's claims, each given its share of the room that is left."""
    shown = list_on_page(view, page)
    for left, (rank, place) in zip(range(len(shown), 0, -1), shown, strict=True):
        share = min(room // left - 1, _LONGEST)
        known = _format_known(view, place, tr)
        if not known and place in checked:
            known = name_best(checked[place], view.team.settings.guild, tr)
        entry = _format_entry(view, rank, place, tr, share, known)
        room -= len(entry) + 1
        yield entry


def _format_entry(
    view: DraftView, rank: int, place: int, tr: Translator, room: int, known: str
) -> str:
    found = view.draft.intake.claims[place]
    mark = "☑️ " if place in view.draft.picked else ""
    mark += "✏️ " if found.needs_words else ""
    about = f"-# {_format_sources(view, found, tr)}"
    if known:
        about += f" · {known}"
    if found.doubts:
        about += f"\n-# ⚖️ {_write_doubts(found, tr)}"
    left = room - len(about) - 1
    if left < _SHORTEST:
        about = f"-# {known}" if known else ""
        left = room - len(about) - 1
    said = fit_lines(f"{mark}**{rank}.** ", found.words, max(left, _SHORTEST))
    return f"{said}\n{about}" if about else said


def _write_doubts(found: FoundClaim, tr: Translator) -> str:
    """Return in what the rules, or the text, differ from what the language model says."""
    return tr.text(
        "Check before posting: {doubts}", doubts=tr.join([tr.text(DOUBTS[d]) for d in found.doubts])
    )


def _format_sources(view: DraftView, found: FoundClaim, tr: Translator) -> str:
    intake = view.draft.intake
    chain = [SourceInChain(0, link) for link in found.attribution]
    voice = intake.publisher or intake.title
    said = write_sources(chain, voice, found.hedge, tr, most=3, name=32)
    return f"🗣️ {said} · {tr.percent(found.check_worthiness)}"


def _format_known(view: DraftView, place: int, tr: Translator) -> str:
    """Return that the team has this claim already, or with another figure, and how it stands."""
    if place in view.revised:
        had = view.revised[place]
        ours, theirs = (escape(figure, 40) for figure in had.figures)
        number = _link_claim(view, had.claim, had.card)
        return tr.text("now {ours}; {claim} said {theirs}", ours=ours, theirs=theirs, claim=number)
    if place not in view.known:
        return ""
    claim, card = view.known[place]
    return tr.text(
        "already known: {claim}, {status}",
        claim=_link_claim(view, claim, card),
        status=label_status(claim.state, tr),
    )


def make_option(view: DraftView, rank: int, place: int, tr: Translator) -> discord.SelectOption:
    """Return a claim as an entry of the menu, which knows no markup."""
    found = view.draft.intake.claims[place]
    links = [plain(link.resolved or link.source or link.cue or "") for link in found.attribution]
    said = " → ".join(link for link in links if link)
    about = f"{tr.text(HEDGES[found.hedge])} · {said}" if said else tr.text(HEDGES[found.hedge])
    return discord.SelectOption(
        label=f"{rank}. {fit_label(found.words, 95)}",
        value=str(place),
        description=cut(about, 100),
        default=place in view.draft.picked,
        emoji="✏️" if found.needs_words else None,
    )


def write_result(taken: IntakeResult, channel: int, tr: Translator) -> str:
    """Return what became of a document, for the person who brought it."""
    title = escape(taken.document.title, 120)
    if taken.known:
        return tr.plural(
            "The team already has “{title}”, with {n} claim posted.",
            "The team already has “{title}”, with {n} claims posted.",
            taken.posted,
            title=title,
        )
    if not taken.posted and not taken.shelved and not taken.shared:
        return tr.text("No checkable claim was found in “{title}”.", title=title)
    said = _write_posted(taken, title, f"<#{channel}>", tr)
    if taken.shared:
        said += " " + tr.plural(
            "{n} claim was already known.",
            "{n} claims were already known.",
            taken.shared,
        )
    if taken.revised:
        said += " " + tr.plural(
            "{n} has another figure than in the earlier version.",
            "{n} have another figure than in the earlier version.",
            taken.revised,
        )
    if taken.gone:
        said += " " + tr.plural(
            "{n} claim of the earlier version is gone; its card says so.",
            "{n} claims of the earlier version are gone; their cards say so.",
            taken.gone,
        )
    return said


def _write_posted(taken: IntakeResult, title: str, channel: str, tr: Translator) -> str:
    if not taken.posted:
        return tr.plural(
            "“{title}”: {n} claim is on the shelf; nothing was posted.",
            "“{title}”: {n} claims are on the shelf; nothing was posted.",
            taken.shelved,
            title=title,
        )
    said = tr.plural(
        "“{title}”: {n} claim goes to {channel}.",
        "“{title}”: {n} claims go to {channel}.",
        taken.posted,
        title=title,
        channel=channel,
    )
    if taken.shelved:
        said += " " + tr.plural(
            "{n} more is on the shelf.", "{n} more are on the shelf.", taken.shelved
        )
    return said
