"""Threads: from a message, on their own, or as a forum's posts."""

from bot.sandbox import messages
from bot.sandbox.ids import Json
from bot.sandbox.routes.call import Call, Reply
from bot.sandbox.rules.codes import ChannelType, Permission
from bot.sandbox.rules.forms import FormErrors
from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.refusals import has_a_thread

NAME_LENGTH = 100


def active(call: Call) -> Reply:
    found = [t for t in call.state.threads() if not t["thread_metadata"]["archived"]]
    return 200, {"threads": found, "members": [], "has_more": False}


def archived(call: Call) -> Reply:
    here = call.channel()["id"]
    kind = ChannelType.THREAD if call.path.endswith("public") else ChannelType.PRIVATE_THREAD
    found = [
        t
        for t in call.state.threads()
        if t["parent_id"] == here and t["thread_metadata"]["archived"] and t["type"] == kind
    ]
    return 200, {"threads": found, "members": [], "has_more": False}


def create(call: Call) -> Reply:
    """In a forum the first message comes with it."""
    here = call.channel()
    call.need(Permission.CREATE_PUBLIC_THREADS)
    if here["type"] != ChannelType.FORUM:
        return 201, _open(call, call.form.get("type") or ChannelType.THREAD)
    first = call.form.get("message") or {}
    check_message(first, call.uploads, at=("message",))
    thread = _open(call, ChannelType.THREAD)
    posted = messages.post(call.state, thread["id"], first, call.uploads)
    return 201, {**thread, "message": posted}


def create_from_message(call: Call) -> Reply:
    """Start a thread; it has the message's id, so there can be only one."""
    found = call.message()
    call.need(Permission.CREATE_PUBLIC_THREADS)
    if found["id"] in call.state.channels:
        raise has_a_thread()
    return 201, _open(call, ChannelType.THREAD, found["id"])


def _open(call: Call, kind: int, thread_id: str | None = None) -> Json:
    form = FormErrors()
    form.text(("name",), call.form.get("name"), NAME_LENGTH, 1, needed=True)
    form.settle()
    state = call.state
    new = state.add_channel(call.form["name"], kind, call.ids["channel"], id=thread_id)
    return state.channels[new]
