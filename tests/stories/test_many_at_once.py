"""Many people vote at once over the wire; `python -m tests.long.five_hundred` is the long run."""

from tests.crowd import PATIENCE, rush


async def test_rush(opened):
    """Every vote of a rush is kept, and each card is correct soon after."""
    async with opened(policy={"evidence": 0}) as newsroom:
        await newsroom.start()
        numbers = newsroom.take_in("One claim.", "Another claim.", "A third claim.")
        await newsroom.posts(*numbers)

        outcome = await rush(newsroom, 60, numbers)

        assert (outcome.votes, outcome.refused, outcome.lost) == (180, 0, 0)
        assert outcome.settled <= PATIENCE
        assert outcome.edits <= 1
