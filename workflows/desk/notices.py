"""Notices to a team's moderators: through the outbox, each said once until it is mended."""

from dataclasses import dataclass
from datetime import datetime

from workflows.notices import Notice, NoticeKind, SentNotice
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Card, PostKind
from workflows.teams import Team


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as its message shows it, with the card of the claim it is about."""

    team: Team
    told: SentNotice
    card: Card | None


def tell_moderators(store: ClaimStore, team: Team, notice: Notice, now: datetime) -> bool:
    """Return True if it is news. A team without a channel for its moderators is told nothing."""
    row = store.notices.add(team.id, notice, now)
    if row is not None and team.settings.moderators_channel is not None:
        store.outbox.add(team.id, PostKind.NOTICE, team.settings.moderators_channel, row, now)
    return row is not None


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
    for team in store.teams.all():
        if ahead_s is None:
            mark_resolved(store, team, NoticeKind.CLOCK, "clock", now)
            continue
        values: dict[str, str | int] = {"minutes": round(abs(ahead_s) / 60)}
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
    return NoticeView(team, told, card)
