"""A thread under each document's card, in which its claims' cards stand."""

from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.sandbox.faults import Fault
from bot.sandbox.rules.codes import Permission

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened(layout="thread") as newsroom:
        await newsroom.start()
        yield newsroom


def thread_of(newsroom, title):
    (thread,) = (each for each in newsroom.threads() if each["name"] == title)
    return thread["id"]


async def test_thread_under_a_document(newsroom):
    """The document's card stands in the channel, its claims' cards in the thread under it."""
    numbers = newsroom.take_in("The mill turns", "The mill stands", title="Mill news")

    await newsroom.posts(*numbers)

    (document,) = newsroom.posted()
    assert thread_of(newsroom, "Mill news") == document["id"]
    assert {newsroom.card(number)["channel_id"] for number in numbers} == {document["id"]}
    await newsroom.vote("Ada", numbers[0], "Supported")
    await newsroom.shows(numbers[0], "1 of 3 votes")
    contents = await newsroom.told(await newsroom.press("Ada", document, "Show claims"))
    address = f"/{document['id']}/{newsroom.card(numbers[0])['id']})"
    assert address in newsroom.words(contents)


async def test_without_a_document(newsroom):
    """A claim that somebody adds by hand stands in the channel."""
    await newsroom.command("owner", "claim add", words="The dam is dry in August")

    await newsroom.until(
        lambda: any("The dam is dry" in newsroom.words(each) for each in newsroom.posted())
    )


@pytest.mark.parametrize("path", [r"/messages/\d+/threads$", r"/channels/\d+/messages$"])
async def test_killed_in_between(newsroom, path):
    """Killed behind the opening of a thread or the post of a card, each stands once."""
    title = "Wells" if "threads" in path else "Springs"
    fault = Fault("POST", path, "drop_after", times=None)
    newsroom.world.faults.append(fault)
    since = datetime.now(UTC).timestamp()
    numbers = newsroom.take_in(f"Most {title} are dry", title=title)
    await newsroom.until(lambda: hit(newsroom, path, since))
    await newsroom.kill()
    newsroom.world.faults.remove(fault)

    await newsroom.start()

    await newsroom.posts(*numbers)
    assert newsroom.card(numbers[0])["channel_id"] == thread_of(newsroom, title)


def hit(newsroom, path, since):
    """Whether a request was swallowed since then."""
    return [each for each in newsroom.world.find("POST", path) if each.t >= since and each.fault]


async def test_archived_thread(newsroom):
    """A card in a thread that Discord archived is edited all the same."""
    (number,) = newsroom.take_in("The tide is high", title="Tides")
    await newsroom.posts(number)
    told = await newsroom.told(await newsroom.vote("Ada", number, "Supported"))
    newsroom.world.change_thread(thread_of(newsroom, "Tides"), archived=True)

    await newsroom.press("Ada", told, "Take back")

    await newsroom.shows(number, "0 of 3 votes")


async def test_locked_thread(newsroom):
    """A thread that somebody locked holds up its own cards, not those beside it."""
    shut, beside = (
        newsroom.take_in("The gate is shut", title="Gates"),
        newsroom.take_in("The gate is open", title="Doors"),
    )
    await newsroom.posts(*shut, *beside)
    told = await newsroom.told(await newsroom.vote("Ada", shut[0], "Supported"))
    other = await newsroom.told(await newsroom.vote("Ada", beside[0], "Supported"))
    bot = newsroom.world.bot_role
    newsroom.world.overwrite(newsroom.claims, bot, deny=Permission.MANAGE_THREADS)
    newsroom.world.change_thread(thread_of(newsroom, "Gates"), archived=True, locked=True)

    await newsroom.press("Ada", told, "Take back")
    await newsroom.until(lambda: "card edit refused" in newsroom.said())
    await newsroom.press("Ada", other, "Take back")

    await newsroom.shows(beside[0], "0 of 3 votes")
    await newsroom.until(
        lambda: any(
            "Discord refuses my requests" in newsroom.words(each)
            for each in newsroom.posted(newsroom.moderators)
        )
    )
    newsroom.world.overwrite(newsroom.claims, bot)


async def test_deleted_thread(newsroom):
    """With a thread its cards are gone; one posted anew opens it again."""
    (number,) = newsroom.take_in("The weir holds", title="Weirs")
    await newsroom.posts(number)
    newsroom.world.remove_channel(thread_of(newsroom, "Weirs"))
    await newsroom.until(
        lambda: any(
            f"The card of **#{number}** was deleted" in newsroom.words(each)
            for each in newsroom.posted(newsroom.moderators)
        )
    )

    await newsroom.command("owner", "claim repost", number=str(number), reason="It was lost.")

    await newsroom.posts(number)
    assert newsroom.card(number)["channel_id"] == thread_of(newsroom, "Weirs")


async def test_missing_permission(newsroom):
    """Without the right to open threads claims wait; `check` names it, and so do moderators."""
    bot = newsroom.world.bot_role
    newsroom.world.overwrite(newsroom.claims, bot, deny=Permission.CREATE_PUBLIC_THREADS)
    (held,) = newsroom.take_in("The quay is wet", title="Quays")
    await newsroom.until(
        lambda: any(
            "Create Public Threads" in newsroom.words(each)
            for each in newsroom.posted(newsroom.moderators)
        )
    )
    assert any("Create Public Threads" in each for each in await newsroom.check_discord())

    newsroom.world.overwrite(newsroom.claims, bot)

    await newsroom.posts(held)
