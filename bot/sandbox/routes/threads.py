"""Threads: from a message, on their own, or as a forum's posts."""

from bot.sandbox import messages
from bot.sandbox.ids import Json
from bot.sandbox.routes.call import Call, Reply
from bot.sandbox.rules.codes import FORUMS, ChannelType, Flag, Permission
from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.refusals import empty_message, has_a_thread, missing_access
from bot.sandbox.rules.threads import check_applied, check_thread

PAGE = 50


def active(call: Call) -> Reply:
    found = [
        t
        for t in call.state.threads()
        if not t["thread_metadata"]["archived"] and call.state.sees(call.state.bot, t["id"])
    ]
    return 200, {"threads": found, "members": [], "has_more": False}


def archived(call: Call) -> Reply:
    """Return the last archived first, a page at a time."""
    here = call.channel()["id"]
    if not call.may(Permission.READ_MESSAGE_HISTORY):
        raise missing_access()
    kind = ChannelType.THREAD if call.path.endswith("public") else ChannelType.PRIVATE_THREAD
    count, before = int(call.query.get("limit", PAGE)), call.query.get("before")
    found = [
        t
        for t in call.state.threads()
        if t["parent_id"] == here
        and t["thread_metadata"]["archived"]
        and t["type"] == kind
        and (before is None or _archived_at(t) < before)
    ]
    found.sort(key=_archived_at, reverse=True)
    return 200, {"threads": found[:count], "members": [], "has_more": len(found) > count}


def _archived_at(thread: Json) -> str:
    return str(thread["thread_metadata"]["archive_timestamp"])


def create(call: Call) -> Reply:
    """In a forum the first message comes with it, and has the post's id."""
    here = call.channel()
    if here["type"] not in FORUMS:
        call.need(Permission.CREATE_PUBLIC_THREADS)
        return 201, _open(call, call.form.get("type") or ChannelType.THREAD)
    first = call.form.get("message")
    call.need(Permission.SEND_MESSAGES)  # Discord's settings call it Create Posts there
    if not first and not call.uploads:
        raise empty_message()
    first = first or {}
    if first.get("embeds"):
        call.need(Permission.EMBED_LINKS)
    if call.uploads:
        call.need(Permission.ATTACH_FILES)
    check_message(first, call.uploads, at=("message",))
    manages = call.may(Permission.MANAGE_THREADS)
    check_applied(here, call.form.get("applied_tags") or [], manages=manages)
    thread = _open(call, ChannelType.THREAD)
    posted = messages.post(call.state, thread["id"], first, call.uploads, thread["id"])
    return 201, {**thread, "message": posted}


def create_from_message(call: Call) -> Reply:
    """Start a thread; it has the message's id, so there can be only one."""
    found = call.message()
    call.need(Permission.CREATE_PUBLIC_THREADS)
    if found["id"] in call.state.channels:
        raise has_a_thread()
    thread = _open(call, ChannelType.THREAD, found["id"])
    found["flags"] = int(found["flags"] | Flag.HAS_THREAD)
    found["thread"] = thread
    messages.announce(call.state, "MESSAGE_UPDATE", found)
    return 201, thread


def _open(call: Call, kind: int, thread_id: str | None = None) -> Json:
    check_thread(call.form, new=True)
    state, form = call.state, call.form
    tags = tuple(map(str, form.get("applied_tags") or ()))
    new = state.add_channel(form["name"], kind, call.ids["channel"], id=thread_id, tags=tags)
    thread = state.channels[new]
    if rest := form.get("auto_archive_duration"):
        thread["thread_metadata"]["auto_archive_duration"] = rest
    return thread
