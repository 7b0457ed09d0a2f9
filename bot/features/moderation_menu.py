"""What moderators can do to a claim, in one menu below its Details; and to the claims of a list."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Self

import discord
from discord import ui

from bot.features.editing import edit_form, has_editable_sources
from bot.features.merging import preview_merge, split_form
from bot.features.moderation import (
    REACHED,
    REASON,
    UNBACKED,
    act,
    answer,
    build_form,
    find_member,
    find_warning,
    publish_field,
    reason_line,
    repost_all,
    write_refused,
)
from bot.i18n.escaping import cut, escape
from bot.i18n.labels import VERDICTS, gettext_noop
from bot.i18n.translator import Translator
from bot.ui.context import Interaction, get_acting, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from bot.ui.modals import COUNT, ModalValues, open_form, text_field
from bot.ui.selects import SelectMenu, first_value
from workflows.claims import ClaimKey, Status
from workflows.desk import moderation, search
from workflows.desk.claim_views import ClaimView
from workflows.desk.search import ClaimList
from workflows.errors import BadInput
from workflows.search import find_number
from workflows.voting import HELD, find_lacking, is_votable


def _is_in(view: ClaimView) -> bool:
    """Return True if the claim is neither settled nor out."""
    state = view.claim.state
    return state.settled_at is None and state.status not in (Status.DROPPED, Status.DUPLICATE)


def _is_closed(view: ClaimView) -> bool:
    state = view.claim.state
    return state.settled_at is not None or state.status is Status.DROPPED


ACTIONS: Mapping[str, tuple[str, Callable[[ClaimView], bool]]] = {
    "edit": (gettext_noop("Edit the words"), _is_in),
    "source": (gettext_noop("Correct who says so"), _is_in),
    "hedge": (
        gettext_noop("Correct how firmly they say it"),
        lambda view: _is_in(view) and bool(view.passages),
    ),
    "merge": (gettext_noop("Merge into another claim"), _is_in),
    "split": (gettext_noop("Split"), _is_in),
    "settle": (gettext_noop("Settle"), lambda view: is_votable(view.claim.state)),
    "reopen": (gettext_noop("Reopen"), _is_closed),
    "drop": (gettext_noop("Drop"), _is_in),
    "assign": (
        gettext_noop("Assign to a member"),
        lambda view: view.claim.state.status not in (Status.DROPPED, Status.DUPLICATE),
    ),
    "repost": (
        gettext_noop("Post the card again"),
        lambda view: view.claim.state.status is not Status.SHELVED,
    ),
}
"""What the menu offers, and for which claims."""


class ModerateMenu(SelectMenu, template=r"^moderate:(?P<key>[\w-]{22})$"):
    """Everything a moderator may do to this claim now."""

    @classmethod
    def of(cls, view: ClaimView, tr: Translator) -> Self:
        options = [
            discord.SelectOption(label=tr.text(label), value=action)
            for action, (label, is_possible) in ACTIONS.items()
            if is_possible(view) and (action != "source" or has_editable_sources(view, tr))
        ]
        return cls(f"moderate:{view.claim.key}", placeholder=tr.text("Moderate…"), options=options)

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        action, tr = first_value(values), reader_translator(interaction)
        if action not in ACTIONS:
            raise BadInput("Choose what to do from the list.")
        view = await interaction.client.desk.read(
            moderation.look_up_before,
            get_guild(interaction),
            ClaimKey(self.custom_id.removeprefix("moderate:")),
            get_person(interaction),
            "edit" if action in ("source", "hedge") else action,
        )
        if action == "repost":
            await act(interaction, "repost", view.claim.key, "", "", None)
        else:
            await open_form(interaction, _build(action, view, tr))


def _build(action: str, view: ClaimView, tr: Translator) -> ui.Modal:
    """Return the form that an action needs."""
    match action:
        case "edit":
            return edit_form(view, tr, None, {"words"})
        case "source" | "hedge":
            return edit_form(view, tr, None, {action})
        case "split":
            return split_form(view, tr, None)
        case "merge":
            return _build_merge_form(view, tr)
        case "settle":
            return _build_settle_form(view, tr)
    form = build_form(view, action, tr, warning=find_warning(view, action, ""))
    form.add_item(_member_field(tr) if action == "assign" else reason_line(tr))
    return form


def _build_merge_form(view: ClaimView, tr: Translator) -> ui.Modal:
    form = ui.Modal(
        title=tr.text("Merge #{number}", number=view.claim.number),
        custom_id=f"merge-into:{view.claim.number}",
    )
    form.add_item(ui.TextDisplay(escape(view.claim.words, 300)))
    form.add_item(text_field(tr.text("Number of the claim to keep"), "into", most=12))
    return form


def _build_settle_form(view: ClaimView, tr: Translator) -> ui.Modal:
    claim, policy = view.claim, view.team.policy
    lacking = {v: find_lacking(policy, claim.tally, claim.sources, v) for v in HELD.values()}
    reached = claim.state.status in HELD
    warning = REACHED if reached else UNBACKED[frozenset.intersection(*lacking.values())]
    form = build_form(view, "settle", tr, warning=warning)
    options = [
        discord.RadioGroupOption(label=tr.text(VERDICTS[verdict]), value=verdict.value)
        for verdict in HELD.values()
    ]
    choice: ui.RadioGroup[Any] = ui.RadioGroup(custom_id="verdict", options=options)
    form.add_item(ui.Label(text=tr.text("The verdict"), component=choice))
    form.add_item(reason_line(tr))
    form.add_item(publish_field(tr))
    return form


def _member_field(tr: Translator) -> ui.Label[Any]:
    chooser: ui.UserSelect[Any] = ui.UserSelect(custom_id="member", required=False, min_values=0)
    about = tr.text("Leave it empty to unassign.")
    return ui.Label(text=tr.text("Member"), description=about, component=chooser)


async def _take_merge(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    typed = sent.get("into", "")
    into = find_number(typed)
    if into is None:
        raise BadInput(
            '"{typed}" isn\'t a claim number. Pick a suggestion or type a number, such as 15.',
            typed=typed,
        )
    await preview_merge(interaction, int(carried[0]), into, None)


# --------------------------------------------------------------------------- claims of a list


class BulkMenu(SelectMenu, template=r"^bulk$"):
    """Does the same to the claims of a list's page; its values hold their numbers."""

    @classmethod
    def of(cls, listing: ClaimList, tr: Translator) -> Self:
        numbers = ",".join(str(claim.number) for claim in listing.found.claims)
        shown = len(listing.found.claims)
        options = [
            (tr.text("Post missing cards of the whole list again"), f"repost:{listing.key}"),
            (
                tr.plural("Drop the {n} claim shown", "Drop the {n} claims shown", shown),
                f"drop:{numbers}",
            ),
            (
                tr.plural("Assign the {n} claim shown", "Assign the {n} claims shown", shown),
                f"assign:{numbers}",
            ),
        ]
        return cls(
            "bulk",
            placeholder=tr.text("Moderate these claims…"),
            options=[discord.SelectOption(label=label, value=value) for label, value in options],
        )

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        desk, tr = interaction.client.desk, reader_translator(interaction)
        action, _, which = first_value(values).partition(":")
        guild, person = get_guild(interaction), get_person(interaction)
        await desk.read(moderation.require_claim, guild, person)
        if action == "repost":
            missing = await desk.read(search.list_missing, get_acting(interaction), which)
            await interaction.response.defer(ephemeral=True, thinking=True)
            await repost_all(interaction, missing)
            return
        title = gettext_noop("Drop claims") if action == "drop" else gettext_noop("Assign claims")
        form = ui.Modal(title=tr.text(title), custom_id=f"bulk:{action}:{which}")
        form.add_item(ui.TextDisplay(" ".join(f"#{number}" for number in _numbers(which))))
        form.add_item(_member_field(tr) if action == "assign" else reason_line(tr))
        await open_form(interaction, form)


def _numbers(text: str) -> list[int]:
    """Return the claims' numbers in a menu's value. Raises BadInput for anything else."""
    numbers = [find_number(part) for part in text.split(",")]
    if None in numbers:
        raise BadInput("Choose what to do from the list.")
    return [number for number in numbers if number is not None]


async def _take_bulk(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    action, which = carried
    acting, tr = get_acting(interaction), reader_translator(interaction)
    write, numbers = interaction.client.desk.write, _numbers(which)
    many = moderation.apply_to_many
    if action == "drop":
        reason = cut(sent.get("reason", ""), REASON)
        done = await write(many, acting, numbers, partial(moderation.drop_claim, reason=reason))
        said = tr.plural("{n} claim was dropped.", "{n} claims were dropped.", len(done.done))
    else:
        account = sent.get("member", "")
        to = await find_member(interaction, account) if account else None
        done = await write(many, acting, numbers, partial(moderation.assign_claim, to=to))
        said = tr.plural("{n} claim was assigned.", "{n} claims were assigned.", len(done.done))
    await answer(interaction, said + write_refused(done.refused, tr))


FEATURE = Feature(
    items=(ModerateMenu, BulkMenu),
    modals={f"merge-into:{COUNT}": _take_merge, r"bulk:\w+:[\d,]+": _take_bulk},
)
