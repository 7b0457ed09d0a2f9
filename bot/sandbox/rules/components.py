"""What Discord accepts as buttons, menus and the rows they stand in."""

from collections.abc import Callable

from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import SELECTS, ComponentType, Style
from bot.sandbox.rules.forms import FormErrors, Where
from bot.sandbox.shapes import nested

ROWS = 5
BUTTONS = 5
ALL_TOGETHER = 40
CUSTOM_ID = 100
LABEL = 80
ADDRESS = 512
PLACEHOLDER = 150
OPTIONS = 25
OPTION_TEXT = 100
DISPLAYED = 4000
_TOP_V2 = (
    ComponentType.ROW,
    ComponentType.SECTION,
    ComponentType.TEXT_DISPLAY,
    ComponentType.MEDIA_GALLERY,
    ComponentType.FILE,
    ComponentType.SEPARATOR,
    ComponentType.CONTAINER,
)


def components_form(form: FormErrors, where: Where, components: list[Json], *, v2: bool) -> None:
    """All components of a message."""
    top = tuple(int(kind) for kind in (_TOP_V2 if v2 else (ComponentType.ROW,)))
    if not v2:
        form.most(where, components, ROWS)
    for i, component in enumerate(components):
        if form.choice((*where, i, "type"), component.get("type"), top):
            component_form(form, (*where, i), component)
    everything = list(nested(components))
    if len(everything) > ALL_TOGETHER:
        said = f"The total number of components cannot be more than {ALL_TOGETHER}."
        form.wrong(where, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", said)
    displayed = sum(len(str(c.get("content") or "")) for c in everything)
    if displayed > DISPLAYED:
        said = f"The displayed text cannot be longer than {DISPLAYED}."
        form.wrong(where, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", said)
    unique_ids(form, where, everything)


def component_form(form: FormErrors, where: Where, component: Json) -> None:
    kind = component.get("type")
    if kind in SELECTS:
        select_form(form, where, component)
    elif kind in _FORMS:
        _FORMS[ComponentType(kind)](form, where, component)
    elif kind not in tuple(ComponentType):
        form.choice((*where, "type"), kind, tuple(int(k) for k in ComponentType))


def unique_ids(form: FormErrors, where: Where, components: list[Json]) -> None:
    for name in ("custom_id", "id"):
        given = [c[name] for c in components if c.get(name)]
        code = f"COMPONENT_{name.upper()}_DUPLICATED"
        form.unique(where, given, code, f"Component {name} cannot be duplicated")


def identified(form: FormErrors, where: Where, component: Json) -> None:
    form.text((*where, "custom_id"), component.get("custom_id"), CUSTOM_ID, 1, needed=True)


def _row(form: FormErrors, where: Where, row: Json) -> None:
    inner = row.get("components") or []
    form.most((*where, "components"), inner, BUTTONS, 1)
    for i, component in enumerate(inner):
        here = (*where, "components", i)
        if component.get("type") in SELECTS:
            if len(inner) > 1:
                said = "A row holds one select menu and nothing else."
                form.wrong(here, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", said)
        elif component.get("type") != ComponentType.BUTTON:
            form.choice((*here, "type"), component.get("type"), (2, 3, 5, 6, 7, 8))
            continue
        component_form(form, here, component)


def _button(form: FormErrors, where: Where, button: Json) -> None:
    form.text((*where, "label"), button.get("label"), LABEL)
    style = button.get("style")
    if not form.choice((*where, "style"), style, tuple(int(s) for s in Style)):
        return
    if style == Style.LINK:
        form.text((*where, "url"), button.get("url"), ADDRESS, 1, needed=True)
        form.link((*where, "url"), button.get("url"), ("http", "https", "discord"))
        if button.get("custom_id"):
            said = "A custom id and url cannot both be specified"
            form.wrong((*where, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_URL", said)
    elif style != Style.PREMIUM:
        identified(form, where, button)
    if style != Style.PREMIUM and not (button.get("label") or button.get("emoji")):
        form.required((*where, "label"), None)


def select_form(form: FormErrors, where: Where, select: Json) -> None:
    identified(form, where, select)
    form.text((*where, "placeholder"), select.get("placeholder"), PLACEHOLDER)
    form.number((*where, "min_values"), select.get("min_values"), OPTIONS)
    form.number((*where, "max_values"), select.get("max_values"), OPTIONS, 1)
    if select["type"] == ComponentType.STRING_SELECT:
        options_form(form, where, select.get("options") or [], OPTIONS, 1)


def options_form(
    form: FormErrors, where: Where, options: list[Json], most: int, least: int
) -> None:
    """The choices of a select menu, of radio buttons, of checkboxes."""
    form.most((*where, "options"), options, most, least)
    for i, option in enumerate(options):
        here = (*where, "options", i)
        form.text((*here, "label"), option.get("label"), OPTION_TEXT, 1, needed=True)
        form.text((*here, "value"), option.get("value"), OPTION_TEXT, 1, needed=True)
        form.text((*here, "description"), option.get("description"), OPTION_TEXT)
    values = [option.get("value") for option in options]
    said = "The specified option value is already used"
    form.unique((*where, "options"), list(values), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", said)


def text_display(form: FormErrors, where: Where, display: Json) -> None:
    form.text((*where, "content"), display.get("content"), DISPLAYED, 1, needed=True)


def _inner(form: FormErrors, where: Where, component: Json) -> None:
    for i, inner in enumerate(component.get("components") or []):
        component_form(form, (*where, "components", i), inner)
    if component.get("accessory"):
        component_form(form, (*where, "accessory"), component["accessory"])


_FORMS: dict[ComponentType, Callable[[FormErrors, Where, Json], None]] = {
    ComponentType.ROW: _row,
    ComponentType.BUTTON: _button,
    ComponentType.TEXT_DISPLAY: text_display,
    ComponentType.SECTION: _inner,
    ComponentType.CONTAINER: _inner,
}
