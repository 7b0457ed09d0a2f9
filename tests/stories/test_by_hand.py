"""Claims and links that people bring by hand: by command, and from any message's menu."""

import pytest
import pytest_asyncio

from bot.sandbox import attachments
from bot.sandbox.rules.codes import CallbackType, Flag
from tests.harness import buttons
from tests.workflows.documents.test_pictures import draw, save

pytestmark = pytest.mark.asyncio(loop_scope="module")
REPORT = "https://wire.example.net/bridges"
OTHER = "https://other.example.org/ports?day=2"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        newsroom.take_in(
            *(f"Bridge {n} is closed" for n in range(1, 5)), "The port of Busan is open to ferries"
        )
        await newsroom.start()
        await newsroom.posts(*range(1, 6))
        yield newsroom


async def menu(newsroom, text, name="Ada"):
    """What Ada is asked about a message of Ben's."""
    message = newsroom.world.say(newsroom.person("Ben"), newsroom.claims, text)
    asked = newsroom.world.menu(newsroom.person(name), message, "Add as evidence")
    return message, await newsroom.told(await newsroom.answered(asked))


def options(message, custom_id):
    return [
        option
        for row in message["components"]
        for each in row["components"]
        if each["custom_id"] == custom_id
        for option in each["options"]
    ]


async def chosen(newsroom, message, custom_id, value):
    asked = newsroom.world.choose(newsroom.person("Ada"), message, custom_id, [value])
    return await newsroom.answered(asked)


def fields(form):
    return {
        part["component"]["custom_id"]: part["component"]
        for part in form.answer["data"]["components"]
    }


async def test_claim_in_one_line(newsroom):
    """A claim is added in one line and posted."""
    asked = await newsroom.command("Ada", "claim add", words="The ferry sank on Monday")

    number = newsroom.number("SELECT max(number) FROM claims")
    told = await newsroom.told(asked)
    assert told["content"] == f"#{number} was added; its card is on its way."
    await newsroom.posts(number)
    assert f"#{number} · The ferry sank on Monday" in newsroom.words(number)


async def test_claim_by_form(newsroom):
    """A claim by form keeps who says so, and its link cannot support it."""
    form = await newsroom.command("Ada", "claim add", source="The mayor", hedge="alleged")
    assert fields(form)["source"]["value"] == "The mayor"

    sent = await newsroom.send(
        "Ada",
        form,
        words="The tunnel is flooded",
        source="The mayor",
        quote="They say it is full of water!",
        link="https://town.example.org/mayor",
        hedge=["alleged"],
    )

    assert "was added" in (await newsroom.told(sent))["content"]
    number = newsroom.number("SELECT max(number) FROM claims")
    await newsroom.posts(number)
    card = newsroom.words(number)
    assert "The mayor · **alleged**" in card
    assert "They say it is full of water!" in card
    assert "town.example.org" in str(newsroom.card(number)["embeds"])
    own = await newsroom.command(
        "Ben",
        "claim evidence",
        number=number,
        link="https://town.example.org/mayor",
        stance="supports",
    )
    assert "doesn't count" in (await newsroom.told(own))["content"]


async def test_known_claim(newsroom):
    """A claim the team has is shown instead of added twice."""
    before = newsroom.number("SELECT count(*) FROM claims")

    told = await newsroom.told(
        await newsroom.command("Ada", "claim add", words="the port of Busan is open to ferries.")
    )

    assert told["content"].startswith("The team already has this claim as #5.")
    assert "Supported" in buttons(told)
    assert newsroom.number("SELECT count(*) FROM claims") == before


async def test_evidence_by_command(newsroom):
    """Evidence by command keeps stance, note and both grades."""
    told = await newsroom.told(
        await newsroom.command(
            "Ada",
            "claim evidence",
            number="#1",
            link=REPORT,
            stance="refutes",
            note="third paragraph",
            source="B",
            information="2",
        )
    )

    assert told["content"] == "Added to #1."
    await newsroom.shows(1, "`B2`")
    await newsroom.shows(1, "third paragraph")


async def test_message_as_evidence(newsroom):
    """A message becomes evidence, also after a restart."""
    _, asked = await menu(newsroom, f"Look: bridge 3 is closed, says {REPORT}. Not {OTHER}!")
    assert asked["flags"] & Flag.EPHEMERAL
    assert [field["value"] for field in asked["embeds"][0]["fields"]][:2] == [
        f"<{REPORT}>",
        f"<{OTHER}>",
    ]
    assert options(asked, "bears:claim")[0]["label"].startswith("#3 · Bridge 3 is closed")
    unsent = await newsroom.command("Ada", "claim add")
    await newsroom.stop()
    await newsroom.start()

    again = (await chosen(newsroom, asked, "bears:link", "1")).answer
    assert again["type"] == CallbackType.UPDATE
    key = newsroom.rows("SELECT key FROM claims WHERE number = 3")[0][0]
    form = await chosen(newsroom, asked, "bears:claim", key)

    assert fields(form)["link"]["value"] == OTHER
    await newsroom.told(await newsroom.send("Ada", form, link=OTHER))
    await newsroom.shows(3, "other.example.org")
    sent = await newsroom.send("Ada", unsent, words="The road to the harbour is under water")
    assert "was added" in (await newsroom.told(sent))["content"]


async def test_message_without_link(newsroom):
    """A message without a link is its own evidence."""
    message, asked = await menu(newsroom, "I was there, bridge 4 is closed")
    key = newsroom.rows("SELECT key FROM claims WHERE number = 4")[0][0]

    form = await chosen(newsroom, asked, "bears:claim", key)

    assert fields(form)["link"]["value"].endswith(f"/{newsroom.claims}/{message['id']}")


async def test_claim_not_offered(newsroom):
    """A claim that is not offered can be searched for."""
    _, asked = await menu(newsroom, f"{REPORT} bridge")
    form = await newsroom.press(
        "Ada", asked, "🔎" if "🔎" in buttons(asked) else "Find another claim"
    )

    nothing = await newsroom.told(await newsroom.send("Ada", form, words="volcano"))
    assert nothing["content"] == 'No claim matches "volcano".'
    found = await newsroom.send("Ada", form, words="port")

    assert found.answer["type"] == CallbackType.UPDATE
    (option,) = options(found.answer["data"], "bears:claim")
    assert option["label"].startswith("#5 ·")
    assert found.answer["data"]["embeds"][0]["url"] == REPORT


@pytest.mark.parametrize(
    ("line", "given", "said"),
    [
        ("add", {"words": "   "}, "A claim must have between 1 and 1,000 characters."),
        ("add", {"words": "Yes", "link": "nowhere"}, "That isn't a link."),
        ("add", {"words": "Yes it is", "hedge": "denied"}, "Also say who says it:"),
        ("evidence", {"number": "99", "link": REPORT, "stance": "supports"}, "no claim #99"),
        ("evidence", {"number": "1", "link": "x", "stance": "supports"}, "That isn't a link."),
    ],
)
async def test_unusable_input(newsroom, line, given, said):
    """Input that cannot be used is answered with a sentence, and nothing is kept."""

    def kept():
        return [
            newsroom.rows(f"SELECT count(*) FROM {t}") for t in ("claims", "evidence", "documents")
        ]

    before = kept()
    told = await newsroom.told(await newsroom.command("Ada", f"claim {line}", **given))

    assert said in told["content"]
    assert kept() == before


async def test_pictures(newsroom):
    """A picture sent along, and one attached to a message, are known again on the next card."""
    shot, pictures = save(draw(7)), newsroom.world
    sent = pictures.upload(newsroom.claims, "post.png", shot, "image/png")
    link = "https://social.example.org/posts/1"
    asked = await newsroom.command(
        "Ada", "claim evidence", number="#2", link=link, stance="context", picture=sent
    )
    assert "Added to #2." in (await newsroom.told(asked))["content"]
    await newsroom.until(
        lambda: newsroom.number("SELECT count(*) FROM pictures WHERE phash IS NOT NULL"), within=20
    )

    message = pictures.say(newsroom.person("Ben"), newsroom.claims, "Look, the bridge!")
    file = attachments.Upload("photo.png", "image/png", shot)
    message["attachments"].append(attachments.keep(pictures, newsroom.claims, file))
    asked = pictures.menu(newsroom.person("Ada"), message, "Add as evidence")
    question = await newsroom.told(await newsroom.answered(asked))
    assert "photo.png" in question["embeds"][0]["image"]["url"]
    third = newsroom.rows("SELECT key FROM claims WHERE number = 3")[0][0]
    form = await chosen(newsroom, question, "bears:claim", third)
    address = question["embeds"][0]["url"]
    await newsroom.send("Ada", form, link=address, stance="context")

    await newsroom.until(lambda: "🖼️ (seen before on #2)" in newsroom.words(3), within=20)
    text = pictures.upload(newsroom.claims, "post.txt", b"No picture.", "text/plain")
    refused = await newsroom.command(
        "Ada", "claim evidence", number="#2", link=link + "2", stance="context", picture=text
    )
    assert "isn't a picture" in (await newsroom.told(refused))["content"]


async def test_place_and_time(newsroom):
    """Where and when it happened stands on the card, with a map, and beside the link it is for."""
    placed = await newsroom.command(
        "Ada", "claim place", number="#4", place="48.2082, 16.3738", time="2024-10-18 14:30Z"
    )
    assert "Now on #4: 📍" in (await newsroom.told(placed))["content"]
    marked = "📍 [48.2082, 16.3738](<https://www.openstreetmap.org/?mlat=48.2082&mlon=16.3738"
    await newsroom.until(lambda: marked in newsroom.words(4))
    assert "🕒 <t:1729261800:f>" in newsroom.words(4)

    await newsroom.attach("Ada", 4, OTHER)
    (link,) = await newsroom.completed("Ada", "claim place", "link", "other", number="#4")
    await newsroom.command("Ada", "claim place", number="#4", place="The port", link=link["value"])
    await newsroom.until(lambda: "📍 [The port](<" in newsroom.words(4))
    refused = await newsroom.command("Ada", "claim place", number="#4", place="91, 300")
    assert "a place on Earth" in (await newsroom.told(refused))["content"]
