"""One document from the terminal to the digest: the main job, as a team lives it."""

import asyncio
import re
import time
from copy import deepcopy
from pathlib import Path

import pytest
import pytest_asyncio

from tests.harness import buttons

SEED = Path(__file__).parents[2] / "seeds" / "documents" / "2024-10-18-troops.txt"
LINK = "https://wire.example.net/2024/10/17/ten-thousand"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """The seed document is taken in beside a running bot, and all its claims are posted."""
    async with opened() as newsroom:
        await newsroom.start()
        options = ("--title", "Troops", "--published", "2024-10-18", "--publisher", "The Courier")
        guild = ("--guild", newsroom.world.guild_id)
        newsroom.ran = await newsroom.corrobot("intake", str(SEED), *options, *guild)
        taken = time.monotonic()
        await newsroom.until(newsroom.posted)
        newsroom.waited = time.monotonic() - taken
        numbers = newsroom.posted_numbers()
        await newsroom.posts(*numbers)
        yield newsroom


async def test_cards_in_order(newsroom):
    """Every claim has one card, in order behind the document's."""
    claims = [(number,) for number in newsroom.posted_numbers()]

    assert newsroom.ran.code == 0, newsroom.ran.err
    assert len(claims) >= 15
    assert newsroom.numbers() == [number for (number,) in claims]
    assert newsroom.posted()[0]["embeds"][0]["title"] == "📄 Troops"
    assert len(newsroom.posted()) == len(claims) + 1


async def test_two_seconds(newsroom):
    """Posting begins within two seconds of the intake."""
    assert newsroom.waited < 2


async def test_card_contents(newsroom):
    """A card says who says so and how firmly; Details say in which words."""
    text = SEED.read_text(encoding="utf-8")
    quoted = newsroom.rows(
        "SELECT claims.number, passages.quote, attributions.source, passages.hedge FROM claims"
        " JOIN passages ON passages.claim_id = claims.id JOIN attributions"
        " ON attributions.passage_id = passages.id WHERE attributions.source IS NOT NULL"
    )

    assert len(quoted) >= 5
    for number, quote, source, hedge in quoted[:5]:
        card = newsroom.words(number).replace("\\", "").replace("**", "")
        assert quote in text
        assert source.split()[-1] in card
        assert hedge in card
        details = newsroom.words(
            await newsroom.told(await newsroom.press("Ada", number, "Details"))
        )
        assert " ".join(quote.split())[:60] in details.replace("\\", "")


async def test_card_follows(newsroom):
    """The card follows the votes and the evidence."""
    card = newsroom.card(1)
    await newsroom.shows(card, "0 of 3 votes")

    await newsroom.vote("Ada", 1, "Supported")
    await newsroom.shows(card, "1 of 3 votes")
    await newsroom.vote("Ben", 1, "Supported")
    await newsroom.shows(card, "2 of 3 votes")
    await newsroom.vote("Chloé", 1, "Supported")
    await newsroom.shows(card, "3 votes: ✅ Supported 3")
    await newsroom.shows(card, "Supported, once someone adds a source.")
    assert newsroom.status(1) == "in_review"

    thanks = await newsroom.told(await newsroom.attach("Ada", 1, LINK, note="Third paragraph"))

    assert "Added to #1." in thanks["content"]
    assert newsroom.status(1) == "supported"
    await newsroom.shows(card, "Provisionally supported")
    assert "wire.example.net" not in newsroom.words(newsroom.card(2))
    assert f"](<{LINK}>)" in newsroom.words(card)
    assert "Third paragraph" in newsroom.words(card)
    assert newsroom.card(1) is card


async def test_first_vote(newsroom):
    """A first vote is confirmed privately, with what the verdicts mean."""
    told = await newsroom.told(await newsroom.vote("Dmitri", 2, "Refuted"))

    assert "You: **Refuted**" in told["content"]
    assert "Can't tell: " in told["content"]
    assert [b["label"] for b in told["components"][0]["components"]] == [
        "Add a reason",
        "Take back",
        "Add a link",
    ]

    told = await newsroom.told(await newsroom.vote("Dmitri", 2, "Supported"))

    assert "You: **Supported**" in told["content"]
    assert "Can't tell: " not in told["content"]
    assert newsroom.votes(2) == {"Dmitri": "supported"}


async def test_same_verdict_again(newsroom):
    """The same verdict again changes nothing, and says so with the way to take it back."""
    await newsroom.told(await newsroom.vote("Esra", 3, "Supported"))
    events = newsroom.number("SELECT count(*) FROM events")

    again = await newsroom.vote("Esra", 3, "Supported")

    assert newsroom.number("SELECT count(*) FROM events") == events
    told = await newsroom.told(again)
    assert told["content"] == "You already voted **Supported**. · #3"
    assert list(buttons(told)) == ["Take back"]
    await newsroom.shows(3, "1 of 3 votes")


async def test_reason_and_take_back(newsroom):
    """A reason can be added and a vote taken back from the confirmation."""
    told = await newsroom.told(await newsroom.vote("Ada", 4, "Can't tell"))
    form = await newsroom.press("Ada", told, "Add a reason")
    said = await newsroom.told(await newsroom.send("Ada", form, reason="No report names it."))

    assert "with its reason" in said["content"]
    assert newsroom.rows("SELECT body FROM texts WHERE body LIKE 'No report%'")
    assert "No report" not in newsroom.words(4)

    taken_back = await newsroom.press("Ada", told, "Take back")

    assert "taken back" in taken_back.answer["data"]["content"]
    assert newsroom.votes(4) == {}
    await newsroom.until(lambda: "0 of 3 votes" in newsroom.words(4))


async def test_private_details(newsroom):
    """Details are private, with one's own vote and the history."""
    await newsroom.vote("Ben", 5, "Refuted")
    public = len(newsroom.posted())

    details = newsroom.words(await newsroom.told(await newsroom.press("Ben", 5, "Details")))

    assert "You: **Refuted**" in details
    assert "voted Refuted." in details
    assert "The bot's operator added the claim." in details
    assert len(newsroom.posted()) == public


async def test_claim_show(newsroom):
    """/claim show shows one claim privately, with a link to its card."""
    shown = await newsroom.told(await newsroom.command("Ada", "claim show", number=6))

    assert newsroom.card(6)["id"] in shown["content"]
    assert shown["embeds"][0]["title"] == newsroom.card(6)["embeds"][0]["title"]


async def test_intake_by_command(newsroom):
    """A text brought by command goes the same way."""
    form = await newsroom.command("Ada", "intake text", title="A note", date="2024-10-19")
    before = newsroom.number("SELECT max(number) FROM claims")
    text = "The ministry said on Friday that 300 people had crossed the bridge in Ladoga."

    sent = newsroom.world.submit_modal(
        newsroom.person("Ada"), form, {"text": text, "title": "A note", "date": "2024-10-19"}
    )
    await newsroom.answered(sent)

    preview = await newsroom.until(lambda: sent.original["embeds"] and sent.original, within=30)
    pressed = await newsroom.press("Ada", preview, "Post all")

    said = pressed.answer["data"]["content"]
    assert f"“A note”: 1 claim goes to <#{newsroom.claims}>." in said
    await newsroom.posts(before + 1)
    assert "The ministry" in newsroom.words(before + 1)


async def test_digest_links_cards(newsroom):
    """The digest names itself and links to the cards."""
    asked = await newsroom.command("owner", "digest now")
    told = await newsroom.told(asked)
    assert f"<#{newsroom.digest}>" in told["content"]

    (digest,) = await newsroom.until(lambda: newsroom.posted(newsroom.digest))

    assert digest["embeds"][0]["title"].startswith("Digest · ")
    links = re.findall(r"channels/(\d+)/(\d+)/(\d+)\)", newsroom.words(digest))
    cards = {card["id"] for card in newsroom.cards()}
    assert len(links) >= 3
    assert {link[:2] for link in links} == {(newsroom.world.guild_id, newsroom.claims)}
    assert {message for _, _, message in links} <= cards
    assert newsroom.rows("SELECT kind FROM digest_runs") == [("now",)]


async def test_digest_stands(newsroom):
    """A digest asked for again is not posted again; its lists open for the reader alone."""
    (digest,) = newsroom.posted(newsroom.digest)
    told = await newsroom.told(await newsroom.command("owner", "digest now"))
    assert f"/{newsroom.digest}/{digest['id']})" in told["content"]

    menu = digest["components"][-1]["components"][0]
    counts = {option["label"]: option for option in menu["options"]}
    shown = await newsroom.told(await newsroom.choose("Ada", digest, counts["New"]["value"]))

    assert shown["embeds"][0]["footer"]["text"].endswith(counts["New"]["description"])
    assert "New" in shown["embeds"][0]["description"]
    assert newsroom.posted(newsroom.digest) == [digest]

    ada, forged = newsroom.person("Ada"), ["new yesterday"]
    asked = newsroom.world.choose(ada, digest, menu["custom_id"], forged)
    wrong = await newsroom.told(await newsroom.answered(asked))
    assert "pick one of the lists" in wrong["content"]


async def test_deleted_digest_comes_again(newsroom):
    """A digest whose message was deleted is posted anew when somebody asks."""
    (digest,) = newsroom.posted(newsroom.digest)
    del newsroom.world.messages[newsroom.digest][digest["id"]]

    told = await newsroom.told(await newsroom.command("owner", "digest now"))

    assert "on its way" in told["content"]
    await newsroom.until(lambda: newsroom.posted(newsroom.digest))


async def test_digest_posted_anyway(newsroom):
    """Whoever wants a digest beside the last hour's gets one more, however often they press."""
    (digest,) = newsroom.posted(newsroom.digest)
    known = f"SELECT 1 FROM outbox WHERE message_id = {digest['id']}"  # our own
    await newsroom.until(lambda: newsroom.rows(known))
    told = await newsroom.told(await newsroom.command("owner", "digest now"))

    assert "less than an hour old" in told["content"]
    made = (await newsroom.press("owner", deepcopy(told), "Post it anyway")).answer["data"]
    await newsroom.until(lambda: len(newsroom.posted(newsroom.digest)) == 2)
    again = (await newsroom.press("owner", told, "Post it anyway")).answer["data"]

    assert "on its way" in made["content"]
    assert "less than an hour old" in again["content"]
    assert len(newsroom.posted(newsroom.digest)) == 2


async def test_terminal_agrees(newsroom):
    """The terminal's audit and digest agree beside the running bot."""
    runs = newsroom.number("SELECT count(*) FROM digest_runs")
    audited, digest = await asyncio.gather(
        newsroom.corrobot("audit", "--all"),
        newsroom.corrobot("digest", "--guild", newsroom.world.guild_id, "--preview"),
    )

    assert (audited.code, audited.err) == (0, "")
    assert re.search(r"^\d+ claims, \d+ events, 0 differences$", audited.out, re.MULTILINE)
    assert digest.code == 0
    assert digest.out.startswith("Daily digest · ")
    assert newsroom.number("SELECT count(*) FROM digest_runs") == runs
