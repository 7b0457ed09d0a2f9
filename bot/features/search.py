"""Lists of claims in pages, for one reader: each page's buttons carry the list's key and a page."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Self

import discord
from discord import app_commands, ui

from bot.features.merging import UndoMergeButton
from bot.features.voting import claim_view
from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import HEDGES, N_, STATUSES, status_of
from bot.i18n.translator import Words
from bot.rendering.cards import DESCRIPTION, card_address, claim_embed
from bot.ui.buttons import KEY, KeyButton
from bot.ui.claim_option import CHOICE, AnyClaim, named
from bot.ui.context import Interaction, guild_of, person_of, readers_words
from bot.ui.feature import Feature
from bot.ui.selects import Menu, first
from workflows.claims import ClaimKey, DocumentKey, Hedge, Status
from workflows.desk import search
from workflows.desk.claim_views import ClaimView
from workflows.desk.search import ClaimList
from workflows.errors import CorrobotError
from workflows.search import OUT, POSTED, ClaimFilter, ClaimSummary
from workflows.store.outbox import Card
from workflows.store.search import MOST_FOUND
from workflows.teams import is_moderator

COLOUR = 0x3B82F6
STANDS: Mapping[str, tuple[str, tuple[Status, ...], bool | None]] = {
    "open": (N_("Open"), POSTED, False),
    "settled": (N_("Settled"), (Status.SUPPORTED, Status.REFUTED), True),
    **{status.value: (STATUSES[status], (status,), None) for status in (*POSTED, *OUT)},
}
"""Where a claim may be asked to stand: its label, and what is looked for."""


# ------------------------------------------------------------------------------- what is shown


def list_embed(listing: ClaimList, words: Words) -> discord.Embed:
    """A page of a list: each claim with its number, its words, its status and who says so."""
    found = listing.found
    for most in (140, 100, 60, 30):
        lines = [_entry(claim, listing, words, most) for claim in found.claims]
        text = "\n".join([*_narrowed(listing.wanted, words), *lines])
        if len(text) <= DESCRIPTION:
            break
    embed = discord.Embed(title=_title(listing.wanted, words), colour=COLOUR)
    embed.description = text if found.claims else _nothing(listing.wanted, words)
    if found.claims:
        footer = words.count("{n} claim", "{n} claims", found.total)
        if found.total >= MOST_FOUND:
            footer = words.say("the newest {n} claims", n=words.number(found.total))
        if found.pages > 1:
            place = words.say("page {page} of {pages}", page=found.page, pages=found.pages)
            footer = f"{place} · {footer}"
        embed.set_footer(text=footer)
    return embed


def _title(wanted: ClaimFilter, words: Words) -> str:
    if wanted.awaiting:
        return words.say("What needs your vote")
    if wanted.words:
        return words.say("Claims with “{query}”", query=escape(wanted.words, 100))
    return words.say("Claims")


def _nothing(wanted: ClaimFilter, words: Words) -> str:
    if wanted.awaiting:
        return words.say("Nothing waits for your vote.")
    if wanted.words:
        return words.say("No claim has these words, nor has its source or its document.")
    return words.say("No claim is like this.")


def _narrowed(wanted: ClaimFilter, words: Words) -> Iterator[str]:
    """What the list was narrowed down to, in one line."""
    parts = [
        words.say(label)
        for label, statuses, settled in STANDS.values()
        if (statuses, settled) == (wanted.statuses, wanted.settled)
    ]
    if wanted.overdue:
        parts.append(words.say("overdue"))
    if wanted.hedge:
        parts.append(words.say(HEDGES[wanted.hedge]))
    if wanted.source:
        parts.append(words.say("said by {source}", source=escape(wanted.source, 60)))
    if wanted.document:
        parts.append(words.say("of one document"))
    if wanted.assignee:
        parts.append(words.say("assigned"))
    if parts:
        yield "-# " + " · ".join(parts)


def _entry(claim: ClaimSummary, listing: ClaimList, words: Words, most: int) -> str:
    number = f"**#{claim.number}**"
    if claim.link:
        guild, link = listing.team.settings.guild, claim.link
        number = f"[{number}]({card_address(guild, link)})"
    parts = [status_of(claim.state, words)]
    if said_by := claim.source or claim.document:
        parts.append(escape(said_by, 50))
    if claim.hedge:
        parts.append(words.say(HEDGES[claim.hedge]))
    return f"{number} {escape(claim.words, most)}\n-# {' · '.join(parts)}"


def list_view(listing: ClaimList, words: Words) -> ui.View:
    """A menu that opens a claim, and the way to the other pages; fresh ones for each answer."""
    view = ui.View(timeout=None)
    found = listing.found
    if found.claims:
        view.add_item(ClaimPicker.of(found.claims, words))
    if found.pages > 1:
        view.add_item(PageButton(listing.key, words, "‹", found.page - 1, found.pages))
        view.add_item(PageButton(listing.key, words, "›", found.page + 1, found.pages))
    return view


# ------------------------------------------------------------------------------ how it is asked


async def show_list(interaction: Interaction, wanted: ClaimFilter, **who: int | None) -> None:
    """Answer privately with the first page of what is wanted."""
    bot = interaction.client
    key = await bot.desk.write(
        search.ask_list, guild_of(interaction), person_of(interaction), wanted, bot.now(), **who
    )
    listing, words = await _look(interaction, key, 1), readers_words(interaction)
    await interaction.response.send_message(
        embed=list_embed(listing, words), view=list_view(listing, words), ephemeral=True
    )


async def show_awaiting(interaction: Interaction) -> None:
    """Answer privately with what still needs this person's vote."""
    await show_list(interaction, ClaimFilter(awaiting=True))


async def show_claim(
    interaction: Interaction, shown: ClaimView, card: Card | None, said: str = ""
) -> None:
    """Answer privately with a claim, its buttons, and the way to its card."""
    words = readers_words(interaction)
    link = said
    if card:
        address = card_address(guild_of(interaction), card)
        link = f"{said} {words.say('[Go to its card]({address})', address=address)}".strip()
    view = claim_view(shown.claim.key, words)
    if shown.kept and is_moderator(shown.team, person_of(interaction)):
        view.add_item(UndoMergeButton(shown.claim.key, words))
    await interaction.response.send_message(
        link, embed=claim_embed(shown, words), view=view, ephemeral=True
    )


async def _look(interaction: Interaction, key: str, page: int) -> ClaimList:
    bot = interaction.client
    guild, person = guild_of(interaction), person_of(interaction)
    return await bot.desk.read(search.read_list, guild, person, key, page, bot.now())


class PageButton(KeyButton, template=rf"^page:{KEY}:(?P<page>\d{{1,5}})$"):
    """Turns a list's page, in the message it stands on."""

    def __init__(self, key: str, words: Words, sign: str, page: int, pages: int) -> None:
        del words  # the signs are everybody's
        super().__init__(
            key,
            ui.Button(label=sign, custom_id=f"page:{key}:{page}", disabled=not 1 <= page <= pages),
        )
        self.page = page

    @classmethod
    def of(cls, match: re.Match[str], words: Words) -> Self:
        page = int(match["page"])
        return cls(match["key"], words, "›", page, page)

    async def pressed(self, interaction: Interaction) -> None:
        listing, words = await _look(interaction, self.key, self.page), readers_words(interaction)
        await interaction.response.edit_message(
            embed=list_embed(listing, words), view=list_view(listing, words)
        )


class MineButton(KeyButton, template=r"^(?P<key>mine:1)$"):
    """What needs my vote: on a digest, answered privately with a list of its own."""

    def __init__(self, key: str, words: Words) -> None:
        label = words.say("What needs my vote")
        super().__init__(key, ui.Button(label=label, emoji="🗳️", custom_id=key))

    async def pressed(self, interaction: Interaction) -> None:
        await show_awaiting(interaction)


def mine_button(words: Words) -> MineButton:
    return MineButton("mine:1", words)


class ClaimPicker(Menu, template=r"^open:claim$"):
    """Opens one of the claims on the page, for this reader alone."""

    @classmethod
    def of(cls, claims: tuple[ClaimSummary, ...], words: Words) -> Self:
        options = [
            discord.SelectOption(label=named(claim, words), value=claim.key) for claim in claims
        ]
        menu: ui.Select[Any] = ui.Select(
            custom_id="open:claim", placeholder=words.say("Open a claim"), options=options
        )
        return cls(menu)

    async def chosen(self, interaction: Interaction, values: list[str]) -> None:
        key = ClaimKey(first(values))
        view, card = await interaction.client.desk.read(
            search.show_by_key, guild_of(interaction), person_of(interaction), key
        )
        await show_claim(interaction, view, card)


@app_commands.command(name="search", description="Find claims by words, sources or documents")
@app_commands.describe(query="Words, or how they begin; or a number")
async def search_claims(interaction: Interaction, query: app_commands.Range[str, 1, 100]) -> None:
    await show_list(interaction, ClaimFilter(words=" ".join(query.split())))


@app_commands.command(name="show", description="Show one claim, for you alone")
@app_commands.describe(number="Its number, such as 15, or words of it")
async def show(interaction: Interaction, number: AnyClaim) -> None:
    view, card = await interaction.client.desk.read(
        search.show_by_number, guild_of(interaction), person_of(interaction), number
    )
    await show_claim(interaction, view, card)


@app_commands.command(name="list", description="List claims in pages, for you alone")
@app_commands.describe(
    status="Where they stand; without one, all that are before the team",
    mine="Only those that still need your vote",
    overdue="Only those open for longer than the team's rules want",
    document="Only those of this document",
    source="Only those that this source or publisher says",
    hedge="Only those put as firmly as this",
    assignee="Only those this person looks after",
)
@app_commands.choices(
    status=[app_commands.Choice(name=STANDS[each][0], value=each) for each in STANDS],
    hedge=[app_commands.Choice(name=HEDGES[each], value=each.value) for each in Hedge],
)
async def listed(
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
    )
    await show_list(interaction, wanted, assignee=assignee.id if assignee else None)


@listed.autocomplete("document")
async def _documents(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    found = await _offered(interaction, search.complete_documents, typed)
    return [
        app_commands.Choice(name=cut(plain(title), CHOICE) or key, value=key)
        for key, title in found
    ]


@listed.autocomplete("source")
async def _sources(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    found = await _offered(interaction, search.complete_sources, typed)
    names = dict.fromkeys(cut(plain(name), CHOICE) for name in found)
    return [app_commands.Choice(name=name, value=name) for name in names if name]


async def _offered(interaction: Interaction, find: Any, typed: str) -> Any:  # noqa: ANN401  # as `find`
    """What `find` finds, or nothing for who takes no part here: the command itself says so."""
    try:
        return await interaction.client.desk.read(
            find, guild_of(interaction), person_of(interaction), typed
        )
    except CorrobotError:
        return ()


FEATURE = Feature(
    claim_commands=(show, listed, search_claims), items=(PageButton, MineButton, ClaimPicker)
)
