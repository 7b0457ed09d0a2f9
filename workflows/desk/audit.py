"""The audit: every team replayed from its events, and compared with what is stored.

History is the truth; the tables are what it adds up to. Whatever differs is said in a sentence.
While the direction of a claim's votes is hidden, no sentence tells it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import Enum
from itertools import pairwise

import msgspec

from workflows.attribution_check import find_check
from workflows.claims import Claim, ClaimState, Evidence, MemberKey, TeamId, Vote
from workflows.desk.claim_views import get_claim_by_number, get_team
from workflows.desk.history import HistoryLine, find_people, read_history
from workflows.errors import CorrobotError
from workflows.events import (
    ChangedMind,
    ClaimAdded,
    Event,
    EventData,
    Text,
    VoteCast,
    VoteRemoved,
    VoteRestored,
    VoteTakenBack,
)
from workflows.ids import make_hash
from workflows.lifecycle import find_change_of_mind
from workflows.policy import Policy, read_rules
from workflows.replay import ClaimHistory, Difference, fold_history, replay_claim
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person, Team, require_moderator, write_settings

UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    CorrobotError,
    msgspec.MsgspecError,
)
"""What reading raises where a row was written by other hands."""


@dataclass(frozen=True, slots=True)
class Report:
    """How much was replayed, and what differs; each difference is a sentence fit to be shown."""

    claims: int
    events: int
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimAudit:
    """A claim's whole story, and how replaying it differs from what is stored, in sentences."""

    team: Team
    claim: Claim
    lines: tuple[HistoryLine, ...]
    people: Mapping[MemberKey, int]
    differences: tuple[str, ...]


def audit_claim(store: ClaimStore, guild: int, number: int, person: Person | None) -> ClaimAudit:
    """Return what happened to claim #`number`; while its votes are hidden, only one's own are told.

    `person` is None for the terminal. Raises NotFound, and NotAllowed for who does not moderate.
    """
    team = get_team(store, guild)
    if person:
        require_moderator(team, person)
    with store.one_state():
        claim = get_claim_by_number(store, team, number)
        reader = store.teams.find_member(team.id, person.discord_id) if person else None
        try:
            lines = read_history(store, claim, reader)
        except UNREADABLE:  # the difference below says so
            lines = ()
        made, differences = _replay_policies(store, team.id)
        differences += [
            f"Claim #{number}: {said}." for said in _check_claim(store, team.id, number, made)
        ]
        return ClaimAudit(team, claim, lines, find_people(store, lines), tuple(differences))


def replay_all(store: ClaimStore, mark: int = 0, lost_before: int = 0) -> Report:
    """Return every team, and the soundness of the file itself.

    `mark` is the last event that is known to have been kept, read before the store is;
    `lost_before` counts the events found to be gone before, and not looked into yet.
    """
    claims = events = 0
    with store.one_state():
        differences = store.faults()
        if (missing := store.audit.count_missing_events()) > 0:
            differences.append(f"{missing} events are missing from the history.")
        if (lost := mark - store.history.read_last()) > 0:
            differences.append(
                f"The last {lost} events are gone: a write-ahead log was removed, or the database"
                " was replaced by an older copy."
            )
        if lost_before:
            differences.append(
                f"Events lost before: {lost_before}. A write-ahead log was removed, or the"
                " database was replaced by an older copy. Once you have looked into it, run"
                " `corrobot audit --acknowledge`."
            )
        for team, guild in store.audit.teams():
            report = _replay(store, team)
            claims += report.claims
            events += report.events
            differences += [f"Server {guild}: {sentence}" for sentence in report.differences]
    return Report(claims, events, tuple(differences))


def read_last_event(store: ClaimStore) -> int:
    """Return the number of the last event of all teams; 0 for none."""
    return store.history.read_last()


def replay_team(store: ClaimStore, team: TeamId) -> Report:
    """Return one team, in one state of the database whatever is written meanwhile."""
    with store.one_state():
        return _replay(store, team)


def _replay(store: ClaimStore, team: TeamId) -> Report:
    made, differences = _replay_policies(store, team)
    differences += _compare_settings(store, team)
    claims = last = 0
    given_out, skipped = store.audit.read_numbered(team), store.audit.list_skipped(team)
    for number in store.audit.numbers(team):
        differences += _find_gap(last, min(number, given_out + 1), skipped)
        differences += [
            f"Claim #{number}: {said}." for said in _check_claim(store, team, number, made)
        ]
        claims, last = claims + 1, number
    differences += _find_gap(last, given_out + 1, skipped)
    if last > given_out:
        differences.append(f"Claim #{last} has a number beyond {given_out}, the last given out.")
    differences += [
        f"Claim #{number}: {what} belongs to another team."
        for number, what in store.audit.find_misplaced(team)
    ]
    return Report(claims, store.history.count(team), tuple(differences))


def _find_gap(last: int, number: int, skipped: Sequence[tuple[int, int]]) -> list[str]:
    for first, end in sorted(skipped):
        if last < first <= end < number:
            return [*_find_gap(last, first, ()), *_find_gap(end, number, skipped)]
    if number <= last + 1:
        return []
    if number == last + 2:
        return [f"Claim #{last + 1}: the number was given out, but no claim is stored."]
    return [f"Claims #{last + 1} to #{number - 1}: the numbers were given out, but none is stored."]


# ------------------------------------------------------------------------------------ policies


def _replay_policies(store: ClaimStore, team: TeamId) -> tuple[dict[int, Policy], list[str]]:
    """Return the team's rules by version, as its history has them, and how the table differs."""
    try:
        history = dict(store.history.policies(team))
        made = {version: read_rules(rules) for version, rules in history.items()}
        stored = store.audit.policies(team)
    except UNREADABLE as error:
        return {}, [f"The team's rules cannot be read ({_format_error(error)})."]
    differences = [
        f"Version {version} of the rules is {_encode(stored.get(version))} in the table,"
        f" but {_encode(history.get(version))} in the history."
        for version in sorted(stored.keys() | history.keys())
        if stored.get(version) != history.get(version)
    ]
    in_force = store.audit.policy_in_force(team)
    if in_force != max(history, default=0):
        differences.append(
            f"Version {in_force} of the rules is in force, but the history's last one is"
            f" {max(history, default=0)}."
        )
    return made, differences


def _encode(rules: object) -> str:
    return "absent" if rules is None else msgspec.json.encode(rules).decode()


def _compare_settings(store: ClaimStore, team: TeamId) -> list[str]:
    """Return where the team's settings are not those that its history has them changed to."""
    history = store.history.settings(team)
    if history is None:
        return []
    stored = write_settings(store.teams.get(team).settings)
    return [
        f"The setting {name} is stored as {stored.get(name)}, but {value} in the history."
        for name, value in history.items()
        if stored.get(name) != value
    ]


# -------------------------------------------------------------------------------------- a claim


def _check_claim(
    store: ClaimStore, team: TeamId, number: int, made: Mapping[int, Policy]
) -> Iterator[str]:
    try:
        claim = store.claims.with_number(team, number)
        if claim is None:
            return
        events = store.history.of_claim(claim)
        history = fold_history(events)
        votes, evidence = store.votes.votes_on(claim), store.evidence.of_claim(claim)
    except UNREADABLE as error:
        yield f"it cannot be read ({_format_error(error)})"
        return
    yield from _check_identity(store, claim, events, history)
    yield from _decide_again(events, made)
    yield from _compare_states("is stored", "replayed", claim.state, history.state)
    shown = claim.state.tally_shown and history.state.tally_shown
    if claim.tally != history.tally:
        figures = f": {claim.tally} is stored, {history.tally} replayed" if shown else ""
        yield f"its tally differs{figures}"
    policy = made.get(events[-1].outcome.policy)
    if policy and claim.sources != history.sources(policy):
        yield f"{claim.sources} in force are stored, {history.sources(policy)} replayed"
    yield from _compare_votes({vote.voter: vote for vote in votes}, history.votes, shown=shown)
    yield from _compare_evidence(store, claim, evidence, history)
    yield from _check_passages(store, claim, events[0].data, history)
    yield from _check_texts(store, claim, events, history)
    yield from _compare_disagreements(store, claim, history)


def _check_identity(
    store: ClaimStore, claim: Claim, events: Sequence[Event], history: ClaimHistory
) -> Iterator[str]:
    first = events[0].data
    if not isinstance(first, ClaimAdded):
        return
    if (first.claim, first.number) != (claim.key, claim.number):
        yield f"its history is of another claim, #{first.number} with the key {first.claim}"
    if (first.by, events[0].at) != (claim.added_by, claim.added_at):
        yield "who added it, or when, is stored otherwise than its history has it"
    if claim.wording != history.wording:
        yield f"version {claim.wording} of its words is stored, {history.wording} replayed"
    elif store.claim_texts.hash_of(claim) != history.words_hash:
        yield "its words are not those that its history has"
    theirs = (claim.assigned_to, claim.assigned_day)
    if theirs != (history.assigned_to, history.assigned_day):
        yield "whom it is assigned to is stored otherwise than its history has it"
    if store.audit.get_merged_into(claim) != history.merged_into:
        yield "whose duplicate it is is stored otherwise than its history has it"
    if claim.consent != history.consent:
        yield "whether it is published is stored otherwise than its history has it"
    kept = history.ruling.key if history.ruling and store.history.text(history.ruling.key) else None
    if store.audit.ruling_of(claim) != kept:
        yield "the reason a moderator gave last is another than its history has"


def _decide_again(events: Sequence[Event], made: Mapping[int, Policy]) -> Iterator[str]:
    """Yield what the rules of today decide otherwise, of the outcomes made under them."""
    unknown = {event.outcome.policy for event in events} - made.keys()
    if unknown:
        yield f"version {min(unknown)} of the rules, which it was decided under, was never made"
        return
    for _, difference in replay_claim(events, made):
        if difference:
            yield from _is_decided_otherwise(difference)
    standings = [event.outcome.state for event in events]
    turns = sum(find_change_of_mind(*pair) is not None for pair in pairwise(standings))
    if turns != sum(isinstance(event.data, ChangedMind) for event in events):
        yield "its history does not say each time that the team changed its mind"


def _is_decided_otherwise(difference: Difference) -> Iterator[str]:
    event = difference.event
    when = f"after {event.data.kind} at {_format_value(event.at)}"
    yield from _compare_states(
        f"was recorded {when}", "decided anew", event.outcome.state, difference.expected
    )


def _compare_states(
    how: str, otherwise: str, stored: ClaimState, replayed: ClaimState
) -> Iterator[str]:
    for field in fields(ClaimState):
        ours, theirs = getattr(stored, field.name), getattr(replayed, field.name)
        if ours != theirs:
            was, now = _format_value(ours), _format_value(theirs)
            yield f"{field.name} {how} as {was}, {otherwise} as {now}"


def _compare_votes(
    stored: Mapping[MemberKey, Vote], replayed: Mapping[MemberKey, Vote], *, shown: bool
) -> Iterator[str]:
    for voter in sorted(stored.keys() | replayed.keys()):
        ours, theirs = stored.get(voter), replayed.get(voter)
        if ours is None or theirs is None:
            yield f"a vote of member {voter} is {'replayed' if theirs else 'stored'} only"
            continue
        ours = replace(ours, reason=theirs.reason)
        for field in fields(Vote):
            mine, other = getattr(ours, field.name), getattr(theirs, field.name)
            if mine != other:
                values = f": {_format_value(mine)} is stored, {_format_value(other)} replayed"
                hidden = field.name == "verdict" and not shown
                yield f"{field.name} of member {voter}'s vote differs{'' if hidden else values}"


def _compare_evidence(
    store: ClaimStore, claim: Claim, stored: Sequence[Evidence], history: ClaimHistory
) -> Iterator[str]:
    by_key = {link.key: link for link in stored}
    addresses = store.evidence.address_salts(claim)
    for key in sorted(by_key.keys() | history.evidence.keys()):
        ours, theirs = by_key.get(key), history.evidence.get(key)
        if ours is None or theirs is None:
            yield f"the link {key} is {'replayed' if theirs else 'stored'} only"
            continue
        for name in ("stance", "origin", "counts", "by", "grade", "target"):
            mine, other = getattr(ours, name), getattr(theirs, name)
            if mine != other:
                yield (
                    f"{name} of the link {key} is stored as {_format_value(mine)},"
                    f" replayed as {_format_value(other)}"
                )
        if make_hash(*addresses[key]) != theirs.address_hash:
            yield f"the address of the link {key} is not the one that was added"


def _check_passages(
    store: ClaimStore, claim: Claim, first: EventData, history: ClaimHistory
) -> Iterator[str]:
    """The passages that came are here, those that went are not, and each source has its check."""
    here = store.documents.passages(claim.id)
    stored = {passage.id for passage in here}
    told = isinstance(first, ClaimAdded) and first.passage is not None
    stray = stored - history.came if told else history.went & stored
    for row in sorted((history.came - stored) | stray):
        place = "not here" if row in history.came else "here"
        yield f"passage {row} is {place}, unlike in its history"
    for passage in here:
        if history.hedged.get(passage.id, passage.hedge) is not passage.hedge:
            yield f"how firmly passage {passage.id} puts it is stored otherwise than replayed"
    for source in (source for passage in here for source in passage.attribution):
        check = find_check(source.id, history.evidence.values())
        if source.check is not check:
            yield (
                f"whether source {source.id} said it is stored as {_format_value(source.check)},"
                f" replayed as {_format_value(check)}"
            )
        if history.named.get(source.id, source.said.resolved) != source.said.resolved:
            yield f"source {source.id} is called otherwise than its history has it"


def _check_texts(
    store: ClaimStore, claim: Claim, events: Sequence[Event], history: ClaimHistory
) -> Iterator[str]:
    """Yield words that are kept must be those of the history.

    Whoever asked may have theirs removed.
    """
    given: dict[str, Text | None] = {key: link.note for key, link in history.evidence.items()}
    for event in events:
        match event.data:
            case VoteCast(by=by, reason=reason):
                given[by] = reason
            case VoteRestored(voter=by, reason=reason):
                given[by] = reason
            case VoteTakenBack(by=by) | VoteRemoved(voter=by):
                given.pop(by, None)
        for name in ("reason", "note"):
            text: Text | None = getattr(event.data, name, None)
            if text and (kept := store.history.text(text.key)) and kept[1] != text.hash:
                yield f"the words given at {_format_value(event.at)} are not those of the history"
    stored = store.audit.texts_of(claim)
    for owner, text in given.items():
        expected = text.key if text and store.history.text(text.key) else None
        if stored.get(owner, expected) != expected:
            yield f"the words kept with {owner} are others than those given"


def _compare_disagreements(store: ClaimStore, claim: Claim, history: ClaimHistory) -> Iterator[str]:
    stored = store.audit.disagreements_of(claim)
    for other, kind in sorted(stored ^ history.disagreements):
        only = "stored" if (other, kind) in stored else "replayed"
        yield f"its disagreement ({kind}) with the claim {other} is {only} only"


def _format_value(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case datetime():
            return value.isoformat(sep=" ", timespec="microseconds")
        case Enum():
            return str(value.value)
        case bool():
            return "yes" if value else "no"
    return str(value)


def _format_error(error: Exception) -> str:
    return str(error) or type(error).__name__
