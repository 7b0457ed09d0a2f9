"""A team after years: python -m tests.long.scale [--claims N] [--votes N] [--teams N] [--crowd N]

Fills a database through the program's own rules: claims of one team, or of so many, each with so
many votes, all of them settled but twenty, on one of which a crowd has voted. Then everything that
people wait for is measured beside the same on a hundredth of it: start, memory, votes, lists,
search, completion, digest, export, audit, backup.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from unittest import mock

from bot.cli.database import open_for_reading, open_for_writing
from bot.config.read import read_config
from bot.sandbox.rules.codes import CallbackType
from bot.sandbox.world import World
from tests.builders import build_found_claim
from tests.harness import Newsroom, buttons
from workflows.claims import Verdict
from workflows.desk import audit, digests, intake, search, setup, votes
from workflows.desk.duplicates import Match, MatchSet
from workflows.intake import Intake
from workflows.search import ClaimFilter
from workflows.store import backups
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Person

THEN = datetime.now(UTC) - timedelta(days=30)
OF_A_DOCUMENT = 6
OPEN = 20
PRESSES = 400
A_SECOND = 200
LABELS = ("Supported", "Refuted", "Can't tell")
ADMIN = Person(1, frozenset(), None, manages_messages=True, administrator=True)


async def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--claims", type=int, default=100_000)
    asked.add_argument("--votes", type=int, default=10, help="votes on each claim")
    asked.add_argument("--teams", type=int, default=1)
    asked.add_argument("--crowd", type=int, default=0, help="votes on one open claim")
    options = asked.parse_args()
    few = await measure(
        options.claims // 100, options.votes, max(1, options.teams // 100), options.crowd // 100
    )
    many = await measure(options.claims, options.votes, options.teams, options.crowd)
    for name, value in many.items():
        ratio = round(value / few[name], 2) if few[name] else None
        sys.stdout.write(json.dumps({"figure": name, "few": few[name], "many": value, "x": ratio}))
        sys.stdout.write("\n")
    return 0


async def measure(claims: int, votes_each: int, teams: int, crowd: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="corrobot-scale-") as folder:
        newsroom = Newsroom(
            Path(folder), policy={"quorum": votes_each, "evidence": 0, "hold": "0s"}
        )
        newsroom.world.other_guilds = World(other_guilds=teams - 1).other_guilds
        await newsroom.open()
        try:
            config = read_config(newsroom.config)
            guild = int(newsroom.world.guild_id)
            with open_for_writing(config) as store:
                others = [add_team(store, guild, int(each)) for each in newsroom.world.other_guilds]
                for each in (guild, *others):
                    fill(store, each, claims // teams, votes_each)
            newsroom.change("UPDATE outbox SET state = 'gone', reason = 'long ago'")
            numbers = newsroom.take_in(*(f"Pier {each} is shut" for each in range(OPEN)))
            if crowd:
                with open_for_writing(config) as store:
                    vote(store, guild, numbers[0], crowd)
            began = time.perf_counter()
            await newsroom.start()
            found = {"start to ready, s": round(time.perf_counter() - began, 2)}
            await newsroom.posts(*numbers, within=60)
            found["memory, MB"] = round(read_memory_mb(newsroom.process.pid))
            found |= await press(newsroom, numbers)
            if crowd:
                at_crowd = await press(newsroom, numbers[:1])
                found |= {f"{name} where a crowd votes": ms for name, ms in at_crowd.items()}
            await newsroom.stop()
            with open_for_reading(config) as store:
                found |= ask(store, guild)
            began = time.perf_counter()
            with open_for_reading(config) as store:
                differences = audit.replay_all(store)
            found["audit, s"] = round(time.perf_counter() - began, 2)
            sys.stderr.write(f"{differences}\n"[:300])
            began = time.perf_counter()
            backups.copy_database(newsroom.database, Path(folder) / "copy.db")
            found["backup, s"] = round(time.perf_counter() - began, 2)
            found["file, MB"] = round(newsroom.database.stat().st_size / 1e6, 1)
            return found
        finally:
            await newsroom.close()


def add_team(store: ClaimStore, home: int, guild: int) -> int:
    """Have a team in another server, with the settings and rules of the one at home."""
    team = store.teams.of_guild(home)
    assert team is not None
    channel = guild + 1
    settings = replace(
        team.settings,
        guild=guild,
        claims_channel=channel,
        digest_channel=channel,
        moderators_channel=channel,
    )
    setup.create_team(store, settings, team.policy, THEN)
    return guild


def vote(store: ClaimStore, guild: int, number: int, votes_cast: int) -> None:
    """Have so many people vote on one claim."""
    team = store.teams.of_guild(guild)
    assert team is not None
    claim = store.claims.with_number(team.id, number)
    assert claim is not None
    for each in range(votes_cast):
        acting = Acting(guild, Person(1_000_000 + each, frozenset(), None, False, False), THEN)
        verdict = list(Verdict)[each % 3]
        votes.cast_vote(store, acting, claim.key, verdict, with_view=False)


def fill(store: ClaimStore, guild: int, claims: int, votes_each: int) -> None:
    """Claims as people bring them and vote on them; only the search for duplicates is left out."""
    store.after_begin()
    voters = [Person(1000 + each, frozenset(), None, False, False) for each in range(votes_each)]
    unknown = mock.patch("workflows.desk.intake.update_matches", _know_none)
    with unknown:
        for first in range(0, claims, OF_A_DOCUMENT):
            boats = range(first, first + OF_A_DOCUMENT)
            words = [f"Boat {n} left pier {n % 97}" for n in boats]
            found = tuple(map(build_found_claim, words))
            # no four words in a row are another document's: nothing here is much like another
            text = "\n".join(f"{n}: {each}" for n, each in zip(boats, words, strict=True))
            document = Intake(f"Log {first}", "The Courier", None, None, "en", text, found)
            intake.add_document(store, guild, document, None, THEN)
    team = store.teams.of_guild(guild)
    assert team is not None
    for claim in store.claims.of_team(team.id):
        for voter in voters:
            acting = Acting(guild, voter, THEN)
            votes.cast_vote(store, acting, claim.key, Verdict.SUPPORTED, with_view=False)


def _know_none(_store, _team, found, today, former, _ahead) -> MatchSet:
    return MatchSet(tuple(Match(None) for _ in found), (), (), today, 0, former)


async def press(newsroom: Newsroom, numbers: list[int]) -> dict[str, float]:
    """Votes at 200 a second: the half of them, and 99 of 100, were answered within …

    The verdicts come in turn, so that none is reached and the claims stay open.
    """
    waits: list[float] = []
    targets = [(card, buttons(card)) for card in map(newsroom.card, numbers)]

    async def one(place: int) -> None:
        card, labels = targets[place % len(targets)]
        button = labels[LABELS[place // len(targets) % len(LABELS)]]
        began = time.perf_counter()
        voter = newsroom.world.user(f"voter {len(newsroom.world.members)}")
        answer = await newsroom.world.click(voter, card, button)["future"]
        assert answer != "TIMEOUT", newsroom.said()[-3000:]
        assert answer["type"] in (CallbackType.UPDATE, CallbackType.LATER), answer
        waits.append(1000 * (time.perf_counter() - began))

    async with asyncio.TaskGroup() as group:
        for place in range(PRESSES):
            group.create_task(one(place))
            await asyncio.sleep(1 / A_SECOND)
    percent = quantiles(waits, n=100)
    return {"vote p50, ms": round(percent[49], 1), "vote p99, ms": round(percent[98], 1)}


def ask(store: ClaimStore, guild: int) -> dict[str, float]:
    team = store.teams.of_guild(guild)
    assert team is not None
    now = datetime.now(UTC)
    return {
        "list page, ms": took(
            lambda: search.search_claims(store, team, ADMIN, ClaimFilter(), 1, now)
        ),
        "awaiting my vote, ms": took(
            lambda: search.search_claims(store, team, ADMIN, ClaimFilter(awaiting=True), 1, now)
        ),
        "search page, ms": took(
            lambda: search.search_claims(store, team, ADMIN, ClaimFilter(words="pier 31"), 1, now)
        ),
        "completion, ms": took(lambda: search.complete_number(store, guild, ADMIN, "pier")),
        "digest, ms": took(lambda: digests.preview_digest(store, guild, None, now)),
    }


def took(action: Callable[[], object]) -> float:
    """Milliseconds, the middle one of five."""
    found = []
    for _ in range(5):
        began = time.perf_counter()
        action()
        found.append(1000 * (time.perf_counter() - began))
    return round(median(found), 1)


def read_memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
