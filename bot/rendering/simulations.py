"""A simulation in sentences, for Discord and the terminal alike: nothing in it is from outside."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median

from bot.i18n.labels import STATUSES
from bot.i18n.translator import Translator
from workflows.desk.policies import SimulationResult
from workflows.simulation import SimulatedClaim, Simulation

MOST = 25
"""Claims that each list names at most."""


def simulation_lines(simulated: SimulationResult, tr: Translator) -> list[str]:
    """Return what other rules would have made of the team's history, the most important first."""
    simulation = simulated.simulation
    lines = [_write_headline(simulation, tr)]
    lines += _list(simulation.differing, _write_difference, tr)
    if moved := simulation.moved:
        lines.append(_write_moved(simulation, tr))
        lines += _list(moved, _write_delay, tr)
    lines.append(
        tr.plural(
            "{n} claim was replayed under these rules.",
            "{n} claims were replayed under these rules.",
            len(simulation.compared),
        )
    )
    if simulation.left_out:
        lines[-1] += " " + tr.plural(
            "{n} was left out because its votes are still hidden.",
            "{n} were left out because their votes are still hidden.",
            simulation.left_out,
        )
    if simulated.untold:
        rules = tr.join(simulated.untold)
        lines.append(tr.text("The history can't show what {rules} would do.", rules=rules))
    return lines


def _write_headline(simulation: Simulation, tr: Translator) -> str:
    if not simulation.differing:
        return tr.text("No verdict would be different.")
    return tr.plural(
        "{n} verdict of {all} would be different.",
        "{n} verdicts of {all} would be different.",
        len(simulation.differing),
        all=tr.number(simulation.verdicts),
    )


def _list(
    compared: tuple[SimulatedClaim, ...],
    line: Callable[[SimulatedClaim, Translator], str],
    tr: Translator,
) -> Iterator[str]:
    yield from (line(each, tr) for each in compared[:MOST])
    if (more := len(compared) - MOST) > 0:
        yield tr.plural("and {n} more", "and {n} more", more)


def _write_difference(each: SimulatedClaim, tr: Translator) -> str:
    was, would = tr.text(STATUSES[each.was.status]), tr.text(STATUSES[each.would.status])
    return f"#{each.number} · {was} → {would}"


def _write_delay(each: SimulatedClaim, tr: Translator) -> str:
    verdict = tr.text(STATUSES[each.was.status])
    return f"#{each.number} · {verdict} · {_write_later(each.later, tr)}"


def _write_later(later: timedelta, tr: Translator) -> str:
    span = tr.span(abs(later))
    if later > timedelta():
        return tr.text("{span} later", span=span)
    return tr.text("{span} sooner", span=span)


def _write_moved(simulation: Simulation, tr: Translator) -> str:
    """Return how many would have come at another time, and by how much the one in the middle."""
    delays = [each.later.total_seconds() for each in simulation.moved]
    return tr.plural(
        "{n} verdict would be the same but at a different time ({later}).",
        "{n} verdicts would be the same but at a different time (median {later}).",
        len(delays),
        later=_write_later(timedelta(seconds=median(delays)), tr),
    )
