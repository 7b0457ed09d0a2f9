"""Who comes next: nobody's many hold up somebody else's one."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from bot.reading.turns import Asker, FairLine, FairTurns
from tests.expect import refuses
from workflows.errors import Refused

ASKERS = st.builds(Asker, st.integers(1, 3), st.integers(1, 3))


@given(st.lists(ASKERS, max_size=30), ASKERS)
def test_newcomer_waits_little(before, asker):
    """However many wait, one's first waits for one of each team, and one of each teammate, a turn.

    Everything that waits is taken once, each asker's own in order.
    """
    line = FairLine[tuple[Asker, int]]()
    others = [each for each in before if each != asker]
    for number, each in enumerate(others):
        line.add(each, (each, number))
    line.add(asker, (asker, -1))

    taken = []
    while (waiting := line.take()) is not None:
        taken.append(waiting)

    place = [each for each, _ in taken].index(asker)
    teams = {each.guild for each in others} - {asker.guild}
    mates = {each for each in others if each.guild == asker.guild}
    assert place <= (len(mates) + 1) * (len(teams) + 1)
    assert sorted(number for _, number in taken) == [-1, *range(len(others))]
    for each in set(others):
        numbers = [number for who, number in taken if who == each]
        assert numbers == sorted(numbers)
    assert len(line) == 0


async def test_one_at_a_time():
    """One is served at a time; who gives up while waiting holds nobody up."""
    turns, order = FairTurns(), []

    async def use(guild, account, name):
        async with turns.turn(Asker(guild, account)):
            order.append(name)
            await asyncio.sleep(0.01)
            assert order[-1] == name

    first = [asyncio.create_task(use(1, 1, f"a{n}")) for n in range(4)]
    await asyncio.sleep(0)
    first[1].cancel()
    late = [asyncio.create_task(use(1, 2, "b")), asyncio.create_task(use(2, 3, "c"))]
    await asyncio.gather(*first, *late, return_exceptions=True)

    assert set(order[:4]) >= {"a0", "b", "c"}
    assert order[4:] == ["a3"]


async def test_line_is_limited():
    """Neither one person nor everybody together can have any number of documents waiting."""
    turns = FairTurns(most_waiting=3, most_of_one=2)

    async def use(asker):
        async with turns.turn(asker):
            await asyncio.sleep(60)

    tasks = [asyncio.create_task(use(Asker(1, 1))) for _ in range(3)]
    await asyncio.sleep(0)
    with refuses(Refused, "too-many-waiting", most=2):
        await use(Asker(1, 1))
    tasks.append(asyncio.create_task(use(Asker(1, 2))))
    await asyncio.sleep(0)
    with refuses(Refused, "too-many-waiting", n=3):
        await use(Asker(2, 3))

    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(1), turns.turn(Asker(2, 3)):
        pass
