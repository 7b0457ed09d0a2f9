"""Any history: the desk driven at random on a real database, with all promises asked each step."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, note
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.builders import build_source
from workflows.claims import (
    Claim,
    ClaimKey,
    FoundClaim,
    Polarity,
    Stance,
    Status,
    Tally,
    Verdict,
)
from workflows.desk import (
    audit,
    evidence,
    intake,
    merging,
    moderation,
    policies,
    setup,
    transitions,
    votes,
)
from workflows.desk.merging import ClaimPart
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.intake import Intake
from workflows.policy import Policy, TallyRule
from workflows.simulation import rerun_history
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Person, Settings

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
GUILDS = (1001, 2002)
PEOPLE = [Person(7 + n, frozenset({n % 2}), None, False, False) for n in range(5)]
BOSS = Person(1, frozenset(), None, True, False)
LINKS = ["https://own.com/", "https://a.com/1", "https://www.a.com/2", "https://b.org/"]
SIDES = {Status.SUPPORTED: "supports", Status.REFUTED: "refutes"}

rules_of_teams = st.builds(
    lambda shares, **rules: Policy(share=max(shares), keep_share=min(shares), **rules),
    shares=st.tuples(*2 * [st.sampled_from([Fraction(11, 20), Fraction(2, 3), Fraction(1)])]),
    quorum=st.integers(1, 3),
    evidence=st.integers(0, 1),
    independent=st.booleans(),
    hold=st.sampled_from([timedelta(), timedelta(hours=4), timedelta(hours=24)]),
    tally=st.sampled_from(TallyRule),
    weights=st.sampled_from([{}, {1: 3}]),
    own_claims=st.booleans(),
)
people = st.sampled_from(PEOPLE)
claims = st.integers(0, 2)
any_claims = st.integers(0, 11)
"""Those that were split off too."""
SOURCE = build_source("BBC")


class Histories(RuleBasedStateMachine):
    """Two claims of one team, one of another; people vote, change, attach; time passes."""

    def __init__(self, migrated: Path, folder: Path, found: FoundClaim, team: Settings) -> None:
        super().__init__()
        path = folder / "history.db"
        for old in folder.glob("history.db*"):
            old.unlink()
        shutil.copyfile(migrated, path)
        self.db = connections.open_for_writing(path)
        self.db.execute("PRAGMA synchronous = OFF")
        self.store = ClaimStore(self.db)
        self.found, self.settings = found, team
        self.now = START
        self.keys: list[tuple[int, ClaimKey]] = []
        self.teams: dict[int, int] = {}
        self.cast: dict[tuple[ClaimKey, int], Verdict] = {}
        self.before: dict[ClaimKey, Claim] = {}
        self.rules_changed = False
        self.steps = 0

    def teardown(self) -> None:
        try:
            assert audit.replay_all(self.store).differences == ()
            if not self.rules_changed:
                self.under_their_own_rules_they_come_to_the_same()
        finally:
            self.db.close()

    def under_their_own_rules_they_come_to_the_same(self) -> None:
        for guild, key in self.keys:
            events = self.store.history.of_claim(self.claim(key))
            policy, last = self.store.teams.of_guild(guild).policy, events[-1]
            assert rerun_history(events, policy, last.at) == last.outcome.state

    def act(self, action: Callable[..., Any], *args: object, **kwargs: object) -> Any:
        self.db.execute("BEGIN IMMEDIATE")
        try:
            result = action(self.store, *args, **kwargs)
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")
        return result

    def claim(self, key: ClaimKey) -> Claim:
        guild = next(guild for guild, other in self.keys if other == key)
        return self.store.claims.with_key(self.teams[guild], key)

    @initialize(rules=st.tuples(rules_of_teams, rules_of_teams))
    def found_teams(self, rules: tuple[Policy, Policy]) -> None:
        for guild, policy in zip(GUILDS, rules, strict=True):
            theirs = replace(self.settings, guild=guild)
            team, _ = self.act(setup.create_team, theirs, policy, START)
            self.teams[guild] = team.id
        for guild, text in ((GUILDS[0], "1"), (GUILDS[0], "2"), (GUILDS[1], "1")):
            words = f"The bridge at Kerch has {text}0 arches"
            found = replace(self.found, words=words, attribution=(SOURCE,))
            document = Intake("T", None, LINKS[0], None, "en", text, (found,))
            taken = self.act(intake.add_document, guild, document, PEOPLE[0], START)
            (claim,) = self.store.claims.of_document(taken.document)
            self.keys.append((guild, claim.key))

    @rule(
        place=any_claims,
        who=people,
        verdict=st.sampled_from(Verdict),
        reason=st.sampled_from([None, "Because."]),
    )
    def vote(self, place: int, who: Person, verdict: Verdict, reason: str | None) -> None:
        guild, key = self.any_of(place)
        try:
            receipt = self.act(
                votes.cast_vote, Acting(guild, who, self.now), key, verdict, reason=reason
            )
        except (Refused, NotAllowed) as refused:
            note(str(refused))
            return
        self.cast[key, who.discord_id] = verdict
        assert receipt.claim == self.claim(key)
        assert receipt.vote.verdict is verdict

    @rule(place=claims, who=people)
    def take_back(self, place: int, who: Person) -> None:
        guild, key = self.keys[place]
        try:
            self.act(votes.take_back_vote, Acting(guild, who, self.now), key)
        except Refused as refused:
            note(str(refused))
            return
        self.cast.pop((key, who.discord_id), None)

    @rule(
        place=claims,
        who=people,
        link=st.sampled_from(LINKS),
        stance=st.sampled_from([Stance.SUPPORTS, Stance.REFUTES, Stance.CONTEXT]),
    )
    def attach(self, place: int, who: Person, link: str, stance: Stance) -> None:
        guild, key = self.keys[place]
        try:
            self.act(
                evidence.attach_link,
                Acting(guild, who, self.now),
                key,
                link,
                stance,
                note="See p. 2",
            )
        except Refused as refused:
            note(str(refused))

    @rule(
        place=claims,
        what=st.sampled_from(
            [
                (moderation.settle_claim, Verdict.SUPPORTED),
                (moderation.settle_claim, Verdict.REFUTED),
                (moderation.reopen_claim,),
                (moderation.drop_claim,),
                (moderation.edit_claim, "Other words"),
                (moderation.edit_claim, "Yet others"),
                (moderation.assign_claim, PEOPLE[0]),
            ]
        ),
    )
    def moderate(self, place: int, what: tuple[Any, ...]) -> None:
        guild, key = self.keys[place]
        action, *rest = what
        try:
            self.act(action, Acting(guild, BOSS, self.now), key, *rest, "Because.")
        except Refused as refused:
            note(str(refused))
            return
        self.before.pop(key, None)

    @rule(
        guild=st.sampled_from(GUILDS),
        rules=st.sampled_from(
            [
                {"quorum": 1},
                {"quorum": 3},
                {"evidence": 0},
                {"independent": True},
                {"tally": "visible"},
                {"tally": "after_quorum"},
                {"keep_share": "11/20", "share": "11/20"},
                {"hold": "1h"},
            ]
        ),
    )
    def change_rules(self, guild: int, rules: dict[str, object]) -> None:
        try:
            self.act(policies.change_policy, Acting(guild, BOSS, self.now), rules, confirmed=True)
        except Refused as refused:
            note(str(refused))
            return
        self.rules_changed = True
        self.before = {key: claim for key, claim in self.before.items() if self._settled(claim)}

    @staticmethod
    def _settled(claim: Claim) -> bool:
        return claim.state.settled_at is not None

    @rule(place=claims, who=people)
    def reach_into_another_team(self, place: int, who: Person) -> None:
        guild, key = self.keys[place]
        other = GUILDS[guild == GUILDS[0]]
        try:
            self.act(votes.cast_vote, Acting(other, who, self.now), key, Verdict.SUPPORTED)
        except NotFound:
            return
        raise AssertionError("another team's key was known")

    @rule(place=claims, who=people, link=st.sampled_from(LINKS), same=st.booleans())
    def take_in_again(self, place: int, who: Person, link: str, same: bool) -> None:
        """The same words in another document, or their opposite."""
        guild, key = self.keys[place]
        claim, text = self.claim(key), f"Text {self.store.history.count(self.claim(key).team)}"
        polarity = claim.polarity if same else Polarity.NEGATED
        words = claim.words if same else claim.words.replace("has", "does not have")
        found = replace(self.found, words=words, polarity=polarity)
        document = Intake("T", None, link, None, "en", text, (found,))
        before = self.store.teams.of_guild(guild)
        taken = self.act(intake.add_document, guild, document, who, self.now)
        assert taken.posted + taken.shelved + taken.shared == 1
        assert self.store.teams.of_guild(guild).policy == before.policy

    # ------------------------------------------------------------ links changed, claims merged

    @rule(
        place=any_claims,
        who=people,
        link=st.sampled_from(LINKS),
        stance=st.sampled_from([Stance.CONFIRMS, Stance.DISPUTES]),
    )
    def attach_to_a_source(self, place: int, who: Person, link: str, stance: Stance) -> None:
        guild, key = self.any_of(place)
        sources = evidence.list_sources(self.store, guild, key)
        before = self.claim(key)
        if not sources:
            return
        target = sources[place % len(sources)].id
        if not self.refused(
            evidence.attach_link, Acting(guild, who, self.now), key, link, stance, target=target
        ):
            assert self.claim(key).sources == before.sources

    @rule(
        place=any_claims,
        who=st.sampled_from([*PEOPLE, BOSS]),
        change=st.sampled_from(
            [
                {"stance": Stance.SUPPORTS},
                {"stance": Stance.REFUTES},
                {"address": LINKS[1]},
                {"address": LINKS[0]},
                {"note": ""},
                {"note": "See p. 3"},
                None,
            ]
        ),
    )
    def change_a_link(self, place: int, who: Person, change: dict[str, Any] | None) -> None:
        guild, key = self.any_of(place)
        links = self.store.evidence.of_claim(self.claim(key))
        if not links:
            return
        link = links[place % len(links)].key
        if change is None:
            self.refused(
                evidence.remove_link, Acting(guild, who, self.now), key, link, reason="Wrong."
            )
        else:
            self.refused(evidence.edit_link, Acting(guild, who, self.now), key, link, **change)

    @rule(one=any_claims, other=any_claims)
    def merge(self, one: int, other: int) -> None:
        (guild, key), (_, into) = self.any_of(one), self.any_of(other)
        self.before.pop(key, None)
        self.refused(
            merging.merge, Acting(guild, BOSS, self.now), (key,), into, "Same.", confirmed=True
        )

    @rule(place=any_claims, undo=st.sampled_from([merging.undo_merge, merging.undo_split]))
    def undo(self, place: int, undo: Callable[..., Any]) -> None:
        guild, key = self.any_of(place)
        self.before.clear()
        self.refused(undo, Acting(guild, BOSS, self.now), key, "Not the same.")

    @rule(place=any_claims, takes=st.booleans(), rest=st.sampled_from([None, "The rest"]))
    @precondition(lambda self: len(self.keys) < 9)
    def split(self, place: int, takes: bool, rest: str | None) -> None:
        guild, key = self.any_of(place)
        self.before.pop(key, None)
        claim = self.claim(key)
        links = [link.key for link in self.store.evidence.of_claim(claim) if takes]
        passages = [each.id for each in self.store.documents.passages(claim.id)][1:]
        parted = self.refused(
            merging.split,
            Acting(guild, BOSS, self.now),
            key,
            ClaimPart("A part", passages if takes else (), links, rest),
            "Two in one.",
        )
        if parted:
            self.keys.append((guild, parted.other.claim.key))

    def any_of(self, place: int) -> tuple[int, ClaimKey]:
        return self.keys[place % len(self.keys)]

    def refused(self, action: Callable[..., Any], *args: object, **kwargs: object) -> Any:
        """What comes of it; None where it is refused, and then nothing is changed."""
        before = self.store.history.count(self.claim(self.keys[0][1]).team)
        try:
            return self.act(action, *args, **kwargs)
        except (Refused, BadInput, NotAllowed, NotFound) as refused:
            note(str(refused))
            assert self.store.history.count(self.claim(self.keys[0][1]).team) == before
            return None

    @rule(minutes=st.sampled_from([1, 59, 4 * 60, 19 * 60, 25 * 60, 31 * 24 * 60]))
    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(minutes=st.sampled_from([1, 90, 3 * 24 * 60]))
    def the_clock_is_set_back(self, minutes: int) -> None:
        self.now -= timedelta(minutes=minutes)

    @rule()
    @precondition(lambda self: transitions.find_next_due(self.store) is not None)
    def settle(self) -> None:
        settled = self.act(transitions.apply_all_due, self.now)

        for claim in settled:
            assert (claim.state.settled_at or claim.state.asked_again_at) <= self.now
        following = transitions.find_next_due(self.store)
        assert following is None or following > self.now

    @invariant()
    def replay_equals_store(self) -> None:
        """Asked at every third step, and at the end of each history: it takes longest."""
        self.steps += 1
        if self.steps % 3:
            return
        assert audit.replay_all(self.store).differences == ()

    @invariant()
    def a_link_about_a_source_is_where_the_source_is(self) -> None:
        for guild, key in self.keys:
            sources = {source.id for source in evidence.list_sources(self.store, guild, key)}
            links = self.store.evidence.of_claim(self.claim(key))
            assert {link.target for link in links if link.target is not None} <= sources

    @invariant()
    def everybody_has_their_last_vote_and_no_other(self) -> None:
        for guild, key in self.keys:
            claim = self.claim(key)
            state = self.store.votes.votes_on(claim)
            known = self.store.teams.discord_ids([vote.voter for vote in state])
            assert {known[vote.voter]: vote.verdict for vote in state} == {
                who: verdict for (of, who), verdict in self.cast.items() if of == key
            }
            assert len(state) == len(known)
            assert self.store.teams.of_guild(guild).id == claim.team

    @invariant()
    def the_tally_is_what_a_recount_gives(self) -> None:
        for _, key in self.keys:
            claim = self.claim(key)
            tally = Tally()
            for vote in self.store.votes.votes_on(claim):
                tally = tally.plus(vote)
            assert claim.tally == tally

    @invariant()
    def what_is_decided_stays_decided(self) -> None:
        """Settled for good; provisional until the share falls below keep_share."""
        for guild, key in self.keys:
            claim, before = self.claim(key), self.before.get(key)
            self.before[key] = claim
            if before is None:
                continue
            votes, quorum = claim.tally.votes, self.store.teams.of_guild(guild).policy.quorum
            assert claim.state.tally_shown >= before.state.tally_shown or votes < quorum
            if before.state.settled_at:
                assert claim.state == before.state
            elif before.state.provisional and self._keeps(guild, claim, before):
                assert claim.state.status is before.state.status

    @invariant()
    def only_what_is_early_is_hidden(self) -> None:
        for guild, key in self.keys:
            claim, policy = self.claim(key), self.store.teams.of_guild(guild).policy
            hides = policy.tally is TallyRule.AFTER_QUORUM or self.rules_changed
            early = (claim.tally.votes < policy.quorum and hides) or self._settled(claim)
            out = claim.state.status in (Status.DROPPED, Status.DUPLICATE)  # decided no more
            assert claim.state.tally_shown or early or out or not claim.tally.votes

    def _keeps(self, guild: int, claim: Claim, before: Claim) -> bool:
        policy, status = self.store.teams.of_guild(guild).policy, before.state.status
        return (
            claim.tally.votes >= policy.quorum
            and getattr(claim.sources, SIDES[status]) >= policy.evidence_needed
            and Fraction(claim.tally.weight(Verdict(status.value)), claim.tally.total)
            >= policy.keep_share
        )


def test_every_history(migrated, tmp_path, found_claim, settings):
    """Every history, whatever people do and in whatever order, keeps all promises."""
    run_state_machine_as_test(
        lambda: Histories(migrated, tmp_path, found_claim(), settings),
        settings=hypothesis.settings(
            max_examples=60,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
