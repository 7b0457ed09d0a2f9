"""Channels and the messages in them."""

import time

from bot.sandbox import messages
from bot.sandbox.gateway import without_words
from bot.sandbox.ids import Json
from bot.sandbox.routes.call import NOTHING, Call, Reply
from bot.sandbox.rules.codes import FORUMS, THREADS, Permission
from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.refusals import (
    archived_thread,
    locked_thread,
    missing_access,
    someone_elses_message,
    unknown_message,
)
from bot.sandbox.rules.threads import check_applied, check_available, check_change
from bot.sandbox.shapes import tag_shape

NONCE_WINDOW = 180.0  # "the past few minutes"
PAGE = 50
THREAD_KEYS = ("archived", "locked", "auto_archive_duration")


def channel(call: Call) -> Reply:
    return 200, call.channel()


def change(call: Call) -> Reply:
    """Change a channel's name or topic, a forum's tags; archive, open, lock or tag a thread."""
    found = call.channel()
    if found["type"] in THREADS:
        return 200, _change_thread(call, found)
    call.need(Permission.MANAGE_CHANNELS)
    if "available_tags" in call.form and found["type"] in FORUMS:
        check_available(call.form["available_tags"])
        found["available_tags"] = [tag_shape(tag) for tag in call.form["available_tags"]]
        _drop_tags(call, found)
    found |= {k: v for k, v in call.form.items() if k in found and k != "available_tags"}
    call.state.emit("CHANNEL_UPDATE", found)
    return 200, found


def _change_thread(call: Call, found: Json) -> Json:
    form, state = call.form, call.state
    manages = call.may(Permission.MANAGE_THREADS)
    check_change(
        found,
        form,
        manages=manages,
        talks=call.may(Permission.SEND_MESSAGES_IN_THREADS),
        own=found["owner_id"] == state.app_id,
    )
    if "applied_tags" in form:
        check_applied(state.channels[found["parent_id"]], form["applied_tags"], manages=manages)
    found |= {k: form[k] for k in ("name", "applied_tags") if k in form}
    state.change_thread(found["id"], **{k: v for k, v in form.items() if k in THREAD_KEYS})
    return found


def _drop_tags(call: Call, forum: Json) -> None:
    """A tag that the forum has no more leaves the posts that bore it."""
    known = {tag["id"] for tag in forum["available_tags"]}
    for thread in call.state.threads():
        if thread["parent_id"] == forum["id"]:
            thread["applied_tags"] = [tag for tag in thread["applied_tags"] if tag in known]


def remove(call: Call) -> Reply:
    """Delete a channel or a thread, with all that stands in it."""
    found = call.channel()
    in_thread = found["type"] in THREADS
    call.need(Permission.MANAGE_THREADS if in_thread else Permission.MANAGE_CHANNELS)
    call.state.remove_channel(found["id"])
    return 200, found


def typing(call: Call) -> Reply:
    call.need_to_post()
    return NOTHING


def history(call: Call) -> Reply:
    """Newest first. Without the permission to read history: nothing, and no error."""
    here, query = call.channel()["id"], call.query
    if not call.may(Permission.READ_MESSAGE_HISTORY):
        return 200, []
    count, private = int(query.get("limit", PAGE)), call.state.only_for
    found = [m for m in call.state.messages[here].values() if m["id"] not in private]
    found.sort(key=lambda m: int(m["id"]), reverse=True)
    if "around" in query:
        newer = sum(int(m["id"]) > int(query["around"]) for m in found)
        found = found[max(0, newer - count // 2) :][:count]
    elif "after" in query:  # the oldest of those after it
        found = [m for m in found if int(m["id"]) > int(query["after"])][-count:]
    else:
        before = int(query.get("before", 1 << 63))
        found = [m for m in found if int(m["id"]) < before][:count]
    return 200, [_readable(call, m) for m in found]


def message(call: Call) -> Reply:
    found = call.message()
    if not call.may(Permission.READ_MESSAGE_HISTORY):
        raise missing_access()
    return 200, _readable(call, found)


def post(call: Call) -> Reply:
    here = call.need_to_post()
    check_message(call.form, call.uploads)
    if here.get("thread_metadata", {}).get("locked") and not call.may(Permission.MANAGE_THREADS):
        raise locked_thread()
    nonce = (here["id"], str(call.form["nonce"])) if "nonce" in call.form else None
    if nonce is not None and call.form.get("enforce_nonce"):
        at, earlier = call.state.nonces.get(nonce, (0.0, ""))
        if time.time() - at < NONCE_WINDOW:
            call.record.note = "nonce-dedup"
            if earlier not in call.state.messages[here["id"]]:
                raise unknown_message()
            return 200, call.state.messages[here["id"]][earlier]
    posted = messages.post(call.state, here["id"], call.form, call.uploads)
    if nonce is not None:
        call.state.nonces[nonce] = (time.time(), posted["id"])
    return 200, posted


def edit(call: Call) -> Reply:
    found = call.message()
    if found["author"]["id"] != call.state.app_id:
        raise someone_elses_message()
    here = call.state.channel(found["channel_id"])
    if here.get("thread_metadata", {}).get("archived"):
        raise archived_thread()
    if call.form.get("embeds"):
        call.need(Permission.EMBED_LINKS)
    check_message(call.form, call.uploads, before=found)
    return 200, messages.edit(call.state, found, call.form, call.uploads)


def delete(call: Call) -> Reply:
    found = call.message()
    if found["author"]["id"] != call.state.app_id:
        call.need(Permission.MANAGE_MESSAGES)
    messages.remove(call.state, found)
    return NOTHING


def pin(call: Call) -> Reply:
    return _pin(call, pinned=True)


def unpin(call: Call) -> Reply:
    return _pin(call, pinned=False)


def react(call: Call) -> Reply:
    """Accepted and forgotten."""
    found = call.message()
    if call.state.channel(found["channel_id"]).get("thread_metadata", {}).get("archived"):
        raise archived_thread()
    return NOTHING


def _pin(call: Call, *, pinned: bool) -> Reply:
    found = call.message()
    call.need(Permission.PIN_MESSAGES)
    found["pinned"] = pinned
    messages.announce(call.state, "MESSAGE_UPDATE", found)
    return NOTHING


def _readable(call: Call, found: Json) -> Json:
    in_server = found["channel_id"] in call.state.channels
    if call.state.reads_content or not in_server:
        return found
    return without_words(found, call.state.app_id)
