"""Commands are synced as a whole, for everywhere or for the server."""

from bot.sandbox.ids import Json, snowflake
from bot.sandbox.routes.call import Call, Reply
from bot.sandbox.rules.commands import check_commands


def listed(call: Call) -> Reply:
    return 200, call.state.commands.get(_scope(call), [])


def overwrite(call: Call) -> Reply:
    """Return one that keeps its name and kind keeps its id."""
    check_commands(call.body)
    before = {(c["name"], c["type"]): c["id"] for c in call.state.commands.get(_scope(call), [])}
    synced = [_sync(call, command, before) for command in call.body]
    call.state.commands[_scope(call)] = synced
    call.state.show("COMMANDS", {})
    return 200, synced


def _sync(call: Call, command: Json, before: dict[tuple[str, int], str]) -> Json:
    kind = command.get("type") or 1
    return {
        "application_id": call.state.app_id,
        "default_member_permissions": None,
        "nsfw": False,
        "description": "",
        **command,
        "type": kind,
        "id": before.get((command["name"], kind)) or snowflake(),
        "version": snowflake(),
    }


def _scope(call: Call) -> str:
    return call.ids.get("guild", "global")
