"""A simulation in sentences, for Discord and the terminal alike: nothing in it is from outside."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median

from bot.i18n.labels import STATUSES
from bot.i18n.translator import Words
from workflows.desk.policies import SimulationResult
from workflows.simulation import Comparison, Simulation

MOST = 25
"""Claims that each list names at most."""


def simulation_lines(simulated: SimulationResult, words: Words) -> list[str]:
    """What other rules would have made of the team's history, the most important first."""
    simulation = simulated.simulation
    lines = [_headline(simulation, words)]
    lines += _listed(simulation.differing, _difference, words)
    if moved := simulation.moved:
        lines.append(_moved(simulation, words))
        lines += _listed(moved, _delay, words)
    lines.append(
        words.count(
            "{n} claim was replayed under these rules.",
            "{n} claims were replayed under these rules.",
            len(simulation.compared),
        )
    )
    if simulation.left_out:
        lines[-1] += " " + words.count(
            "{n} was left out: its votes are still hidden.",
            "{n} were left out: their votes are still hidden.",
            simulation.left_out,
        )
    if simulated.untold:
        rules = words.listed(simulated.untold)
        lines.append(words.say("History does not tell what {rules} would do.", rules=rules))
    return lines


def _headline(simulation: Simulation, words: Words) -> str:
    if not simulation.differing:
        return words.say("No verdict would differ.")
    return words.count(
        "{n} verdict would differ, of {all} there are.",
        "{n} verdicts would differ, of {all} there are.",
        len(simulation.differing),
        all=words.number(simulation.verdicts),
    )


def _listed(
    compared: tuple[Comparison, ...], line: Callable[[Comparison, Words], str], words: Words
) -> Iterator[str]:
    yield from (line(each, words) for each in compared[:MOST])
    if (more := len(compared) - MOST) > 0:
        yield words.count("and {n} more", "and {n} more", more)


def _difference(each: Comparison, words: Words) -> str:
    was, would = words.say(STATUSES[each.was.status]), words.say(STATUSES[each.would.status])
    return f"#{each.number} · {was} → {would}"


def _delay(each: Comparison, words: Words) -> str:
    verdict = words.say(STATUSES[each.was.status])
    return f"#{each.number} · {verdict} · {_later(each.later, words)}"


def _later(later: timedelta, words: Words) -> str:
    span = words.span(abs(later))
    if later > timedelta():
        return words.say("{span} later", span=span)
    return words.say("{span} sooner", span=span)


def _moved(simulation: Simulation, words: Words) -> str:
    """How many would have come at another time, and by how much the one in the middle."""
    delays = [each.later.total_seconds() for each in simulation.moved]
    return words.count(
        "{n} same verdict would have come at another time: {later}.",
        "{n} same verdicts would have come at another time; the one in the middle {later}.",
        len(delays),
        later=_later(timedelta(seconds=median(delays)), words),
    )
