"""Who may do what where: Discord's arithmetic of roles and channel overwrites."""

from collections.abc import Collection

from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import Permission

EVERYTHING = (1 << 53) - 1
BOT = EVERYTHING & ~Permission.ADMINISTRATOR
_MODERATING = (1, 2, 3, 4, 5, 7, 13, 19, 22, 23, 24, 27, 28, 29, 30, 33, 34, 40, 41, 51)
MEMBER = EVERYTHING & ~sum(1 << bit for bit in _MODERATING)
MODERATOR = Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS | Permission.PIN_MESSAGES


def in_server(roles: list[Json], held: Collection[str]) -> int:
    total = 0
    for role in roles:
        if role["id"] in held:
            total |= int(role["permissions"])
    return EVERYTHING if total & Permission.ADMINISTRATOR else total


def in_channel(
    base: int, overwrites: list[Json], everyone: str, held: Collection[str], member: str
) -> int:
    """@everyone's overwrite first, then those of the roles together, then the member's own."""
    if base & Permission.ADMINISTRATOR:
        return EVERYTHING
    by_id = {overwrite["id"]: overwrite for overwrite in overwrites}
    base = _apply(base, [by_id[everyone]] if everyone in by_id else [])
    base = _apply(base, [by_id[role] for role in held if role in by_id and role != everyone])
    return _apply(base, [by_id[member]] if member in by_id else [])


def _apply(base: int, overwrites: list[Json]) -> int:
    allow = deny = 0
    for overwrite in overwrites:
        allow |= int(overwrite["allow"])
        deny |= int(overwrite["deny"])
    return (base & ~deny) | allow
