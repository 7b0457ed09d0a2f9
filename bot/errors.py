"""The one place that answers errors: a sentence for the person, a traceback with an id for the log.

In this order: an answer that came too late or twice is no error, since what it told is stored;
after the stop nobody can be told; of one that was lost on its way the person is told so; our own
family is answered with its sentence; anything else is a bug, logged in full under an id and
answered with one calm line.
"""

import logging
import secrets
from collections.abc import Iterator, Mapping
from io import BytesIO

import aiohttp
import discord
from discord import app_commands

from bot.i18n.translator import Translator, translator_for
from workflows.errors import BadInput, CorrobotError, Refused

_log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060
UNKNOWN_CLAIM = "unknown-claim"
"""The code of what names a claim or a document that the database does not have."""
LONG = 80
"""Characters from which on a text that was typed in vain is given back."""
TOO_MANY = 429
OFFERED = "offered"
"""Under this an interaction keeps the buttons to offer below the sentence that answers an error."""


_OUTDATED = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)
"""What comes of a command as another version of us had it, which somebody's Discord still shows."""


async def answer_error(interaction: discord.Interaction, error: BaseException) -> None:
    """Tell the person privately what went wrong; never raises."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    elif isinstance(error, app_commands.TransformerError):
        error = error.__cause__ or BadInput(
            "{value} isn't part of this server. Pick one from the list.",
            value=getattr(error.value, "id", error.value),
        )
    elif isinstance(error, _OUTDATED):
        error = Refused(
            "This command has changed. Reload Discord, then type it again.",
            code="outdated-command",
        )
    if is_too_late(error):
        _log.info("reply too late or sent twice: %s", error)
        return
    if is_cut_off(interaction, error):
        _log.warning("reply cut off by shutdown: %s", error)
        return
    tr = translator_for(str(interaction.locale))
    if is_lost(error):
        _log.warning("reply lost: %r", error)
        await _answer(interaction, write_lost(tr))
        return
    if not isinstance(error, CorrobotError):
        number = secrets.token_hex(4)
        _log.error("bug %s in %s", number, _describe_place(interaction), exc_info=error)
        await _answer(interaction, write_bug(tr, number))
        return
    if error.code == UNKNOWN_CLAIM:
        interaction.client.tell_of_unknown_card(interaction)  # type: ignore[attr-defined]  # ours
    await _answer(interaction, tr.error_text(error), show_typed(interaction))


def show_typed(interaction: discord.Interaction) -> str:
    """Return the longer texts of a form that was sent: what nobody likes to write twice."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return ""
    return "\n\n".join(text for text in _texts(interaction.data) if len(text) >= LONG)


def _texts(node: object) -> Iterator[str]:
    """Yield every text typed, wherever it stands in the form."""
    if isinstance(node, list):
        for part in node:
            yield from _texts(part)
    elif isinstance(node, dict):
        if isinstance(node.get("value"), str):
            yield node["value"]
        for inner in ("component", "components"):
            yield from _texts(node.get(inner))


def is_too_late(error: BaseException) -> bool:
    """Return True if Discord had this answer already, or no longer waits for it."""
    return isinstance(error, discord.HTTPException) and error.code in (
        UNKNOWN_INTERACTION,
        ALREADY_ACKNOWLEDGED,
    )


def is_lost(error: BaseException) -> bool:
    """Return True if Discord failed or held us back; everything is stored before it is answered."""
    if isinstance(error, discord.HTTPException) and error.status == TOO_MANY:
        return True
    return isinstance(error, discord.RateLimited | discord.DiscordServerError | aiohttp.ClientError)


def is_cut_off(interaction: discord.Interaction, error: BaseException) -> bool:
    """Return True if the stop waited for this answer no longer; what it told is stored."""
    return isinstance(error, RuntimeError) and interaction.client.is_closed()


def write_lost(tr: Translator) -> str:
    return tr.text("Discord didn't get our reply. Check whether it worked before trying again.")


def write_bug(tr: Translator, number: str) -> str:
    return tr.text(
        "Something went wrong on our side. Check whether it worked before trying again. If"
        " you report it, give this number: {number}.",
        number=number,
    )


async def _answer(interaction: discord.Interaction, sentence: str, kept: str = "") -> None:
    """`kept` is what they wrote, given back in a file: a form that is sent is gone."""
    file = discord.utils.MISSING
    if kept:
        file = discord.File(BytesIO(kept.encode(errors="replace")), "what-you-wrote.txt")
    view = interaction.extras.get(OFFERED, discord.utils.MISSING)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True, file=file, view=view)
        else:
            await interaction.response.send_message(sentence, ephemeral=True, file=file, view=view)
    except (discord.HTTPException, aiohttp.ClientError, OSError, RuntimeError) as failure:
        if isinstance(failure, RuntimeError) and not is_cut_off(interaction, failure):
            raise
        _log.warning("reply failed: %s", failure)


def _describe_place(interaction: discord.Interaction) -> str:
    """Return what was used, without anything a person wrote."""
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    return get_custom_id(interaction).partition(":")[0] or "an interaction"


def get_custom_id(interaction: discord.Interaction) -> str:
    """Return the id of the button pressed or the form sent; empty for anything else."""
    sent: Mapping[str, object] = interaction.data or {}
    return str(sent.get("custom_id", ""))
