"""Deciding on a draft: its preview's menu and buttons. Each carries the draft's key and page."""

import re
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.i18n.escaping import escape
from bot.i18n.labels import N_
from bot.i18n.translator import Words
from bot.rendering.intake_preview import draft_embeds, on_page, option_of, pages_of, taken_sentence
from bot.ui.buttons import KEY, KeyButton
from bot.ui.context import Interaction, guild_of, person_of, readers_words
from bot.ui.deferral import within_patience
from bot.ui.feature import Feature
from bot.ui.modals import Submitted, line, open_form
from bot.ui.selects import Menu
from workflows.desk import drafts
from workflows.desk.drafts import DraftView
from workflows.desk.intake import IntakeResult
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

    def __init__(self, key: str, words: Words, page: int = 0) -> None:
        button: ui.Button[Any] = ui.Button(
            label=words.say(self.LABEL),
            style=self.STYLE,
            custom_id=f"draft:{key}:{self.ACTION}:{page}",
        )
        super().__init__(key, button)
        self.page = page

    @classmethod
    def of(cls, match: re.Match[str], words: Words) -> Self:
        return cls(match["key"], words, int(match["page"]))

    @property
    def draft(self) -> DraftKey:
        return DraftKey(self.key)


def _template(action: str) -> str:
    return rf"^draft:{KEY}:{action}:(?P<page>\d{{1,4}})$"


class PostAll(DraftButton, template=_template("all")):
    """Take the document in; the team's rule says what is posted."""

    ACTION, LABEL, STYLE = "all", N_("Post all"), _SUCCESS

    async def pressed(self, interaction: Interaction) -> None:
        await _finish(interaction, await _look(interaction, self.draft), None)


class PostPicked(DraftButton, template=_template("some")):
    """Post what is picked, shelve the rest."""

    ACTION, LABEL = "some", N_("Post picked")

    async def pressed(self, interaction: Interaction) -> None:
        view = await _look(interaction, self.draft)
        await _finish(interaction, view, view.draft.picked)


class ShelveAll(DraftButton, template=_template("shelve")):
    """Take the document in and post nothing of it yet."""

    ACTION, LABEL = "shelve", N_("Shelve all")

    async def pressed(self, interaction: Interaction) -> None:
        await _finish(interaction, await _look(interaction, self.draft), frozenset())


class EditPicked(DraftButton, template=_template("edit")):
    """Opens the form for the words of the one claim that is picked."""

    ACTION, LABEL = "edit", N_("Edit")

    async def pressed(self, interaction: Interaction) -> None:
        view = await _look(interaction, self.draft)
        if len(view.draft.picked) != 1:
            raise BadInput("Pick one claim, and only one, to edit it.")
        (place,) = view.draft.picked
        words = readers_words(interaction)
        form = ui.Modal(
            title=words.say("Edit before posting"),
            custom_id=f"draft:{self.key}:{place}:{self.page}",
        )
        form.add_item(
            line(
                words.say("The claim in plain words"),
                "words",
                description=words.say("Bare of who says so and how firmly; both stay beside it."),
                default=view.draft.intake.claims[place].words[:LONGEST],
                most=LONGEST,
                long=True,
            )
        )
        await open_form(interaction, form)


class Discard(DraftButton, template=_template("discard")):
    """Asks once more."""

    ACTION, LABEL, STYLE = "discard", N_("Discard"), _DANGER

    async def pressed(self, interaction: Interaction) -> None:
        await _look(interaction, self.draft)
        words = readers_words(interaction)
        view = ui.View(timeout=None)
        view.add_item(DiscardForGood(self.key, words, self.page))
        view.add_item(Back(self.key, words, self.page))
        await interaction.response.edit_message(
            content=words.say("Discard the text and all that was found in it?"), view=view
        )


class DiscardForGood(DraftButton, template=_template("gone")):
    ACTION, LABEL, STYLE = "gone", N_("Discard it"), _DANGER

    async def pressed(self, interaction: Interaction) -> None:
        bot, words = interaction.client, readers_words(interaction)
        draft = await bot.desk.write(
            drafts.discard_draft,
            guild_of(interaction),
            self.draft,
            person_of(interaction),
            bot.now(),
        )
        said = words.say(
            "“{title}” is discarded; nothing of it is kept.", title=escape(draft.intake.title, 120)
        )
        await interaction.response.edit_message(content=said, embeds=[], view=None)


class Back(DraftButton, template=_template("back")):
    """The preview again."""

    ACTION, LABEL = "back", N_("Back")

    async def pressed(self, interaction: Interaction) -> None:
        await _turn(interaction, self.draft, self.page)


class Before(Back, template=_template("before")):
    ACTION, LABEL = "before", "◀"


class After(Back, template=_template("after")):
    ACTION, LABEL = "after", "▶"


class PickMenu(Menu, template=_template("pick")):
    """The claims of a page; what is picked is kept with the draft."""

    def __init__(self, menu: ui.Select[Any], key: str, page: int) -> None:
        super().__init__(menu)
        self.draft, self.page = DraftKey(key), page

    @classmethod
    def on(cls, view: DraftView, page: int, words: Words) -> Self:
        options = [option_of(view, rank, place, words) for rank, place in on_page(view, page)]
        menu: ui.Select[Any] = ui.Select(
            custom_id=f"draft:{view.draft.key}:pick:{page}",
            placeholder=words.say("Pick claims to post or edit"),
            options=options,
            min_values=0,
            max_values=len(options),
        )
        return cls(menu, view.draft.key, page)

    @classmethod
    def used(cls, match: re.Match[str]) -> Self:
        return cls(ui.Select(custom_id=match.string), match["key"], int(match["page"]))

    async def chosen(self, interaction: Interaction, values: list[str]) -> None:
        bot = interaction.client
        view = await _look(interaction, self.draft)
        view = await bot.desk.write(
            drafts.pick_claims,
            guild_of(interaction),
            self.draft,
            [place for _, place in on_page(view, self.page)],
            [int(place) for place in values if place.isdecimal()],
            person_of(interaction),
            bot.now(),
        )
        await show_again(interaction, view, self.page)


def draft_view(draft: DraftView, page: int, words: Words) -> ui.View:
    """The menu and buttons under a preview; fresh ones each time."""
    view = ui.View(timeout=None)
    key, picked = draft.draft.key, len(draft.draft.picked)
    if draft.draft.intake.claims:
        view.add_item(PickMenu.on(draft, page, words))
        view.add_item(PostAll(key, words, page))
        some = PostPicked(key, words, page)
        if picked:
            some.item.label = words.count("Post {n} picked", "Post {n} picked", picked)
        some.item.disabled = not picked
        edit = EditPicked(key, words, page)
        edit.item.disabled = picked != 1
        for button in (some, edit, ShelveAll(key, words, page)):
            view.add_item(button)
    view.add_item(Discard(key, words, page))
    last = pages_of(draft) - 1
    if last:
        before, after = Before(key, words, max(page - 1, 0)), After(key, words, min(page + 1, last))
        before.item.disabled, after.item.disabled = page == 0, page == last
        before.item.row = after.item.row = 2
        view.add_item(before)
        view.add_item(after)
    return view


async def show_again(interaction: Interaction, view: DraftView, page: int) -> None:
    """The preview in the place of the message that a button or a form of it stands on."""
    words = readers_words(interaction)
    page = min(page, pages_of(view) - 1)
    await interaction.response.edit_message(
        content=None,
        embeds=draft_embeds(view, page, words),
        view=draft_view(view, page, words),
    )


async def _look(interaction: Interaction, key: DraftKey) -> DraftView:
    bot = interaction.client
    return await bot.desk.read(
        drafts.look_up, guild_of(interaction), key, person_of(interaction), bot.now()
    )


async def _turn(interaction: Interaction, key: DraftKey, page: int) -> None:
    await show_again(interaction, await _look(interaction, key), page)


async def _finish(interaction: Interaction, view: DraftView, post: frozenset[int] | None) -> None:
    bot, words = interaction.client, readers_words(interaction)
    guild, key, person, now = (
        guild_of(interaction),
        view.draft.key,
        person_of(interaction),
        bot.now(),
    )

    async def finished() -> IntakeResult:
        met = await bot.desk.read_apart(drafts.met_ahead, guild, key, person, now)
        return await bot.desk.write(drafts.finish_draft, guild, key, post, person, now, met)

    taken = await within_patience(interaction, finished())
    bot.outbox.wake()
    bot.showing.nudge()
    said = taken_sentence(taken, view.team.settings.claims_channel, words)
    if interaction.response.is_done():
        await interaction.edit_original_response(content=said, embeds=[], view=None)
    else:
        await interaction.response.edit_message(content=said, embeds=[], view=None)


async def _reworded(interaction: Interaction, carried: list[str], sent: Submitted) -> None:
    bot, (key, place, page) = interaction.client, carried
    asked = (
        guild_of(interaction),
        DraftKey(key),
        int(place),
        sent.get("words", ""),
    )
    person, now = person_of(interaction), bot.now()
    row = await bot.desk.read_apart(drafts.match_reworded, *asked, person, now)
    view = await bot.desk.write(drafts.reword_claim, *asked, row, person, now)
    await show_again(interaction, view, int(page))


FEATURE = Feature(
    items=(
        PostAll,
        PostPicked,
        ShelveAll,
        EditPicked,
        Discard,
        DiscardForGood,
        Back,
        Before,
        After,
        PickMenu,
    ),
    modals={"draft": _reworded},
)
