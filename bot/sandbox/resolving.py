"""The full objects behind the ids in an interaction: users, roles, channels, files."""

from collections.abc import Iterable

from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import ComponentType, Option
from bot.sandbox.state import State

_SELECTED = {
    ComponentType.USER_SELECT: Option.USER,
    ComponentType.ROLE_SELECT: Option.ROLE,
    ComponentType.MENTIONABLE_SELECT: Option.MENTIONABLE,
    ComponentType.CHANNEL_SELECT: Option.CHANNEL,
    ComponentType.FILE_UPLOAD: Option.ATTACHMENT,
}


def for_options(state: State, user: Json, options: list[Json]) -> Json:
    """As the key to merge into an interaction's data; nothing when there is nothing."""
    resolved: Json = {}
    for option in options:
        if option["type"] in (Option.SUBCOMMAND, Option.GROUP):
            inner = for_options(state, user, option.get("options") or [])
            _merge(resolved, inner.get("resolved", {}))
        elif not option.get("focused"):
            _merge(resolved, _resolve(state, user, option["type"], [str(option["value"])]))
    return {"resolved": resolved} if resolved else {}


def for_values(state: State, user: Json, kind: int, values: list[str]) -> Json:
    """Return the same for a select menu's values."""
    if kind not in _SELECTED:
        return {}
    return {"resolved": _resolve(state, user, _SELECTED[ComponentType(kind)], values)}


def for_form(state: State, user: Json, top: Json, values: Json) -> Json:
    """Return what one part of a form adds to the form's `resolved`."""
    inner = top.get("component") or {}
    if inner.get("type") not in _SELECTED:
        return {}
    chosen = [str(v) for v in values.get(inner["custom_id"]) or []]
    return _resolve(state, user, _SELECTED[ComponentType(inner["type"])], chosen)


def _resolve(state: State, user: Json, kind: int, ids: Iterable[str]) -> Json:
    resolved: Json = {}
    for i in ids:
        if kind in (Option.USER, Option.MENTIONABLE) and i in state.members:
            member = {k: v for k, v in state.members[i].items() if k != "user"}
            member["permissions"] = str(state.allowed(state.members[i]["user"]))
            _put(resolved, "users", i, state.members[i]["user"])
            _put(resolved, "members", i, member)
        elif kind in (Option.ROLE, Option.MENTIONABLE):
            for role in state.roles:
                if role["id"] == i:
                    _put(resolved, "roles", i, role)
        elif kind == Option.CHANNEL and i in state.channels:
            may = str(state.allowed(user, i))
            _put(resolved, "channels", i, {**state.channels[i], "permissions": may})
        elif kind == Option.ATTACHMENT and i in state.files:
            _put(resolved, "attachments", i, state.files[i][0])
    return resolved


def _put(resolved: Json, name: str, key: str, value: Json) -> None:
    resolved.setdefault(name, {})[key] = value


def _merge(resolved: Json, more: Json) -> None:
    for name, found in more.items():
        resolved.setdefault(name, {}).update(found)
