"""A torture story: what people do, and what goes wrong meanwhile. Drawn from a seed, as values."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.sandbox.faults import Fault, FaultKind

PEOPLE = ("Ada", "Ben", "Chloé", "Dmitri", "Esra")
VERDICTS = ("Supported", "Refuted", "Can't tell")


@dataclass(frozen=True)
class TakeIn:
    """`corrobot intake` beside the bot, or while it is down."""

    claims: int


@dataclass(frozen=True)
class Press:
    """A vote, without waiting for its answer. `claim` counts through the cards that stand."""

    person: str
    claim: int
    verdict: str


@dataclass(frozen=True)
class TakeBack:
    """The button on the last private confirmation that this person got."""

    person: str


@dataclass(frozen=True)
class Attach:
    """The form for evidence: opened, filled in and sent."""

    person: str
    claim: int
    page: int
    stance: str


@dataclass(frozen=True)
class Ask:
    """A slash command of the owner's, with its options."""

    line: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Breathe:
    """Everybody waits a little."""

    seconds: float


@dataclass(frozen=True)
class Trouble:
    """Discord stumbles at the next such request, before or after its effect."""

    where: str
    kind: FaultKind
    value: float
    scope: Literal["user", "global", "shared"] = "user"
    via: bool = True
    times: int = 1

    def fault(self) -> Fault:
        method, path = REQUESTS[self.where]
        return Fault(
            method, path, self.kind, self.value, times=self.times, scope=self.scope, via=self.via
        )


@dataclass(frozen=True)
class Gateway:
    """The connection is dropped or closed, or Discord asks for another one."""

    how: Literal["drop", "close", "reconnect", "resumable", "invalid"]


@dataclass(frozen=True)
class Kill:
    """kill -9: at once, or in the moment in which Discord has done what was asked of it next."""

    at: Literal["once", "MESSAGE_CREATE", "MESSAGE_UPDATE"]


@dataclass(frozen=True)
class Stop:
    """SIGTERM, whatever is under way, and a new start."""


@dataclass(frozen=True)
class Hold:
    """Another process holds the database's lock, having written, and gives it up or commits."""

    seconds: float
    commits: bool


@dataclass(frozen=True)
class Freeze:
    """SIGSTOP, and SIGCONT after a while: a machine that sleeps."""

    seconds: float


@dataclass(frozen=True)
class Jump:
    """The machine's clock is off from now on by so much; Discord's is not."""

    seconds: int


@dataclass(frozen=True)
class TakeInMany:
    """A document whose claims are written in many steps; none of them is posted."""

    claims: int


Step = (
    TakeIn
    | TakeInMany
    | Press
    | TakeBack
    | Attach
    | Ask
    | Breathe
    | Trouble
    | Gateway
    | Hold
    | Freeze
    | Jump
    | Kill
    | Stop
)

REQUESTS = {
    "post": ("POST", r"/channels/\d+/messages$"),
    "edit": ("PATCH", r"/channels/\d+/messages/\d+$"),
    "look": ("GET", r"/channels/\d+"),
    "answer": ("POST", r"/interactions/"),
    "private": ("POST", r"/webhooks/"),
}


def plot(seed: int) -> tuple[Step, ...]:
    """The story of this seed: some thirty steps, among them two or three that hurt most."""
    draw = random.Random(seed)  # noqa: S311  # a story, no secret
    makers: tuple[tuple[Callable[[random.Random], Step], int], ...] = (
        (_take_in, 2),
        (_press, 14),
        (_take_back, 2),
        (_attach, 3),
        (_ask, 5),
        (_breathe, 4),
        (_trouble, 6),
        (_gateway, 1),
        (_hold, 1),
        (_freeze, 1),
        (_jump, 1),
        (_take_in_many, 1),
        (_kill, 3),
        (_stop, 1),
    )
    weights = [weight for _, weight in makers]
    chosen = draw.choices([make for make, _ in makers], weights, k=draw.randint(15, 40))
    return (TakeIn(draw.randint(1, 4)), *(make(draw) for make in chosen))


def _take_in(draw: random.Random) -> Step:
    return TakeIn(draw.randint(1, 5))


def _press(draw: random.Random) -> Step:
    return Press(draw.choice(PEOPLE), draw.randrange(4), draw.choice(VERDICTS))


def _take_back(draw: random.Random) -> Step:
    return TakeBack(draw.choice(PEOPLE))


def _attach(draw: random.Random) -> Step:
    stance = draw.choice(("supports", "refutes", "context"))
    return Attach(draw.choice(PEOPLE), draw.randrange(4), draw.randrange(3), stance)


def _ask(draw: random.Random) -> Step:
    claim = ("number", str(draw.randint(1, 4)))
    why = ("reason", "It was looked at again.")
    return draw.choice(
        (
            Ask("digest now"),
            Ask("digest preview"),
            Ask("claim list"),
            Ask("claim search", (("query", "bridge"),)),
            Ask("claim settle", (claim, ("verdict", draw.choice(("supported", "refuted"))), why)),
            Ask("claim reopen", (claim, why)),
            Ask("claim drop", (claim, why)),
            Ask("claim repost", (claim, why)),
            Ask("policy set", (("rule", "quorum"), ("value", str(draw.randint(1, 3))))),
            Ask("audit"),
        )
    )


def _breathe(draw: random.Random) -> Step:
    return Breathe(draw.choice((0.0, 0.02, 0.1, 0.4)))


def _trouble(draw: random.Random) -> Step:
    where = draw.choice(("post", "post", "edit", "look", "answer", "private"))
    kinds: tuple[tuple[FaultKind, float], ...] = (
        ("status", 500),
        ("status", 502),
        ("status", 503),
        ("status_after", 500),
        ("status_after", 503),
        ("drop_before", 0),
        ("drop_after", 0),
        ("delay", draw.choice((0.05, 0.3, 1.0))),
        ("429", draw.choice((0.05, 0.4))),
    )
    kind, value = draw.choice(kinds)
    if kind != "429":
        return Trouble(where, kind, value, times=draw.choice((1, 1, 2)))
    scope = draw.choice(("user", "global", "shared"))
    return Trouble(where, kind, value, scope, via=draw.random() < 0.8)  # mostly


def _gateway(draw: random.Random) -> Step:
    return Gateway(draw.choice(("drop", "close", "reconnect", "resumable", "invalid")))


def _hold(draw: random.Random) -> Step:
    return Hold(draw.choice((0.1, 0.5, 2.5)), draw.random() < 0.5)  # half of them


def _freeze(draw: random.Random) -> Step:
    return Freeze(draw.choice((0.1, 1.0, 4.0)))


def _jump(draw: random.Random) -> Step:
    return Jump(draw.choice((0, 60, -60, 2 * 86400, -2 * 86400)))


def _take_in_many(draw: random.Random) -> Step:
    return TakeInMany(draw.choice((80, 150)))


def _kill(draw: random.Random) -> Step:
    return Kill(draw.choice(("once", "MESSAGE_CREATE", "MESSAGE_UPDATE")))


def _stop(draw: random.Random) -> Step:
    del draw
    return Stop()
