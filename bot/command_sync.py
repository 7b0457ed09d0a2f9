"""The commands as Discord knows them: sent when they changed, and not at every start."""

import hashlib
import logging
from typing import Any

import discord
import msgspec
from discord import app_commands

from workflows.desk import process_state
from workflows.desk.claim_desk import ClaimDesk

_log = logging.getLogger(__name__)


async def sync_commands(
    tree: app_commands.CommandTree[Any], desk: ClaimDesk, application: int | None
) -> dict[str, int]:
    """Tell Discord our commands unless it has them, and return its ids for them by their names.

    Raises what discord.py raises.
    """
    payload = [await _hash_commands(tree, command) for command in tree.get_commands()]
    ours = hashlib.sha256(msgspec.json.encode(payload, order="deterministic")).hexdigest()
    name = f"commands of {application}"
    theirs = await _fetch_all(tree) if await desk.read(process_state.get, name) == ours else None
    if theirs is None:
        theirs = await tree.sync()
        await desk.write(process_state.put, name, ours)
        _log.info("command sync: %d commands", len(payload))
    return {command.name: command.id for command in theirs}


async def _hash_commands(
    tree: app_commands.CommandTree[Any],
    command: app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu,
) -> dict[str, Any]:
    if tree.translator is None:
        return command.to_dict(tree)
    return await command.get_translated_payload(tree, tree.translator)


async def _fetch_all(
    tree: app_commands.CommandTree[Any],
) -> list[app_commands.AppCommand] | None:
    """Return our commands if Discord still has them by name: others may have overwritten them.

    None where it has not, or does not say.
    """
    try:
        theirs = await tree.fetch_commands()
    except discord.HTTPException:
        return None
    has_all = {(each.name, each.type) for each in theirs} == {
        (each.name, getattr(each, "type", discord.AppCommandType.chat_input))
        for each in tree.get_commands()
    }
    return theirs if has_all else None
