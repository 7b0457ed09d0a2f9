"""One REST request on its way to the function that answers it."""

import dataclasses
from typing import Any

from bot.sandbox.attachments import Uploads
from bot.sandbox.faults import Record
from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import FORUMS, THREADS, ChannelType, Permission
from bot.sandbox.rules.refusals import (
    cannot_send_to_this_user,
    missing_access,
    missing_permissions,
    no_text_channel,
    unknown_message,
)
from bot.sandbox.state import State

Reply = tuple[int, Any]
NOTHING: Reply = (204, None)


@dataclasses.dataclass
class Call:
    """`ids` are the named parts of the path."""

    state: State
    method: str
    path: str
    body: Any
    uploads: Uploads
    query: dict[str, str]
    record: Record
    ids: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def form(self) -> Json:
        return self.body if isinstance(self.body, dict) else {}

    def channel(self) -> Json:
        """Return the channel of the path, if the bot may see it."""
        channel = self.state.channel(self.ids["channel"])
        if not self.may(Permission.VIEW_CHANNEL):
            raise missing_access()
        return channel

    def message(self) -> Json:
        self.channel()
        found = self.state.messages[self.ids["channel"]].get(self.ids["message"])
        if found is None or found["id"] in self.state.only_for:
            raise unknown_message()
        return found

    def may(self, permission: Permission) -> bool:
        """Return what the bot may do in the channel of the path."""
        channel = self.state.channel(self.ids["channel"])
        if channel["type"] == ChannelType.DIRECT:
            return True
        allowed = self.state.allowed(self.state.bot, channel["id"])
        return bool(allowed & permission)

    def need(self, *permissions: Permission) -> None:
        for permission in permissions:
            if not self.may(permission):
                raise missing_permissions()

    def need_to_post(self) -> Json:
        channel = self.channel()
        if any(person["id"] in self.state.no_direct for person in channel.get("recipients", ())):
            raise cannot_send_to_this_user()
        if channel["type"] in FORUMS:
            raise no_text_channel()
        in_thread = channel["type"] in THREADS
        self.need(Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES)
        if self.form.get("embeds"):
            self.need(Permission.EMBED_LINKS)
        if self.uploads:
            self.need(Permission.ATTACH_FILES)
        return channel
