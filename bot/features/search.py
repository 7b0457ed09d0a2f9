"""Lists of claims in pages, for one reader: each page's buttons carry the list's key and a page."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

import discord
from discord import app_commands, ui

from bot.features.editing import EditClaimButton
from bot.features.merging import UndoMergeButton
from bot.features.moderation_menu import BulkMenu
from bot.features.queue import open_button, open_queue, show_in_queue, start_button
from bot.features.voting import claim_view
from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import HEDGES, SECTIONS, STATUSES, gettext_noop, label_status
from bot.i18n.translator import Translator
from bot.rendering.claim_card import claim_embed
from bot.rendering.embeds import DESCRIPTION, card_address
from bot.ui.buttons import KEY, KeyButton
from bot.ui.claim_option import CHOICE, AnyClaim, name_claim
from bot.ui.context import Interaction, get_acting, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from bot.ui.selects import SelectMenu, first_value
from workflows.claims import ClaimKey, DocumentKey, Hedge, Status
from workflows.desk import search
from workflows.desk.claim_views import ClaimView
from workflows.desk.moderation import may_edit
from workflows.desk.search import ClaimList
from workflows.errors import CorrobotError
from workflows.search import OUT, POSTED, ClaimFilter, ClaimSummary
from workflows.store.outbox import Card
from workflows.store.search import MOST_FOUND
from workflows.teams import is_moderator

COLOUR = 0x3B82F6
STANDS: Mapping[str, tuple[str, tuple[Status, ...], bool | None]] = {
    "open": (gettext_noop("Open"), POSTED, False),
    "settled": (gettext_noop("Settled"), (Status.SUPPORTED, Status.REFUTED), True),
    **{status.value: (STATUSES[status], (status,), None) for status in (*POSTED, *OUT)},
    "needs_words": (gettext_noop("Needs words"), (*POSTED, Status.SHELVED), None),
}
"""Where a claim may be asked to stand: its label, and what is looked for."""


# ------------------------------------------------------------------------------- what is shown


def list_embed(listing: ClaimList, tr: Translator) -> discord.Embed:
    """A page of a list: each claim with its number, its words, its status and who says so."""
    found = listing.found
    for most in (140, 100, 60, 30):
        lines = [_format_entry(claim, listing, tr, most) for claim in found.claims]
        text = "\n".join([*_write_filter(listing.wanted, tr), *lines])
        if len(text) <= DESCRIPTION:
            break
    embed = discord.Embed(title=_title(listing.wanted, tr), colour=COLOUR)
    embed.description = text if found.claims else _write_nothing(listing.wanted, tr)
    if found.claims:
        footer = tr.plural("{n} claim", "{n} claims", found.total)
        if found.total >= MOST_FOUND:
            footer = tr.text("the newest {n} claims", n=tr.number(found.total))
        if found.pages > 1:
            place = tr.text("page {page} of {pages}", page=found.page, pages=found.pages)
            footer = f"{place} · {footer}"
        embed.set_footer(text=footer)
    return embed


def _title(wanted: ClaimFilter, tr: Translator) -> str:
    if wanted.awaiting:
        return tr.text("Claims that need your vote")
    if wanted.words:
        return tr.text("Claims matching “{query}”", query=escape(wanted.words, 100))
    return tr.text("Claims")


def _write_nothing(wanted: ClaimFilter, tr: Translator) -> str:
    if wanted.awaiting:
        return tr.text("Nothing is waiting for your vote.")
    if wanted.words:
        return tr.text("No claim, source or document matches.")
    return tr.text("No claim matches.")


def _write_filter(wanted: ClaimFilter, tr: Translator) -> Iterator[str]:
    """Yield what the list was narrowed down to, in one line."""
    parts = [
        tr.text(label)
        for label, statuses, settled in STANDS.values()
        if (statuses, settled) == (wanted.statuses, wanted.settled)
    ]
    if wanted.section:
        parts.append(tr.text(SECTIONS[wanted.section]))
    if wanted.overdue:
        parts.append(tr.text("overdue"))
    if wanted.hedge:
        parts.append(tr.text(HEDGES[wanted.hedge]))
    if wanted.source:
        parts.append(tr.text("by {source}", source=escape(wanted.source, 60)))
    if wanted.document:
        parts.append(tr.text("from one document"))
    if wanted.assignee:
        parts.append(tr.text("assigned"))
    if parts:
        yield "-# " + " · ".join(parts)


def _format_entry(claim: ClaimSummary, listing: ClaimList, tr: Translator, most: int) -> str:
    number = f"**#{claim.number}**"
    if claim.link:
        guild, link = listing.team.settings.guild, claim.link
        number = f"[{number}]({card_address(guild, link)})"
    parts = [label_status(claim.state, tr)]
    if claim.needs_words:
        parts.append(f"✏️ {tr.text('needs words')}")
    if said_by := claim.source or claim.document:
        parts.append(tr.text("Who says so: {sources}", sources=escape(said_by, 50)))
    if claim.hedge:
        parts.append(tr.text(HEDGES[claim.hedge]))
    return f"{number} {escape(claim.words, most)}\n-# {' · '.join(parts)}"


def list_view(listing: ClaimList, tr: Translator, *, moderates: bool = False) -> ui.View:
    """Return a menu that opens a claim, and the way to the other pages.

    Fresh ones for each answer.
    """
    view = ui.View(timeout=None)
    found = listing.found
    awaiting = listing.wanted.awaiting
    if found.claims:
        view.add_item((QueuePicker if awaiting else ClaimPicker).of(found.claims, tr))
    if found.pages > 1:
        view.add_item(PageButton(listing.key, tr, "‹", found.page - 1, found.pages))
        view.add_item(PageButton(listing.key, tr, "›", found.page + 1, found.pages))
    if found.claims and moderates:
        view.add_item(BulkMenu.of(listing, tr))
    if found.claims:
        go_on = start_button if awaiting else open_button
        view.add_item(go_on(listing.team.settings.guild, tr))
    return view


# ------------------------------------------------------------------------------ how it is asked


async def show_list(interaction: Interaction, wanted: ClaimFilter, **who: int | None) -> None:
    """Answer privately with the first page of what is wanted."""
    bot = interaction.client
    key = await bot.desk.write(search.ask_list, get_acting(interaction), wanted, **who)
    listing, tr = await _load(interaction, key, 1), reader_translator(interaction)
    await interaction.response.send_message(
        embed=list_embed(listing, tr), view=_build_list_view(interaction, listing), ephemeral=True
    )


async def show_claim(
    interaction: Interaction, shown: ClaimView, card: Card | None, said: str = ""
) -> None:
    """Answer privately with a claim, its buttons, and the way to its card."""
    tr = reader_translator(interaction)
    link = said
    if card:
        address = card_address(get_guild(interaction), card)
        link = f"{said} {tr.text('[Go to its card]({address})', address=address)}".strip()
    view = claim_view(shown.claim, tr)
    if shown.kept and is_moderator(shown.team, get_person(interaction)):
        view.add_item(UndoMergeButton(shown.claim.key, tr))
    if shown.claim.needs_words and may_edit(shown, get_person(interaction)):
        view.add_item(EditClaimButton(shown.claim.key, tr))
    await interaction.response.send_message(
        link, embed=claim_embed(shown, tr), view=view, ephemeral=True
    )


def _build_list_view(interaction: Interaction, listing: ClaimList) -> ui.View:
    moderates = is_moderator(listing.team, get_person(interaction))
    return list_view(listing, reader_translator(interaction), moderates=moderates)


async def _load(interaction: Interaction, key: str, page: int) -> ClaimList:
    acting = get_acting(interaction)
    return await interaction.client.desk.read(search.read_list, acting, key, page)


class PageButton(KeyButton, template=rf"^page:{KEY}:(?P<page>\d{{1,5}})$"):
    """Turns a list's page, in the message it stands on."""

    def __init__(self, key: str, tr: Translator, sign: str, page: int, pages: int) -> None:
        del tr  # the signs are everybody's
        super().__init__(
            key, label=sign, custom_id=f"page:{key}:{page}", disabled=not 1 <= page <= pages
        )
        self.page = page

    @classmethod
    def from_match(cls, match: re.Match[str], tr: Translator) -> Self:
        page = int(match["page"])
        return cls(match["key"], tr, "›", page, page)

    async def on_press(self, interaction: Interaction) -> None:
        listing, tr = (
            await _load(interaction, self.key, self.page),
            reader_translator(interaction),
        )
        await interaction.response.edit_message(
            embed=list_embed(listing, tr), view=_build_list_view(interaction, listing)
        )


class MineButton(KeyButton, template=r"^(?P<key>mine:1)$"):
    """What needs my vote: on a digest, answered privately with the first claim of the queue."""

    def __init__(self, key: str, tr: Translator) -> None:
        label = tr.text("Needs my vote")
        super().__init__(key, label=label, emoji="🗳️", custom_id=key)

    async def on_press(self, interaction: Interaction) -> None:
        await open_queue(interaction, get_guild(interaction))


def mine_button(tr: Translator) -> MineButton:
    return MineButton("mine:1", tr)


class ClaimPicker(SelectMenu, template=r"^open:claim$"):
    """Opens one of the claims on the page, for this reader alone."""

    opens: ClassVar[str] = "open:claim"

    @classmethod
    def of(cls, claims: tuple[ClaimSummary, ...], tr: Translator) -> Self:
        options = [
            discord.SelectOption(label=name_claim(claim, tr), value=claim.key) for claim in claims
        ]
        return cls(cls.opens, placeholder=tr.text("Open a claim"), options=options)

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        key = ClaimKey(first_value(values))
        view, card = await interaction.client.desk.read(
            search.show_by_key, get_guild(interaction), get_person(interaction), key
        )
        await show_claim(interaction, view, card)


class QueuePicker(ClaimPicker, template=r"^open:queue$"):
    """Opens one of the claims that await the reader's vote, in the list's place."""

    opens: ClassVar[str] = "open:queue"

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        await show_in_queue(interaction, ClaimKey(first_value(values)))


@app_commands.command(name="search", description="Find claims by words, sources or documents")
@app_commands.describe(query="Words or their beginnings, or a number")
async def search_claims(interaction: Interaction, query: app_commands.Range[str, 1, 100]) -> None:
    await show_list(interaction, ClaimFilter(words=" ".join(query.split())))


@app_commands.command(name="show", description="Show one claim, only to you")
@app_commands.describe(number="Its number, such as 15, or words from it")
async def show_claim_by_number(interaction: Interaction, number: AnyClaim) -> None:
    view, card = await interaction.client.desk.read(
        search.show_by_number, get_guild(interaction), get_person(interaction), number
    )
    await show_claim(interaction, view, card)


@app_commands.command(name="list", description="List claims, page by page, only to you")
@app_commands.describe(
    status="Only claims with this status; all posted claims if left empty",
    mine="Only claims that still need your vote",
    overdue="Only claims open longer than the rules intend",
    document="Only claims from this document",
    source="Only claims by this source or publisher",
    hedge="Only claims put this firmly",
    assignee="Only claims assigned to this person",
)
@app_commands.choices(
    status=[app_commands.Choice(name=STANDS[each][0], value=each) for each in STANDS],
    hedge=[app_commands.Choice(name=HEDGES[each], value=each.value) for each in Hedge],
)
async def list_claims(
    interaction: Interaction,
    status: str | None = None,
    mine: bool = False,
    overdue: bool = False,
    document: app_commands.Range[str, 1, 100] | None = None,
    source: app_commands.Range[str, 1, 100] | None = None,
    hedge: str | None = None,
    assignee: discord.User | None = None,
) -> None:
    _, statuses, settled = STANDS.get(status or "", ("", (), None))
    wanted = ClaimFilter(
        statuses=statuses,
        settled=settled,
        awaiting=mine,
        overdue=overdue,
        document=DocumentKey(document) if document else None,
        source=source or "",
        hedge=Hedge(hedge) if hedge else None,
        needs_words=status == "needs_words",
    )
    await show_list(interaction, wanted, assignee=assignee.id if assignee else None)


@list_claims.autocomplete("document")
async def _documents(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    found = await _offer(interaction, search.complete_documents, typed)
    return [
        app_commands.Choice(name=cut(plain(title), CHOICE) or key, value=key)
        for key, title in found
    ]


@list_claims.autocomplete("source")
async def _sources(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    found = await _offer(interaction, search.complete_sources, typed)
    names = dict.fromkeys(cut(plain(name), CHOICE) for name in found)
    return [app_commands.Choice(name=name, value=name) for name in names if name]


async def _offer(interaction: Interaction, find: Any, typed: str) -> Any:  # noqa: ANN401  # as `find`
    """Offer what `find` finds; nothing to whoever takes no part here."""
    try:
        return await interaction.client.desk.read(
            find, get_guild(interaction), get_person(interaction), typed
        )
    except CorrobotError:
        return ()


FEATURE = Feature(
    claim_commands=(show_claim_by_number, list_claims, search_claims),
    items=(PageButton, MineButton, ClaimPicker, QueuePicker),
)
