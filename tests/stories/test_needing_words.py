"""A claim that leaves open who is meant: shelved, found, put right, and only then posted."""

import pytest
import pytest_asyncio

from bot.sandbox.rules.codes import CallbackType
from tests.harness import buttons

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEXT = """He has sold nine ferries since March, the harbour union said on Monday.

The port of Olden closed two piers in May, the harbour union said on Monday."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed")
        newsroom.person("Mo", newsroom.world.role("moderators", 1 << 13))
        await newsroom.start()
        await newsroom.posts(1)
        yield newsroom


async def test_shelved_until_mended(newsroom):
    """The preview marks it, Post all shelves it, and a moderator edits and posts it."""
    form = await newsroom.command("Mo", "intake text")
    sent = await newsroom.send("Mo", form, text=TEXT, title="Ferries")
    preview = await newsroom.until(lambda: sent.original if sent.original["embeds"] else None, 30)
    assert "✏️" in newsroom.words(preview)
    assert "leaves open who or what is meant" in newsroom.words(preview)

    await newsroom.press("Mo", preview, "Post all")
    await newsroom.until(lambda: len(newsroom.numbers()) > 1)

    ((number, words),) = newsroom.rows(
        "SELECT number, words FROM claims WHERE needs_words AND status = 'shelved'"
    )
    assert "nine ferries" in words
    listed = await newsroom.told(await newsroom.command("Mo", "claim list", status="needs_words"))
    assert f"#{number}" in newsroom.words(listed)

    shown = await newsroom.told(await newsroom.command("Mo", "claim show", number=f"#{number}"))
    edit = await newsroom.press("Mo", shown, "Edit")
    assert edit.answer["type"] == CallbackType.MODAL
    done = await newsroom.send(
        "Mo", edit, words="Ola Brandt has sold nine ferries since March", reason="The name."
    )
    told = await newsroom.told(done)
    assert "It is still on the shelf." in told["content"]
    assert "Post it" in buttons(told)

    await newsroom.press("Mo", told, "Post it")
    await newsroom.until(lambda: number in newsroom.numbers())
    assert "Ola Brandt has sold nine ferries since March" in newsroom.words(number)
