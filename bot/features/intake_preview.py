"""Deciding on a draft: its preview's menu and buttons. Each carries the draft's key and page."""

import re
from collections.abc import Mapping
from typing import ClassVar, Self

import discord
from discord import ui

from bot.i18n.escaping import escape
from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.intake_preview import (
    count_pages,
    draft_embeds,
    list_on_page,
    make_option,
    write_result,
)
from bot.ui.buttons import KEY, KeyButton
from bot.ui.context import Interaction, get_acting, reader_translator
from bot.ui.deferral import defer_if_slow
from bot.ui.feature import Feature
from bot.ui.modals import (
    ANY_KEY,
    COUNT,
    ModalValues,
    hedge_field,
    open_form,
    read_hedge,
    read_sources,
    sources_field,
    text_field,
)
from bot.ui.selects import SelectMenu
from bot.ui.waiting_posts import add_waiting
from workflows.desk import drafts
from workflows.desk.checked_before import CheckedBefore
from workflows.desk.drafts import DraftView, Rewording
from workflows.desk.intake import IntakeResult, write_next
from workflows.desk.moderation import LONGEST
from workflows.errors import BadInput
from workflows.intake import DraftKey

_SUCCESS, _PLAIN, _DANGER = (
    discord.ButtonStyle.success,
    discord.ButtonStyle.secondary,
    discord.ButtonStyle.danger,
)


class DraftButton(KeyButton, template="^$"):
    """A button under a draft's preview."""

    ACTION: ClassVar[str]
    LABEL: ClassVar[str] = "…"
    STYLE: ClassVar[discord.ButtonStyle] = _PLAIN

    def __init__(self, key: str, tr: Translator, page: int = 0) -> None:
        super().__init__(
            key,
            label=tr.text(self.LABEL),
            style=self.STYLE,
            custom_id=f"draft:{key}:{self.ACTION}:{page}",
        )
        self.page = page

    @classmethod
    def from_match(cls, match: re.Match[str], tr: Translator) -> Self:
        return cls(match["key"], tr, int(match["page"]))

    @property
    def draft(self) -> DraftKey:
        return DraftKey(self.key)


def _template(action: str) -> str:
    return rf"^draft:{KEY}:{action}:(?P<page>\d{{1,4}})$"


class PostAll(DraftButton, template=_template("all")):
    """Take the document in; the team's rule says what is posted."""

    ACTION, LABEL, STYLE = "all", gettext_noop("Post all"), _SUCCESS

    async def on_press(self, interaction: Interaction) -> None:
        await _finish(interaction, await _load(interaction, self.draft), None)


class PostPicked(DraftButton, template=_template("some")):
    """Post what is picked, shelve the rest."""

    ACTION, LABEL = "some", gettext_noop("Post picked")

    async def on_press(self, interaction: Interaction) -> None:
        view = await _load(interaction, self.draft)
        await _finish(interaction, view, view.draft.picked)


class ShelveAll(DraftButton, template=_template("shelve")):
    """Take the document in and post nothing of it yet."""

    ACTION, LABEL = "shelve", gettext_noop("Shelve all")

    async def on_press(self, interaction: Interaction) -> None:
        await _finish(interaction, await _load(interaction, self.draft), frozenset())


class EditPicked(DraftButton, template=_template("edit")):
    """Opens the form for the words of the one claim that is picked."""

    ACTION, LABEL = "edit", gettext_noop("Edit")

    async def on_press(self, interaction: Interaction) -> None:
        view = await _load(interaction, self.draft)
        if len(view.draft.picked) != 1:
            raise BadInput("Pick exactly one claim to edit.")
        (place,) = view.draft.picked
        tr = reader_translator(interaction)
        form = ui.Modal(
            title=tr.text("Edit before posting"),
            custom_id=f"draft:{self.key}:{place}:{self.page}",
        )
        form.add_item(
            text_field(
                tr.text("The claim, in plain words"),
                "words",
                description=tr.text(
                    "Leave out who says so and how firmly; both are shown beside it."
                ),
                default=view.draft.intake.claims[place].words[:LONGEST],
                most=LONGEST,
                long=True,
            )
        )
        found = view.draft.intake.claims[place]
        names = [link.resolved or link.source or "" for link in found.attribution]
        if sources := sources_field(tr, names):
            form.add_item(sources)
        form.add_item(hedge_field(tr, found.hedge))
        await open_form(interaction, form)


class GiveLink(DraftButton, template=_template("link")):
    """Opens the form for where the text stands."""

    ACTION, LABEL = "link", gettext_noop("Add its link")

    async def on_press(self, interaction: Interaction) -> None:
        await _load(interaction, self.draft)
        tr = reader_translator(interaction)
        form = ui.Modal(
            title=tr.text("Add its link"), custom_id=f"draftlink:{self.key}:{self.page}"
        )
        form.add_item(text_field(tr.text("Link"), "link", placeholder="https://", most=512))
        await open_form(interaction, form)


class Discard(DraftButton, template=_template("discard")):
    """Asks once more."""

    ACTION, LABEL, STYLE = "discard", gettext_noop("Discard"), _DANGER

    async def on_press(self, interaction: Interaction) -> None:
        await _load(interaction, self.draft)
        tr = reader_translator(interaction)
        view = ui.View(timeout=None)
        view.add_item(DiscardForGood(self.key, tr, self.page))
        view.add_item(Back(self.key, tr, self.page))
        await interaction.response.edit_message(
            content=tr.text("Discard the text and all the claims found in it?"), view=view
        )


class DiscardForGood(DraftButton, template=_template("gone")):
    ACTION, LABEL, STYLE = "gone", gettext_noop("Discard it"), _DANGER

    async def on_press(self, interaction: Interaction) -> None:
        bot, tr = interaction.client, reader_translator(interaction)
        draft = await bot.desk.write(drafts.discard_draft, get_acting(interaction), self.draft)
        said = tr.text(
            "“{title}” was discarded; nothing was kept.", title=escape(draft.intake.title, 120)
        )
        await interaction.response.edit_message(content=said, embeds=[], view=None)


class Back(DraftButton, template=_template("back")):
    """The preview again."""

    ACTION, LABEL = "back", gettext_noop("Back")

    async def on_press(self, interaction: Interaction) -> None:
        await _turn_page(interaction, self.draft, self.page)


class Before(Back, template=_template("before")):
    ACTION, LABEL = "before", "◀"


class After(Back, template=_template("after")):
    ACTION, LABEL = "after", "▶"


class PickMenu(SelectMenu, template=_template("pick")):
    """The claims of a page; what is picked is kept with the draft."""

    @classmethod
    def on(cls, view: DraftView, page: int, tr: Translator) -> Self:
        options = [make_option(view, rank, place, tr) for rank, place in list_on_page(view, page)]
        return cls(
            f"draft:{view.draft.key}:pick:{page}",
            placeholder=tr.text("Pick claims to post or edit"),
            options=options,
            min_values=0,
            max_values=len(options),
        )

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        bot = interaction.client
        _, key, _, page = self.custom_id.split(":")
        view = await _load(interaction, DraftKey(key))
        view = await bot.desk.write(
            drafts.pick_claims,
            get_acting(interaction),
            DraftKey(key),
            [place for _, place in list_on_page(view, int(page))],
            [int(place) for place in values if place.isdecimal()],
        )
        await refresh_preview(interaction, view, int(page))


def draft_view(draft: DraftView, page: int, tr: Translator) -> ui.View:
    """Return the menu and buttons under a preview; fresh ones each time."""
    view = ui.View(timeout=None)
    key, picked = draft.draft.key, len(draft.draft.picked)
    if draft.draft.intake.claims:
        view.add_item(PickMenu.on(draft, page, tr))
        view.add_item(PostAll(key, tr, page))
        some = PostPicked(key, tr, page)
        if picked:
            some.label = tr.plural("Post {n} picked", "Post {n} picked", picked)
        some.disabled = not picked
        edit = EditPicked(key, tr, page)
        edit.disabled = picked != 1
        for button in (some, edit, ShelveAll(key, tr, page)):
            view.add_item(button)
    view.add_item(Discard(key, tr, page))
    if draft.draft.intake.url is None and draft.draft.intake.claims:
        link = GiveLink(key, tr, page)
        link.row = 2
        view.add_item(link)
    last = count_pages(draft) - 1
    if last:
        before, after = Before(key, tr, max(page - 1, 0)), After(key, tr, min(page + 1, last))
        before.disabled, after.disabled = page == 0, page == last
        before.row = after.row = 2
        view.add_item(before)
        view.add_item(after)
    return view


async def refresh_preview(interaction: Interaction, view: DraftView, page: int) -> None:
    """The preview in the place of the message that a button or a form of it stands on."""
    tr = reader_translator(interaction)
    page = min(page, count_pages(view) - 1)
    checked = await find_checked(interaction, view, page)
    await interaction.response.edit_message(
        content=None,
        embeds=draft_embeds(view, page, tr, checked),
        view=draft_view(view, page, tr),
    )


async def find_checked(
    interaction: Interaction, view: DraftView, page: int
) -> Mapping[int, CheckedBefore]:
    """Return what was checked before of the claims on a page of the preview."""
    places = [place for _, place in list_on_page(view, page)]
    acting, key = get_acting(interaction), view.draft.key
    return await interaction.client.desk.read(drafts.list_checked, acting, key, places)


async def _load(interaction: Interaction, key: DraftKey) -> DraftView:
    bot = interaction.client
    return await bot.desk.read(drafts.look_up, get_acting(interaction), key)


async def _turn_page(interaction: Interaction, key: DraftKey, page: int) -> None:
    await refresh_preview(interaction, await _load(interaction, key), page)


async def _finish(interaction: Interaction, view: DraftView, post: frozenset[int] | None) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    acting, key = get_acting(interaction), view.draft.key

    async def finished() -> IntakeResult:
        earlier = bot.draft_matches.take(key)
        met = await bot.desk.read_apart(drafts.match_ahead, acting, key, earlier)
        taken = await bot.desk.write(drafts.finish_draft, acting, key, post, met)
        await bot.desk.write_steps(write_next, taken.document.id, bot.now())
        return taken

    taken = await defer_if_slow(interaction, finished())
    bot.outbox.wake()
    bot.card_sync.wake()
    said = write_result(taken, view.team.settings.claims_channel, tr)
    if taken.posted:
        said = await add_waiting(interaction, said)
    if interaction.response.is_done():
        await interaction.edit_original_response(content=said, embeds=[], view=None)
    else:
        await interaction.response.edit_message(content=said, embeds=[], view=None)


async def _take_rewording(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    bot, (key, place, page) = interaction.client, carried
    rewording = Rewording(
        sent.get("words", ""),
        read_sources(sent.get("said_by")),
        read_hedge(sent.get("hedge", "")),
    )
    acting, asked = get_acting(interaction), (DraftKey(key), int(place), rewording)
    row = await bot.desk.read_apart(drafts.match_reworded, acting, *asked)
    view = await bot.desk.write(drafts.reword_claim, acting, *asked, row)
    await refresh_preview(interaction, view, int(page))


async def _take_link(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    key, page = carried
    view = await interaction.client.desk.write(
        drafts.give_link, get_acting(interaction), DraftKey(key), sent.get("link", "")
    )
    await refresh_preview(interaction, view, int(page))


FEATURE = Feature(
    items=(
        PostAll,
        PostPicked,
        ShelveAll,
        EditPicked,
        GiveLink,
        Discard,
        DiscardForGood,
        Back,
        Before,
        After,
        PickMenu,
    ),
    modals={
        f"draft:{ANY_KEY}:{COUNT}:{COUNT}": _take_rewording,
        f"draftlink:{ANY_KEY}:{COUNT}": _take_link,
    },
)
