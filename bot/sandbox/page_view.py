"""What the page is told: people, places, commands and messages, as far as one person sees them."""

from bot.sandbox.ids import Json
from bot.sandbox.languages import shown_in
from bot.sandbox.rules.codes import THREADS, Flag, Permission
from bot.sandbox.state import State

RECENT = 150


def hello(state: State, me: Json, *, online: bool) -> Json:
    """Return all that a page needs to begin with."""
    seen = [*_channels(state, me), *_directs(state, me)]
    return {
        "event": "hello",
        "server": {"id": state.guild_id, "name": state.name},
        "bot": state.bot,
        "me": me["id"],
        "online": online,
        **around(state, me),
        "messages": {c["id"]: messages(state, me, c["id"]) for c in seen},
    }


def around(state: State, me: Json) -> Json:
    return {**people(state), **places(state, me), **commands(state, me)}


def people(state: State) -> Json:
    hidden = {state.everyone, state.bot_role}
    roles = [{"id": r["id"], "name": r["name"]} for r in state.roles if r["id"] not in hidden]
    return {"people": [_person(state, user) for user in state.people()], "roles": roles}


def places(state: State, me: Json) -> Json:
    return {"channels": _channels(state, me), "directs": _directs(state, me)}


def commands(state: State, me: Json) -> Json:
    """Return those that Discord would offer: default_member_permissions hides the others."""
    synced = [*state.commands["global"], *state.commands.get(state.guild_id, [])]
    allowed = state.allowed(me)
    locale = state.locales.get(me["id"], state.locale)
    return {"commands": [shown_in(locale, c) for c in synced if _offer(c, allowed)]}


def messages(
    state: State, me: Json, channel: str, before: str | None = None, back_to: str | None = None
) -> list[Json]:
    """Return the latest ones, oldest first; or those before one, back to another at least."""
    found = [m for m in state.messages[channel].values() if readable(state, me, m)]
    found.sort(key=lambda m: int(m["id"]))
    if before is not None:
        found = [m for m in found if int(m["id"]) < int(before)]
    wanted = RECENT
    if back_to is not None:
        wanted = max(wanted, sum(int(m["id"]) >= int(back_to) for m in found))
    return found[-wanted:]


def readable(state: State, me: Json, message: Json) -> bool:
    owner = state.only_for.get(message["id"])
    if message["flags"] & Flag.EPHEMERAL:
        return owner is not None and owner == str(me["id"])
    return state.sees(me, message["channel_id"])


def _person(state: State, user: Json) -> Json:
    held = state.members[user["id"]]["roles"]
    return {
        "id": user["id"],
        "name": user["global_name"],
        "roles": [r["name"] for r in state.roles if r["id"] in held],
        "owner": user["id"] == state.owner["id"],
        "moderator": state.moderates(user),
    }


def _channels(state: State, me: Json) -> list[Json]:
    return [
        {
            "id": c["id"],
            "name": c["name"],
            "thread": c["type"] in THREADS,
            "parent": c["parent_id"],
            "private": any(
                o["id"] == state.everyone and int(o["deny"]) & Permission.VIEW_CHANNEL
                for o in c["permission_overwrites"]
            ),
            "can_write": bool(state.allowed(me, c["id"]) & Permission.SEND_MESSAGES),
        }
        for c in state.channels.values()
        if state.sees(me, c["id"])
    ]


def _directs(state: State, me: Json) -> list[Json]:
    mine = state.direct.get(me["id"])
    return [] if mine is None else [{"id": mine["id"], "name": state.bot["username"]}]


def _offer(command: Json, allowed: int) -> bool:
    needed = command.get("default_member_permissions")
    if needed is None or allowed & Permission.ADMINISTRATOR:
        return True
    return int(needed) != 0 and allowed & int(needed) == int(needed)
