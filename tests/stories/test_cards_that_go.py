"""A card deleted or posted anew: never two that both look alive, and nothing for ever in vain."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.cli.database import open_for_writing
from bot.config.read import read_config
from bot.sandbox.faults import Fault
from bot.sandbox.rules.codes import ChannelType, Permission
from bot.sandbox.rules.permissions import BOT, MEMBER
from workflows.claims import ClaimKey
from workflows.desk import outbox, setup
from workflows.teams import Acting, Person

pytestmark = pytest.mark.asyncio(loop_scope="module")

WAITING = "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'gone')"
PARKED = "SELECT count(*) FROM outbox WHERE state = 'parked'"
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
        outbox.repost_card(store, Acting(guild, BOSS, datetime.now(UTC)), ClaimKey(key), "Lost.")


async def answer(newsroom, command, **options):
    """What the owner of the server is answered to a command."""
    asked = newsroom.world.run(newsroom.world.owner, newsroom.digest, command, **options)
    await newsroom.answered(asked)
    return (await newsroom.told(asked))["content"]


async def test_reposted_card(newsroom):
    """A reposted card replaces the old one, which says so."""
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


async def test_late_reply_on_old_card(newsroom):
    """A vote whose reply draws the old card once more leaves it as moved."""
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


async def test_deleted_card(newsroom):
    """A deleted card is noticed at its next change and reported once."""
    (number,) = newsroom.take_in("The pier stands")
    await newsroom.posts(number)
    card = newsroom.card(number)
    told = await newsroom.told(await newsroom.vote("Ada", number, "Supported"))
    del newsroom.world.messages[newsroom.claims][card["id"]]

    await newsroom.press("Ada", told, "Take back")

    (notice,) = await notices(newsroom, f"The card of **#{number}** was deleted.")
    await newsroom.until(lambda: not newsroom.number(WAITING))
    repost(newsroom, number)
    await newsroom.posts(number)
    await newsroom.shows(number, "0 of 3 votes")
    assert len(newsroom.posted(newsroom.moderators)) == 1
    newsroom.world.messages[newsroom.moderators].pop(notice["id"])


async def test_all_missing_cards_at_once(newsroom):
    """One command posts every card that was deleted, and says so when none is missing."""
    numbers = newsroom.take_in("The quay is dry", "The weir is open", "The dock is shut")
    await newsroom.posts(*numbers)
    told = [await newsroom.told(await newsroom.vote("Ada", n, "Supported")) for n in numbers[:2]]
    for number, shown in zip(numbers, told, strict=False):
        del newsroom.world.messages[newsroom.claims][newsroom.card(number)["id"]]
        await newsroom.press("Ada", shown, "Take back")
        (notice,) = await notices(newsroom, f"The card of **#{number}** was deleted.")
        newsroom.world.messages[newsroom.moderators].pop(notice["id"])

    assert await answer(newsroom, "claim repost") == "2 cards are on their way."

    await newsroom.posts(*numbers)
    await newsroom.until(lambda: not newsroom.number(WAITING))
    assert await answer(newsroom, "claim repost") == "No card is missing."


async def test_closed_channel(newsroom):
    """A closed channel holds its posts until it is open."""
    (first,) = newsroom.take_in("The mill turns")
    await newsroom.posts(first)
    told = await newsroom.told(await newsroom.vote("Ada", first, "Supported"))
    bot = newsroom.world.bot_role
    newsroom.world.overwrite(newsroom.claims, bot, deny=Permission.SEND_MESSAGES)
    await notices(newsroom, ": Send Messages")
    since = len(newsroom.world.records)

    (held,) = newsroom.take_in("The mill stands")
    parked = "SELECT count(*) FROM outbox WHERE state = 'parked'"
    await newsroom.until(lambda: newsroom.number(parked) == 2)
    await newsroom.press("Ada", told, "Take back")
    await newsroom.shows(first, "0 of 3 votes")
    said = await answer(newsroom, "claim repost", number=str(held))
    assert "because I lack permissions there: Send Messages." in said
    assert not any(
        record.method == "POST" and newsroom.claims in record.path
        for record in newsroom.world.records[since:]
    )
    newsroom.world.overwrite(newsroom.claims, bot)

    await newsroom.posts(held)


async def test_deleted_role(newsroom):
    """A deleted role is reported."""
    moderators = newsroom.world.role("moderators")
    with open_for_writing(read_config(newsroom.config)) as store:
        setup.set_up(
            store,
            Acting(
                int(newsroom.world.guild_id), replace(BOSS, administrator=True), datetime.now(UTC)
            ),
            {"moderator_roles": frozenset({int(moderators)})},
        )
    newsroom.world.remove_role(moderators)

    await notices(newsroom, f"(ID {moderators}")


async def test_removed_bot(newsroom):
    """A removed bot tries nothing until it is invited again."""
    newsroom.world.expel()
    await newsroom.until(lambda: "not in server" in newsroom.said())
    since = len(newsroom.world.records)
    (number,) = newsroom.take_in("The tower leans")
    await newsroom.until(
        lambda: newsroom.number("SELECT count(*) FROM outbox WHERE state = 'parked'") == 2
    )
    assert newsroom.world.records[since:] == []

    newsroom.world.invite()

    await newsroom.posts(number)


async def test_deleted_channel(newsroom):
    """A deleted channel is reported, and its open claims go to the current one."""
    cards = len(newsroom.cards())
    newsroom.world.remove_channel(newsroom.claims)
    await notices(newsroom, f"(ID {newsroom.claims}")
    held = newsroom.take_in("The gate is shut")
    said = await answer(newsroom, "claim add", words="The lock is broken")
    assert "its card has to wait" in said
    assert "because the channel was deleted. Choose another one with `/setup`." in said
    assert "permission" not in said
    checked = await newsroom.corrobot("check")
    assert checked.code == 1
    assert re.search(
        r"✗ server \d+: \d posts for channel \d+ have been waiting since .* UTC,"
        r" because the channel was deleted",
        checked.out,
    ), checked.out
    held += (newsroom.number("SELECT max(number) FROM claims"),)
    newsroom.claims = newsroom.world.add_channel("claims-2")

    use_for_claims(newsroom)
    newsroom.world.role("a role, so that something has changed")
    newsroom.world.set_permissions(newsroom.world.everyone, MEMBER)

    await newsroom.posts(*held)
    numbers = newsroom.numbers()
    assert sorted(numbers) == sorted(set(numbers))
    assert len(numbers) == cards + 2


async def test_archived_and_locked_threads(newsroom):
    """An archived thread is opened again, and a locked one is reported."""
    newsroom.claims = newsroom.world.add_channel(
        "in a thread", ChannelType.THREAD, parent=newsroom.moderators
    )
    use_for_claims(newsroom)
    (number,) = newsroom.take_in("The harbour is full")
    await newsroom.posts(number)
    told = await newsroom.told(await newsroom.vote("Ada", number, "Supported"))
    thread = newsroom.world.channels[newsroom.claims]["thread_metadata"]
    thread["archived"] = True

    await newsroom.press("Ada", told, "Take back")

    await newsroom.shows(number, "0 of 3 votes")
    assert not thread["archived"]
    newsroom.world.set_permissions(
        newsroom.world.bot_role, BOT & ~Permission.MANAGE_THREADS & ~Permission.MANAGE_CHANNELS
    )
    told = await newsroom.told(await newsroom.vote("Ben", number, "Supported"))
    thread["archived"] = thread["locked"] = True
    await newsroom.press("Ben", told, "Take back")
    await notices(newsroom, f"Discord refuses my requests in <#{newsroom.claims}>")
    tried = len(newsroom.world.find("PATCH", f"/channels/{newsroom.claims}"))
    (held,) = newsroom.take_in("The harbour is empty")
    await newsroom.until(lambda: newsroom.number(PARKED) == 2)
    assert len(newsroom.world.find("PATCH", f"/channels/{newsroom.claims}")) == tried

    thread["archived"] = thread["locked"] = False
    await newsroom.stop()
    await newsroom.start()

    await newsroom.posts(held)
    await newsroom.shows(number, "0 of 3 votes")


async def test_deleted_while_down(newsroom):
    """Cards deleted while the bot was down are noticed at the start."""
    await newsroom.stop()
    gone = newsroom.numbers()[0]
    del newsroom.world.messages[newsroom.claims][newsroom.card(gone)["id"]]

    await newsroom.start()

    await notices(newsroom, f"The card of **#{gone}** was deleted.")


def use_for_claims(newsroom):
    """As an administrator does with /setup, beside the bot."""
    with open_for_writing(read_config(newsroom.config)) as store:
        setup.set_up(
            store,
            Acting(
                int(newsroom.world.guild_id), replace(BOSS, administrator=True), datetime.now(UTC)
            ),
            {"claims_channel": int(newsroom.claims)},
        )


async def notices(newsroom, text):
    """The messages to the moderators that say this, once there are some."""
    return await newsroom.until(
        lambda: [m for m in newsroom.posted(newsroom.moderators) if text in newsroom.words(m)]
    )
