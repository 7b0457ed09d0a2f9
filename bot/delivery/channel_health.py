"""Watches what the bot stands on: the servers, their channels, what it may do there, the roles.

Discord tells of every change; the database is told what hinders now, and decides what follows.
"""

import asyncio
import logging
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import datetime

import discord

from bot.channel_permissions import (
    find_lacking,
    is_unfit,
    list_forums,
    list_uses,
    name_permission,
)
from bot.delivery.discord_errors import EXPECTED, Failure, classify_failure
from bot.delivery.forum_tags import lacks_tags
from workflows.desk import channel_health
from workflows.desk.channel_health import Cause, ChannelProblems, Hindrance, Resolved
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import CorrobotError
from workflows.teams import Team

_log = logging.getLogger(__name__)

_POSTED_IN = (
    discord.TextChannel,
    discord.VoiceChannel,
    discord.Thread,
    discord.ForumChannel,
)
DEBOUNCE_S = 0.5
"""Seconds in which changes are gathered before they are looked at."""
TOGETHER = 8
"""Teams that are looked at side by side, so that what is noted of them shares a commit."""
CHECK_INTERVAL_S = 60.0
"""Seconds between two looks at all servers, whatever was heard."""


class ChannelHealth:
    def __init__(
        self,
        client: discord.Client,
        desk: ClaimDesk,
        now: Callable[[], datetime],
        changed: Callable[[Resolved], None],
    ) -> None:
        """`changed` is called with what a look has changed."""
        self._client, self._desk, self._now, self._told = client, desk, now, changed
        self._noted: dict[int, object] = {}
        self._found: dict[int, ChannelProblems] = {}
        self._due: set[int] = set()
        self._refusing: set[int] = set()
        self._absent: dict[int, AbstractSet[int]] = {}
        self._changed = asyncio.Event()
        self._looked = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="surroundings")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def mark_changed(self, guild: int) -> None:
        """Something may be otherwise in this server: look soon."""
        self._due.add(guild)
        self._changed.set()

    def mark_refused(self, channel: int) -> None:
        """A channel took nothing: look soon why."""
        self._refusing.add(channel)
        self._changed.set()

    def find_problem(self, channel: int) -> Hindrance | None:
        """Return why nothing can be posted in a channel, as far as Discord has told us."""
        if any(channel in channels for channels in self._absent.values()):
            return Hindrance(Cause.ABSENT)
        if any(channel in found.gone for found in self._found.values()):
            return Hindrance(Cause.DELETED)
        found = self._client.get_channel(channel)
        if is_unfit(found):
            return Hindrance(Cause.UNFIT)
        if not isinstance(found, _POSTED_IN):
            return None
        me = found.guild.get_member(self._client.user.id) if self._client.user else None
        if found.guild.unavailable or me is None:
            return None
        lacking = find_lacking(found, ("view_channel", "send_messages"), me)
        names = tuple(name_permission(name, found) for name in lacking)
        return Hindrance(Cause.CLOSED, names) if names else None

    def find_reason(self, channel: int) -> str | None:
        """Return the same in the words that are kept beside a post."""
        problem = self.find_problem(channel)
        return problem.reason if problem else None

    async def _run(self) -> None:
        while True:
            try:
                await self.check_all(await self._desk.read(channel_health.list_teams))
            except (CorrobotError, *EXPECTED) as error:
                _log.warning("channel health check failed, retrying later: %s", error)
            except Exception:  # noqa: BLE001  # one look that fails must not be the last
                _log.exception("channel health check failed")
            try:
                async with asyncio.timeout(
                    CHECK_INTERVAL_S
                ):  # not `wait_for`: it may lose a cancel
                    await self._changed.wait()
            except TimeoutError:
                self._due |= {guild.id for guild in self._client.guilds}
            else:
                await asyncio.sleep(DEBOUNCE_S)
            self._changed.clear()

    async def check_all(self, teams: tuple[Team, ...]) -> None:
        due, self._due = self._due, set()
        refusing, self._refusing = self._refusing, set()
        uses = [(team, refusing & list_uses(team.settings).keys()) for team in teams]
        looked_at = [
            (team, used)
            for team, used in uses
            if used or not self._looked or team.settings.guild in due
        ]
        for first in range(0, len(looked_at), TOGETHER):
            together = looked_at[first : first + TOGETHER]
            await asyncio.gather(*(self.check_team(team, used) for team, used in together))
        self._looked = True

    async def check_team(self, team: Team, refusing: AbstractSet[int]) -> None:
        guild = self._client.get_guild(team.settings.guild)
        if guild is None:
            await self._find_missing(team)
            return
        if guild.unavailable:
            return
        if guild.id in self._absent:
            del self._absent[guild.id]
            _log.info("back in server %d", guild.id)
        found = await self.find_problems(guild, team)
        state = (team.settings, tuple(team.policy.weights), found, guild.owner_id)
        if self._noted.get(guild.id) != state:
            await self._note(guild, found)
            self._noted[guild.id] = state
        if unexplained := refusing - found.channels:
            await self._desk.write(channel_health.note_refusals, guild.id, unexplained, self._now())
            self._told(Resolved(queued=True))

    async def _note(self, guild: discord.Guild, found: ChannelProblems) -> None:
        mended = await self._desk.write(channel_health.note_problems, guild.id, found, self._now())
        self._found[guild.id] = found
        if mended.needs_owner:
            await self._reach_owner(guild)
        self._told(mended)
        for channel, lacking in found.closed:
            _log.warning("missing permissions in channel %d: %s", channel, ", ".join(lacking))
        for channel in found.gone:
            _log.warning("channel %d of server %d was deleted", channel, guild.id)

    async def _reach_owner(self, guild: discord.Guild) -> None:
        """Find the direct way to the server's owner where no channel takes notices."""
        if guild.owner_id is None:
            return
        try:
            direct = await self._client.create_dm(discord.Object(guild.owner_id))
        except EXPECTED as error:
            _log.warning("server %d: nobody can be told what hinders the bot: %s", guild.id, error)
            return
        await self._desk.write(channel_health.tell_owner, guild.id, direct.id, self._now())

    async def _find_missing(self, team: Team) -> None:
        guild = team.settings.guild
        if guild in self._absent:
            return
        self._absent[guild] = list_uses(team.settings).keys()
        self._noted.pop(guild, None)
        _log.warning("not in server %d, which has a team: invite the bot or check the ID", guild)
        await self._desk.write(channel_health.note_absence, guild)

    async def find_problems(self, guild: discord.Guild, team: Team) -> ChannelProblems:
        gone: set[int] = set()
        unfit: set[int] = set()
        untagged: set[int] = set()
        closed: list[tuple[int, tuple[str, ...]]] = []
        settings = team.settings
        for channel, needed in list_uses(settings, list_forums(guild.channels)).items():
            found = guild.get_channel_or_thread(channel) or await self._fetch(channel)
            if found is None:
                gone.add(channel)
            elif is_unfit(found):
                unfit.add(channel)
            elif lacking := find_lacking(found, needed):
                closed.append((channel, tuple(lacking)))
            if (
                isinstance(found, discord.ForumChannel)
                and channel == settings.claims_channel
                and lacks_tags(found, settings.language)
            ):
                untagged.add(channel)
        named = settings.voter_roles | settings.moderator_roles | set(team.policy.weights)
        roles = frozenset(role for role in named if guild.get_role(role) is None)
        return ChannelProblems(
            frozenset(gone), tuple(closed), roles, frozenset(unfit), frozenset(untagged)
        )

    async def _fetch(
        self, channel: int
    ) -> discord.abc.GuildChannel | discord.Thread | discord.Object | None:
        """Return what Discord did not tell us of by itself: a thread that was archived, say.

        None where it is gone; a bare object where we may not see it.
        """
        try:
            found = await self._client.fetch_channel(channel)
        except discord.NotFound as error:
            if classify_failure(error) is not Failure.CHANNEL_GONE:
                raise  # whatever stands between us and Discord says so, not Discord
            return None
        except discord.Forbidden:
            return discord.Object(channel)
        return found if isinstance(found, discord.abc.GuildChannel | discord.Thread) else None
