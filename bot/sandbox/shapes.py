"""Wire objects with all the fields that discord.py reads, most of them always the same."""

import copy
import itertools
from collections.abc import Iterator

from bot.sandbox.ids import Json, iso, snowflake
from bot.sandbox.rules.codes import FORUMS, THREADS


def user_shape(name: str, *, is_bot: bool = False) -> Json:
    return {
        "id": snowflake(),
        "username": name,
        "discriminator": "0",
        "avatar": None,
        "global_name": None if is_bot else name,
        **({"bot": True} if is_bot else {}),
    }


def member_shape(user: Json, roles: list[str], joined: float | None = None) -> Json:
    return {
        "user": user,
        "roles": roles,
        "joined_at": iso(joined),
        "deaf": False,
        "mute": False,
        "flags": 0,
        "avatar": None,
        "nick": None,
        "premium_since": None,
        "pending": False,
        "communication_disabled_until": None,
    }


def role_shape(role_id: str, name: str, permissions: int, position: int) -> Json:
    return {
        "id": role_id,
        "name": name,
        "permissions": str(int(permissions)),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
        "icon": None,
        "unicode_emoji": None,
    }


def channel_shape(channel_id: str, name: str, kind: int, parent: str | None, guild_id: str) -> Json:
    thread: Json = {
        "message_count": 0,
        "total_message_sent": 0,
        "member_count": 1,
        "applied_tags": [],
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": iso(),
            "locked": False,
        },
    }
    forum: Json = {
        "available_tags": [],
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
    }
    return {
        "id": channel_id,
        "type": int(kind),
        "name": name,
        "guild_id": guild_id,
        "permission_overwrites": [],
        "nsfw": False,
        "parent_id": parent,
        "topic": None,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
        **(thread if kind in THREADS else {}),
        **(forum if kind in FORUMS else {}),
    }


def tag_shape(tag: Json) -> Json:
    """Return a forum's tag; one that is there already keeps its id."""
    return {
        "id": str(tag.get("id") or snowflake()),
        "name": tag["name"],
        "moderated": bool(tag.get("moderated")),
        "emoji_id": tag.get("emoji_id"),
        "emoji_name": tag.get("emoji_name"),
    }


def guild_shape(guild_id: str, name: str, owner_id: str) -> Json:
    return {
        "id": guild_id,
        "name": name,
        "owner_id": owner_id,
        "joined_at": iso(),
        "afk_timeout": 300,
        "large": False,
        "unavailable": False,
        "premium_progress_bar_enabled": False,
        **{key: [] for key in _EMPTY_LISTS},
        **dict.fromkeys(_NOTHING),
        **dict.fromkeys(_ZEROES, 0),
    }


_EMPTY_LISTS = (
    "emojis",
    "stickers",
    "features",
    "voice_states",
    "presences",
    "stage_instances",
    "guild_scheduled_events",
    "soundboard_sounds",
)
_NOTHING = (
    "icon",
    "splash",
    "banner",
    "description",
    "afk_channel_id",
    "system_channel_id",
    "application_id",
    "vanity_url_code",
)
_ZEROES = (
    "premium_tier",
    "verification_level",
    "explicit_content_filter",
    "default_message_notifications",
    "mfa_level",
    "nsfw_level",
    "system_channel_flags",
)


def application_shape(app_id: str, name: str, owner: Json) -> Json:
    return {
        "id": app_id,
        "name": name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": owner,
        "flags": 0,
        "team": None,
        "rpc_origins": [],
        "tags": [],
        "summary": "",
    }


def message_shape(channel_id: str, author: Json, body: Json) -> Json:
    """Without what needs the world to know: attachments, mentions, replies."""
    return {
        "id": snowflake(),
        "channel_id": channel_id,
        "author": author,
        "content": body.get("content") or "",
        "timestamp": iso(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": copy.deepcopy(body.get("embeds") or []),
        "pinned": False,
        "type": 0,
        "components": numbered(body.get("components")),
        "flags": body.get("flags") or 0,
        **({"nonce": body["nonce"]} if "nonce" in body else {}),
    }


def numbered(components: list[Json] | None) -> list[Json]:
    """Return a copy in which every component has an id of its own, as Discord gives them."""
    copied = copy.deepcopy(components or [])
    everything = list(nested(copied))
    taken = {c["id"] for c in everything if c.get("id")}
    free = (i for i in itertools.count(1) if i not in taken)
    for component in everything:
        component["id"] = component.get("id") or next(free)
    return copied


def nested(components: list[Json]) -> Iterator[Json]:
    """Yield each component and, after it, what stands inside it."""
    for component in components:
        yield component
        yield from nested(component.get("components") or [])
        for single in ("component", "accessory"):
            if component.get(single):
                yield from nested([component[single]])
