"""A forum as the channel for claims: a post a claim, its tag kept true, closed when settled."""

import pytest
import pytest_asyncio

from bot.sandbox.faults import Fault
from bot.sandbox.rules.codes import ChannelFlag, ChannelType, Permission
from bot.sandbox.rules.permissions import BOT

pytestmark = pytest.mark.asyncio(loop_scope="module")

LINK = "https://harbour.example/log"
STATUS = ("Needs votes", "Needs a source", "Conflicting", "Supported", "Refuted", "Can't tell")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened(place=ChannelType.FORUM, policy={"quorum": 1}) as newsroom:
        await newsroom.start()
        yield newsroom


def post_of(newsroom, number):
    """The one post of a claim."""
    (post,) = (each for each in newsroom.threads() if each["name"].startswith(f"#{number} · "))
    return post


def tags(newsroom, post):
    names = {tag["id"]: tag["name"] for tag in forum_of(newsroom)["available_tags"]}
    return [names[tag] for tag in post["applied_tags"]]


def forum_of(newsroom):
    return newsroom.world.channels[newsroom.claims]


def offered(newsroom):
    return [tag["name"] for tag in forum_of(newsroom)["available_tags"]]


def is_closed(post):
    about = post["thread_metadata"]
    return about["locked"] and about["archived"]


async def tagged(newsroom, number, *names):
    await newsroom.until(lambda: tags(newsroom, post_of(newsroom, number)) == list(names))


async def settle(newsroom, number):
    await newsroom.vote("Ada", number, "Supported")
    await newsroom.attach("Ada", number, f"{LINK}/{number}")
    await decide(newsroom, number)
    await newsroom.until(lambda: is_closed(post_of(newsroom, number)))


async def decide(newsroom, number):
    """A moderator settles a claim as its votes say."""
    await newsroom.command(
        "owner", "claim settle", number=str(number), verdict="supported", reason="Clear."
    )


async def test_post_a_claim(newsroom):
    """Each claim is a post of its own, and its document one too; the status tags are made."""
    numbers = newsroom.take_in("The harbour is full", "The pier is closed", title="Port news")

    await newsroom.posts(*numbers)

    assert [each["name"] for each in newsroom.threads()] == [
        "Port news",
        f"#{numbers[0]} · The harbour is full",
        f"#{numbers[1]} · The pier is closed",
    ]
    assert offered(newsroom) == list(STATUS)
    assert all(tags(newsroom, post_of(newsroom, number)) == ["Needs votes"] for number in numbers)
    assert all(newsroom.card(n)["channel_id"] == newsroom.card(n)["id"] for n in numbers)


async def test_followed_to_its_end(newsroom):
    """The tag follows the claim; a settled one is locked and closed, and open when reopened."""
    (number,) = newsroom.take_in("The crane has fallen")
    await newsroom.posts(number)
    post = post_of(newsroom, number)
    newsroom.world.say(newsroom.person("Ben"), post["id"], "I was there")
    await newsroom.vote("Ada", number, "Supported")
    await tagged(newsroom, number, "Needs a source")
    await newsroom.attach("Ada", number, LINK)
    await tagged(newsroom, number, "Supported")
    since = len(newsroom.world.records)

    await decide(newsroom, number)

    await newsroom.until(lambda: is_closed(post))
    asked = [each for each in newsroom.world.records[since:] if post["id"] in each.path]
    assert [each.method for each in asked] == ["PATCH", "PATCH"]
    form = await newsroom.command("owner", "claim reopen", number=str(number), reason="New facts.")
    await newsroom.answered(newsroom.world.submit_modal(newsroom.world.owner, form, {}))
    await tagged(newsroom, number, "Needs votes")
    assert not post["thread_metadata"]["locked"]
    assert not post["thread_metadata"]["archived"]
    assert [each["content"] for each in newsroom.posted(post["id"])][1:] == ["I was there"]


async def test_closed_again_after_an_edit(newsroom):
    """A closed post is opened for an edit of its card and closed again; people's tags stay."""
    (number,) = newsroom.take_in("The lock is broken")
    await newsroom.posts(number)
    forum = forum_of(newsroom)
    forum["available_tags"].append({**forum["available_tags"][0], "id": "77", "name": "Harbour"})
    newsroom.world.emit("CHANNEL_UPDATE", forum)
    post = post_of(newsroom, number)
    post["applied_tags"].append("77")
    newsroom.world.emit("THREAD_UPDATE", post)
    await settle(newsroom, number)
    (card,) = newsroom.posted(post["id"])

    await newsroom.command(
        "owner", "claim evidence", number=str(number), link=f"{LINK}/late", stance="refutes"
    )

    await newsroom.until(lambda: f"{LINK}/late" in newsroom.words(card))
    await newsroom.until(lambda: is_closed(post))
    assert tags(newsroom, post) == ["Supported", "Harbour"]


@pytest.mark.parametrize("kind", ["drop_after", "status_after"])
async def test_never_twice(newsroom, kind):
    """A post whose answer was lost is looked for, and not repeated, by the library neither."""
    newsroom.world.faults.append(Fault("POST", f"/channels/{newsroom.claims}/threads$", kind))

    numbers = newsroom.take_in(f"The sluice leaks, {kind}", title=f"Sluice {kind}")

    await newsroom.posts(*numbers)
    assert len([each for each in newsroom.threads() if kind in each["name"]]) == 2


async def test_killed_in_between(newsroom):
    """Killed between the post and its record, a post is found again and stands once."""
    fault = Fault("POST", f"/channels/{newsroom.claims}/threads$", "drop_after", times=None)
    newsroom.world.faults.append(fault)
    numbers = newsroom.take_in("The buoy has gone", title="Buoys")
    await newsroom.until(lambda: any(each["name"] == "Buoys" for each in newsroom.threads()))
    await newsroom.kill()
    newsroom.world.faults.remove(fault)

    await newsroom.start()

    await newsroom.posts(*numbers)
    names = [each["name"] for each in newsroom.threads()]
    assert names.count("Buoys") == 1
    assert names.count(f"#{numbers[0]} · The buoy has gone") == 1
    await newsroom.vote("Ada", numbers[0], "Supported")
    await tagged(newsroom, numbers[0], "Needs a source")


async def test_beside_the_card(newsroom):
    """Whoever is to look after a claim is called inside its post."""
    (number,) = newsroom.take_in("The dredger sank")
    await newsroom.posts(number)
    ben = newsroom.person("Ben")

    await newsroom.command(
        "owner", "claim assign", number=str(number), member=ben["id"], reason="Yours."
    )

    post = post_of(newsroom, number)
    await newsroom.until(lambda: "please look after" in newsroom.posted(post["id"])[-1]["content"])


async def test_deleted_post(newsroom):
    """A deleted post is told as a deleted card; posted anew, its claim has a post again."""
    (number,) = newsroom.take_in("The light is out")
    await newsroom.posts(number)
    newsroom.world.remove_channel(post_of(newsroom, number)["id"])

    await newsroom.until(
        lambda: any(
            f"The card of **#{number}** was deleted" in newsroom.words(each)
            for each in newsroom.posted(newsroom.moderators)
        )
    )

    await newsroom.command("owner", "claim repost", number=str(number), reason="It was lost.")
    await newsroom.posts(number)
    await newsroom.command("owner", "claim repost", number=str(number), reason="Once more.")
    await newsroom.until(
        lambda: (
            [is_closed(each) for each in newsroom.threads() if f"#{number} ·" in each["name"]]
            == [True, False]
        )
    )


async def test_without_tags(newsroom):
    """Without Manage Channels posts go without tags, and moderators are told once."""
    newsroom.world.set_permissions(newsroom.world.bot_role, BOT & ~Permission.MANAGE_CHANNELS)
    forum = forum_of(newsroom)
    forum["available_tags"] = []
    newsroom.world.emit("CHANNEL_UPDATE", forum)

    (number,) = newsroom.take_in("The ferry is late")
    await newsroom.posts(number)

    assert post_of(newsroom, number)["applied_tags"] == []
    await newsroom.until(
        lambda: any(
            "can't create status tags" in newsroom.words(each)
            for each in newsroom.posted(newsroom.moderators)
        )
    )
    (said,) = await newsroom.check_discord()
    assert "lacks status tags" in said
    bot = newsroom.world.bot_role
    newsroom.world.overwrite(newsroom.claims, bot, deny=Permission.MANAGE_THREADS)
    assert any("Manage Threads" in each for each in await newsroom.check_discord())
    newsroom.world.overwrite(newsroom.claims, bot)

    newsroom.world.set_permissions(newsroom.world.bot_role, BOT)

    await tagged(newsroom, number, "Needs votes")


async def test_anything_is_a_post(newsroom):
    """A notice that no other channel takes is a post, too; with a tag where the forum asks."""
    forum_of(newsroom)["flags"] = int(ChannelFlag.REQUIRE_TAG)
    newsroom.world.emit("CHANNEL_UPDATE", forum_of(newsroom))
    newsroom.world.remove_channel(newsroom.moderators)
    await newsroom.until(
        lambda: any(each["name"] == "For the moderators" for each in newsroom.threads())
    )
    (post,) = (each for each in newsroom.threads() if each["name"] == "For the moderators")
    assert "was deleted" in newsroom.words(newsroom.posted(post["id"])[0])
    assert len(post["applied_tags"]) == 1


async def test_tags_in_another_language(newsroom):
    """Where the team's language changes its tags are renamed, and stay on their posts."""
    await newsroom.command("owner", "setup", language="ko")

    await newsroom.until(lambda: "뒷받침됨" in offered(newsroom))
    assert len(offered(newsroom)) == len(STATUS)
    (first, *_) = (each for each in newsroom.threads() if each["name"].startswith("#1 "))
    assert tags(newsroom, first) == ["표 필요"]
