"""What Discord accepts as buttons, menus and forms."""

from bot.sandbox.forms import Where
from bot.sandbox.ids import Json


def check_modal(body: Json, *, at: Where = ()) -> None: ...
