"""Which time is believed: this machine's, or Discord's where the two are far apart."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import TrustedClock
from bot.config.read import read_config
from tests.expect import refuses
from workflows.errors import BadInput

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


class Machine:
    """A machine whose clock can be set, and a steady clock that nobody can set."""

    def __init__(self, ahead=timedelta()):
        self.ahead, self.passed = ahead, 0.0

    def time(self):
        return NOON + timedelta(seconds=self.passed) + self.ahead

    def steady(self):
        return self.passed


def started(ahead):
    machine = Machine(ahead)
    clock = TrustedClock(machine.time, machine.steady)
    clock.hear(NOON)
    return machine, clock


@pytest.mark.parametrize("ahead", [timedelta(days=2), -timedelta(days=2), timedelta(minutes=6)])
def test_far_clocks_are_overruled(ahead, caplog):
    """A clock more than five minutes off is named in the log once, and Discord's time is used."""
    machine, clock = started(ahead)
    machine.passed = 10

    times = [clock.now() for _ in range(3)]

    assert all(abs(each - NOON - timedelta(seconds=10)) < timedelta(seconds=1) for each in times)
    assert len(caplog.records) == 1


@pytest.mark.parametrize("ahead", [timedelta(minutes=1), -timedelta(minutes=4), timedelta()])
def test_near_clocks_are_believed(ahead):
    """A minute off changes nothing."""
    machine, clock = started(ahead)

    assert clock.now() == machine.time()


def test_jumps_while_running():
    """A clock set two days ahead in mid-run moves neither the time nor the age of a click."""
    machine, clock = started(timedelta())
    machine.passed, machine.ahead = 60, timedelta(days=2)

    assert abs(clock.now() - NOON - timedelta(minutes=1)) < timedelta(seconds=1)
    assert abs(clock.discord_time() - NOON - timedelta(minutes=1)) < timedelta(seconds=1)


def test_unknown_time_is_ours():
    """Before Discord has said anything, there is only one clock to go by."""
    machine = Machine(timedelta(days=2))
    clock = TrustedClock(machine.time, machine.steady)

    assert clock.now() == machine.time()
    assert not clock.is_known


def test_old_word_is_doubtful():
    """After a sleep, Discord is asked again before our clock is called wrong."""
    machine, clock = started(timedelta(hours=1))

    assert not clock.is_doubtful
    machine.passed = 3600
    assert clock.is_doubtful


def test_lateness_is_known_for_a_while():
    """What comes too late is told by what Discord said seconds ago; a jump lies outside that."""
    machine, clock = started(timedelta())

    assert clock.is_fresh
    machine.passed = 60
    assert not clock.is_fresh


@pytest.mark.parametrize(
    ("url", "days"), [("http://127.0.0.1:1", 10), ("https://discord.com/api/v10", 0)]
)
def test_offset_on_loopback_only(tmp_path, url, days):
    """CORROBOT_CLOCK_OFFSET moves the clock beside a Discord on loopback, and nowhere else."""
    file = tmp_path / "config.toml"
    file.write_text(f'[discord]\napi_url = "{url}"\n')

    config = read_config(file, {"CORROBOT_CLOCK_OFFSET": "864000"})

    assert config.now() - datetime.now(UTC) == pytest.approx(
        timedelta(days=days), abs=timedelta(seconds=5)
    )


def test_offset_must_be_seconds(tmp_path):
    """A wrong offset is named, and nothing starts."""
    file = tmp_path / "config.toml"
    file.write_text('[discord]\napi_url = "http://127.0.0.1:1"\n')

    with refuses(BadInput, name="CORROBOT_CLOCK_OFFSET", text="two days"):
        read_config(file, {"CORROBOT_CLOCK_OFFSET": "two days"})
