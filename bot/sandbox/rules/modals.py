"""What Discord accepts as a form in a dialog."""

from collections.abc import Callable, Container

from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import SELECTS, ComponentType
from bot.sandbox.rules.components import (
    identified,
    options_form,
    select_form,
    text_display,
    unique_ids,
)
from bot.sandbox.rules.forms import FormErrors, Where
from bot.sandbox.shapes import nested

TITLE = 45
PARTS = 5
LABEL = 45
DESCRIPTION = 100
TYPED = 4000
PLACEHOLDER = 100
FILES = 10
RADIO_OPTIONS = (10, 2)
CHECKBOXES = (10, 1)


def check_modal(body: Json, *, at: Where = ()) -> None:
    form, parts = FormErrors(), body.get("components") or []
    form.text((*at, "title"), body.get("title"), TITLE, 1, needed=True)
    identified(form, at, body)
    form.most((*at, "components"), parts, PARTS, 1)
    for i, part in enumerate(parts):
        _part(form, (*at, "components", i), part)
    unique_ids(form, (*at, "components"), list(nested(parts)))
    form.settle()


def _part(form: FormErrors, where: Where, part: Json) -> None:
    allowed = (int(ComponentType.LABEL), int(ComponentType.TEXT_DISPLAY), int(ComponentType.ROW))
    if not form.choice((*where, "type"), part.get("type"), allowed):
        return
    if part["type"] == ComponentType.TEXT_DISPLAY:
        text_display(form, where, part)
    elif part["type"] == ComponentType.LABEL:
        form.text((*where, "label"), part.get("label"), LABEL, 1, needed=True)
        form.text((*where, "description"), part.get("description"), DESCRIPTION)
        _input(form, (*where, "component"), part.get("component") or {})
    else:  # the older way: one text input in a row, with its own label
        inner = part.get("components") or []
        form.most((*where, "components"), inner, 1, 1)
        for i, single in enumerate(inner):
            here = (*where, "components", i)
            form.text((*here, "label"), single.get("label"), LABEL, 1, needed=True)
            form.choice((*here, "type"), single.get("type"), (int(ComponentType.TEXT_INPUT),))
            _text_input(form, here, single)


def _input(form: FormErrors, where: Where, single: Json) -> None:
    kind = single.get("type")
    allowed = tuple(int(k) for k in (*SELECTS, *_INPUTS))
    if not form.choice((*where, "type"), kind, allowed):
        return
    identified(form, where, single)
    if kind in SELECTS:
        select_form(form, where, single)
        if single.get("disabled"):
            said = "A select menu in a modal cannot be disabled."
            form.wrong((*where, "disabled"), "COMPONENT_MODAL_SELECT_DISABLED", said)
    else:
        _INPUTS[ComponentType(single["type"])](form, where, single)


def _text_input(form: FormErrors, where: Where, single: Json) -> None:
    form.choice((*where, "style"), single.get("style"), (1, 2))
    form.number((*where, "min_length"), single.get("min_length"), TYPED)
    form.number((*where, "max_length"), single.get("max_length"), TYPED, 1)
    form.text((*where, "placeholder"), single.get("placeholder"), PLACEHOLDER)
    form.text((*where, "value"), single.get("value"), single.get("max_length") or TYPED)


def _files(form: FormErrors, where: Where, single: Json) -> None:
    form.number((*where, "min_values"), single.get("min_values"), FILES)
    form.number((*where, "max_values"), single.get("max_values"), FILES, 1)
    least, most = single.get("min_values"), single.get("max_values")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        said = "The minimum number of files is larger than the maximum."
        form.wrong((*where, "min_values"), "BASE_TYPE_BAD_RANGE", said)


def require_files(part: Json, chosen: list[str], known: Container[str]) -> None:
    """Raise ValueError for what a client does not send: too few files, too many, or unknown ones.

    The field is left empty only where it is not required.
    """
    least, most = (
        1 if (n := part.get(name)) is None else n for name in ("min_values", "max_values")
    )
    if part.get("required") is False and not chosen:
        least = 0
    if not least <= len(chosen) <= most:
        message = f"{len(chosen)} files for the field {part.get('custom_id')}"
        raise ValueError(message)
    if any(key not in known for key in chosen):
        message = "a file that was not uploaded"
        raise ValueError(message)


def _radio(form: FormErrors, where: Where, single: Json) -> None:
    options_form(form, where, single.get("options") or [], *RADIO_OPTIONS)


def _checkboxes(form: FormErrors, where: Where, single: Json) -> None:
    options_form(form, where, single.get("options") or [], *CHECKBOXES)


def _checkbox(form: FormErrors, where: Where, single: Json) -> None:
    if single.get("required"):
        said = "A single checkbox cannot be required."
        form.wrong((*where, "required"), "COMPONENT_CHECKBOX_REQUIRED", said)


_INPUTS: dict[ComponentType, Callable[[FormErrors, Where, Json], None]] = {
    ComponentType.TEXT_INPUT: _text_input,
    ComponentType.FILE_UPLOAD: _files,
    ComponentType.RADIO_GROUP: _radio,
    ComponentType.CHECKBOX_GROUP: _checkboxes,
    ComponentType.CHECKBOX: _checkbox,
}
