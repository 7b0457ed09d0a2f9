"""The words for verdicts, statuses, hedges and stances; the colours and signs beside them."""

from collections.abc import Mapping

from bot.i18n.translator import Translator
from workflows.claims import (
    AttributionCheck,
    Claim,
    ClaimState,
    Disagreement,
    Hedge,
    ModelDoubt,
    PlaceKind,
    Stance,
    Status,
    Verdict,
)
from workflows.digest.sections import Section

# The catalogue's tools find sentences by this name; `Words.say` turns them into a language later.
gettext_noop = str

VERDICTS: Mapping[Verdict, str] = {
    Verdict.SUPPORTED: gettext_noop("Supported"),
    Verdict.REFUTED: gettext_noop("Refuted"),
    Verdict.NOT_ENOUGH_EVIDENCE: gettext_noop("Can't tell"),
}
VERDICT_SIGNS: Mapping[Verdict, str] = {
    Verdict.SUPPORTED: "✅",
    Verdict.REFUTED: "❌",
    Verdict.NOT_ENOUGH_EVIDENCE: "❔",
}
STATUSES: Mapping[Status, str] = {
    Status.SHELVED: gettext_noop("On the shelf"),
    Status.UNREVIEWED: gettext_noop("Unreviewed"),
    Status.IN_REVIEW: gettext_noop("In review"),
    Status.CONFLICTING: gettext_noop("Conflicting"),
    Status.SUPPORTED: gettext_noop("Supported"),
    Status.REFUTED: gettext_noop("Refuted"),
    Status.NOT_ENOUGH_EVIDENCE: gettext_noop("Can't tell yet"),
    Status.DROPPED: gettext_noop("Dropped"),
    Status.DUPLICATE: gettext_noop("Merged"),
}
PROVISIONALLY: Mapping[Status, str] = {
    Status.SUPPORTED: gettext_noop("Provisionally supported"),
    Status.REFUTED: gettext_noop("Provisionally refuted"),
}
COLOURS: Mapping[Status, int] = {
    Status.SHELVED: 0x99AAB5,
    Status.UNREVIEWED: 0x99AAB5,
    Status.IN_REVIEW: 0x3B82F6,
    Status.CONFLICTING: 0xE67E22,
    Status.SUPPORTED: 0x2E9E5B,
    Status.REFUTED: 0xD64545,
    Status.NOT_ENOUGH_EVIDENCE: 0x8E6BBF,
    Status.DROPPED: 0x4F545C,
    Status.DUPLICATE: 0x4F545C,
}
DOUBTS: Mapping[ModelDoubt, str] = {
    ModelDoubt.HEDGE: gettext_noop("how firmly it is put"),
    ModelDoubt.POLARITY: gettext_noop("whether it is affirmed or negated"),
    ModelDoubt.FIGURES: gettext_noop("its figures"),
    ModelDoubt.DATES: gettext_noop("its dates"),
    ModelDoubt.ORDER: gettext_noop("how it is worded"),
}
"""What wants a look in a claim that a language model found."""
HEDGES: Mapping[Hedge, str] = {
    Hedge.ASSERTED: gettext_noop("asserted"),
    Hedge.CONFIRMED: gettext_noop("confirmed"),
    Hedge.REPORTED: gettext_noop("reported"),
    Hedge.ALLEGED: gettext_noop("alleged"),
    Hedge.SPECULATED: gettext_noop("speculated"),
    Hedge.PREDICTED: gettext_noop("predicted"),
    Hedge.DENIED: gettext_noop("denied"),
    Hedge.UNCONFIRMED: gettext_noop("unconfirmed"),
}
SECTIONS: Mapping[Section, str] = {
    Section.CHANGED: gettext_noop("Changed verdict"),
    Section.DECIDED: gettext_noop("Decided"),
    Section.ONE_VOTE_AWAY: gettext_noop("One vote away"),
    Section.CONFLICTING: gettext_noop("Conflicting"),
    Section.NEEDS_SOURCE: gettext_noop("Only needs a source"),
    Section.NEW: gettext_noop("New"),
    Section.NEEDS_VOTES: gettext_noop("Needs votes"),
    Section.ABOUT_TO_SETTLE: gettext_noop("About to settle"),
    Section.UNRESOLVED: gettext_noop("Unresolved"),
}
DISAGREEMENTS: Mapping[Disagreement, str] = {
    Disagreement.FIGURE: gettext_noop(
        "Disagrees with {number} in a figure: {ours} instead of {theirs}"
    ),
    Disagreement.POLARITY: gettext_noop("Says the opposite of {number}"),
    Disagreement.DOUBTS: gettext_noop("Casts doubt on {number}"),
    Disagreement.DOUBTED: gettext_noop("Doubted by {number}"),
    Disagreement.REVISES: gettext_noop("The document now says {ours}; it said {theirs} ({number})"),
    Disagreement.REVISED: gettext_noop("The document now says {theirs} ({number}); it said {ours}"),
}
DISAGREEMENTS_WITHOUT_FIGURES: Mapping[Disagreement, str] = {
    Disagreement.FIGURE: gettext_noop("Disagrees with {number} in a figure."),
    Disagreement.REVISES: gettext_noop("The document says this now; it said {number}."),
    Disagreement.REVISED: gettext_noop("The document now says {number}."),
}
"""The same where the words no longer hold the two figures."""
PLACES: Mapping[PlaceKind, str] = {
    PlaceKind.PAGE: gettext_noop("page {name}"),
    PlaceKind.TIME: gettext_noop("at {name}"),
    PlaceKind.PARAGRAPH: gettext_noop("paragraph {name}"),
    PlaceKind.ENTRY: gettext_noop("entry of {name}"),
}
STANCES: Mapping[Stance, str] = {
    Stance.SUPPORTS: gettext_noop("supports"),
    Stance.REFUTES: gettext_noop("refutes"),
    Stance.CONTEXT: gettext_noop("context"),
    Stance.CONFIRMS: gettext_noop("shows that {source} said it"),
    Stance.DISPUTES: gettext_noop("shows that {source} didn't say it"),
}
SAYING_MARKS: Mapping[AttributionCheck, str] = {
    AttributionCheck.UNCHECKED: "",
    AttributionCheck.SOURCED: " ✓",
    AttributionCheck.DISPUTED: " ✗",
}
"""Behind a source's name: whether evidence shows that they said it."""
STANCE_SIGNS: Mapping[Stance, str] = {
    Stance.SUPPORTS: "🟢",
    Stance.REFUTES: "🔴",
    Stance.CONTEXT: "⚪",
    Stance.CONFIRMS: "🗣️",
    Stance.DISPUTES: "🚫",
}

SOURCE_GRADES: Mapping[str, str] = {
    "A": gettext_noop("A · completely reliable"),
    "B": gettext_noop("B · usually reliable"),
    "C": gettext_noop("C · fairly reliable"),
    "D": gettext_noop("D · not usually reliable"),
    "E": gettext_noop("E · unreliable"),
    "F": gettext_noop("F · cannot be judged"),
}
INFORMATION_GRADES: Mapping[str, str] = {
    "1": gettext_noop("1 · confirmed by other sources"),
    "2": gettext_noop("2 · probably true"),
    "3": gettext_noop("3 · possibly true"),
    "4": gettext_noop("4 · doubtful"),
    "5": gettext_noop("5 · improbable"),
    "6": gettext_noop("6 · cannot be judged"),
}


def label_status(state: ClaimState, tr: Translator) -> str:
    """Return the status in words, "provisionally" while a verdict is held."""
    if state.provisional:
        return tr.text(PROVISIONALLY[state.status])
    return tr.text(STATUSES[state.status])


def get_status_colour(claim: Claim) -> int:
    return COLOURS[claim.state.status]
