"""Everything the offline Discord remembers: one server, its people, channels and messages."""

import collections
import time
from collections.abc import Callable

from bot.sandbox.faults import Fault, Limits, Record
from bot.sandbox.ids import Json, iso, snowflake
from bot.sandbox.interaction import Interaction
from bot.sandbox.rules import permissions
from bot.sandbox.rules.codes import THREADS, ChannelType, Permission
from bot.sandbox.rules.refusals import unknown_channel
from bot.sandbox.shapes import channel_shape, guild_shape, member_shape, role_shape, user_shape

YEAR = 365 * 86400.0


class State:
    """Plain wire-shaped dictionaries; whatever changes them says so with `emit` or `show`."""

    def __init__(self, name: str, owner: str, bot: str) -> None:
        self.name = name
        self.bot = user_shape(bot, is_bot=True)
        self.welcome: Json | None = None  # what the page says to newcomers: a title and steps
        self.web: dict[str, str] = {}  # pages elsewhere that the page can show: text by address
        self.app_id: str = self.bot["id"]
        self.guild_id = self.everyone = snowflake()
        self.wire: list[Callable[[str, Json], None]] = []  # hear what Discord tells the bot
        self.onlookers: list[Callable[[str, Json, str | None], None]] = []  # hear what people see

        self.shards = 1  # how many Discord recommends
        self.other_guilds: list[
            str
        ] = []  # servers that the bot is in; their one channel has the id behind the server's

        self.roles: list[Json] = []
        self.members: dict[str, Json] = {}
        self.users: dict[str, Json] = {}  # people without the owner and the bot
        self.channels: dict[str, Json] = {}
        self.direct: dict[str, Json] = {}  # person -> direct-message channel
        self.locale = "en-US"  # the server's language
        self.locales: dict[str, str] = {}  # person -> the language of their Discord
        self.no_direct: set[str] = set()  # people who take no direct messages
        self.messages: dict[str, dict[str, Json]] = collections.defaultdict(dict)
        self.only_for: dict[str, str] = {}  # private message -> the person who sees it
        self.files: dict[str, tuple[Json, bytes]] = {}  # attachment -> its description, its bytes
        self.nonces: dict[tuple[str, str], tuple[float, str]] = {}
        self.commands: dict[str, list[Json]] = {"global": []}
        self.interactions: dict[str, Interaction] = {}
        self.by_token: dict[str, Interaction] = {}

        self.bot_token: str | None = None  # None: any
        self.port = 0
        self.token_window = 3.0  # seconds an interaction may wait for its first answer
        self.token_life = 900.0  # seconds its token is good for
        self.reads_content = False  # a session has the message-content intent

        self.gateway_down = False  # refuse new connections with 503
        self.accept_resume = True
        self.ack_heartbeats = True
        self.gw_log: list[tuple[float, str]] = []

        self.records: list[Record] = []
        self.unimplemented: collections.Counter[str] = collections.Counter()
        self.faults: list[Fault] = []
        self.limits = Limits(None, None)

        self.role("@everyone", permissions.MEMBER, id=self.everyone)
        self.bot_role = self.role(bot, permissions.BOT)
        self.members[self.app_id] = member_shape(self.bot, [self.bot_role])
        self.owner = user_shape(owner)
        self.members[self.owner["id"]] = member_shape(self.owner, [])

    # what happened, to the bot and to people
    def emit(self, name: str, event: Json) -> None:
        for listener in self.wire:
            listener(name, event)
        self.show(name, event)

    def show(self, name: str, event: Json, person: str | None = None) -> None:
        for onlooker in self.onlookers:
            onlooker(name, event, person)

    # people
    def user(self, name: str, roles: tuple[str, ...] = (), joined: float | None = None) -> Json:
        """Return an ordinary member, a year in the server unless told."""
        user = user_shape(name)
        self.users[user["id"]] = user
        member = member_shape(user, list(roles), joined or time.time() - YEAR)
        self.members[user["id"]] = member
        self.emit("GUILD_MEMBER_ADD", {**member, "guild_id": self.guild_id})
        return user

    def give(self, user: Json, *roles: str) -> None:
        """These roles and no others."""
        member = self.members[user["id"]]
        member["roles"] = list(roles)
        self.emit("GUILD_MEMBER_UPDATE", {**member, "guild_id": self.guild_id})

    def person(self, name: str) -> Json | None:
        return next((u for u in self.people() if u["global_name"] == name), None)

    def people(self) -> list[Json]:
        return [self.owner, *self.users.values()]

    # roles and what they allow
    def role(self, name: str, permissions: int = 0, id: str | None = None) -> str:  # noqa: A002 - the wire's word
        role = role_shape(id or snowflake(), name, permissions, len(self.roles))
        self.roles.append(role)
        self.emit("GUILD_ROLE_CREATE", {"guild_id": self.guild_id, "role": role})
        return str(role["id"])

    def remove_role(self, role: str) -> None:
        """Deleted by hand; nobody has it any more."""
        self.roles = [each for each in self.roles if each["id"] != role]
        for member in self.members.values():
            member["roles"] = [each for each in member["roles"] if each != role]
        self.emit("GUILD_ROLE_DELETE", {"guild_id": self.guild_id, "role_id": role})

    def set_permissions(self, role: str, permissions: int) -> None:
        found = next(r for r in self.roles if r["id"] == role)
        found["permissions"] = str(int(permissions))
        self.emit("GUILD_ROLE_UPDATE", {"guild_id": self.guild_id, "role": found})

    def overwrite(self, channel: str, who: str, *, allow: int = 0, deny: int = 0) -> None:
        """For one role or one member in one channel; replaces what there was."""
        here = self.channels[channel]
        rest = [o for o in here["permission_overwrites"] if o["id"] != who]
        kind = 1 if who in self.members else 0
        new = {"id": who, "type": kind, "allow": str(int(allow)), "deny": str(int(deny))}
        here["permission_overwrites"] = [*rest, new]
        self.emit("CHANNEL_UPDATE", here)

    def allowed(self, user: Json, channel: str | None = None) -> int:
        """Return what this person may do in the server, or in one of its channels."""
        if user["id"] == self.owner["id"]:
            return permissions.EVERYTHING
        held = {self.everyone, *self.members.get(user["id"], {"roles": []})["roles"]}
        base = permissions.in_server(self.roles, held)
        here = self.channels.get(channel or "")
        if here is None:
            return base
        if here["type"] in THREADS:
            here = self.channels.get(here["parent_id"] or "", here)
        return permissions.in_channel(
            base, here["permission_overwrites"], self.everyone, held, user["id"]
        )

    def moderates(self, user: Json) -> bool:
        return bool(self.allowed(user) & Permission.MANAGE_MESSAGES)

    def sees(self, user: Json, channel: str) -> bool:
        if channel in self.channels:
            return bool(self.allowed(user, channel) & Permission.VIEW_CHANNEL)
        mine = self.direct.get(user["id"])
        return mine is not None and mine["id"] == channel

    # channels
    def add_channel(
        self,
        name: str,
        type: int = ChannelType.TEXT,  # noqa: A002 - the wire's word
        parent: str | None = None,
        *,
        id: str | None = None,  # noqa: A002 - the wire's word
        only: tuple[str, ...] = (),
        tags: tuple[str, ...] = (),
    ) -> str:
        """`only`: seen by these roles (and the bot) alone. `tags`: the ids of a post's."""
        channel = channel_shape(id or snowflake(), name, type, parent, self.guild_id)
        channel["position"] = len(self.channels)
        if type in THREADS:
            channel |= {"owner_id": self.app_id, "applied_tags": list(tags)}
        if only:
            shut = [{"id": self.everyone, "deny": str(int(Permission.VIEW_CHANNEL)), "allow": "0"}]
            opened = [
                {"id": role, "allow": str(int(Permission.VIEW_CHANNEL)), "deny": "0"}
                for role in (*only, self.bot_role)
            ]
            channel["permission_overwrites"] = [{**o, "type": 0} for o in (*shut, *opened)]
        self.channels[channel["id"]] = channel
        if type in THREADS:
            self.emit("THREAD_CREATE", {**channel, "newly_created": True})
        else:
            self.emit("CHANNEL_CREATE", channel)
        return str(channel["id"])

    def change_thread(self, channel: str, **metadata: object) -> None:
        """Archived, opened, locked: by whoever may, or by Discord after some silence."""
        thread = self.channels[channel]
        about = thread["thread_metadata"]
        if metadata.get("archived", about["archived"]) != about["archived"]:
            about["archive_timestamp"] = iso()
        about |= metadata
        self.emit("THREAD_UPDATE", thread)

    def remove_channel(self, channel: str) -> None:
        """Deleted by hand, with all that stands in it."""
        for thread in [t for t in self.threads() if t["parent_id"] == channel]:
            self.channels.pop(thread["id"])
            self.messages.pop(thread["id"], None)
        gone = self.channels.pop(channel)
        self.messages.pop(channel, None)
        self.emit("THREAD_DELETE" if gone["type"] in THREADS else "CHANNEL_DELETE", gone)

    def channel(self, channel_id: str) -> Json:
        if channel_id in self.channels:
            return self.channels[channel_id]
        for direct in self.direct.values():
            if direct["id"] == channel_id:
                return direct
        raise unknown_channel()

    def channel_named(self, name: str) -> str:
        return next(str(c["id"]) for c in self.channels.values() if c["name"] == name)

    def direct_channel(self, person: str) -> Json:
        """Between the bot and this person; opened when first asked for."""
        if person not in self.direct:
            self.direct[person] = {
                "id": snowflake(),
                "type": int(ChannelType.DIRECT),
                "recipients": [self.members[person]["user"]],
                "last_message_id": None,
                "flags": 0,
            }
            self.show("DIRECT_OPENED", self.direct[person], person)
        return self.direct[person]

    def reads(self, person: Json, locale: str) -> None:
        """The language this person's Discord is set to, as Discord names it: "ko", "en-GB"."""
        self.locales[person["id"]] = locale

    def threads(self) -> list[Json]:
        return [c for c in self.channels.values() if c["type"] in THREADS]

    def rooms(self) -> list[Json]:
        return [c for c in self.channels.values() if c["type"] not in THREADS]

    def guild(self) -> Json:
        return {
            **guild_shape(self.guild_id, self.name, self.owner["id"]),
            "preferred_locale": self.locale,
            "roles": self.roles,
            "channels": self.rooms(),
            "threads": [t for t in self.threads() if not t["thread_metadata"]["archived"]],
            "members": [self.members[self.app_id]],
            "member_count": len(self.members),
        }

    def where(self, channel_id: str) -> Json:
        """Return what a message event adds to say where it happened."""
        return {"guild_id": self.guild_id} if channel_id in self.channels else {}

    def address(self, path: str, scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    # commands
    def command(self, name: str, type: int) -> Json:  # noqa: A002 - the wire's word
        for command in (*self.commands["global"], *self.commands.get(self.guild_id, [])):
            if (command["name"], command["type"]) == (name, type):
                return command
        message = f"{name} was never synced"
        raise KeyError(message)
