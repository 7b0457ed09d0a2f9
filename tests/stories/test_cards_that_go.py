"""A card deleted or posted anew: never two that both look alive, and nothing for ever in vain."""

from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.cli.options import open_for_writing
from bot.config import read_config
from bot.sandbox.faults import Fault
from workflows.claims import ClaimKey
from workflows.desk import delivery
from workflows.teams import Person

pytestmark = pytest.mark.asyncio(loop_scope="module")

BOSS = Person(1, roles=frozenset(), joined_at=None, manages_messages=True, administrator=False)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        await newsroom.start()
        yield newsroom


def repost(newsroom, number):
    """As a moderator does with a command, beside the bot."""
    (key,) = newsroom.rows("SELECT key FROM claims WHERE number = ?", number)[0]
    with open_for_writing(read_config(newsroom.config)) as store:
        guild = int(newsroom.world.guild_id)
        delivery.repost(store, guild, ClaimKey(key), BOSS, "Lost.", datetime.now(UTC))


async def test_a_card_posted_anew_takes_the_place_of_the_old_one_which_says_so(newsroom):
    (number,) = newsroom.take_in("The bridge is closed")
    await newsroom.posts(number)
    old = newsroom.card(number)

    repost(newsroom, number)

    await newsroom.until(lambda: "This card has moved" in newsroom.words(old))
    new = newsroom.card(number)
    assert new["id"] != old["id"]
    assert f"/{new['id']})" in newsroom.words(old)
    assert old["components"] == []
    await newsroom.vote("Ada", number, "Supported")
    assert "1 of 3 votes" in newsroom.words(new)


async def test_a_vote_whose_answer_draws_the_old_card_once_more_leaves_it_as_moved(newsroom):
    (number,) = newsroom.take_in("The ferry runs")
    await newsroom.posts(number)
    old = newsroom.card(number)
    pressed = old["components"][0]["components"][0]["custom_id"]
    asked = newsroom.world.click(newsroom.person("Ben"), old, pressed)
    slow = Fault("POST", f"/interactions/{asked.id}/", "delay", 1.2)
    newsroom.world.faults.append(slow)

    repost(newsroom, number)
    await newsroom.until(lambda: newsroom.cards()[-1]["id"] != old["id"])
    await newsroom.answered(asked)

    await newsroom.until(lambda: "This card has moved" in newsroom.words(old))
    await newsroom.shows(number, "1 of 3 votes")
    assert newsroom.votes(number) == {"Ben": "supported"}
