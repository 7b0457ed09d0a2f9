"""Whom a message pings: what its text names, as far as allowed_mentions lets it."""

import re
from collections.abc import Iterator

from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import ComponentType
from bot.sandbox.state import State

ALL = ("users", "roles", "everyone")
ONLY_USERS = ("users",)  # the default for answers to interactions


def pings(state: State, body: Json, default: tuple[str, ...]) -> Json:
    """Return the three fields of a message that say so. Embeds never ping."""
    text = " ".join(_texts(body))
    allowed = body.get("allowed_mentions") or {"parse": default}
    users = _list_allowed(re.findall(r"<@!?(\d+)>", text), "users", allowed)
    roles = _list_allowed(re.findall(r"<@&(\d+)>", text), "roles", allowed)
    return {
        "mentions": [state.members[u]["user"] for u in users if u in state.members],
        "mention_roles": [r for r in roles if r in {role["id"] for role in state.roles}],
        "mention_everyone": "everyone" in (allowed.get("parse") or ())
        and re.search(r"@(everyone|here)\b", text) is not None,
    }


def _texts(body: Json) -> Iterator[str]:
    yield body.get("content") or ""
    for component in body.get("components") or []:
        if component.get("type") == ComponentType.TEXT_DISPLAY:
            yield component.get("content") or ""
        yield from _texts({"components": component.get("components")})


def _list_allowed(found: list[str], kind: str, allowed: Json) -> list[str]:
    named = {str(i) for i in allowed.get(kind) or ()}
    everyone = kind in (allowed.get("parse") or ())
    return [i for i in dict.fromkeys(found) if everyone or i in named]
