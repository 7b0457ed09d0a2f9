"""Where a claim stands: its votes, what is missing to a verdict, what a moderator did."""

from collections.abc import Iterable

from bot.i18n.escaping import escape
from bot.i18n.labels import VERDICT_SIGNS, VERDICTS
from bot.i18n.translator import Translator, make_timestamp
from bot.rendering.embeds import card_address
from workflows.claims import Claim, Verdict
from workflows.desk.claim_views import ClaimView
from workflows.store.outbox import Card
from workflows.voting import VOTABLE, Missing


def format_status(shown: ClaimView, tr: Translator) -> Iterable[str]:
    claim = shown.claim
    if shown.kept:
        yield _format_merged(shown.team.settings.guild, *shown.kept, tr)
    else:
        yield votes_line(shown, tr)
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
    missing = missing_line(shown.missing, tr)
    if missing:
        yield missing
    if claim.state.asked_again_at:
        yield tr.text(
            "The team was asked again {when}.", when=make_timestamp(claim.state.asked_again_at, "R")
        )
    if claim.state.settled_at:
        yield tr.text("Settled {when}.", when=make_timestamp(claim.state.settled_at, "R"))
    elif claim.state.provisional and claim.state.settles_at:
        yield tr.text(
            "Settles {when} unless votes change it.",
            when=make_timestamp(claim.state.settles_at, "R"),
        )
    if shown.assignee:
        yield tr.text("{who} looks after it.", who=f"<@{shown.assignee}>")
    if shown.ruling:
        yield tr.text("A moderator: “{reason}”", reason=escape(shown.ruling, 200))


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
    is_open = state.settled_at is None and state.status in VOTABLE
    if is_open and tally.votes < quorum:
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
        near = [tr.text(VERDICTS[v]) for v in missing.swing if missing.swing[v] == least]
        return tr.plural(
            "The votes are split: {n} more for {verdicts} would decide it.",
            "The votes are split: {n} more for {verdicts} would decide it.",
            least,
            verdicts=tr.text(" or ").join(near),
        )
    lacks = set(missing.evidence.values())
    if not lacks or (missing.votes and len(missing.evidence) == 1):
        return ""  # one side has its sources, and nobody knows yet which side will need them
    if len(missing.evidence) > 1 and len(lacks) == 1:
        return tr.plural(
            "A verdict will need a source.", "A verdict will need {n} sources.", lacks.pop()
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
