"""Messages come, change and go; the bot and everybody who may see them hear of it."""

import copy

from bot.sandbox import mentions
from bot.sandbox.attachments import Uploads, attached, place_in_embeds
from bot.sandbox.ids import Json, iso
from bot.sandbox.interaction import Interaction
from bot.sandbox.rules.codes import Asked, ChannelType, Flag, MessageType
from bot.sandbox.shapes import message_shape, numbered
from bot.sandbox.state import State

SETTABLE = Flag.SUPPRESS_EMBEDS | Flag.QUIET | Flag.VOICE | Flag.COMPONENTS_V2
CHANGEABLE = Flag.SUPPRESS_EMBEDS | Flag.COMPONENTS_V2


def say(state: State, user: Json, channel: str, text: str) -> Json:
    """Return a plain message of a person."""
    return _store(state, message_shape(channel, user, {"content": text}), {"content": text})


def post(
    state: State,
    channel: str,
    body: Json,
    uploads: Uploads,
    id: str | None = None,  # noqa: A002 - the wire's word
) -> Json:
    """Return a message of the bot, outside an interaction. A post's first has the post's `id`."""
    message = message_shape(channel, state.bot, body)
    message["id"] = id or message["id"]
    message["flags"] &= SETTABLE
    message["attachments"] = attached(state, channel, body, uploads, [])
    if reference := body.get("message_reference"):
        _refer(state, message, str(reference["message_id"]))
    return _store(state, message, body)


def respond(state: State, to: Interaction, body: Json, uploads: Uploads) -> Json:
    """Return a message of the bot that answers an interaction; perhaps for one person only."""
    message = message_shape(to.channel_id, state.bot, body)
    message["flags"] &= SETTABLE | Flag.EPHEMERAL | Flag.LOADING
    message["attachments"] = attached(state, to.channel_id, body, uploads, [])
    message |= {
        "webhook_id": state.app_id,
        "application_id": state.app_id,
        "interaction_metadata": _metadata(state, to),
    }
    if to.type == Asked.COMMAND:
        message["type"] = int(MessageType.COMMAND)
    if message["flags"] & Flag.EPHEMERAL:
        state.only_for[message["id"]] = to.user["id"]
    return _store(state, message, body, mentions.ONLY_USERS)


def edit(state: State, message: Json, body: Json, uploads: Uploads) -> Json:
    """Changes what the body names. Something it was waiting for has then arrived."""
    if "content" in body:
        message["content"] = body["content"] or ""
    if "embeds" in body:
        message["embeds"] = copy.deepcopy(body["embeds"] or [])
    if "components" in body:
        message["components"] = numbered(body["components"])
    if body.get("flags") is not None:
        kept = message["flags"] & ~Flag.SUPPRESS_EMBEDS
        message["flags"] = int(kept | (body["flags"] & CHANGEABLE))
    if "attachments" in body or uploads:
        before = message["attachments"]
        named = body if "attachments" in body else {**body, "attachments": _all(before, uploads)}
        message["attachments"] = attached(state, message["channel_id"], named, uploads, before)
    if "content" in body or "components" in body:
        default = mentions.ONLY_USERS if "webhook_id" in message else mentions.ALL
        message |= mentions.pings(state, {**message, **_rules(body)}, default)
    if message["flags"] & Flag.LOADING:
        message["flags"] = int(message["flags"] & ~Flag.LOADING)
    else:
        message["edited_timestamp"] = iso()
    message["attachments"] = place_in_embeds(message["embeds"], message["attachments"])
    announce(state, "MESSAGE_UPDATE", message)
    return message


def remove(state: State, message: Json) -> None:
    channel, gone = message["channel_id"], message["id"]
    state.messages[channel].pop(gone, None)
    event = {"id": gone, "channel_id": channel, **state.where(channel)}
    if message["flags"] & Flag.EPHEMERAL:
        state.show("MESSAGE_DELETE", event, state.only_for.pop(gone, None))
    else:
        state.emit("MESSAGE_DELETE", event)


def announce(state: State, name: str, message: Json) -> None:
    event = {**message, **state.where(message["channel_id"])}
    if message["flags"] & Flag.EPHEMERAL:
        state.show(name, event, state.only_for.get(message["id"]))
    else:
        state.emit(name, event)


def _store(
    state: State, message: Json, body: Json, default: tuple[str, ...] = mentions.ALL
) -> Json:
    channel = message["channel_id"]
    message |= mentions.pings(state, body, default)
    message["flags"] = int(message["flags"])
    message["attachments"] = place_in_embeds(message["embeds"], message["attachments"])
    state.messages[channel][message["id"]] = message
    if not message["flags"] & Flag.EPHEMERAL:
        here = state.channel(channel)
        here["last_message_id"] = message["id"]
        if "thread_metadata" in here:
            here["message_count"] += 1
            here["total_message_sent"] += 1
            if here["thread_metadata"]["archived"]:
                state.change_thread(channel, archived=False)
    announce(state, "MESSAGE_CREATE", message)
    return message


def _refer(state: State, message: Json, to: str) -> None:
    channel = message["channel_id"]
    message["type"] = int(MessageType.REPLY)
    message["message_reference"] = {
        "type": 0,
        "message_id": to,
        "channel_id": channel,
        **state.where(channel),
    }
    message["referenced_message"] = state.messages[channel].get(to)


def _metadata(state: State, to: Interaction) -> Json:
    direct = state.channel(to.channel_id)["type"] == ChannelType.DIRECT
    owners = {"0": "0" if direct else state.guild_id}
    about = {"id": to.id, "type": int(to.type), "user": to.user}
    named = {"name": to.name} if to.name else {}
    source = {"interacted_message_id": to.message["id"]} if to.message else {}
    return {**about, **named, **source, "authorizing_integration_owners": owners}


def _all(before: list[Json], uploads: Uploads) -> list[Json]:
    return [*before, *({"id": key} for key in uploads)]


def _rules(body: Json) -> Json:
    """Return an edit without allowed_mentions falls back to the defaults, whatever the post had."""
    return {"allowed_mentions": body.get("allowed_mentions")}
