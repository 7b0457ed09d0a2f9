"""The bot itself, its application, the server and the people in it."""

from bot.sandbox.ids import Json
from bot.sandbox.routes.call import Call, Reply
from bot.sandbox.rules.refusals import missing_access, unknown_member, unknown_user
from bot.sandbox.shapes import application_shape


def me(call: Call) -> Reply:
    return 200, call.state.bot


def my_guilds(call: Call) -> Reply:
    state = call.state
    here: Json = {
        "id": state.guild_id,
        "name": state.name,
        "icon": None,
        "owner": False,
        "permissions": str(state.allowed(state.bot)),
        "features": [],
    }
    return 200, [here]


def open_direct(call: Call) -> Reply:
    person = str(call.form.get("recipient_id"))
    if person not in call.state.members:
        raise unknown_user()
    return 200, call.state.direct_channel(person)


def user(call: Call) -> Reply:
    if call.ids["user"] not in call.state.members:
        raise unknown_user()
    return 200, call.state.members[call.ids["user"]]["user"]


def application(call: Call) -> Reply:
    state = call.state
    return 200, application_shape(state.app_id, state.bot["username"], state.owner)


def gateway(call: Call) -> Reply:
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    address = call.state.address("/gateway/", "ws")
    return 200, {"url": address, "shards": call.state.shards, "session_start_limit": limit}


def guild(call: Call) -> Reply:
    _here(call)
    return 200, call.state.guild()


def guild_channels(call: Call) -> Reply:
    _here(call)
    return 200, call.state.rooms()


def guild_roles(call: Call) -> Reply:
    _here(call)
    return 200, call.state.roles


def guild_member(call: Call) -> Reply:
    _here(call)
    if call.ids["user"] not in call.state.members:
        raise unknown_member()
    return 200, call.state.members[call.ids["user"]]


def _here(call: Call) -> None:
    if call.ids["guild"] != call.state.guild_id:
        raise missing_access()
