"""People find claims: in lists, by words, by what they type; also after a restart."""

import re
from copy import deepcopy

import pytest
import pytest_asyncio

from bot.sandbox.rules.codes import CallbackType, Flag
from tests.harness import buttons

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        newsroom.take_in(*(f"Bridge {n} is closed" for n in range(1, 13)))
        newsroom.take_in("The port is open", title="Ports")
        await newsroom.start()
        await newsroom.posts(*range(1, 14))
        yield newsroom


def numbers(message):
    text = message["embeds"][0]["description"]
    return [int(number) for number in re.findall(r"^\[?\*\*#(\d+)", text, re.MULTILINE)]


async def test_private_list(newsroom):
    """A list is private and turns its pages, also after a restart."""
    first = await newsroom.told(await newsroom.command("Ada", "claim list"))
    assert numbers(first) == [13, 12, 11, 10, 9, 8, 7, 6]
    assert first["flags"] & Flag.EPHEMERAL
    await newsroom.stop()
    await newsroom.start()

    turned = await newsroom.press("Ada", first, "›")

    assert turned.answer["type"] == CallbackType.UPDATE
    second = turned.answer["data"]
    assert numbers(second) == [5, 4, 3, 2, 1]
    assert "page 2 of 2 · 13 claims" in second["embeds"][0]["footer"]["text"]
    ways = second["components"][1]["components"]
    assert [b["disabled"] for b in ways] == [False, True, False]
    assert ways[2]["label"] == "Needs my vote"


async def test_menu_opens_claim(newsroom):
    """The menu opens a claim privately with its buttons."""
    page = await newsroom.told(await newsroom.command("Ada", "claim search", query="ports"))
    assert numbers(page) == [13]
    (option,) = page["components"][0]["components"][0]["options"]
    assert option["label"].startswith("#13 · The port is open · ")

    shown = await newsroom.told(await newsroom.choose("Ada", page, option["value"]))

    assert shown["embeds"][0]["title"] == "#13 · The port is open"
    assert "Supported" in buttons(shown)
    assert newsroom.card(13)["id"] in shown["content"]


async def test_needs_my_vote(newsroom):
    """The digest's button leads through what needs my vote, in one private message."""
    await newsroom.vote("Ben", 13, "Supported")
    digest = deepcopy(newsroom.card(13))
    button = {"type": 2, "id": 9, "style": 2, "label": "Needs my vote", "custom_id": "mine:1"}
    digest["components"][0]["components"] = [button]

    told = await newsroom.told(await newsroom.press("Ben", digest, "Needs my vote"))

    assert told["content"].startswith("**12** claims still need your vote · [Go to its card](")
    seen = []
    for left in range(12, 0, -1):
        seen.append(told["embeds"][0]["title"].partition(" ")[0])
        pressed = await newsroom.press("Ben", told, "Refuted")
        assert pressed.answer["type"] == CallbackType.UPDATE
        assert not pressed.followups
        told = pressed.original
        assert f"You: **Refuted** · {seen[-1]}" in told["content"]
        assert (f"**{left - 1}** claim" in told["content"]) == (left > 1)
    assert len(set(seen)) == 12
    assert "Nothing else is waiting for your vote." in told["content"]
    assert told["embeds"] == []
    await newsroom.shows(12, "1 of 3 votes")
    back = (await newsroom.press("Ben", told, f"Take back {seen[-1]}")).original
    assert back["embeds"][0]["title"].startswith(seen[-1])
    assert "Your vote on" in back["content"]


async def test_list_becomes_queue(newsroom):
    """From the list of what needs my vote, Next and Skip go on in its place."""
    listed = await newsroom.told(await newsroom.command("Chloé", "claim list", mine=True))
    assert listed["embeds"][0]["title"] == "Claims that need your vote"

    first = (await newsroom.press("Chloé", listed, "Next ▸")).original
    title = first["embeds"][0]["title"]
    second = (await newsroom.press("Chloé", first, "Skip ▸")).original

    assert second["embeds"][0]["title"] != title
    assert first["id"] == second["id"] == listed["id"]
    assert "**13** claims still need your vote" in second["content"]
    number = second["embeds"][0]["title"].partition(" ")[0]
    form = await newsroom.press("Chloé", second, "Add evidence")
    sent = await newsroom.send("Chloé", form, link="https://wire.example.net/seen")
    assert sent.answer["type"] == CallbackType.UPDATE
    assert f"Added to {number}." in newsroom.words(sent.original)
    assert "wire.example.net" in newsroom.words(sent.original)


async def test_number_completion(newsroom):
    """Numbers complete from digits and from words."""
    by_digits = await newsroom.completed("Ada", "claim show", "number", "1")
    by_words = await newsroom.completed("Ada", "claim show", "number", "port op")

    assert [choice["value"] for choice in by_digits] == ["1", "10", "11", "12", "13"]
    assert [choice["value"] for choice in by_words] == ["13"]
    assert by_words[0]["name"].startswith("#13 · The port is open · ")


@pytest.mark.parametrize(
    ("line", "options", "said"),
    [
        ("claim show", {"number": "port"}, "\" isn't a claim number."),
        (
            "claim show",
            {"number": "99"},
            "This team has no claim #99. Search for its words with /claim search.",
        ),
        ("claim search", {"query": "?!"}, "Enter at least one word or number to search for."),
        ("claim list", {"document": "nothing"}, "This document isn't known here."),
    ],
)
async def test_nothing_found(newsroom, line, options, said):
    """A search that finds nothing is answered with a sentence."""
    told = await newsroom.told(await newsroom.command("Ada", line, **options))

    assert said in told["content"]


async def test_empty_list(newsroom):
    """An empty list says so."""
    told = await newsroom.told(await newsroom.command("Ada", "claim search", query="volcano"))

    assert "No claim, source or document matches." in told["embeds"][0]["description"]
    assert told["components"] == []


async def test_filter_completion(newsroom):
    """Documents and sources complete."""
    documents = await newsroom.completed("Ada", "claim list", "document", "por")
    sources = await newsroom.completed("Ada", "claim list", "source", "cou")

    assert "Ports" in [choice["name"] for choice in documents]
    assert [choice["name"] for choice in sources] == ["The Courier"]
    told = await newsroom.told(
        await newsroom.command(
            "Ada", "claim list", document=documents[0]["value"], source="courier"
        )
    )
    assert numbers(told)
