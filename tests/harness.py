"""A newsroom to tell stories in: the offline Discord here, the bot in a process of its own."""

import json
import os
import re
import signal
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest

from bot.cli import check, check_discord
from bot.cli.check_result import CheckOutcome
from bot.cli.database import open_for_reading, open_for_writing
from bot.config.read import read_config
from bot.sandbox.interaction import Interaction
from bot.sandbox.rules.codes import FORUMS, CallbackType, ChannelType, Flag
from bot.sandbox.world import World
from tests.bot_process import BotProcess
from tests.builders import build_found_claim, build_source
from tests.expect import wait_until
from workflows.claims import FoundClaim
from workflows.desk import audit, intake, setup
from workflows.intake import Intake

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE." + "x" * 38
LABELS = ("Supported", "Refuted", "Can't tell", "Add evidence", "Details")
Json = dict[str, Any]


@dataclass(frozen=True)
class Ran:
    """What a command of the terminal left behind."""

    code: int | None
    out: str
    err: str


class Newsroom:
    """One server with its people, one bot, one database. Keywords are keys of the [[team]].

    `tables` holds other tables of the configuration, with their keys; `place` is what the channel
    for claims is.
    """

    patience: ClassVar[float] = 1.0
    """By how much every wait is longer than it says: for a long run that gives way to others."""

    def __init__(
        self,
        folder: Path,
        tables: dict[str, Json] | None = None,
        place: ChannelType = ChannelType.TEXT,
        **team: Any,
    ) -> None:
        self.folder, self.team, self.tables = folder, team, tables or {}
        self.world = World(channels=(), bot_token=TOKEN)
        self.claims = self.world.add_channel("claims", place)
        self.digest, self.moderators = map(self.world.add_channel, ("digest", "moderators"))
        self.config, self.database = folder / "config.toml", folder / "corrobot.db"
        self.log = folder / "bot.log"
        self.env = {**os.environ, "DISCORD_TOKEN": TOKEN, "PYTHONUNBUFFERED": "1"}
        self._bot: BotProcess | None = None
        self._started_at = 0

    # ------------------------------------------------------------------------ the bot's process

    async def open(self) -> None:
        self.log.touch()
        await self.world.start()
        noon = datetime.now(UTC) + timedelta(hours=12)  # no digest comes while a story is told
        policy = self.team.pop("policy", {})
        team = {
            "guild": int(self.world.guild_id),
            "claims_channel": int(self.claims),
            "digest_channel": int(self.digest),
            "moderators_channel": int(self.moderators),
            "digest_at": f"{noon:%H:%M}",
            "post": "all",
            "snapshots": False,  # only a story about them reads pages
            **self.team,
        }
        tables = {
            "[discord]": {
                "api_url": f"http://127.0.0.1:{self.world.port}/api/v10",
                "gateway_url": f"ws://127.0.0.1:{self.world.port}/gateway/",
            },
            "[store]": {"path": self.database.name},
            **{f"[{name}]": keys for name, keys in self.tables.items()},
            "[[team]]": team,
            "[team.policy]": policy,
        }
        lines = [
            "\n".join([name, *(f"{key} = {json.dumps(value)}" for key, value in keys.items())])
            for name, keys in tables.items()
        ]
        self.config.write_text("\n\n".join(lines), encoding="utf-8")

    async def close(self) -> None:
        if self.running:
            await self.stop()
        await self.world.stop()

    @property
    def process(self) -> BotProcess:
        assert self._bot is not None
        return self._bot

    @property
    def running(self) -> bool:
        return self._bot is not None and self._bot.poll() is None

    async def start(self) -> None:
        """Until the bot says that it is ready."""
        self.launch()
        await self.until(lambda: "ready: " in self.said(), within=30)

    def launch(self) -> None:
        self._started_at = self.log.stat().st_size
        self._bot = BotProcess(["run", "--config", str(self.config)], self.env, self.log)

    def said(self) -> str:
        """What this run of the bot has logged so far."""
        return self.log.read_bytes()[self._started_at :].decode()

    async def stop(self, signal_number: int = signal.SIGTERM) -> int:
        """Ask the bot to end; its exit code."""
        assert self._bot is not None
        self._bot.send_signal(signal_number)
        return await self.ended()

    async def kill(self) -> None:
        """kill -9."""
        await self.stop(signal.SIGKILL)

    async def ended(self) -> int:
        await self.until(lambda: not self.running, within=20)
        assert self._bot is not None
        return self._bot.wait()

    def signal_when_posted(self, cards: int, signal_number: int) -> None:
        """Signals the bot once so many more cards stand: before it is told of the last of them."""
        wanted = len(self.cards()) + cards
        bot = self._bot
        assert bot is not None

        def watch(name: str, event: Json, person: str | None) -> None:
            del event, person
            if name == "MESSAGE_CREATE" and bot is self._bot and len(self.cards()) == wanted:
                bot.send_signal(signal_number)

        self.world.onlookers.append(watch)

    # --------------------------------------------------------------------------- the terminal

    async def corrobot(self, *arguments: str) -> Ran:
        """`corrobot ARGUMENTS --config ...`, in a process of its own."""
        with TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            process = BotProcess([*arguments, "--config", str(self.config)], self.env, out, err)
            await self.until(lambda: process.poll() is not None, within=60)
            return Ran(process.poll(), _read(out), _read(err))

    async def check_discord(self) -> list[str]:
        """What `corrobot check` finds wrong, or worth a word, in Discord; without a process."""
        config = read_config(self.config)
        teams, _ = check.list_teams(config)
        found = [each async for each in check_discord.check_servers(config, TOKEN, teams, {})]
        return [each.said for each in found if each.verdict is not CheckOutcome.FINE]

    def take_in(
        self,
        *claims: str,
        title: str = "A report",
        url: str | None = None,
        said_by: Iterable[str] = (),
    ) -> list[int]:
        """As `corrobot intake` does beside the bot, but with claims that need not be found.

        Returns their numbers.
        """
        text = "\n".join((title, *claims))
        found = tuple(_found(claim, text.index(claim), said_by) for claim in claims)
        document = Intake(title, "The Courier", url, None, "en", text, found)
        with open_for_writing(read_config(self.config)) as store:
            intake.add_document(store, int(self.world.guild_id), document, None, datetime.now(UTC))
            while intake.write_next(store, None, datetime.now(UTC)):
                pass
        last = self.number("SELECT max(number) FROM claims")
        return list(range(last - len(claims) + 1, last + 1))

    # --------------------------------------------------------------------------- what is kept

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        address = f"{self.database.as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as db:
            return db.execute(question, values).fetchall()

    def number(self, question: str, *values: object) -> int:
        return int(self.rows(question, *values)[0][0])

    def change(self, statement: str, *values: object) -> None:
        """What time or an accident would do to the database; while the bot is down."""
        assert not self.running
        with closing(sqlite3.connect(self.database, timeout=5)) as db, db:
            db.execute(statement, values)

    def votes(self, number: int) -> dict[str, str]:
        """Verdict by the voter's name, of the votes that stand on a claim."""
        names = {user["id"]: user["username"] for user in self.world.people()}
        found = self.rows(
            "SELECT members.discord_id, votes.verdict FROM votes"
            " JOIN members ON members.id = votes.voter_id"
            " JOIN claims ON claims.id = votes.claim_id WHERE claims.number = ?",
            number,
        )
        return {names[str(who)]: verdict for who, verdict in found}

    def status(self, number: int) -> str:
        return str(self.rows("SELECT status FROM claims WHERE number = ?", number)[0][0])

    def differences(self) -> tuple[str, ...]:
        """What `corrobot audit --all` finds."""
        with open_for_reading(read_config(self.config)) as store:
            return audit.replay_all(store).differences

    # ------------------------------------------------------------------------ what people see

    def posted(self, channel: str | None = None) -> list[Json]:
        """What everybody sees in a channel, oldest first."""
        messages = self.world.messages[channel or self.claims].values()
        return [message for message in messages if not message["flags"] & Flag.EPHEMERAL]

    def cards(self) -> list[Json]:
        """The claim cards, in the order in which they were posted."""
        return [message for message in self.posted_inside() if "Supported" in buttons(message)]

    def posted_inside(self) -> list[Json]:
        """What everybody sees in the channel for claims and its threads or posts, oldest first."""
        inside = [each["id"] for each in self.threads()]
        found = [message for place in (self.claims, *inside) for message in self.posted(place)]
        return sorted(found, key=lambda message: int(message["id"]))

    def threads(self) -> list[Json]:
        """The threads or posts of the channel for claims, oldest first."""
        return [each for each in self.world.threads() if each["parent_id"] == self.claims]

    def card(self, number: int) -> Json:
        """The one card of a claim."""
        (card,) = (card for card in self.cards() if _number(card) == number)
        return card

    def numbers(self) -> list[int]:
        """The claims' numbers, as their cards stand in the channel."""
        return [_number(card) for card in self.cards()]

    def posted_numbers(self) -> list[int]:
        """The numbers of the claims before the team, in the order in which they were added."""
        found = self.rows("SELECT number FROM claims WHERE status <> 'shelved' ORDER BY id")
        return [number for (number,) in found]

    def words(self, message: Json | int) -> str:
        """All that can be read on a message, or on the card of the claim with this number."""
        message = self.card(message) if isinstance(message, int) else message
        return "\n".join(_texts(message))

    async def shows(self, message: Json | int, text: str) -> None:
        """Waits until this can be read on a message, or on a claim's card."""
        await self.until(lambda: text in self.words(message))

    async def posts(self, *numbers: int, within: float = 15) -> None:
        """Waits until these claims have their cards and nothing is on its way any more."""
        await self.until(lambda: set(numbers) <= set(self.numbers()), within)
        await self.until(
            lambda: (
                not self.number("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'gone')")
            ),
            within,
        )

    # -------------------------------------------------------------------------- what people do

    def person(self, name: str, *roles: str) -> Json:
        return self.world.person(name) or self.world.user(name, roles)

    async def press(self, name: str, message: Json | int, label: str) -> Interaction:
        """Somebody presses a button, on a message or on a claim's card, and is answered."""
        message = self.card(message) if isinstance(message, int) else message
        return await self.answered(
            self.world.click(self.person(name), message, buttons(message)[label])
        )

    async def vote(self, name: str, number: int, label: str) -> Interaction:
        """A vote that is taken."""
        asked = await self.press(name, number, label)
        assert asked.answer["type"] in (CallbackType.UPDATE, CallbackType.LATER), asked.answer
        return asked

    async def attach(self, name: str, number: int, link: str, **fields: Any) -> Interaction:
        """Somebody opens the form for evidence on a card, fills it in and sends it."""
        opened = await self.press(name, number, "Add evidence")
        return await self.send(name, opened, link=link, **fields)

    async def send(self, name: str, form: Interaction, **fields: Any) -> Interaction:
        """Somebody sends a form that was shown to them."""
        fields = {"stance": "supports", **fields}
        return await self.answered(self.world.submit_modal(self.person(name), form, fields))

    async def command(self, name: str, line: str, **options: Any) -> Interaction:
        person = self.world.owner if name == "owner" else self.person(name)
        in_forum = self.world.channels[self.claims]["type"] in FORUMS  # where nobody can write
        where = self.digest if in_forum else self.claims
        return await self.answered(self.world.run(person, where, line, **options))

    async def completed(
        self, name: str, line: str, option: str, typed: str, **others: str
    ) -> list[Json]:
        """What somebody is offered for an option, as far as it is typed, beside `others`."""
        person = self.world.owner if name == "owner" else self.person(name)
        asked = self.world.complete(person, self.claims, line, option, **{option: typed}, **others)
        choices: list[Json] = (await self.answered(asked)).answer["data"]["choices"]
        return choices

    async def choose(self, name: str, message: Json, *values: str) -> Interaction:
        """Somebody chooses from the one menu of a message that offers this."""
        (menu,) = (
            each
            for row in message["components"]
            for each in row["components"]
            if values[0] in [option["value"] for option in each.get("options", ())]
        )
        asked = self.world.choose(self.person(name), message, menu["custom_id"], list(values))
        return await self.answered(asked)

    async def answered(self, asked: Interaction) -> Interaction:
        assert await asked.future != "TIMEOUT", f"not answered: {asked.data}\n{self.said()}"
        return asked

    async def told(self, asked: Interaction) -> Json:
        """The private message that somebody gets, as the answer or after it."""
        message = (await self.until(lambda: _private(asked)))[0]
        assert message["flags"] & Flag.EPHEMERAL
        return message

    # ------------------------------------------------------------------------------- at the end

    def add_second_team(self) -> str:
        """Give another server a team in the same database; return that server."""
        guild = 515151515151515151
        with open_for_writing(read_config(self.config)) as store:
            ours = setup.get_team(store, int(self.world.guild_id))
            assert ours is not None
            settings = replace(ours.settings, guild=guild, voter_roles=frozenset())
            setup.create_team(store, settings, ours.policy, datetime.now(UTC))
        return str(guild)

    def pings(self) -> list[str]:
        """What the bot has sent that could ping somebody."""
        return [
            f"{record.method} {record.path}: {record.body}"
            for record in self.world.records
            if record.method in ("POST", "PATCH") and _could_ping(record.body)
        ]

    async def until(self, true: Callable[[], Any], within: float = 20) -> Any:
        """Waits until something holds, and returns it."""
        try:
            return await wait_until(true, within * self.patience)
        except TimeoutError:
            outbox = self.rows("SELECT state, reason, count(*) FROM outbox GROUP BY 1, 2")
            pytest.fail(f"waited {within} s in vain; outbox {outbox}; log:\n{self.said()[-3000:]}")


def buttons(message: Json) -> dict[str, str]:
    """The id of each button of a message by its label."""
    return {
        button["label"]: button["custom_id"]
        for row in message["components"]
        for button in row["components"]
        if "label" in button
    }


def read_refusal(asked: Interaction) -> str:
    """Return the private sentence somebody is refused with."""
    assert asked.answer is not None
    assert asked.answer["type"] == CallbackType.MESSAGE
    assert asked.answer["data"]["flags"] & Flag.EPHEMERAL
    return str(asked.answer["data"]["content"])


def read_answer(asked: Interaction) -> str:
    """Return the private text somebody is answered with, in a message of its own or in place."""
    assert asked.answer is not None
    assert asked.answer["type"] in (CallbackType.MESSAGE, CallbackType.UPDATE), asked.answer
    if asked.answer["type"] == CallbackType.MESSAGE:
        assert asked.answer["data"]["flags"] & Flag.EPHEMERAL
    return asked.answer["data"].get("content") or ""


def _private(asked: Interaction) -> list[Json]:
    """What was answered, once it is there: a "thinking" message is none yet."""
    answers = (CallbackType.MESSAGE, CallbackType.THINKING)
    answered = asked.answer is not None and asked.answer["type"] in answers
    first = [asked.original] if answered and asked.original else []
    return [each for each in (*first, *asked.followups) if not each["flags"] & Flag.LOADING]


def _texts(node: Any) -> Iterable[str]:
    """Every text of a message that is shown."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("content", "title", "description", "name", "value", "label"):
                yield str(value)
            elif key in ("embeds", "fields", "components"):
                yield from _texts(value)
    elif isinstance(node, list):
        for part in node:
            yield from _texts(part)


def _number(card: Json) -> int:
    return int(re.match(r"#(\d+) ", card["embeds"][0]["title"])[1])


def _could_ping(body: Any) -> bool:
    body = body.get("data", body) if isinstance(body, dict) else {}
    if not body.keys() & {"content", "embeds"}:
        return False
    allowed = dict(body.get("allowed_mentions") or {})
    called = allowed.pop("users", [])
    return allowed != {"parse": []} or not _is_assignment(body, called)


def _is_assignment(body: Json, called: list[str]) -> bool:
    """Whether it calls nobody, or the one person whom it asks to look after a claim."""
    said = str(body.get("content") or "")
    return not called or (len(called) == 1 and f"<@{called[0]}>, please look after" in said)


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _found(claim: str, start: int, said_by: Iterable[str] = ()) -> FoundClaim:
    return build_found_claim(
        claim,
        quote_start=start,
        start=start,
        end=start + len(claim),
        attribution=tuple(map(build_source, said_by)),
    )
