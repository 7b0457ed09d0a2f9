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
) -> None:
    """Tell Discord our commands unless it has them. Raises what discord.py raises."""
    payload = [await _hash_commands(tree, command) for command in tree.get_commands()]
    ours = hashlib.sha256(msgspec.json.encode(payload, order="deterministic")).hexdigest()
    name = f"commands of {application}"
    if await desk.read(process_state.get, name) == ours and await _has_all(tree):
        return
    await tree.sync()
    await desk.write(process_state.put, name, ours)
    _log.info("command sync: %d commands", len(payload))


async def _hash_commands(
    tree: app_commands.CommandTree[Any],
    command: app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu,
) -> dict[str, Any]:
    if tree.translator is None:
        return command.to_dict(tree)
    return await command.get_translated_payload(tree, tree.translator)


async def _has_all(tree: app_commands.CommandTree[Any]) -> bool:
    """Return True if Discord still has our commands by name: others may have overwritten them.

    Where it does not say, no.
    """
    try:
        theirs = await tree.fetch_commands()
    except discord.HTTPException:
        return False
    return {(each.name, each.type) for each in theirs} == {
        (each.name, getattr(each, "type", discord.AppCommandType.chat_input))
        for each in tree.get_commands()
    }
