"""What the page is told: people, places, commands and messages, as far as one person sees them."""

from bot.sandbox.ids import Json
from bot.sandbox.languages import shown_in
from bot.sandbox.rules.codes import FORUMS, THREADS, Flag, Permission
from bot.sandbox.state import State

RECENT = 150


def hello(state: State, me: Json, *, online: bool) -> Json:
    """Return all that a page needs to begin with."""
    seen = [*_channels(state, me), *_directs(state, me)]
    return {
        "event": "hello",
        "server": {"id": state.guild_id, "name": state.name},
        "bot": state.bot,
        "welcome": state.welcome,
        "web": list(state.web),
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
            "can_write": may_write(state, me, c["id"]),
            **(_forum(c) if c["type"] in FORUMS else {}),
            **(_thread(c) if c["type"] in THREADS else {}),
        }
        for c in state.channels.values()
        if state.sees(me, c["id"])
    ]


def may_write(state: State, me: Json, channel: str) -> bool:
    """Return True if this person may send a message here. A forum takes none, only posts."""
    here, may = state.channels[channel], state.allowed(me, channel)
    if here["type"] in THREADS:
        locked = here["thread_metadata"]["locked"] and not may & Permission.MANAGE_THREADS
        return bool(may & Permission.SEND_MESSAGES_IN_THREADS) and not locked
    return here["type"] not in FORUMS and bool(may & Permission.SEND_MESSAGES)


def _forum(channel: Json) -> Json:
    tags = [{"id": tag["id"], "name": tag["name"]} for tag in channel["available_tags"]]
    return {"forum": True, "tags": tags}


def _thread(channel: Json) -> Json:
    """Return what a forum's list of posts says of one."""
    about = channel["thread_metadata"]
    return {
        "archived": about["archived"],
        "locked": about["locked"],
        "tags": channel["applied_tags"],
        "said": channel["message_count"],
        "last": channel["last_message_id"] or channel["id"],
    }


def _directs(state: State, me: Json) -> list[Json]:
    mine = state.direct.get(me["id"])
    return [] if mine is None else [{"id": mine["id"], "name": state.bot["username"]}]


def _offer(command: Json, allowed: int) -> bool:
    needed = command.get("default_member_permissions")
    if needed is None or allowed & Permission.ADMINISTRATOR:
        return True
    return int(needed) != 0 and allowed & int(needed) == int(needed)
