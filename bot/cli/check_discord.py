"""What `corrobot check` asks Discord: the token, the clock, and the bot's place in each server."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import datetime

import discord
from discord.http import Route

from bot.channel_permissions import (
    find_lacking,
    is_unfit,
    list_forums,
    list_needed,
    list_uses,
    make_invitation,
    name_permission,
)
from bot.cli.check_result import CheckOutcome, CheckResult, fail_check, note_check, pass_check
from bot.clock import TrustedClock
from bot.config.model import Config
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.discord_errors import EXPECTED
from bot.delivery.forum_tags import lacks_tags
from bot.delivery.request_limiter import RequestLimiter, RequestPacer
from bot.i18n.translator import translator_for
from bot.rendering.waiting_posts import write_waiting
from workflows.desk.channel_health import Cause, Hindrance
from workflows.desk.outbox import is_waiting
from workflows.policy import Policy
from workflows.store.outbox import WaitingPosts
from workflows.teams import Layout, Settings

CLOCK = 2.0
"""Seconds a clock may be off: clicks must be answered within three."""
Waiting = Mapping[int, tuple[WaitingPosts, ...]]
"""By server, what its channels have not taken yet."""


async def check_servers(
    config: Config,
    token: str,
    teams: Iterable[tuple[Settings, Policy]],
    held: Waiting,
) -> AsyncIterator[CheckResult]:
    """Yield the token, the clock, and in each server the channels, permissions and roles."""
    Route.BASE = str(config.api_url).rstrip("/")
    clock = TrustedClock(config.now)
    gate = RequestLimiter(RequestPacer(), CircuitBreaker(), lambda _: None, clock)
    async with discord.Client(intents=discord.Intents.none(), http_trace=gate) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            yield fail_check(
                "token",
                "Discord doesn't accept the token in DISCORD_TOKEN. Reset it and copy it again.",
            )
            return
        except EXPECTED as error:
            yield fail_check("Discord", f"It can't be reached at {config.api_url}: {error}.")
            return
        yield pass_check("token", f"Discord accepts it: {client.user}.")
        yield _check_clock(clock)
        for settings, policy in teams:
            there = held.get(settings.guild, ())
            async for finding in _check_server(client, settings, policy, there, config.now()):
                yield finding


def _check_clock(clock: TrustedClock) -> CheckResult:
    ahead = clock.ahead_s
    if ahead is None:
        return note_check("clock", "Discord doesn't say what time it is.")
    if abs(ahead) > CLOCK:
        way = "ahead of" if ahead > 0 else "behind"
        return fail_check(
            "clock",
            f"This machine's clock is {abs(ahead):.0f} s {way} Discord's."
            " Have it set over the network (NTP).",
        )
    return pass_check("clock", "It agrees with Discord's.")


async def _check_server(
    client: discord.Client,
    settings: Settings,
    policy: Policy,
    held: Iterable[WaitingPosts],
    now: datetime,
) -> AsyncIterator[CheckResult]:
    about = f"server {settings.guild}"
    try:
        guild = await client.fetch_guild(settings.guild)
        channels = {channel.id: channel for channel in await guild.fetch_channels()}
        me = await guild.fetch_member(client.user.id if client.user else 0)
    except (discord.NotFound, discord.Forbidden):
        link = make_invitation(client.application_id or 0, settings.guild)
        yield fail_check(about, f"The bot isn't in this server. Invite it: {link}")
        return
    except EXPECTED as error:
        yield fail_check(about, f"Discord doesn't answer for it: {error}.")
        return
    found = list(_check_channels(settings, channels, me))
    if any(finding.verdict is CheckOutcome.WRONG for finding in found):
        needed = list_needed(settings, list_forums(channels.values()))
        link = make_invitation(client.application_id or 0, settings.guild, needed)
        found.append(note_check(about, f"Grant the missing permissions: {link}"))
    found += check_waiting(held, settings, now, channels, me)
    for finding in found:
        yield finding
    roles = settings.voter_roles | settings.moderator_roles | set(policy.weights)
    for role in sorted(roles - {role.id for role in guild.roles}):
        yield fail_check(
            about,
            f"There is no role {role}, although its settings or rules use it."
            " Change them with `/setup`.",
        )


def _check_channels(
    settings: Settings, channels: Mapping[int, discord.abc.GuildChannel], me: discord.Member
) -> Iterator[CheckResult]:
    about = f"server {settings.guild}"
    forums = list_forums(channels.values())
    if settings.layout is Layout.FORUM and settings.claims_channel not in forums:
        yield fail_check(
            about,
            'The layout is "forum", but the claims channel is no forum: cards are posted there as'
            " in any text channel. Choose a forum or another layout with `/setup`.",
        )
    for id_, needed in list_uses(settings, forums).items():
        channel = channels.get(id_)
        if channel is None:
            yield fail_check(about, f"There is no channel {id_}, or the bot can't see it.")
        elif is_unfit(channel):
            yield fail_check(
                about,
                f"#{channel.name} is a kind of channel in which nothing can be posted.",
            )
        elif lacking := find_lacking(channel, needed, me):
            names = ", ".join(name_permission(name, channel) for name in lacking)
            yield fail_check(about, f"The bot lacks permissions in #{channel.name}: {names}.")
        else:
            yield pass_check(about, f"The bot has all the permissions it needs in #{channel.name}.")
        if id_ == settings.claims_channel and isinstance(channel, discord.ForumChannel):
            yield _check_tags(channel, settings, me)


def _check_tags(forum: discord.ForumChannel, settings: Settings, me: discord.Member) -> CheckResult:
    about = f"server {settings.guild}"
    if lacks_tags(forum, settings.language, me):
        return note_check(
            about,
            f"#{forum.name} lacks status tags, and the bot can't create them: posts go without."
            " It needs Manage Channels there, and room for six tags among the forum's 20.",
        )
    return pass_check(about, f"#{forum.name}: each claim is a post, tagged with its status.")


def check_waiting(
    found: Iterable[WaitingPosts],
    settings: Settings,
    now: datetime,
    channels: Mapping[int, discord.abc.GuildChannel] | None = None,
    me: discord.Member | None = None,
) -> Iterator[CheckResult]:
    """Yield what is held up, and why; `channels` are those that Discord has now, if it was asked.

    Without it the reason is the one kept beside the posts.
    """
    about, tr = f"server {settings.guild}", translator_for("en")
    for each in found:
        channel = (channels or {}).get(each.channel)
        problem = _find_problem(channel, me) if channels is not None else None
        if not is_waiting(each, now, hindered=problem is not None):
            continue
        said = write_waiting(
            each,
            problem,
            tr,
            channel=f"#{channel.name}" if channel else f"channel {each.channel}",
            since=f"{each.since:%Y-%m-%d %H:%M} UTC",
        )
        known = problem is not None or each.reason is not None
        yield fail_check(about, said) if known else note_check(about, said)


def _find_problem(
    channel: discord.abc.GuildChannel | None, me: discord.Member | None
) -> Hindrance | None:
    if channel is None:
        return Hindrance(Cause.DELETED)
    if is_unfit(channel):
        return Hindrance(Cause.UNFIT)
    lacking = find_lacking(channel, ("view_channel", "send_messages"), me)
    names = tuple(name_permission(name, channel) for name in lacking)
    return Hindrance(Cause.CLOSED, names) if names else None
