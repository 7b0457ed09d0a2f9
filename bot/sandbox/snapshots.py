"""A world as a file, so that it can be stopped and come back with the same ids."""

import base64
import json
import os
import tempfile
from pathlib import Path

from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import Flag
from bot.sandbox.state import State

VERSION = 1
_PLAIN = (
    "name",
    "bot",
    "app_id",
    "guild_id",
    "everyone",
    "bot_role",
    "owner",
    "roles",
    "members",
    "users",
    "channels",
    "direct",
    "locale",
    "locales",
    "commands",
    "port",
)


def save(state: State, path: Path) -> None:
    """Replaces the file at once: it is the old one or the new one, never half of it."""
    text = json.dumps(_take(state), ensure_ascii=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def load(state: State, path: Path) -> None:
    """Puts what was saved in the place of what the state holds."""
    saved: Json = json.loads(path.read_text(encoding="utf-8"))
    if saved["version"] != VERSION:
        message = f"{path} was written by another version ({saved['version']})"
        raise ValueError(message)
    for name in _PLAIN:
        setattr(state, name, saved.get(name, getattr(state, name)))
    state.messages.clear()
    for channel, kept in saved["messages"].items():
        state.messages[channel] = {m["id"]: m for m in kept}
    state.files = {
        key: (attachment, base64.b64decode(content))
        for key, (attachment, content) in saved["files"].items()
    }
    state.nonces = {(c, n): (at, message) for c, n, at, message in saved["nonces"]}
    _share_users(state)


def _take(state: State) -> Json:
    """Without what was for one pair of eyes, and what was still being thought about."""
    passing = Flag.EPHEMERAL | Flag.LOADING
    messages = {
        channel: [m for m in inside.values() if not m["flags"] & passing]
        for channel, inside in state.messages.items()
    }
    as_text = json.dumps(messages)
    files = {
        key: (attachment, base64.b64encode(content).decode())
        for key, (attachment, content) in state.files.items()
        if f"/{key}/" in as_text
    }
    nonces = [(c, n, at, message) for (c, n), (at, message) in state.nonces.items()]
    plain = {name: getattr(state, name) for name in _PLAIN}
    return {"version": VERSION, **plain, "messages": messages, "files": files, "nonces": nonces}


def _share_users(state: State) -> None:
    """A person is one object wherever they stand, as before."""
    state.bot = state.members[state.app_id]["user"]
    state.owner = state.members[state.owner["id"]]["user"]
    state.users = {key: state.members[key]["user"] for key in state.users}
