"""What goes along with a link that is taken from a message."""

import discord

from bot.features.evidence import read_previews
from bot.features.message_evidence import _find_previews, _write_question
from bot.i18n.translator import translator_for

POST, OTHER = "https://x.com/harbour/status/1", "https://example.org/a"


def test_preview_goes_along():
    """What Discord's preview shows of a post is read back from the question, mark for mark."""
    embed = discord.Embed(title="Harbour `Post`", description="The *bridge*\nis closed", url=POST)

    previews = _find_previews([embed, discord.Embed(title="No link")])
    asked = _write_question((POST, OTHER), 0, translator_for("en"), previews)

    assert read_previews(asked) == {POST: "Harbour 'Post' — The *bridge* is closed", OTHER: ""}
    assert asked.url == POST
