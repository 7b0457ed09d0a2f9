"""What Discord accepts as a message: lengths, numbers, embeds, flags."""

from bot.sandbox.attachments import Uploads
from bot.sandbox.forms import Where
from bot.sandbox.ids import Json


def check_message(
    body: Json, uploads: Uploads, *, at: Where = (), before: Json | None = None
) -> None:
    """`before`: the message that the body changes."""
