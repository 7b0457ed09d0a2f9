"""People act: click, choose, run a command, open a menu, complete, send a form."""

import asyncio
from typing import Any

from bot.sandbox import resolving
from bot.sandbox.ids import Json, snowflake
from bot.sandbox.interaction import Interaction
from bot.sandbox.rules import permissions
from bot.sandbox.rules.codes import SELECTS, Asked, ChannelType, Command, ComponentType, Option
from bot.sandbox.rules.modals import require_files
from bot.sandbox.shapes import nested
from bot.sandbox.state import State


def begin(
    state: State,
    kind: Asked,
    user: Json,
    channel_id: str,
    data: Json,
    message: Json | None = None,
    may: int | None = None,
    ago: float = 0.0,
) -> Interaction:
    """`may`: what the member may do there; None: what the roles give. `ago`: seconds it is old."""
    new = snowflake(ago)
    interaction = Interaction(
        new, "tok" + new, kind, channel_id, user, data, message, data.get("name")
    )
    state.interactions[new] = state.by_token[interaction.token] = interaction
    loop = asyncio.get_running_loop()
    interaction.timer = loop.call_later(max(0.0, state.token_window - ago), interaction.expire)
    state.emit("INTERACTION_CREATE", _payload(state, interaction, may))
    return interaction


def click(state: State, user: Json, message: Json, custom_id: str, ago: float = 0.0) -> Interaction:
    found = component(message["components"], custom_id)
    data = {"custom_id": custom_id, "component_type": found["type"], "id": found["id"]}
    return begin(state, Asked.COMPONENT, user, message["channel_id"], data, message, ago=ago)


def choose(
    state: State, user: Json, message: Json, custom_id: str, values: list[str]
) -> Interaction:
    found = component(message["components"], custom_id)
    data = {
        "custom_id": custom_id,
        "component_type": found["type"],
        "id": found["id"],
        "values": values,
        **resolving.for_values(state, user, found["type"], values),
    }
    return begin(state, Asked.COMPONENT, user, message["channel_id"], data, message)


def slash(
    state: State,
    user: Json,
    channel_id: str,
    name: str,
    options: list[Json],
    may: int | None = None,
    kind: int = Asked.COMMAND,
) -> Interaction:
    command = state.command(name, Command.SLASH)
    data = {
        "id": command["id"],
        "name": name,
        "type": int(Command.SLASH),
        "options": options,
        **resolving.for_options(state, user, options),
    }
    return begin(state, Asked(kind), user, channel_id, data, may=may)


def menu(state: State, user: Json, message: Json, name: str, may: int | None = None) -> Interaction:
    data = {
        "id": state.command(name, Command.MESSAGE_MENU)["id"],
        "name": name,
        "type": int(Command.MESSAGE_MENU),
        "target_id": message["id"],
        "resolved": {"messages": {message["id"]: message}},
    }
    return begin(state, Asked.COMMAND, user, message["channel_id"], data, may=may)


def submit(state: State, user: Json, shown: Interaction, values: Json) -> Interaction:
    """Sends the form that `shown` was answered with; what is not in `values` is left empty."""
    if shown.answer is None:
        message = "no form was shown"
        raise ValueError(message)
    form = shown.answer["data"]
    rows: list[Json] = []
    resolved: Json = {}
    for i, top in enumerate(form["components"], 1):
        rows.append(_fill(top, values, i))
        inner = top.get("component") or {}
        if inner.get("type") == ComponentType.FILE_UPLOAD:
            chosen = list(map(str, values.get(inner["custom_id"]) or []))
            require_files(inner, chosen, state.files)
        resolved |= resolving.for_form(state, user, top, values)
    data = {
        "custom_id": form["custom_id"],
        "components": rows,
        **({"resolved": resolved} if resolved else {}),
    }
    return begin(state, Asked.MODAL, user, shown.channel_id, data, shown.message)


def component(components: list[Json], custom_id: str) -> Json:
    """Wherever it is nested; a button that is gone by now was still a button."""
    gone = {"type": int(ComponentType.BUTTON), "id": 1}
    return next((c for c in nested(components) if c.get("custom_id") == custom_id), gone)


def options_for(
    command: Json, path: list[str], values: Json, focused: str | None = None
) -> list[Json]:
    """Wire options of `/command path...`, typed as the synced command says."""
    if path:
        step = next(o for o in command["options"] if o["name"] == path[0])
        inner = options_for(step, path[1:], values, focused)
        return [{"name": step["name"], "type": step["type"], "options": inner}]
    return [
        {
            "name": option["name"],
            "type": option["type"],
            "value": _type_value(option, values[option["name"]], draft=focused is not None),
            **({"focused": True} if option["name"] == focused else {}),
        }
        for option in command.get("options") or []
        if option["name"] in values
    ]


def _type_value(option: Json, value: Any, *, draft: bool) -> Any:  # noqa: ANN401 - JSON values
    if option["type"] == Option.STRING:
        return str(value)
    try:
        if option["type"] == Option.INTEGER:
            return int(value)
        if option["type"] == Option.NUMBER:
            return float(value)
    except ValueError:
        if draft:  # still being typed: sent as it is
            return value
        raise
    return value


def _fill(top: Json, values: Json, number: int) -> Json:
    if top["type"] == ComponentType.TEXT_DISPLAY:
        return {"type": int(ComponentType.TEXT_DISPLAY), "id": number}
    if top["type"] == ComponentType.ROW:
        inner = [_value(c, values, 50 + number) for c in top["components"]]
        return {"type": int(ComponentType.ROW), "id": number, "components": inner}
    inner_value = _value(top["component"], values, 50 + number)
    return {"type": int(ComponentType.LABEL), "id": number, "component": inner_value}


def _value(inner: Json, values: Json, number: int) -> Json:
    kind, key = inner["type"], inner["custom_id"]
    filled = {"type": kind, "custom_id": key, "id": inner.get("id", number)}
    if kind in SELECTS or kind in (ComponentType.CHECKBOX_GROUP, ComponentType.FILE_UPLOAD):
        return {**filled, "values": list(values.get(key) or [])}
    if kind == ComponentType.CHECKBOX:
        return {**filled, "value": bool(values.get(key))}
    if kind == ComponentType.RADIO_GROUP:
        return {**filled, "value": values.get(key)}
    return {**filled, "value": values.get(key, inner.get("value") or "")}


def _payload(state: State, about: Interaction, may: int | None) -> Json:
    channel = state.channel(about.channel_id)
    direct = channel["type"] == ChannelType.DIRECT
    may = state.allowed(about.user, about.channel_id) if may is None else may
    bot_may = permissions.EVERYTHING if direct else state.allowed(state.bot, about.channel_id)
    guild = {"id": state.guild_id, "locale": state.locale, "features": []}
    member = {**state.members[about.user["id"]], "permissions": str(int(may))}
    return {
        "id": about.id,
        "application_id": state.app_id,
        "type": int(about.type),
        "data": about.data,
        "channel_id": about.channel_id,
        "channel": {**channel, "permissions": str(int(may))},
        "token": about.token,
        "version": 1,
        "app_permissions": str(int(bot_may)),
        "locale": state.locales.get(about.user["id"], state.locale),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {"0": "0" if direct else state.guild_id},
        "context": 1 if direct else 0,
        "attachment_size_limit": 10 * 2**20,
        **(
            {"user": about.user}
            if direct
            else {
                "guild_id": state.guild_id,
                "guild": guild,
                "guild_locale": state.locale,
                "member": member,
            }
        ),
        **({"message": about.message} if about.message is not None else {}),
    }
