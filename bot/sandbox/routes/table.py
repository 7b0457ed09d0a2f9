"""Every route there is: method, path, the function that answers. All else is counted, and 404."""

import re
from collections.abc import Callable

from bot.sandbox.routes import about, channels, commands, threads, webhooks
from bot.sandbox.routes.call import Call, Reply
from bot.sandbox.rules.refusals import RefusalError

Answering = Callable[[Call], Reply]

_ROUTES: tuple[tuple[str, str, Answering], ...] = (
    ("GET", "/users/@me", about.me),
    ("GET", "/users/@me/guilds", about.my_guilds),
    ("POST", "/users/@me/channels", about.open_direct),
    ("GET", "/users/{user}", about.user),
    ("GET", "/oauth2/applications/@me", about.application),
    ("GET", "/applications/@me", about.application),
    ("GET", "/gateway", about.gateway),
    ("GET", "/gateway/bot", about.gateway),
    ("GET", "/guilds/{guild}", about.guild),
    ("GET", "/guilds/{guild}/channels", about.guild_channels),
    ("GET", "/guilds/{guild}/roles", about.guild_roles),
    ("GET", "/guilds/{guild}/members/{user}", about.guild_member),
    ("GET", "/guilds/{guild}/threads/active", threads.active),
    ("GET", "/applications/{app}/commands", commands.listed),
    ("PUT", "/applications/{app}/commands", commands.overwrite),
    ("GET", "/applications/{app}/guilds/{guild}/commands", commands.listed),
    ("PUT", "/applications/{app}/guilds/{guild}/commands", commands.overwrite),
    ("GET", "/channels/{channel}", channels.channel),
    ("PATCH", "/channels/{channel}", channels.change),
    ("DELETE", "/channels/{channel}", channels.remove),
    ("POST", "/channels/{channel}/typing", channels.typing),
    ("GET", "/channels/{channel}/messages", channels.history),
    ("POST", "/channels/{channel}/messages", channels.post),
    ("GET", "/channels/{channel}/messages/{message}", channels.message),
    ("PATCH", "/channels/{channel}/messages/{message}", channels.edit),
    ("DELETE", "/channels/{channel}/messages/{message}", channels.delete),
    ("PUT", "/channels/{channel}/pins/{message}", channels.pin),
    ("DELETE", "/channels/{channel}/pins/{message}", channels.unpin),
    ("PUT", "/channels/{channel}/messages/pins/{message}", channels.pin),
    ("DELETE", "/channels/{channel}/messages/pins/{message}", channels.unpin),
    ("PUT", "/channels/{channel}/messages/{message}/reactions/{emoji}/{user}", channels.react),
    ("DELETE", "/channels/{channel}/messages/{message}/reactions/{emoji}/{user}", channels.react),
    ("POST", "/channels/{channel}/threads", threads.create),
    ("POST", "/channels/{channel}/messages/{message}/threads", threads.create_from_message),
    ("GET", "/channels/{channel}/threads/archived/public", threads.archived),
    ("GET", "/channels/{channel}/threads/archived/private", threads.archived),
    ("POST", "/interactions/{interaction}/{token}/callback", webhooks.callback),
    ("POST", "/webhooks/{app}/{token}", webhooks.follow_up),
    ("GET", "/webhooks/{app}/{token}/messages/{message}", webhooks.message),
    ("PATCH", "/webhooks/{app}/{token}/messages/{message}", webhooks.edit),
    ("DELETE", "/webhooks/{app}/{token}/messages/{message}", webhooks.delete),
)
_TABLE = tuple(
    (method, re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path)), answering)
    for method, path, answering in _ROUTES
)


def route(call: Call) -> Reply:
    path = call.path.rstrip("/")
    for method, pattern, answering in _TABLE:
        if method == call.method and (found := pattern.fullmatch(path)):
            call.ids = found.groupdict()
            return answering(call)
    call.state.unimplemented[f"{call.method} {re.sub(r'[0-9]{6,}', '*', call.path)}"] += 1
    raise RefusalError(404, 0, "404: Not Found (the offline Discord has no such route)")
