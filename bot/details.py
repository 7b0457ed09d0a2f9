"""What one person is told privately of a claim: their vote, the text around it, its history."""

from collections.abc import Iterable, Iterator, Mapping

import discord

from bot.cards import FIELD, claim_title, evidence_parts, opposed_lines
from bot.labels import N_, VERDICTS, colour_of
from bot.words import Words, cut, escape, stamp
from workflows.claims import DocumentKey, MemberKey, Verdict
from workflows.desk.sheets import Details
from workflows.happenings import (
    AskedAgain,
    Assigned,
    ChangedMind,
    ClaimAdded,
    ClaimPosted,
    DisagreementFound,
    Dropped,
    Edited,
    Event,
    EvidenceAdded,
    EvidenceEdited,
    EvidenceRemoved,
    GaveAway,
    Happening,
    MergedInto,
    MergeUndone,
    Move,
    PassageAdded,
    PolicyChanged,
    Received,
    Reopened,
    Reposted,
    Settled,
    Text,
    VoteCast,
    VoteTakenBack,
)

OPPOSED = 8
"""Claims that disagree, of which each is told."""
PARTS = 2
"""Fields of an embed that evidence may take."""


def details_embed(details: Details, words: Words) -> discord.Embed:
    """Everything about a claim that this person may see, as one embed."""
    shown = details.sheet
    own = details.own_vote
    vote = words.say("You have not voted on this claim.")
    if own:
        vote = words.say("You: **{verdict}**", verdict=words.say(VERDICTS[own.verdict]))
        vote += f" — {escape(own.reason, 300)}" if own.reason else ""
    if own and own.stale:
        vote += "\n" + words.say(
            "The claim was edited or reopened since: this vote counts no more. Please vote again."
        )
    embed = discord.Embed(
        title=claim_title(shown.claim),
        description=vote + "\n\n" + escape(details.context, 1400, lines=True),
        colour=colour_of(shown.claim),
    )
    for number, lines in enumerate(evidence_parts(shown.evidence, words, PARTS)):
        heading = words.say("Evidence") if number == 0 else "\u200b"
        embed.add_field(name=heading, value=lines, inline=False)
    if opposed := "\n".join(opposed_lines(shown, words, OPPOSED)):
        embed.add_field(
            name=words.say("Claims that disagree"), value=cut(opposed, FIELD), inline=False
        )
    embed.add_field(name=words.say("History"), value=_history(details, words), inline=False)
    return embed


def _history(details: Details, words: Words) -> str:
    """The newest events that fit, oldest of them first."""
    lines: list[str] = []
    for event, again in reversed(list(_told(details.history))):
        line = f"{stamp(event.at, 'R')} {_story(event, details, words, again=again)}"
        if sum(map(len, lines)) + len(lines) + len(line) > FIELD - 40:
            lines.append("…")
            break
        lines.append(line)
    return "\n".join(reversed(lines))


def _told(history: Iterable[Event]) -> Iterator[tuple[Event, bool]]:
    """Each event; and whether it is a vote that stood already, cast again with a reason."""
    votes: dict[MemberKey | None, Verdict] = {}
    for event in history:
        match event.happening:
            case VoteCast(by=by, verdict=verdict, reason=reason):
                yield event, votes.get(by) is verdict and reason is not None
                votes[by] = verdict
            case VoteTakenBack(by=by):
                votes.pop(by, None)
                yield event, False
            case _:
                yield event, False


def _story(event: Event, details: Details, words: Words, *, again: bool) -> str:
    """One event in a plain sentence."""
    happening = event.happening
    verdict: Verdict | None = None
    site, number = "", 0
    match happening:
        case VoteCast() if again:
            sentence = N_("{who} gave a reason.")
        case VoteCast(verdict=verdict):
            shown = _may_know(happening.by, details)
            sentence = N_("{who} voted {verdict}.") if shown else N_("{who} voted.")
        case EvidenceAdded(origin=site):
            sentence = N_("{who} added a link to {site}.")
        case PassageAdded(document=document):
            sentence, site = (
                N_("{who} brought it in again, in “{site}”."),
                _title(document, details),
            )
        case DisagreementFound(number=number):
            sentence = N_("#{number} was found to disagree.")
        case Received(move=move, number=number) | GaveAway(move=move, number=number):
            sentence = _MOVED[type(happening), move]
        case Settled(verdict=verdict, by=None):
            sentence = N_("Settled as {verdict}.")
        case Settled(verdict=verdict):
            sentence = N_("{who} settled it as {verdict}.")
        case ChangedMind(verdict=verdict):
            sentence = N_("The team changed its mind: {verdict}.")
        case _:
            sentence = _MODERATED[type(happening)]
    return words.say(
        sentence,
        who=_person(happening.by, details, words),
        verdict=words.say(VERDICTS[verdict]) if verdict else "",
        site=escape(site, 60),
        number=number,
    ) + _why(event, details)


_MODERATED: Mapping[type[Happening], str] = {
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
_MOVED: Mapping[tuple[type[Happening], Move], str] = {
    (Received, Move.MERGE): N_("{who} merged #{number} into it."),
    (Received, Move.SPLIT): N_("{who} split it off #{number}."),
    (Received, Move.SPLIT_UNDONE): N_("{who} put #{number}, which was split off it, back."),
    (GaveAway, Move.SPLIT): N_("{who} split #{number} off it."),
    (GaveAway, Move.MERGE_UNDONE): N_("{who} undid the merge of #{number} into it."),
}


def _why(event: Event, details: Details) -> str:
    """The reason given, where it may be known and its author has not had it removed."""
    text: Text | None = getattr(event.happening, "reason", None)
    reason = details.reasons.get(text.key) if text else None
    return f" — {escape(reason, 200)}" if reason else ""


def _may_know(voter: MemberKey, details: Details) -> bool:
    """Until the tally is shown, nobody sees which way a vote went but one's own."""
    own = details.own_vote is not None and voter == details.own_vote.voter
    return own or details.sheet.claim.standing.tally_shown


def _title(document: DocumentKey, details: Details) -> str:
    """The title of a document that the claim stands in; its passage may have moved since."""
    passages = details.sheet.passages
    return next((p.document.title for p in passages if p.document.key == document), "…")


def _person(by: MemberKey | None, details: Details, words: Words) -> str:
    if by is None:
        return words.say("An import")
    account = details.people.get(by)
    return f"<@{account}>" if account else words.say("A former member")
