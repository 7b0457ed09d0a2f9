"""Where a claim stands: its votes, what is missing to a verdict, what a moderator did."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.i18n.escaping import escape
from bot.i18n.labels import VERDICT_SIGNS, VERDICTS, gettext_noop, label_status
from bot.i18n.translator import Translator, make_timestamp
from bot.rendering.embeds import card_address
from workflows.claims import Claim, ClaimState, Status, Verdict
from workflows.desk.claim_views import ClaimView, RulingView
from workflows.events import (
    Assigned,
    Dropped,
    Edited,
    EventData,
    GaveAway,
    MergedInto,
    MergeUndone,
    Move,
    Received,
    Reopened,
    Settled,
)
from workflows.store.outbox import Card
from workflows.voting import Lack, Missing, SettledBy, is_votable


def format_status(shown: ClaimView, tr: Translator) -> Iterable[str]:
    """Yield what a card says below a claim's status, a line each."""
    state = shown.claim.state
    if shown.kept:
        yield _format_merged(shown.team.settings.guild, *shown.kept, tr)
    elif state.status is Status.SHELVED:
        yield label_status(state, tr)
    else:
        yield _format_votes(shown, tr)
    if shown.stale:
        yield tr.plural(
            "{n} vote from before the claim was edited or reopened no longer counts.",
            "{n} votes from before the claim was edited or reopened no longer count.",
            shown.stale,
        )
    if shown.asked:
        yield tr.plural(
            "{n} voter on a claim merged into this one is asked to vote here.",
            "{n} voters on claims merged into this one are asked to vote here.",
            shown.asked,
        )
    yield from _format_time(shown, tr)
    if shown.assignee:
        yield _format_assignee(shown.assignee, shown.claim.assigned_day, tr)
    if shown.ruling:
        yield _format_ruling(shown.ruling, state, tr)
    if shown.settled_by is SettledBy.MODERATOR:
        yield "-# " + tr.text(_OWN_VERDICT[shown.lacking])
    elif shown.settled_by is SettledBy.TEAM_EARLY:
        yield "-# " + tr.text(ENDED_EARLY)


def _format_assignee(account: int, day: date | None, tr: Translator) -> str:
    if day is None:
        return tr.text("{who} is looking after it.", who=f"<@{account}>")
    return tr.text("{who} is looking into it until {day}.", who=f"<@{account}>", day=tr.day(day))


def _format_votes(shown: ClaimView, tr: Translator) -> str:
    """Return the votes and what is missing: in one line while no directions are shown."""
    tally = shown.claim.tally
    shows_sides = shown.claim.state.tally_shown and tally.votes
    parts = [votes_line(shown, tr), missing_line(shown.missing, tr)]
    return ("\n" if shows_sides else " · ").join(filter(None, parts))


def _format_time(shown: ClaimView, tr: Translator) -> Iterable[str]:
    """Yield what the clock has brought or will bring."""
    state = shown.claim.state
    if state.asked_again_at:
        yield tr.text(
            "The team was asked again {when}.", when=make_timestamp(state.asked_again_at, "R")
        )
    elif state.status is Status.NOT_ENOUGH_EVIDENCE and state.returns_at:
        yield tr.text(
            "A new link or passage brings it back; otherwise the team is asked again {when}.",
            when=make_timestamp(state.returns_at, "R"),
        )
    if state.settled_at and shown.settled_by in (None, SettledBy.TEAM):
        yield tr.text("Settled {when}.", when=make_timestamp(state.settled_at, "R"))
    elif state.provisional and state.settles_at:
        yield tr.text(
            "Settles {when} unless votes change it.", when=make_timestamp(state.settles_at, "R")
        )


def _format_ruling(ruling: RulingView, state: ClaimState, tr: Translator) -> str:
    """Return what a moderator did last, and why."""
    data = ruling.data
    number = data.number if isinstance(data, Received | GaveAway) else 0
    move = data.move if isinstance(data, Received | GaveAway) else None
    said = tr.text(_RULINGS[type(data), move], number=number)
    said += f": “{escape(ruling.reason, 200)}”" if ruling.reason else "."
    if isinstance(data, Settled) and state.settled_at:
        said += f" · {make_timestamp(state.settled_at, 'R')}"
    return said


ENDED_EARLY = gettext_noop(
    "A moderator ended the waiting period early. The team's votes had already reached this verdict."
)
_RULINGS: Mapping[tuple[type[EventData], Move | None], str] = {
    (Settled, None): gettext_noop("Settled by a moderator"),
    (Reopened, None): gettext_noop("Reopened by a moderator"),
    (Dropped, None): gettext_noop("Dropped by a moderator"),
    (Edited, None): gettext_noop("Edited by a moderator"),
    (Assigned, None): gettext_noop("Assigned by a moderator"),
    (MergedInto, None): gettext_noop("By a moderator"),
    (MergeUndone, None): gettext_noop("Separated again by a moderator"),
    (Received, Move.MERGE): gettext_noop("Merged with #{number} by a moderator"),
    (Received, Move.SPLIT): gettext_noop("Split off from #{number} by a moderator"),
    (Received, Move.SPLIT_UNDONE): gettext_noop("Merged with #{number} again by a moderator"),
    (GaveAway, Move.SPLIT): gettext_noop("#{number} was split off by a moderator"),
    (GaveAway, Move.MERGE_UNDONE): gettext_noop(
        "The merge with #{number} was undone by a moderator"
    ),
}
_OWN_VERDICT: Mapping[frozenset[Lack], str] = {
    frozenset(Lack): gettext_noop(
        "This is the moderator's own verdict: there are no votes and no link for it."
    ),
    frozenset({Lack.VOTES}): gettext_noop("This is the moderator's own verdict: nobody has voted."),
    frozenset({Lack.LINK}): gettext_noop(
        "This is the moderator's own verdict: there is no link for it."
    ),
    frozenset(): gettext_noop(
        "This is the moderator's own verdict: the team's votes hadn't reached it."
    ),
}
"""What stands behind no verdict of theirs, said on the card."""


def _format_merged(guild: int, kept: Claim, card: Card | None, tr: Translator) -> str:
    """Return where a duplicate's votes go now."""
    number = f"#{kept.number}"
    if card:
        number = f"[{number}]({card_address(guild, card)})"
    return tr.text("Merged into {number}; please vote there.", number=number)


def votes_line(shown: ClaimView, tr: Translator) -> str:
    """Return how many votes there are; which way they go once the team may know."""
    tally, quorum = shown.claim.tally, shown.team.policy.quorum
    state = shown.claim.state
    if is_votable(state) and tally.votes < quorum:
        line = tr.plural("{votes} of {n} vote", "{votes} of {n} votes", quorum, votes=tally.votes)
    else:
        line = tr.plural("{n} vote", "{n} votes", tally.votes)
    if not state.tally_shown or not tally.votes:
        return line
    sides = (
        f"{VERDICT_SIGNS[verdict]} {tr.text(VERDICTS[verdict])} {tally.weight(verdict)}"
        for verdict in Verdict
    )
    return f"{line}: " + " · ".join(sides)


def missing_line(missing: Missing, tr: Translator) -> str:
    """Return what keeps a claim from a verdict, beyond the votes to the quorum."""
    if missing.swing:
        least = min(missing.swing.values())
        nearest = [verdict for verdict in missing.swing if missing.swing[verdict] == least]
        if len(nearest) > 1:
            return tr.plural(
                "Split: {n} more vote for one verdict would decide it.",
                "Split: {n} more votes for one verdict would decide it.",
                least,
            )
        return tr.plural(
            "Split: {n} more vote for {verdict} would decide it.",
            "Split: {n} more votes for {verdict} would decide it.",
            least,
            verdict=tr.text(VERDICTS[nearest[0]]),
        )
    lacks = set(missing.evidence.values())
    if not lacks or (missing.votes and len(missing.evidence) == 1):
        return ""  # one side has its sources, and nobody knows yet which side will need them
    if len(missing.evidence) > 1 and len(lacks) == 1:
        return tr.plural(
            "A verdict will need a source.", "A verdict will need {n} sources.", lacks.pop()
        )
    if len(missing.evidence) == 1:
        ((verdict, lack),) = missing.evidence.items()
        return tr.plural(
            "{verdict}, once someone adds a source.",
            "{verdict}, once someone adds {n} more sources.",
            lack,
            verdict=tr.text(VERDICTS[verdict]),
        )
    return " ".join(
        tr.plural(
            "{verdict} needs one more source.",
            "{verdict} needs {n} more sources.",
            lack,
            verdict=tr.text(VERDICTS[verdict]),
        )
        for verdict, lack in missing.evidence.items()
    )
