"""Where and when, in one line that cannot trick."""

from datetime import UTC, date, datetime

from bot.i18n.translator import translator_for
from bot.rendering.scenes import format_scene
from workflows.claims import Scene

TR = translator_for("en")


def test_map_and_time():
    """A map's link, and a time in each reader's own zone; a day is the same for everyone."""
    at = datetime(2024, 10, 18, 14, 30, tzinfo=UTC)
    told = format_scene(Scene("The port", 48.5, 16.25, at=at), TR)

    assert "📍 [The port](<https://www.openstreetmap.org/?mlat=48.5&mlon=16.25" in told
    assert told.endswith(f"🕒 <t:{int(at.timestamp())}:f>")
    assert format_scene(Scene(day=date(2024, 10, 18)), TR) == "🕒 Oct 18, 2024"
    assert format_scene(None, TR) == ""


def test_places_are_text():
    """A place's name is text: it cannot ping or lead elsewhere."""
    told = format_scene(Scene("@everyone](https://evil.example) <@1>"), TR)

    assert told.count("](<") == 1
    assert "@everyone" not in told
    assert "](https://evil" not in told
