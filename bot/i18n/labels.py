"""The words for verdicts, statuses, hedges and stances; the colours and signs beside them."""

from collections.abc import Mapping

from bot.i18n.translator import Words
from workflows.claims import (
    AttributionCheck,
    Claim,
    ClaimState,
    Disagreement,
    Hedge,
    Stance,
    Status,
    Verdict,
)

# The catalogue's tools find sentences by this name; `Words.say` turns them into a language later.
N_ = str

VERDICTS: Mapping[Verdict, str] = {
    Verdict.SUPPORTED: N_("Supported"),
    Verdict.REFUTED: N_("Refuted"),
    Verdict.NOT_ENOUGH_EVIDENCE: N_("Can't tell"),
}
VERDICT_SIGNS: Mapping[Verdict, str] = {
    Verdict.SUPPORTED: "✅",
    Verdict.REFUTED: "❌",
    Verdict.NOT_ENOUGH_EVIDENCE: "❔",
}
STATUSES: Mapping[Status, str] = {
    Status.SHELVED: N_("On the shelf"),
    Status.UNREVIEWED: N_("Unreviewed"),
    Status.IN_REVIEW: N_("In review"),
    Status.CONFLICTING: N_("Conflicting"),
    Status.SUPPORTED: N_("Supported"),
    Status.REFUTED: N_("Refuted"),
    Status.NOT_ENOUGH_EVIDENCE: N_("Can't tell yet"),
    Status.DROPPED: N_("Dropped"),
    Status.DUPLICATE: N_("Merged"),
}
PROVISIONALLY: Mapping[Status, str] = {
    Status.SUPPORTED: N_("Provisionally supported"),
    Status.REFUTED: N_("Provisionally refuted"),
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
HEDGES: Mapping[Hedge, str] = {
    Hedge.ASSERTED: N_("asserted"),
    Hedge.CONFIRMED: N_("confirmed"),
    Hedge.REPORTED: N_("reported"),
    Hedge.ALLEGED: N_("alleged"),
    Hedge.SPECULATED: N_("speculated"),
    Hedge.PREDICTED: N_("predicted"),
    Hedge.DENIED: N_("denied"),
    Hedge.UNCONFIRMED: N_("unconfirmed"),
}
DISAGREEMENTS: Mapping[Disagreement, str] = {
    Disagreement.FIGURE: N_("Disagrees with {number} in a figure: {ours} instead of {theirs}"),
    Disagreement.POLARITY: N_("Says the opposite of {number}"),
    Disagreement.DOUBTS: N_("Casts doubt on {number}"),
    Disagreement.DOUBTED: N_("Is doubted by {number}"),
}
STANCES: Mapping[Stance, str] = {
    Stance.SUPPORTS: N_("supports"),
    Stance.REFUTES: N_("refutes"),
    Stance.CONTEXT: N_("context"),
    Stance.CONFIRMS: N_("shows that {source} said it"),
    Stance.DISPUTES: N_("shows that {source} did not say it"),
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


def status_of(state: ClaimState, words: Words) -> str:
    """The status in words, "provisionally" while a verdict is held."""
    if state.provisional:
        return words.say(PROVISIONALLY[state.status])
    return words.say(STATUSES[state.status])


def colour_of(claim: Claim) -> int:
    return COLOURS[claim.state.status]
