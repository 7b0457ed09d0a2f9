"""A claim's history in plain sentences: who did what, when and why, and what came of it."""

from collections.abc import Mapping

from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import VERDICTS, gettext_noop, label_status
from bot.i18n.translator import Translator, make_timestamp
from workflows.claims import ClaimState, Consent, MemberKey, Status, Verdict
from workflows.desk.audit import ClaimAudit
from workflows.desk.history import HistoryLine
from workflows.events import (
    AskedAgain,
    Assigned,
    ChangedMind,
    ClaimAdded,
    ClaimPosted,
    ConsentGiven,
    DisagreementFound,
    Dropped,
    Edited,
    EventData,
    EvidenceAdded,
    EvidenceEdited,
    EvidenceRemoved,
    EvidenceRestored,
    GaveAway,
    MergedInto,
    MergeUndone,
    Move,
    PageSeen,
    PassageAdded,
    PassageGone,
    PolicyChanged,
    Received,
    Released,
    Reopened,
    Reposted,
    SceneSet,
    Settled,
    VoteCast,
    VoteRemoved,
    VoteRestored,
    VoteTakenBack,
)
from workflows.voting import HELD

People = Mapping[MemberKey, int]


def history_lines(told: ClaimAudit, tr: Translator) -> list[str]:
    """A claim's whole story for Discord, a line each: who, what, when, why, under which rules.

    The last line says whether replaying it gives what is stored. A line has at most some 1,000
    characters.
    """
    lines = [
        f"{make_timestamp(line.at)} {write_sentence(line, told.people, tr)}"
        f"{_describe_outcome(line, told, tr)}"
        for line in told.lines
    ]
    return [*lines, *_describe_replay(told, tr)]


def history_text(told: ClaimAudit, tr: Translator) -> list[str]:
    """Return the same for the terminal."""
    lines = [
        f"{tr.moment(line.at)} {write_sentence(line, told.people, tr, mentions=False)}"
        f"{_describe_outcome(line, told, tr)}"
        for line in told.lines
    ]
    return [*lines, *_describe_replay(told, tr, mentions=False)]


def write_sentence(
    line: HistoryLine, people: People, tr: Translator, *, mentions: bool = True
) -> str:
    """Return one event in a plain sentence, with the reason that was given."""
    data = line.data
    verdict: Verdict | None = None
    site, number = "", 0
    match data:
        case VoteCast() if line.again:
            said = gettext_noop("{who} gave a reason.")
        case VoteCast(verdict=verdict):
            said = (
                gettext_noop("{who} voted {verdict}.")
                if line.known
                else gettext_noop("{who} voted.")
            )
        case EvidenceAdded(origin=site):
            said = _LINKED[type(data)]
        case PassageAdded() | PassageGone():
            said, site = _BROUGHT[type(data)], line.about or "…"
        case DisagreementFound(number=number):
            said = gettext_noop("#{number} was found to disagree with it.")
        case Received(move=move, number=number) | GaveAway(move=move, number=number):
            said = _MOVED[type(data), move]
        case Settled(verdict=verdict, by=None):
            said = gettext_noop("Settled as {verdict}.")
        case Settled(verdict=verdict):
            said = gettext_noop("{who} settled it as {verdict}.")
        case ChangedMind(verdict=verdict):
            said = gettext_noop("The team changed its mind: {verdict}.")
        case _:
            said = _find_sentence(data)
    told = tr.text(
        said,
        who=_name_person(data.by, people, tr, mentions=mentions),
        verdict=tr.text(VERDICTS[verdict]) if verdict else "",
        site=_clean(site, 60, mentions=mentions),
        number=number,
    )
    return f"{told} — {_clean(line.reason, 200, mentions=mentions)}" if line.reason else told


def _clean(text: str, most: int, *, mentions: bool) -> str:
    return escape(text, most) if mentions else cut(plain(text), most)


_PLAIN: Mapping[type[EventData], str] = {
    ClaimAdded: gettext_noop("{who} added the claim."),
    ClaimPosted: gettext_noop("{who} posted it from the shelf."),
    VoteTakenBack: gettext_noop("{who} took their vote back."),
    VoteRemoved: gettext_noop("{who} took a member's vote out."),
    VoteRestored: gettext_noop("{who} put a member's vote back."),
    PolicyChanged: gettext_noop("{who} changed the team's rules, so it was decided again."),
    Reopened: gettext_noop("{who} reopened it; earlier votes no longer count."),
    Dropped: gettext_noop("{who} dropped it."),
    Edited: gettext_noop("{who} edited it; earlier votes no longer count."),
    Assigned: gettext_noop("{who} assigned it to someone."),
    Released: gettext_noop("{who} is no longer looking into it."),
    Reposted: gettext_noop("{who} reposted its card."),
    SceneSet: gettext_noop("{who} said where and when it happened."),
    EvidenceEdited: gettext_noop("{who} changed a link."),
    PageSeen: gettext_noop(
        "A link's page turned out to be another outlet's report or the claim's own"
        " document, and now counts as that."
    ),
    EvidenceRemoved: gettext_noop("{who} removed a link."),
    AskedAgain: gettext_noop("Unresolved a month ago; the team is asked again."),
    MergedInto: gettext_noop("{who} merged it into another claim; please vote there."),
    MergeUndone: gettext_noop(
        "{who} undid the merge; it is a separate claim again, with its votes."
    ),
}
_LINKED: Mapping[type[EventData], str] = {
    EvidenceAdded: gettext_noop("{who} added a link to {site}."),
    EvidenceRestored: gettext_noop("A moderator put back a link to {site}."),
}
_BROUGHT: Mapping[type[EventData], str] = {
    PassageAdded: gettext_noop("{who} brought it in again, with “{site}”."),
    PassageGone: gettext_noop(
        "{who} brought in a newer version of “{site}”, which no longer has it."
    ),
}
_CONSENTS: Mapping[Consent, str] = {
    Consent.PUBLISHED: gettext_noop("{who} published it."),
    Consent.WITHHELD: gettext_noop("{who} withheld it from publication."),
}


def _find_sentence(data: EventData) -> str:
    match data:
        case ConsentGiven(consent=consent):
            return _CONSENTS[consent]
        case Assigned(by=by, to=to) if by == to:
            return gettext_noop("{who} is looking into it.")
        case Released(by=None):
            return gettext_noop("Nobody is looking into it now: the day they named has passed.")
    return _PLAIN[type(data)]


_MOVED: Mapping[tuple[type[EventData], Move], str] = {
    (Received, Move.MERGE): gettext_noop("{who} merged #{number} into it."),
    (Received, Move.SPLIT): gettext_noop("{who} split it off from #{number}."),
    (Received, Move.SPLIT_UNDONE): gettext_noop(
        "{who} merged #{number}, which had been split off, back into it."
    ),
    (GaveAway, Move.SPLIT): gettext_noop("{who} split #{number} off from it."),
    (GaveAway, Move.MERGE_UNDONE): gettext_noop("{who} undid the merge of #{number} into it."),
}


def _name_person(by: MemberKey | None, people: People, tr: Translator, *, mentions: bool) -> str:
    if by is None:
        return tr.text("The bot's operator")
    account = people.get(by)
    if account is None:
        return tr.text("A former member")
    return f"<@{account}>" if mentions else tr.text("Member {account}", account=account)


_TELLING = frozenset({*HELD, Status.CONFLICTING, Status.NOT_ENOUGH_EVIDENCE})
"""Where a claim stands only if enough people voted so."""


def write_reached(line: HistoryLine, state: ClaimState, tr: Translator) -> str:
    """Return the verdict that an event brought or ended, if it did and may be told.

    `state` is the claim's own now. A settling says its verdict itself.
    """
    place = _describe_place(line.before) if line.before else (None, False)
    if isinstance(line.data, Settled) or place == _describe_place(line.after):
        return ""
    statuses = {line.after.status, *([line.before.status] if line.before else [])}
    if not statuses & _TELLING or not (state.tally_shown or line.after.settled_at):
        return ""
    return " " + tr.text("→ {status}", status=label_status(line.after, tr))


def _describe_outcome(line: HistoryLine, told: ClaimAudit, tr: Translator) -> str:
    """Describe what the claim came to by this event, if anything: by which rules, on what."""
    if line.before is not None and _describe_place(line.before) == _describe_place(line.after):
        return ""
    statuses = {line.after.status, *([line.before.status] if line.before else [])}
    if statuses & _TELLING and not (told.claim.state.tally_shown or line.after.settled_at):
        return ""  # it would tell how those voted whose votes are hidden again
    status = tr.text("settled") if line.after.settled_at else label_status(line.after, tr)
    version = tr.number(line.policy)
    if not (told.claim.state.tally_shown and line.tally.votes):
        return " " + tr.text(
            "→ {status} (rules: version {version})", status=status, version=version
        )
    sides = ", ".join(
        f"{tr.text(VERDICTS[verdict])} {tr.number(line.tally.weight(verdict))}"
        for verdict in Verdict
    )
    links = line.sources.supports + line.sources.refutes
    return " " + tr.plural(
        "→ {status} ({sides}; {n} link that counts; rules: version {version})",
        "→ {status} ({sides}; {n} links that count; rules: version {version})",
        links,
        status=status,
        sides=sides,
        version=version,
    )


def _describe_place(state: ClaimState) -> tuple[object, bool]:
    return state.status, state.settled_at is not None


def _describe_replay(told: ClaimAudit, tr: Translator, *, mentions: bool = True) -> list[str]:
    if not told.differences:
        return [tr.text("Replaying this history gives exactly what is stored.")]
    differ = tr.plural(
        "Replaying this history differs from what is stored in {n} point:",
        "Replaying this history differs from what is stored in {n} points:",
        len(told.differences),
    )
    return [differ, *(_clean(each, 300, mentions=mentions) for each in told.differences)]
