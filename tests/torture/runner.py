"""Plays a story with the real bot over a real wire, and says what is not as it must be."""

import asyncio
import shutil
import signal
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli.database import open_for_reading
from bot.config.read import read_config
from bot.i18n.translator import translator_for
from bot.rendering.claim_card import claim_embed
from bot.sandbox.interaction import Interaction
from bot.sandbox.rules.codes import CallbackType
from tests.builders import build_found_claim
from tests.harness import Newsroom, buttons
from tests.torture.scenario import (
    Ask,
    Attach,
    Breathe,
    Freeze,
    Gateway,
    Hold,
    Jump,
    Kill,
    Press,
    Step,
    Stop,
    TakeBack,
    TakeIn,
    TakeInMany,
    Trouble,
)
from workflows.desk import claim_views, intake, setup
from workflows.intake import Intake
from workflows.store import connections
from workflows.store.claim_store import ClaimStore

Json = dict[str, Any]

AGO = timedelta(days=3)
"""How long the team has been there: it owes two digests that come too late, and today's."""
LOST = "Discord didn't get our reply."
REST = 45.0
"""Seconds within which everything must be at rest once nothing goes wrong any more."""
TAKEN_BACK = "taken back"


@dataclass
class Asked:
    """A press of somebody on a claim: the verdict, or that it is taken back."""

    person: str
    claim: str
    verdict: str
    interaction: Interaction

    @property
    def taken(self) -> bool:
        """Whether the person was told that it is done."""
        answer = self.interaction.answer
        return answer is not None and answer["type"] in (CallbackType.UPDATE, CallbackType.LATER)

    @property
    def refused(self) -> bool:
        """Whether the person was told, privately, that nothing was changed."""
        answer = self.interaction.answer
        if answer is None or answer["type"] != CallbackType.MESSAGE:
            return False
        return not str(answer["data"].get("content", "")).startswith(LOST)


@dataclass
class Round:
    """What was done in one story, to hold the end against."""

    newsroom: Newsroom
    asked: list[Asked] = field(default_factory=list)
    links: list[tuple[str, str, Interaction]] = field(default_factory=list)
    others: list[Interaction] = field(default_factory=list)
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)
    kills: int = 0
    troubles: int = 0


@dataclass(frozen=True)
class Ended:
    """What a round came to. `wrong` is empty where everything is as it must be."""

    wrong: tuple[str, ...]
    kills: int
    troubles: int
    presses: int
    log: str


async def play(steps: Sequence[Step]) -> Ended:
    """One story in a world of its own, from its beginning to rest."""
    folder = Path(tempfile.mkdtemp(prefix="torture-"))
    minute_ago = datetime.now(UTC) - timedelta(minutes=1)
    policy = {"quorum": 2, "hold": "2s"}
    newsroom = Newsroom(folder, digest_at=f"{minute_ago:%H:%M}", policy=policy)
    await newsroom.open()
    told = Round(newsroom)
    wrong: list[str] = []
    try:
        _found(newsroom)
        await _act(told, steps)
        wrong += await _rest(told)
        wrong += list(_faults(told))
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001  # whatever it is, it is wrong
        wrong.append(f"{type(error).__name__}: {error}")
    finally:
        for task in told.tasks:
            task.cancel()
        await asyncio.gather(*told.tasks, return_exceptions=True)
        newsroom.world.faults[:] = []
        wrong += await _stopped(newsroom)
        await newsroom.world.stop()
        log = newsroom.log.read_text(encoding="utf-8") if newsroom.log.exists() else ""
        shutil.rmtree(folder, ignore_errors=True)
    if "Traceback" in log:
        wrong.append("the log has a traceback")
    return Ended(tuple(wrong), told.kills, told.troubles, len(told.asked), log)


async def _stopped(newsroom: Newsroom) -> list[str]:
    """What is wrong with how the bot ends."""
    if not newsroom.running:
        return []
    try:
        code = await newsroom.stop()
    except pytest.fail.Exception:
        await newsroom.kill()
        return ["the bot did not end when it was told to"]
    return [f"the bot ended with {code}"] if code else []


def _found(newsroom: Newsroom) -> None:
    """The team as it would be had it been there for some days."""
    config = read_config(newsroom.config)
    connections.migrate(config.database)
    with connections.in_one_transaction(config.database) as db:
        for settings, policy in config.teams:
            setup.create_team(ClaimStore(db), settings, policy, datetime.now(UTC) - AGO)


# ------------------------------------------------------------------------------------- the story


async def _act(told: Round, steps: Sequence[Step]) -> None:
    first, *rest = steps
    if isinstance(first, TakeIn):  # before the first start, for there is to be a digest
        _take_in(told, first)
        steps = rest
    await told.newsroom.start()
    for step in steps:
        await _do(told, step)
        await asyncio.sleep(0)


async def _do(told: Round, step: Step) -> None:  # noqa: C901, PLR0912  # one line for each kind of step
    newsroom = told.newsroom
    match step:
        case TakeIn():
            _take_in(told, step)
        case Press():
            _press(told, step)
        case TakeBack():
            _take_back(told, step)
        case Attach():
            told.tasks.append(asyncio.create_task(_attach(told, step)))
        case Ask():
            await _ask(told, step)
        case Breathe(seconds=seconds):
            await asyncio.sleep(seconds)
        case Trouble():
            told.troubles += 1
            newsroom.world.faults.append(step.fault())
        case Gateway():
            await _gateway(newsroom, step)
        case TakeInMany():
            told.tasks.append(asyncio.create_task(_take_in_many(told, step)))
        case Hold():
            told.tasks.append(asyncio.create_task(asyncio.to_thread(_hold, newsroom, step)))
        case Freeze():
            await _freeze(newsroom, step)
        case Jump(seconds=seconds):
            newsroom.env["CORROBOT_CLOCK_OFFSET"] = str(seconds)
            told.kills += 1
            await newsroom.kill()
            await newsroom.start()
        case Kill():
            told.kills += 1
            await _kill(newsroom, step)
        case Stop():
            if (code := await newsroom.stop()) != 0:
                raise AssertionError(f"a stop ended with {code}")
            await newsroom.start()


def _take_in(told: Round, step: TakeIn) -> None:
    before = told.newsroom.number("SELECT count(*) FROM claims")
    words = (f"Bridge {before + place} is closed" for place in range(step.claims))
    told.newsroom.take_in(*words, title=f"Report {before}")


async def _take_in_many(told: Round, step: TakeInMany) -> None:
    """As the bot's own intake does beside votes: in steps, which a kill may leave to the next."""
    database = told.newsroom.database
    place = len(told.asked)
    words = tuple(f"Lamp {place} of {n} is lit" for n in range(step.claims))
    await asyncio.to_thread(_write_many, database, int(told.newsroom.world.guild_id), words)


def _write_many(database: Path, guild: int, words: tuple[str, ...]) -> None:
    found = tuple(build_found_claim(each, needs_words=True) for each in words)  # to the shelf
    text = " ".join(words)
    document = Intake(f"Many {text[:20]}", None, None, None, "en", text, found)
    with connections.in_one_transaction(database) as db:
        intake.add_document(ClaimStore(db), guild, document, None, datetime.now(UTC))
    # the bot notices what another process began and left, and writes the rest


def _hold(newsroom: Newsroom, step: Hold) -> None:
    with closing(sqlite3.connect(newsroom.database, timeout=30, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "INSERT OR REPLACE INTO marks (name, value) VALUES ('torture', ?)", [step.seconds]
        )
        time.sleep(step.seconds)
        db.execute("COMMIT" if step.commits else "ROLLBACK")


async def _freeze(newsroom: Newsroom, step: Freeze) -> None:
    bot = newsroom.process
    bot.send_signal(signal.SIGSTOP)
    await asyncio.sleep(step.seconds)
    bot.send_signal(signal.SIGCONT)


def _press(told: Round, step: Press) -> None:
    cards = told.newsroom.cards()
    if not cards:
        return
    card = cards[step.claim % len(cards)]
    pressed = told.newsroom.world.click(
        told.newsroom.person(step.person), card, buttons(card)[step.verdict]
    )
    told.asked.append(Asked(step.person, _key(card), _VERDICTS[step.verdict], pressed))


def _take_back(told: Round, step: TakeBack) -> None:
    for asked in reversed(told.asked):
        if asked.person != step.person:
            continue
        for message in asked.interaction.followups:
            if "Take back" in buttons(message):
                pressed = told.newsroom.world.click(
                    told.newsroom.person(step.person), message, buttons(message)["Take back"]
                )
                told.asked.append(Asked(step.person, asked.claim, TAKEN_BACK, pressed))
                return


async def _ask(told: Round, step: Ask) -> None:
    """Run a command of the owner's; a verdict that nothing bears asks once before it is settled."""
    world = told.newsroom.world
    asked = world.run(world.owner, told.newsroom.claims, step.line, **dict(step.options))
    told.others.append(asked)
    if step.line == "claim settle":
        answer = await asked.future
        if answer != "TIMEOUT" and answer["type"] == CallbackType.MODAL:
            told.others.append(world.submit_modal(world.owner, asked, {}))


async def _attach(told: Round, step: Attach) -> None:
    cards = told.newsroom.cards()
    if not cards:
        return
    card, world = cards[step.claim % len(cards)], told.newsroom.world
    key = _key(card)  # before the card may lose its buttons
    person = told.newsroom.person(step.person)
    opened = world.click(person, card, buttons(card)["Add evidence"])
    answer = await opened.future
    if answer == "TIMEOUT" or answer["type"] != CallbackType.MODAL:
        return
    url = f"https://source{step.page}.example.org/page"
    sent = world.submit_modal(person, opened, {"link": url, "stance": [step.stance]})
    told.links.append((key, url, sent))


async def _gateway(newsroom: Newsroom, step: Gateway) -> None:
    world = newsroom.world
    match step.how:
        case "drop":
            await world.drop_gateway()
        case "close":
            await world.drop_gateway(4000)
        case "reconnect":
            world.op(7)
        case "resumable":
            world.op(9, d=True)
        case "invalid":
            world.op(9, d=False)


async def _kill(newsroom: Newsroom, step: Kill) -> None:
    bot = newsroom.process
    if step.at == "once":
        await newsroom.kill()
    else:

        def strike(name: str, event: Json, person: str | None) -> None:
            """Before the bot is told that it was done."""
            del event
            if name == step.at and person is None and bot.poll() is None:
                bot.send_signal(signal.SIGKILL)

        newsroom.world.onlookers.append(strike)
        with suppress(TimeoutError):
            await asyncio.wait_for(_gone(newsroom), 1.0)
        newsroom.world.onlookers.remove(strike)
        if newsroom.running:
            await newsroom.kill()
    await newsroom.start()


async def _gone(newsroom: Newsroom) -> None:
    while newsroom.running:  # noqa: ASYNC110  # a process tells nobody that it was killed
        await asyncio.sleep(0.005)


# --------------------------------------------------------------------------------------- the end


async def _rest(told: Round) -> list[str]:
    """Nothing goes wrong any more; soon nothing is under way any more."""
    newsroom = told.newsroom
    newsroom.world.faults[:] = []
    if not newsroom.running:
        return [f"the bot ended by itself: {newsroom.said()[-500:]}"]
    await asyncio.gather(*told.tasks)
    await asyncio.gather(
        *(asked.interaction.future for asked in told.asked),
        *(sent.future for _, _, sent in told.links),
        *(asked.future for asked in told.others),
    )
    await newsroom.until(lambda: not _under_way(newsroom), REST)
    return []


def _under_way(newsroom: Newsroom) -> int:
    """Count what is under way, in one statement: an arrival may become a post between two."""
    posts = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"
    cards = (
        "SELECT count(*) FROM cards LEFT JOIN claims ON claims.id = cards.claim_id"
        " LEFT JOIN documents ON documents.id = cards.document_id"
        " WHERE (shown_version < ifnull(claims.version, documents.version) AND state = 'shown')"
        " OR state = 'moving'"
    )
    holds = (
        "SELECT count(*) FROM claims WHERE settled_at IS NULL AND settles_at IS NOT NULL"
        " AND status IN ('supported', 'refuted')"
    )
    arrivals = "SELECT count(*) FROM arrivals"
    return newsroom.number(f"SELECT ({posts}) + ({cards}) + ({holds}) + ({arrivals})")


def _faults(told: Round) -> Iterator[str]:
    newsroom = told.newsroom
    yield from _posts(newsroom)
    yield from _digests(newsroom)
    yield from _votes(told)
    yield from _evidence(told)
    yield from _faces(newsroom)
    yield from (f"audit: {difference}" for difference in newsroom.differences())
    yield from (f"could ping: {ping}" for ping in newsroom.pings())
    yield from (f"unknown request: {path}" for path in newsroom.world.unimplemented)


def _posts(newsroom: Newsroom) -> Iterator[str]:
    """One card a claim, one message a post; nothing stands that nobody knows."""
    for state, reason, count in newsroom.rows(
        "SELECT state, reason, count(*) FROM outbox WHERE state <> 'sent'"
        " AND (state, ifnull(reason, '')) <> ('gone', 'mended meanwhile') GROUP BY 1, 2"
    ):
        yield f"{count} posts are {state}: {reason}"
    known = Counter(
        str(message) for (message,) in newsroom.rows("SELECT message_id FROM outbox") if message
    )
    yield from (f"message {m} is known {n} times" for m, n in known.items() if n > 1)
    stand = {
        message["id"]: message
        for channel in newsroom.world.channels
        for message in newsroom.posted(channel)
        if message["author"]["id"] == newsroom.world.app_id
    }
    yield from (f"nobody knows of {_title(stand[m])}" for m in stand.keys() - known.keys())
    yield from (f"message {m} is known and not there" for m in known.keys() - stand.keys())
    cards = Counter(_key(card) for card in newsroom.cards())
    posted = {key for (key,) in newsroom.rows("SELECT key FROM claims WHERE posted_at IS NOT NULL")}
    for key in posted | cards.keys():
        if cards[key] != 1 or key not in posted:
            yield f"claim {key} has {cards[key]} cards"


def _digests(newsroom: Newsroom) -> Iterator[str]:
    """One for each due date: two that came too late, and today's."""
    runs = newsroom.rows("SELECT local_date, result FROM digest_runs WHERE kind = 'daily'")
    results = sorted(result for _, result in runs)
    if results != ["posted", "skipped", "skipped"] or len({day for day, _ in runs}) != len(runs):
        yield f"the digests owed became {sorted(runs)}"
    wanted = newsroom.number("SELECT count(*) FROM digest_runs WHERE result = 'posted'")
    stand = len(newsroom.posted(newsroom.digest))
    if stand != wanted:
        yield f"{stand} digests stand, {wanted} were to be posted"


def _votes(told: Round) -> Iterator[str]:
    """Each person's vote is the last one they know was taken, or one they tried after it."""
    names = {user["id"]: user["username"] for user in told.newsroom.world.people()}
    stored = {
        (names[str(who)], key): verdict
        for who, key, verdict in told.newsroom.rows(
            "SELECT members.discord_id, claims.key, votes.verdict FROM votes"
            " JOIN members ON members.id = votes.voter_id"
            " JOIN claims ON claims.id = votes.claim_id"
        )
    }
    tried: defaultdict[tuple[str, str], list[Asked]] = defaultdict(list)
    for asked in told.asked:
        if not asked.refused:
            tried[asked.person, asked.claim].append(asked)
    for who in stored.keys() | tried.keys():
        can_be = _possible(tried.get(who, []))
        verdict = stored.get(who, TAKEN_BACK)
        if verdict not in can_be:
            yield f"the vote of {who[0]} on {who[1]} is {verdict}, and can only be {can_be}"


def _possible(tried: Sequence[Asked]) -> set[str]:
    """The verdicts that may stand after these presses, in their order."""
    can_be = {TAKEN_BACK}
    for asked in tried:
        can_be = {asked.verdict} if asked.taken else can_be | {asked.verdict}
    return can_be


def _evidence(told: Round) -> Iterator[str]:
    stored = Counter(
        told.newsroom.rows(
            "SELECT claims.key, evidence.url FROM evidence"
            " JOIN claims ON claims.id = evidence.claim_id"
        )
    )
    sent = {(key, url) for key, url, _ in told.links}
    yield from (f"the link {link} is stored {n} times" for link, n in stored.items() if n > 1)
    yield from (f"nobody attached {link}" for link in stored.keys() - sent)
    for key, url, asked in told.links:
        if asked.answer is not None and "Added to" in _text(asked) and (key, url) not in stored:
            yield f"the link {url} was confirmed on {key}, and is not stored"


def _faces(newsroom: Newsroom) -> Iterator[str]:
    """Every card shows what is stored, to the letter."""
    config = read_config(newsroom.config)
    with open_for_reading(config) as store:
        for card in newsroom.cards():
            team = claim_views.get_team(store, int(newsroom.world.guild_id))
            claim = store.claims.with_key(team.id, _key(card))
            if claim is None:
                continue
            wanted = claim_embed(
                claim_views.build_view(store, team, claim), translator_for("en")
            ).to_dict()
            shown = card["embeds"][0]
            for part in ("title", "description", "fields", "color"):
                if _plain(shown.get(part)) != _plain(wanted.get(part)):
                    yield f"#{claim.number} shows {shown.get(part)!r} for {wanted.get(part)!r}"


def _plain(part: Any) -> Any:
    if isinstance(part, list):
        return [(field["name"].strip(), field["value"].strip()) for field in part]
    return part.strip() if isinstance(part, str) else part


def _title(message: Json) -> str:
    embeds = message["embeds"] or [{}]
    return f"message {message['id']} “{embeds[0].get('title', message['content'])}”"


def _key(card: Json) -> str:
    return buttons(card)["Supported"].split(":")[1]


def _text(asked: Interaction) -> str:
    said: Iterable[Json | None] = (asked.original, *asked.followups)
    return " ".join(str(message["content"]) for message in said if message)


_VERDICTS = {
    "Supported": "supported",
    "Refuted": "refuted",
    "Can't tell": "not_enough_evidence",
}
