"""Takes the pictures of a digest from two weeks of simulated work: python docs/pictures/digest.py.

Needs Debian's chromium. The seeds are taken in day by day, voted on and given links, by the desk
itself with times that lie back; then the offline demo starts on what is stored, and posts a digest.
"""

import asyncio
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from take import FLAGS, HERE, PHONE, chromium_path, demo_in, page_of

from bot import demo
from bot.sandbox.world import World
from workflows.claims import Claim, Grade, Verdict
from workflows.desk import evidence, setup, transitions, votes
from workflows.desk import intake as desk_intake
from workflows.errors import Refused
from workflows.policy import Policy
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.store.digests import RunKind, RunResult
from workflows.teams import Acting, Person, make_first_settings
from workflows.voting import STANCE_OF

NOW = datetime.now(UTC)
BEGIN = NOW - timedelta(days=14)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SITES = ("https://www.example.org/briefing", "https://archive.example.net/minutes")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        simulate(Path(folder))
        with demo_in(Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            take(browser, address)
            browser.close()


def simulate(folder: Path) -> None:
    """Two weeks of a newsroom, stored in the folder as the demo would have left them."""
    world = demo.furnish_folder()
    world.save(folder / "world.json")
    (folder / "seeded").touch()
    path = folder / "corrobot.db"
    connections.migrate(path)
    db = connections.open_for_writing(path)
    store = ClaimStore(db)
    try:
        _work(store, world)
    finally:
        db.close()


def _work(store: ClaimStore, world: World) -> None:
    guild = int(world.guild_id)
    channels = {channel["name"]: int(key) for key, channel in world.channels.items()}
    settings = replace(
        make_first_settings(guild, channels["claims"]), digest_channel=channels["digest"]
    )
    team, _ = setup.create_team(store, settings, Policy(), BEGIN)
    people = [_person(user) for user in world.people()]
    chance = random.Random(4)  # noqa: S311  # the same picture each time
    for at, intake in _spread(asyncio.run(demo.list_seeds())):
        document = desk_intake.add_document(store, guild, intake, None, at).document
        for claim in store.claims.of_document(document):
            _discuss(store, guild, claim, people, at, chance)
    transitions.apply_all_due(store, NOW)
    _yesterday(store, guild, people, chance)
    yesterday = NOW - DAY
    store.digests.add(team.id, RunKind.DAILY, yesterday.date(), BEGIN, yesterday, RunResult.POSTED)
    store.teams.owe_digests_from(team.id, NOW)


def _yesterday(store: ClaimStore, guild: int, people: list[Person], chance: random.Random) -> None:
    """Something was decided since the last digest, and on one claim the team changed its mind."""
    team = store.teams.of_guild(guild)
    waiting = [claim for claim in store.claims.open_in(team.id) if claim.tally.votes == 2]  # noqa: PLR2004
    turned, *others = waiting
    for claim in others[:4]:
        verdict = max(Verdict, key=claim.tally.weight)
        if verdict is not Verdict.NOT_ENOUGH_EVIDENCE:
            _agree(store, guild, claim, people, verdict, NOW - 7 * HOUR, chance)
    _agree(store, guild, turned, people, Verdict.SUPPORTED, NOW - 30 * HOUR, chance)
    _agree(store, guild, turned, people, Verdict.REFUTED, NOW - 9 * HOUR, chance)


def _agree(
    store: ClaimStore,
    guild: int,
    claim: Claim,
    people: list[Person],
    verdict: Verdict,
    at: datetime,
    chance: random.Random,
) -> None:
    _link(store, guild, claim, people[0], verdict, at, chance)
    for person in people:
        votes.cast_vote(store, Acting(guild, person, at), claim.key, verdict)


def _spread(intakes: list) -> Iterator[tuple[datetime, object]]:
    step = (NOW - BEGIN - 6 * HOUR) / len(intakes)
    for place, intake in enumerate(intakes):
        yield BEGIN + step * place + HOUR, intake


def _person(user: dict) -> Person:
    return Person(int(user["id"]), frozenset(), None, manages_messages=False, administrator=False)


def _discuss(
    store: ClaimStore,
    guild: int,
    claim: Claim,
    people: list[Person],
    at: datetime,
    chance: random.Random,
) -> None:
    """Some are decided within days, some stay open, and on a few the team does not agree."""
    likely = chance.choice((Verdict.SUPPORTED, Verdict.SUPPORTED, Verdict.REFUTED))
    voters = chance.sample(people, chance.choice((0, 1, 2, 3, 4, 4)))
    for person in voters:
        at += chance.uniform(1, 30) * HOUR
        if at > NOW:
            return
        verdict = chance.choices((likely, Verdict.NOT_ENOUGH_EVIDENCE, _other(likely)), (7, 1, 2))[
            0
        ]
        try:
            votes.cast_vote(store, Acting(guild, person, at), claim.key, verdict)
        except Refused:  # it is settled
            return
        if chance.random() < 0.5:  # noqa: PLR2004  # every second vote brings a link
            _link(store, guild, claim, person, likely, at, chance)


def _link(
    store: ClaimStore,
    guild: int,
    claim: Claim,
    person: Person,
    verdict: Verdict,
    at: datetime,
    chance: random.Random,
) -> None:
    link = f"{chance.choice(SITES)}/{claim.number}/{chance.randrange(10**6)}"
    grade = chance.choice((Grade(), Grade("B", 2), Grade("A", 1)))
    evidence.attach_link(
        store, Acting(guild, person, at), claim.key, link, STANCE_OF[verdict], grade=grade
    )


def _other(verdict: Verdict) -> Verdict:
    return Verdict.REFUTED if verdict is Verdict.SUPPORTED else Verdict.SUPPORTED


def take(browser: Browser, address: str) -> None:
    page = page_of(browser, address, width=PHONE, height=3200)  # none of it is scrolled away
    typing = page.get_by_placeholder("Message, or / for commands")
    typing.fill("/digest now")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_text("on its way").first.wait_for()
    page.get_by_role("button", name="hannels").click()
    page.locator("#sidebar").get_by_role("button", name="digest").click()
    digest = page.locator("article").filter(has_text="Digest").last
    digest.locator("img").last.wait_for()
    page.wait_for_timeout(800)  # the list of channels slides away
    box = digest.bounding_box()
    page.screenshot(path=HERE / "digest.png", clip=box)


if __name__ == "__main__":
    sys.exit(main())
