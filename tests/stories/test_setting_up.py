"""From a server where nothing is set to a team that votes, by /setup alone; and changed later."""

import pytest
import pytest_asyncio

from bot.sandbox.rules.codes import CallbackType, ChannelType, Permission
from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.modals import check_modal
from tests.harness import buttons, read_answer

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """A bot invited to a server of which its configuration says nothing."""
    async with opened() as newsroom:
        text = newsroom.config.read_text()
        newsroom.config.write_text(text[: text.index("[[team]]")])
        newsroom.voters = newsroom.world.role("voters")
        newsroom.person("Ada", newsroom.voters)
        newsroom.person("Stranger")
        await newsroom.start()
        yield newsroom


def filled(form):
    """The values a form is opened with."""
    values = {}
    for label in form.answer["data"]["components"]:
        field = label["component"]
        values[field["custom_id"]] = (
            [one["id"] for one in field.get("default_values", ())]
            or [one["value"] for one in field.get("options", ()) if one.get("default")]
            or field.get("value")
            or []
        )
    return values


async def owner_opens(newsroom, panel, label):
    """The owner presses a button of the panel, and is shown a form that Discord takes."""
    pressed = newsroom.world.click(newsroom.world.owner, panel, buttons(panel)[label])
    form = await newsroom.answered(pressed)
    assert form.answer["type"] == CallbackType.MODAL, form.answer
    check_modal(form.answer["data"])
    return form


async def owner_sends(newsroom, form, **values):
    return await newsroom.answered(
        newsroom.world.submit_modal(newsroom.world.owner, form, {**filled(form), **values})
    )


def setting(newsroom, name):
    return newsroom.rows(f"SELECT {name} FROM teams")[0][0]


async def test_administrators_only(newsroom):
    """Nobody but an administrator can set up."""
    for name in ("Ada", "Stranger"):
        asked = await newsroom.command(name, "setup", claims_channel=newsroom.claims)
        assert read_answer(asked) == "Only server administrators can do that."

    assert newsroom.rows("SELECT * FROM teams") == []
    (command,) = (c for c in newsroom.world.commands["global"] if c["name"] == "setup")
    assert command["default_member_permissions"] == Permission.ADMINISTRATOR
    assert command["contexts"] == [0]


async def test_before_setup(newsroom):
    """Until then everybody is told who can set it up."""
    asked = await newsroom.command("Ada", "policy show")

    assert read_answer(asked) == (
        "Corrobot isn't set up in this server yet. An administrator can do that with /setup."
    )


async def test_first_setup(newsroom):
    """A first setup asks for channels and roles and ends with a test card."""
    form = await newsroom.command("owner", "setup")
    check_modal(form.answer["data"])

    asked = await owner_sends(
        newsroom, form, claims_channel=[newsroom.claims], voter_roles=[newsroom.voters]
    )

    panel = await newsroom.told(asked)
    assert read_answer(asked).startswith("Corrobot is set up.")
    shown = newsroom.words(panel)
    assert f"**Claims:** <#{newsroom.claims}>" in shown
    assert f"**Voters:** <@&{newsroom.voters}>" in shown
    assert "I have all the permissions I need here." in shown
    assert "The next digest is due" in shown
    assert setting(newsroom, "timezone") == "America/New_York"
    (card,) = await newsroom.until(newsroom.posted)
    assert "Test · Claims will look like this" in newsroom.words(card)
    (said,) = await newsroom.until(lambda: asked.followups)
    assert said["content"].endswith(f"/{newsroom.world.guild_id}/{newsroom.claims}/{card['id']}")


async def test_test_card_removed(newsroom):
    """The test card is removed by its button, but not by a stranger."""
    (card,) = newsroom.posted()

    refused = await newsroom.press("Stranger", card, "Remove")
    assert read_answer(refused) == "Only moderators can do that."
    button = card["components"][0]["components"][0]["custom_id"]
    await newsroom.answered(newsroom.world.click(newsroom.world.owner, card, button))

    await newsroom.until(lambda: not newsroom.posted())


async def test_panel(newsroom):
    """The panel changes the digest and the posting, also after a restart."""
    panel = await newsroom.told(await newsroom.command("owner", "setup"))
    check_message(panel, {})
    await newsroom.stop()
    await newsroom.start()

    form = await owner_opens(newsroom, panel, "Digest and language")
    await owner_sends(newsroom, form, timezone="seoul", digest_at="08:30")
    form = await owner_opens(newsroom, panel, "Posting rules")
    asked = await owner_sends(newsroom, form, post="3", post_threshold="0,25", post_per_day="0")

    assert asked.answer["type"] == CallbackType.UPDATE
    shown = newsroom.words(panel)
    assert "**Digest at:** 08:30 Asia/Seoul, every day" in shown
    assert "08:30 Asia/Seoul, in" in shown
    assert "the 3 best claims, with a check-worthiness of at least 0.25" in shown
    assert setting(newsroom, "post_per_day") is None


@pytest.mark.parametrize(
    ("label", "wrong", "said"),
    [
        ("Digest and language", {"timezone": "Berln"}, '"Berln" isn\'t a time zone.'),
        ("Digest and language", {"digest_at": "9 am"}, 'digest_at is "9 am"'),
        ("Digest and language", {"digest_days": []}, "Please choose at least one digest day."),
        ("Posting rules", {"post": "many"}, '"many" isn\'t a whole number.'),
        ("Posting rules", {"post_threshold": "2"}, '"2" isn\'t a check-worthiness.'),
        ("Channels and roles", {"claims_channel": ["424242424242424242"]}, "Please choose text"),
        ("Channels and roles", {"voter_roles": ["424242424242424242"]}, "Please choose roles"),
    ],
)
async def test_wrong_value(newsroom, label, wrong, said):
    """A wrong value is named and changes nothing."""
    panel = await newsroom.told(await newsroom.command("owner", "setup"))
    before = newsroom.rows("SELECT * FROM teams")

    asked = await owner_sends(newsroom, await owner_opens(newsroom, panel, label), **wrong)

    assert read_answer(asked).startswith(said)
    assert newsroom.rows("SELECT * FROM teams") == before


async def test_options(newsroom):
    """Options do the same, and a new channel takes the new cards."""
    asked = await newsroom.command(
        "owner",
        "setup",
        claims_channel=newsroom.digest,
        digest_channel=newsroom.claims,
        voter_role=newsroom.world.everyone,
        timezone="Europe/Berlin",
        preset="newsroom",
        post="all",
    )

    assert read_answer(asked) == (
        f"Saved. New cards are posted in <#{newsroom.digest}>; existing cards stay where they are."
    )
    shown = newsroom.words(await newsroom.told(asked))
    assert "**Voters:** everyone" in shown
    assert "newsroom: a few people" in shown
    assert setting(newsroom, "post") is None


async def test_zones(newsroom):
    """Zones are offered, those of the reader's language first."""

    async def offered(typed):
        asked = newsroom.world.complete(
            newsroom.world.owner, newsroom.claims, "setup", "timezone", timezone=typed
        )
        await newsroom.answered(asked)
        return [choice["value"] for choice in asked.answer["data"]["choices"]]

    assert (await offered(""))[0] == "America/New_York"
    newsroom.world.reads(newsroom.world.owner, "ko")
    assert (await offered(""))[0] == "Asia/Seoul"
    newsroom.world.reads(newsroom.world.owner, "en-US")
    assert len(await offered("")) == 25
    assert await offered("addis") == ["Africa/Addis_Ababa"]


async def test_missing_permissions(newsroom):
    """Missing permissions in a channel come with a link that grants them."""
    world = newsroom.world
    world.overwrite(
        newsroom.claims, world.everyone, deny=Permission.EMBED_LINKS | Permission.ATTACH_FILES
    )

    asked = await newsroom.command("owner", "setup", claims_channel=newsroom.claims)

    shown = newsroom.words(await newsroom.told(asked))
    assert f"⚠️ I lack permissions in <#{newsroom.claims}>: Embed Links and Attach Files." in shown
    assert "https://discord.com/oauth2/authorize?client_id=" in shown


async def test_copied_panel(newsroom):
    """A stranger gets nothing out of a copied panel."""
    panel = await newsroom.told(await newsroom.command("owner", "setup"))
    before = newsroom.rows("SELECT * FROM teams")

    for label in (
        "Channels and roles",
        "Digest and language",
        "Posting rules",
        "Where cards go",
        "Post a test card",
    ):
        asked = await newsroom.press("Stranger", panel, label)
        assert read_answer(asked) == "Only server administrators can do that."
    form = await owner_opens(newsroom, panel, "Posting rules")
    sent = newsroom.world.submit_modal(
        newsroom.person("Stranger"), form, {**filled(form), "post": "1"}
    )
    assert read_answer(await newsroom.answered(sent)) == "Only server administrators can do that."
    chosen = newsroom.world.choose(newsroom.person("Stranger"), panel, "setup:preset", ["team"])
    assert read_answer(await newsroom.answered(chosen)).startswith(
        "Only server administrators can do that."
    )

    assert newsroom.rows("SELECT * FROM teams") == before


async def test_where_cards_stand(newsroom):
    """The panel tells the three places apart, and takes the one that fits the claims' channel."""
    newsroom.world.overwrite(newsroom.claims, newsroom.world.everyone)
    await newsroom.command("owner", "setup", claims_channel=newsroom.claims)
    panel = await newsroom.told(await newsroom.command("owner", "setup"))
    form = await owner_opens(newsroom, panel, "Where cards go")
    (choice,) = form.answer["data"]["components"]
    assert [each["label"] for each in choice["component"]["options"]] == [
        "in the channel",
        "in a thread",
        "in a forum",
    ]
    refused = await owner_sends(newsroom, form, layout="forum")
    assert read_answer(refused).startswith("Choose a forum as the channel for claims first")
    bot = newsroom.world.bot_role
    newsroom.world.overwrite(newsroom.claims, bot, deny=Permission.CREATE_PUBLIC_THREADS)
    form = await owner_opens(newsroom, panel, "Where cards go")

    await owner_sends(newsroom, form, layout="thread")

    assert "**Cards go:** in a thread." in newsroom.words(panel)
    lacks = f"I lack permissions in <#{newsroom.claims}>: Create Public Threads."
    assert lacks in newsroom.words(panel)
    newsroom.world.overwrite(newsroom.claims, bot)


async def test_forum(newsroom):
    """A forum is taken for claims: the panel says so, and the test card is a post."""
    forum = newsroom.world.add_channel("verification", ChannelType.FORUM)
    panel = await newsroom.told(await newsroom.command("owner", "setup", claims_channel=forum))
    assert "**Cards go:** in a forum." in newsroom.words(panel)
    assert setting(newsroom, "layout") == "forum"
    refused = await newsroom.command("owner", "setup", layout="thread")
    assert read_answer(refused).startswith("In a forum, each claim is a post of its own.")

    button = buttons(panel)["Post a test card"]
    asked = await newsroom.answered(newsroom.world.click(newsroom.world.owner, panel, button))

    (said,) = await newsroom.until(lambda: asked.followups)
    (post,) = (each for each in newsroom.world.threads() if each["parent_id"] == forum)
    assert said["content"].endswith(f"/{post['id']}/{post['id']}")
    (card,) = newsroom.posted(post["id"])
    button = buttons(card)["Remove"]
    await newsroom.answered(newsroom.world.click(newsroom.world.owner, card, button))
    await newsroom.until(lambda: post["id"] not in newsroom.world.channels)
    await newsroom.command("owner", "setup", claims_channel=newsroom.claims)
    assert setting(newsroom, "layout") == "channel"


async def test_held_posts_move(newsroom):
    """Posts held by a closed channel go to the one that is set instead."""
    world = newsroom.world
    world.overwrite(newsroom.claims, world.everyone, deny=Permission.SEND_MESSAGES)
    await newsroom.command("owner", "setup", claims_channel=newsroom.claims)
    newsroom.take_in("The bridge is closed")
    await newsroom.until(
        lambda: newsroom.number("SELECT count(*) FROM outbox WHERE state = 'parked'") == 2
    )

    await newsroom.command("owner", "setup", claims_channel=newsroom.moderators)

    await newsroom.until(lambda: len(newsroom.posted(newsroom.moderators)) == 2)
    assert newsroom.cards() == []


async def test_removed_bot(newsroom):
    """Where the bot was removed nothing is set up."""
    panel = await newsroom.told(await newsroom.command("owner", "setup"))
    before = newsroom.rows("SELECT * FROM teams")
    newsroom.world.expel()
    await newsroom.until(lambda: "not in server" in newsroom.said())
    try:
        asked = await newsroom.press("owner", panel, "Channels and roles")
    finally:
        newsroom.world.invite()

    assert read_answer(asked) == "I'm not in this server. Invite me first."
    assert newsroom.rows("SELECT * FROM teams") == before
