"""Where and when something happened: a link to a map, and a time in each reader's own zone."""

from bot.i18n.escaping import escape
from bot.i18n.translator import Translator, make_timestamp
from bot.rendering.embeds import make_masked_link
from workflows.claims import Scene
from workflows.scenes import make_map_address, name_place


def format_scene(scene: Scene | None, tr: Translator) -> str:
    """Return a scene in one line; nothing where none is known."""
    if scene is None:
        return ""
    parts = []
    if address := make_map_address(scene):
        parts.append("📍 " + make_masked_link(escape(name_place(scene), 80), address))
    if scene.at:
        parts.append("🕒 " + make_timestamp(scene.at))
    elif scene.day:
        parts.append("🕒 " + tr.day(scene.day))
    return " · ".join(parts)
