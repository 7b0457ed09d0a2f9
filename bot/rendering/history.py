"""A claim's history in plain sentences: who did what, when and why, and what came of it."""

from collections.abc import Mapping

from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import N_, VERDICTS, status_of
from bot.i18n.translator import Words, stamp
from workflows.claims import ClaimState, MemberKey, Verdict
from workflows.desk.audit import ClaimAudit
from workflows.desk.history import HistoryLine
from workflows.events import (
    AskedAgain,
    Assigned,
    ChangedMind,
    ClaimAdded,
    ClaimPosted,
    DisagreementFound,
    Dropped,
    Edited,
    EventData,
    EvidenceAdded,
    EvidenceEdited,
    EvidenceRemoved,
    GaveAway,
    MergedInto,
    MergeUndone,
    Move,
    PassageAdded,
    PolicyChanged,
    Received,
    Reopened,
    Reposted,
    Settled,
    VoteCast,
    VoteTakenBack,
)

People = Mapping[MemberKey, int]


def story_lines(told: ClaimAudit, words: Words) -> list[str]:
    """A claim's whole story for Discord, a line each: who, what, when, why, under which rules.

    The last line says whether replaying it gives what is stored. A line has at most some 1,000
    characters.
    """
    lines = [
        f"{stamp(line.at)} {sentence(line, told.people, words)}{_outcome(line, told, words)}"
        for line in told.lines
    ]
    return [*lines, *_replayed(told, words)]


def story_text(told: ClaimAudit, words: Words) -> list[str]:
    """The same for the terminal."""
    lines = [
        f"{words.moment(line.at)} {sentence(line, told.people, words, mentions=False)}"
        f"{_outcome(line, told, words)}"
        for line in told.lines
    ]
    return [*lines, *_replayed(told, words, mentions=False)]


def sentence(line: HistoryLine, people: People, words: Words, *, mentions: bool = True) -> str:
    """One event in a plain sentence, with the reason that was given."""
    data = line.data
    verdict: Verdict | None = None
    site, number = "", 0
    match data:
        case VoteCast() if line.again:
            said = N_("{who} gave a reason.")
        case VoteCast(verdict=verdict):
            said = N_("{who} voted {verdict}.") if line.known else N_("{who} voted.")
        case EvidenceAdded(origin=site):
            said = N_("{who} added a link to {site}.")
        case PassageAdded():
            said, site = N_("{who} brought it in again, in “{site}”."), line.about or "…"
        case DisagreementFound(number=number):
            said = N_("#{number} was found to disagree.")
        case Received(move=move, number=number) | GaveAway(move=move, number=number):
            said = _MOVED[type(data), move]
        case Settled(verdict=verdict, by=None):
            said = N_("Settled as {verdict}.")
        case Settled(verdict=verdict):
            said = N_("{who} settled it as {verdict}.")
        case ChangedMind(verdict=verdict):
            said = N_("The team changed its mind: {verdict}.")
        case _:
            said = _PLAIN[type(data)]
    told = words.say(
        said,
        who=_person(data.by, people, words, mentions=mentions),
        verdict=words.say(VERDICTS[verdict]) if verdict else "",
        site=_clean(site, 60, mentions=mentions),
        number=number,
    )
    return f"{told} — {_clean(line.reason, 200, mentions=mentions)}" if line.reason else told


def _clean(text: str, most: int, *, mentions: bool) -> str:
    return escape(text, most) if mentions else cut(plain(text), most)


_PLAIN: Mapping[type[EventData], str] = {
    ClaimAdded: N_("{who} added the claim."),
    ClaimPosted: N_("{who} posted it from the shelf."),
    VoteTakenBack: N_("{who} took their vote back."),
    PolicyChanged: N_("{who} changed the team's rules; it was decided anew."),
    Reopened: N_("{who} reopened it; votes from before count no more."),
    Dropped: N_("{who} dropped it."),
    Edited: N_("{who} edited it; votes from before count no more."),
    Assigned: N_("{who} assigned it."),
    Reposted: N_("{who} had its card posted again."),
    EvidenceEdited: N_("{who} changed a link."),
    EvidenceRemoved: N_("{who} took a link away."),
    AskedAgain: N_("It could not be told a month ago; the team is asked again."),
    MergedInto: N_("{who} merged it into another claim; please vote there."),
    MergeUndone: N_("{who} undid the merge; it stands by itself, with its votes."),
}
_MOVED: Mapping[tuple[type[EventData], Move], str] = {
    (Received, Move.MERGE): N_("{who} merged #{number} into it."),
    (Received, Move.SPLIT): N_("{who} split it off #{number}."),
    (Received, Move.SPLIT_UNDONE): N_("{who} put #{number}, which was split off it, back."),
    (GaveAway, Move.SPLIT): N_("{who} split #{number} off it."),
    (GaveAway, Move.MERGE_UNDONE): N_("{who} undid the merge of #{number} into it."),
}


def _person(by: MemberKey | None, people: People, words: Words, *, mentions: bool) -> str:
    if by is None:
        return words.say("An import")
    account = people.get(by)
    if account is None:
        return words.say("A former member")
    return f"<@{account}>" if mentions else words.say("Member {account}", account=account)


def _outcome(line: HistoryLine, told: ClaimAudit, words: Words) -> str:
    """What the claim came to by this event, if it came to anything: by which rules, on what."""
    if line.before is not None and _place(line.before) == _place(line.after):
        return ""
    status = words.say("settled") if line.after.settled_at else status_of(line.after, words)
    version = words.number(line.policy)
    if not (told.claim.state.tally_shown and line.tally.votes):
        return " " + words.say(
            "→ {status} (rules: version {version})", status=status, version=version
        )
    sides = ", ".join(
        f"{words.say(VERDICTS[verdict])} {words.number(line.tally.weight(verdict))}"
        for verdict in Verdict
    )
    links = line.sources.supports + line.sources.refutes
    return " " + words.count(
        "→ {status} ({sides}; {n} link that counts; rules: version {version})",
        "→ {status} ({sides}; {n} links that count; rules: version {version})",
        links,
        status=status,
        sides=sides,
        version=version,
    )


def _place(state: ClaimState) -> tuple[object, bool]:
    return state.status, state.settled_at is not None


def _replayed(told: ClaimAudit, words: Words, *, mentions: bool = True) -> list[str]:
    if not told.differences:
        return [words.say("Replaying this history gives exactly what is stored.")]
    differ = words.count(
        "Replaying this history differs in {n} thing from what is stored:",
        "Replaying this history differs in {n} things from what is stored:",
        len(told.differences),
    )
    return [differ, *(_clean(each, 300, mentions=mentions) for each in told.differences)]
