"""Notices to a team's moderators: through the outbox, each said once until it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows.claims import Evidence
from workflows.notices import OF_PAGES, Notice, NoticeKind, SentNotice
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Card, PostKind
from workflows.teams import Team


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as its message shows it, with the card of the claim it is about."""

    team: Team
    told: SentNotice
    card: Card | None
    link: Evidence | None = None
    """The link that it is about, unless that is gone."""


def tell_moderators(store: ClaimStore, team: Team, notice: Notice, now: datetime) -> bool:
    """Return True if it is news. It goes to the first channel of the team that takes messages."""
    row = store.notices.add(team.id, notice, now)
    channel = find_notice_channel(store, team)
    if row is not None and channel is not None:
        store.outbox.add(team.id, PostKind.NOTICE, channel, row, now)
    return row is not None


def tell_all(store: ClaimStore, team: Team, notices: Sequence[Notice], now: datetime) -> None:
    """Tell several at once: none is sent where another one says that nothing arrives."""
    rows = [store.notices.add(team.id, notice, now) for notice in notices]
    channel = find_notice_channel(store, team)
    for row in rows:
        if row is not None and channel is not None:
            store.outbox.add(team.id, PostKind.NOTICE, channel, row, now)


def find_notice_channel(store: ClaimStore, team: Team) -> int | None:
    """Return where notices go: the moderators' channel, else another that takes messages.

    Where none does, the direct channel to the server's owner, as far as it is known.
    """
    return find_team_channel(store, team) or find_owner(store, team)


def find_team_channel(store: ClaimStore, team: Team) -> int | None:
    """Return the first of the team's own channels that takes notices; None where none does."""
    closed = {
        about.split(":")[1]
        for kind, about in store.notices.list_open(team.id, _BROKEN)
        if kind is not NoticeKind.CHANNEL_CLOSED or not SPEAKING.isdisjoint(_read_lacking(about))
    }
    settings = team.settings
    for channel in (settings.moderators_channel, settings.claims_channel, settings.digest_channel):
        if channel is not None and str(channel) not in closed:
            return channel
    return None


def find_owner(store: ClaimStore, team: Team) -> int | None:
    """Return the direct channel to the server's owner, if it is known."""
    owner = store.process_state.get(_get_owner_mark(team))
    return int(owner) if owner else None


def remember_owner(store: ClaimStore, team: Team, channel: int) -> None:
    """Keep the direct channel to the server's owner."""
    store.process_state.put(_get_owner_mark(team), str(channel))


def _get_owner_mark(team: Team) -> str:
    return f"owner:{team.settings.guild}"


_BROKEN = (NoticeKind.CHANNEL_GONE, NoticeKind.CHANNEL_CLOSED, NoticeKind.CHANNEL_UNFIT)
SPEAKING = frozenset({"view_channel", "send_messages"})
"""The permissions without which not even plain text can be posted."""


def _read_lacking(about: str) -> list[str]:
    """Return the permissions that a notice about a closed channel names."""
    return about.rsplit(":", maxsplit=1)[-1].split(",")


def tell_of_unknown_card(store: ClaimStore, guild: int, link: str, now: datetime) -> None:
    """Tell a team once that cards of another database stand in its server."""
    team = store.teams.of_guild(guild)
    if team is not None:
        notice = Notice(NoticeKind.UNKNOWN_CARD, "cards", values={"link": link})
        tell_moderators(store, team, notice, now)


def tell_all_of_pause(store: ClaimStore, seconds: float, now: datetime) -> None:
    """Every team's moderators, each time."""
    minutes = max(1, round(seconds / 60))
    for team in store.teams.all():
        mark_resolved(store, team, NoticeKind.PAUSED, "discord", now)  # the last one is over
        tell_moderators(
            store, team, Notice(NoticeKind.PAUSED, "discord", values={"minutes": minutes}), now
        )


def tell_all_of_clock(store: ClaimStore, ahead_s: float | None, now: datetime) -> None:
    """Every team's moderators, once until the clock is right; None: it is."""
    if ahead_s is None:
        for told in store.notices.list_teams(NoticeKind.CLOCK):
            mark_resolved(store, store.teams.get(told), NoticeKind.CLOCK, "clock", now)
        return
    values: dict[str, str | int] = {"minutes": round(abs(ahead_s) / 60)}
    for team in store.teams.all():
        tell_moderators(store, team, Notice(NoticeKind.CLOCK, "clock", values=values), now)


def mark_resolved(
    store: ClaimStore, team: Team, kind: NoticeKind, about: str, now: datetime
) -> None:
    """Should the same come again, it will be told again; what is not told yet never is."""
    row = store.notices.mend(team.id, kind, about, now)
    if row is not None:
        store.outbox.withdraw_notice(row)


def get_notice(store: ClaimStore, notice: int) -> NoticeView:
    """For the outbox, which knows notices by row."""
    team_id, told = store.notices.get(notice)
    team = store.teams.get(team_id)
    claim = store.claims.with_number(team_id, told.claim) if told.claim is not None else None
    card = store.outbox.card_of(PostKind.CLAIM, claim.id) if claim else None
    link = None
    if claim and told.kind in OF_PAGES:
        key = told.about.split(":")[1]
        link = next((each for each in store.evidence.of_claim(claim) if each.key == key), None)
    return NoticeView(team, told, card, link)
