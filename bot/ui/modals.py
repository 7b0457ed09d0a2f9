"""The forms. A form's id carries what it needs, so that it outlives a restart.

None is kept in memory: each is stopped before it is sent, so that discord.py does not store it, and
what comes back is read from the wire by `values_of` and given to the function its id names.
"""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import discord
from discord import ui

from bot.errors import OFFERED, get_custom_id
from bot.i18n.escaping import cut, plain
from bot.i18n.labels import HEDGES
from bot.i18n.translator import Translator, translator_for
from bot.rendering.claim_card import claim_embed
from bot.ui.buttons import KeyButton
from bot.ui.context import Interaction, get_fields, reader_translator, retry_once
from workflows.claims import Claim, Hedge, Verdict
from workflows.desk.claim_views import ClaimView
from workflows.errors import BadInput, NotFound, Refused, Unavailable
from workflows.voting import is_votable

ModalValues = Mapping[str, str]
"""What a person sent: the value of each field by its id, empty where nothing was given.

Several chosen values stand in one text with spaces between: they are ids or words of ours.
"""
ModalHandler = Callable[[Interaction, list[str], ModalValues], Awaitable[None]]
"""What takes a form that was sent; the rest of the form's id is given to it."""


ANY_KEY = r"[\w-]{22}"
"""A claim's, a link's or a draft's key in a form's id."""
VERDICT = "(?:" + "|".join(Verdict) + ")"
SERVER = r"\d{1,20}"
COUNT = r"\d{1,9}"
"""Of a claim, of its words' version, or a place in a list."""
_CHAIN = 400
"""Characters of the names of all sources in one line of a form."""
_THEN = "→"


_TITLE = 45
"""Characters of a form's title that Discord takes."""
FORMS_KEPT = 300
"""Forms that are kept at hand to be opened again: the last one of each person."""


class FormMemory:
    """The last form each person was shown, so that one that failed can be opened again filled in.

    Only in memory: what people typed is nobody else's, and after a restart they open it anew.
    """

    def __init__(self) -> None:
        self._shown: OrderedDict[int, dict[str, Any]] = OrderedDict()

    def note(self, person: int, form: ui.Modal) -> None:
        """Keep the form that this person is shown now."""
        self._shown[person] = form.to_dict()
        self._shown.move_to_end(person)
        while len(self._shown) > FORMS_KEPT:
            self._shown.popitem(last=False)

    def fill(self, person: int, custom_id: str, sent: ModalValues) -> bool:
        """Keep what was typed into the form; return False where another one was shown since."""
        shown = self._shown.get(person)
        if shown is None or shown["custom_id"] != custom_id:
            return False
        _fill(shown["components"], sent)
        return True

    def find(self, person: int) -> ui.Modal | None:
        """Return the form as it was left."""
        shown = self._shown.get(person)
        return _StoredForm(shown) if shown else None


class _StoredForm(ui.Modal):
    """A form as it was sent before, with other values."""

    def __init__(self, payload: dict[str, Any]) -> None:
        super().__init__(title=payload["title"], custom_id=payload["custom_id"])
        self._payload = payload

    def to_dict(self) -> dict[str, Any]:
        return deepcopy(self._payload)


def _fill(node: Any, sent: ModalValues) -> None:  # noqa: ANN401  # JSON as it was sent
    """Put what was typed and chosen into the fields, wherever they stand."""
    if isinstance(node, list):
        for part in node:
            _fill(part, sent)
    elif isinstance(node, dict):
        if (value := sent.get(node.get("custom_id", ""))) is not None:
            _fill_field(node, value)
        for inner in ("component", "components"):
            _fill(node.get(inner, []), sent)


def _fill_field(field: dict[str, Any], value: str) -> None:
    chosen = value.split()
    if "options" in field:
        for option in field["options"]:
            option["default"] = option["value"] in chosen
    elif kind := _CHOOSERS.get(field["type"]):
        field["default_values"] = [{"id": each, "type": kind} for each in chosen]
    elif value:
        field["value"] = value
    else:
        field.pop("value", None)


_CHOOSERS = {5: "user", 6: "role", 8: "channel"}
"""What the menus of Discord's own choose, by their types on the wire."""


async def open_form(interaction: Interaction, form: ui.Modal, claim: Claim | None = None) -> None:
    """Show a form; with a claim it is named in the title."""
    if claim:
        form.title = cut(plain(f"{form.title} · #{claim.number} · {claim.words}"), _TITLE)
    form.stop()  # a stopped form is not stored; `submit` reads what comes back
    interaction.client.forms.note(interaction.user.id, form)
    await interaction.response.send_modal(form)


class TryAgainButton(KeyButton, template=r"^(?P<key>again)$"):
    """Below what was wrong with a form: opens it again with what was typed."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Try again"), custom_id=key)

    async def on_press(self, interaction: Interaction) -> None:
        form = interaction.client.forms.find(interaction.user.id)
        if form is None:
            raise NotFound("This form has expired. Please open it again.")
        await open_form(interaction, form)


async def handle_modal(interaction: Interaction, handlers: Mapping[str, ModalHandler]) -> None:
    """Give a sent form to the function whose pattern its id fits. Raises what that raises."""
    custom_id = get_custom_id(interaction)
    fitting = (each for form, each in handlers.items() if re.fullmatch(form, custom_id, re.ASCII))
    handler = next(fitting, None)
    if handler is None:
        raise NotFound("This form has expired. Please open it again.")
    carried = custom_id.split(":")[1:]
    sent = read_values(interaction)
    try:
        await handler(interaction, carried, sent)
    except (BadInput, Refused, Unavailable):
        if interaction.client.forms.fill(interaction.user.id, custom_id, sent):
            view = ui.View(timeout=None)
            view.add_item(TryAgainButton("again", reader_translator(interaction)))
            interaction.extras[OFFERED] = view
        raise


def read_values(interaction: Interaction) -> ModalValues:
    """Return each field's value by its id, wherever it stands in the form."""
    return dict(_fields(get_fields(interaction).get("components", [])))


def _fields(node: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # JSON as Discord sent it
    if isinstance(node, list):
        for part in node:
            yield from _fields(part)
    elif isinstance(node, dict):
        if "custom_id" in node:
            value = node.get("value")
            chosen = " ".join(map(str, node.get("values") or ()))
            yield node["custom_id"], str(chosen if value is None else value).strip()
        for inner in ("component", "components"):
            yield from _fields(node.get(inner, []))


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that came with a form, and where Discord keeps it."""

    filename: str
    size: int
    url: str


def read_files(interaction: Interaction, field: str) -> tuple[UploadedFile, ...]:
    """Return the files that were added to one field of a form."""
    sent = get_fields(interaction)
    keys = dict(_fields(sent.get("components", []))).get(field, "").split()
    resolved = cast(Mapping[str, Any], sent.get("resolved") or {})
    kept = resolved.get("attachments") or {}
    return tuple(
        UploadedFile(str(kept[key]["filename"]), int(kept[key]["size"]), str(kept[key]["url"]))
        for key in keys
        if key in kept
    )


# ------------------------------------------------------------------------------- all of them


def parse_day(text: str) -> date | None:
    """Return the day that "2024-10-18" writes, None for nothing. Raises BadInput."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            '"{text}" isn\'t a date. Write it as YYYY-MM-DD, such as 2024-10-18.', text=text
        ) from None


async def show_on_card(
    interaction: Interaction,
    view: ClaimView,
    said: str,
    buttons: ui.View | None = None,
) -> None:
    """Answer a form that stands on a card by the card itself, and say privately what was done."""
    bot = interaction.client
    message = interaction.message
    if message is None or message.flags.ephemeral:
        await interaction.response.send_message(
            said, view=buttons or discord.utils.MISSING, ephemeral=True
        )
    else:
        with bot.card_sync.track_write(message.id) as write:
            tr = translator_for(view.team.settings.language)
            embed = claim_embed(view, tr)
            await retry_once(lambda: interaction.response.edit_message(embed=embed))
            if is_votable(view.claim.state):  # else its buttons may be old: edited soon
                write.mark_shown(view.claim.version)
        await interaction.followup.send(said, view=buttons or discord.utils.MISSING, ephemeral=True)
    bot.outbox.wake()  # the moderators may be to be told
    bot.card_sync.wake()


def text_field(
    label: str,
    custom_id: str,
    *,
    required: bool = True,
    description: str | None = None,
    placeholder: str | None = None,
    default: str | None = None,
    most: int,
    long: bool = False,
) -> ui.Label[Any]:
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=custom_id,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        required=required,
        placeholder=placeholder or None,
        default=default or None,
        max_length=most,
    )
    return ui.Label(text=label, description=description, component=field)


def file_field(label: str, custom_id: str, *, description: str) -> ui.Label[Any]:
    """Build a field for one file, which may be left empty."""
    field: ui.FileUpload[Any] = ui.FileUpload(custom_id=custom_id, required=False, max_values=1)
    return ui.Label(text=label, description=description, component=field)


def hedge_field(tr: Translator, current: str | None = None) -> ui.Label[Any]:
    """Build the menu of how firmly something is said, with the value `hedge`."""
    options = [
        discord.SelectOption(
            label=tr.text(HEDGES[hedge]), value=hedge.value, default=hedge == current
        )
        for hedge in Hedge
    ]
    menu: ui.Select[Any] = ui.Select(
        custom_id="hedge", required=False, placeholder=tr.text("optional"), options=options
    )
    return ui.Label(text=tr.text("How firmly they say it"), component=menu)


def read_hedge(value: str) -> Hedge | None:
    """Return the hedge chosen, None for none. Raises BadInput for one that isn't known."""
    if value and value not in set(Hedge):
        raise BadInput("Choose how firmly they put it from the list.", code="hedge")
    return Hedge(value) if value else None


def sources_field(tr: Translator, names: Sequence[str]) -> ui.Label[Any] | None:
    """Build the line of who says so, outermost first; None where a line can't hold these names."""
    fits = sum(map(len, names)) + 3 * len(names) <= _CHAIN
    if not names or not all(names) or not fits or any(_THEN in name for name in names):
        return None
    return text_field(
        tr.text("Who says so"),
        "said_by",
        description=tr.text("Whoever quotes, then {mark}, then whom they quote", mark=_THEN),
        default=f" {_THEN} ".join(names),
        most=_CHAIN,
    )


def read_sources(value: str | None) -> tuple[str, ...] | None:
    """Return the names in the line of who says so; None where it was not shown."""
    return tuple(value.split(_THEN)) if value else None
