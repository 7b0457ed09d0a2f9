"""A claim told twice is one card; claims that disagree lead to one another."""

import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")

SENT, FEWER = "10,000 soldiers were on Russian soil", "3,000 soldiers were on Russian soil"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """Two documents, the second taken in beside the running bot."""
    async with opened() as newsroom:
        newsroom.take_in(SENT, title="The first report", said_by=["Kyiv"])
        await newsroom.start()
        await newsroom.posts(1)
        newsroom.take_in(FEWER, SENT, title="The second report", said_by=["Seoul"])
        await newsroom.posts(1, 2)
        yield newsroom


def address(newsroom, number):
    return f"/{newsroom.claims}/{newsroom.card(number)['id']}"


async def test_one_card_two_sources(newsroom):
    """A claim found twice has one card, which names both who say so from the first vote on."""
    await newsroom.shows(1, "and 1 more passage")
    await newsroom.vote("Ben", 1, "Supported")

    assert newsroom.numbers() == [1, 2]
    await newsroom.shows(1, "The second report")
    for said in ("Kyiv", "Seoul", "The first report"):
        assert said in newsroom.words(1)


async def test_disagreement_links(newsroom):
    """Claims that disagree link to each other."""
    await newsroom.shows(2, "in a figure: 3,000 instead of 10,000")
    await newsroom.shows(1, "in a figure: 10,000 instead of 3,000")

    assert address(newsroom, 1) in newsroom.words(2)
    await newsroom.shows(1, address(newsroom, 2))  # it stood before that card had an address


async def test_details_name_findings(newsroom):
    """Details say what was found and when."""
    told = newsroom.words(await newsroom.told(await newsroom.press("Ada", 1, "Details")))

    assert "The bot's operator brought it in again, with “The second report”." in told
    assert "#2 was found to disagree with it." in told
    assert "Claims that disagree" in told


async def test_documents_count_both(newsroom):
    """Each document counts the claim as its own."""
    cards = [message for message in newsroom.posted() if "📄" in newsroom.words(message)]

    assert ["1" in newsroom.words(cards[0]), "2" in newsroom.words(cards[1])] == [True, True]
    await newsroom.vote("Ada", 1, "Supported")
    for card in cards:
        await newsroom.shows(card, "1 in review")


async def test_history_adds_up(newsroom):
    """The history adds up, and nothing pings."""
    assert newsroom.differences() == ()
    assert newsroom.pings() == []
