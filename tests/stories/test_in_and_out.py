"""Documents in by triage, claims out by export, as people do it."""

import json
import re
from copy import deepcopy

import pytest
import pytest_asyncio

from bot.sandbox.rules.codes import CallbackType, Flag
from tests.harness import buttons, read_refusal

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        newsroom.take_in("=Bridge 1 is closed", "Bridge 2 is closed", title="=cmd @everyone")
        await newsroom.start()
        await newsroom.posts(1, 2)
        yield newsroom


async def later(newsroom, asked, within=30):
    """The private message that a promised answer became, once it says something final."""
    assert asked.answer["type"] == CallbackType.THINKING
    assert asked.answer["data"]["flags"] & Flag.EPHEMERAL

    def final():
        shown = asked.original
        told = shown["content"] and not re.search(r" …( |$)", shown["content"])  # how far it is
        return shown if shown["attachments"] or shown["embeds"] or told else None

    return await newsroom.until(final, within)


# -------------------------------------------------------------------------------------- triage

NOTE = """The ministry said on Friday that 300 people had crossed the {river} at Ladoga.

Police confirmed that two trucks had stopped near the {river}.

Residents claimed that the {river} had risen by 4 metres since Monday."""


async def bring(newsroom, name, river, **fields):
    """Somebody brings a text of three claims by the form; the private preview."""
    form = await newsroom.command(name, "intake text")
    fields = {"text": NOTE.format(river=river), "title": f"The {river}", **fields}
    sent = newsroom.world.submit_modal(newsroom.person(name), form, fields)
    await newsroom.answered(sent)
    return await later(newsroom, sent)


async def pick(newsroom, name, preview, *values):
    menu = preview["components"][0]["components"][0]
    chosen = newsroom.world.choose(
        newsroom.person(name), preview, menu["custom_id"], list(map(str, values))
    )
    await newsroom.answered(chosen)
    assert chosen.answer["type"] == CallbackType.UPDATE, chosen.answer
    return preview


def said(asked):
    """What a button's answer put in the place of its message."""
    assert asked.answer["type"] == CallbackType.UPDATE, asked.answer
    return asked.answer["data"].get("content")


def kept(newsroom):
    """What the team has: nothing of a draft may show in it."""
    return [
        newsroom.number(f"SELECT count(*) FROM {table}")
        for table in ("documents", "claims", "events", "outbox")
    ]


async def test_private_preview(newsroom):
    """A preview is private and ranked, and nothing of it is the team's."""
    before = kept(newsroom)

    preview = await bring(newsroom, "Ada", "Neva", publisher="The Courier")

    shown = newsroom.words(preview)
    assert preview["flags"] & Flag.EPHEMERAL
    assert "**3** claims found" in shown
    assert "Only you see this" in shown
    assert "**reported**" in shown
    assert "300 people" in shown
    worths = [int(worth) for worth in re.findall(r"(\d+)%", shown)]
    assert worths == sorted(worths, reverse=True)
    assert len(worths) == 3
    assert kept(newsroom) == before
    assert newsroom.number("SELECT count(*) FROM drafts") == 1


async def test_picks_survive_restart(newsroom):
    """Picks and edits survive a restart and are posted."""
    preview = await bring(newsroom, "Ada", "Luga")
    last = newsroom.number("SELECT max(number) FROM claims")
    await pick(newsroom, "Ada", preview, 2)
    old = deepcopy(preview)

    assert await newsroom.stop() == 0
    await newsroom.start()
    form = await newsroom.press("Ada", preview, "Edit")
    asked = newsroom.world.submit_modal(
        newsroom.person("Ada"), form, {"words": "The Luga has risen by four metres"}
    )
    await newsroom.answered(asked)
    assert "four metres" in newsroom.words(preview)
    assert "Post 1 picked" in buttons(preview)
    pressed = await newsroom.press("Ada", preview, "Post 1 picked")

    assert said(pressed) == (
        f"“The Luga”: 1 claim goes to <#{newsroom.claims}>. 2 more are on the shelf."
    )
    await newsroom.until(lambda: len(newsroom.numbers()) > 2)
    (number,) = (n for n in newsroom.numbers() if n > last)
    assert "The Luga has risen by four metres" in newsroom.words(number)
    again = await newsroom.press("Ada", old, "Post all")
    assert read_refusal(again).startswith("This text is no longer waiting:")


async def test_discarded_text(newsroom):
    """A discarded text leaves nothing behind."""
    before = kept(newsroom)
    preview = await bring(newsroom, "Ada", "Volga")
    drafts = newsroom.number("SELECT count(*) FROM drafts")

    await newsroom.press("Ada", preview, "Discard")
    assert list(buttons(preview)) == ["Discard it", "Back"]
    await newsroom.press("Ada", preview, "Back")
    assert "Post all" in buttons(preview)
    await newsroom.press("Ada", preview, "Discard")
    pressed = await newsroom.press("Ada", preview, "Discard it")

    assert said(pressed) == "“The Volga” was discarded; nothing was kept."
    assert newsroom.number("SELECT count(*) FROM drafts") == drafts - 1
    assert kept(newsroom) == before


async def test_lost_preview(newsroom):
    """A lost preview is found again, and the same text is the same draft."""
    preview = await bring(newsroom, "Ben", "Don")
    await pick(newsroom, "Ben", preview, 1)
    again = await bring(newsroom, "Ben", "Don")
    assert "Post 1 picked" in buttons(again)

    listed = await newsroom.told(await newsroom.command("Ben", "intake drafts"))
    assert listed["content"] == "1 of your texts is waiting for a decision."
    (option,) = listed["components"][0]["components"][0]["options"]
    chosen = newsroom.world.choose(newsroom.person("Ben"), listed, "drafts", [option["value"]])
    await newsroom.answered(chosen)
    found = await later(newsroom, chosen)

    assert "Post 1 picked" in buttons(found)
    pressed = await newsroom.press("Ben", found, "Shelve all")
    assert said(pressed) == "“The Don”: 3 claims are on the shelf; nothing was posted."
    anew = await bring(newsroom, "Ben", "Don")
    assert anew["content"] == "The team already has “The Don”, with 0 claims posted."


async def test_known_claim_is_marked(newsroom):
    """A claim the team has is marked with its status."""
    first = await bring(newsroom, "Ben", "Ob")
    await newsroom.press("Ben", first, "Post all")
    number = newsroom.number("SELECT max(number) FROM claims")
    await newsroom.posts(number)
    await newsroom.vote("Ada", number, "Supported")

    second = await bring(newsroom, "Ben", "Ob", text=NOTE.format(river="Ob") + "\n\nThat is all.")

    shown = newsroom.words(second)
    assert f"already known: [#{number}](" in shown
    assert "In review" in shown
    assert newsroom.card(number)["id"] in shown


async def test_reading_cut_short(newsroom):
    """A text whose reading was cut short by a stop is read when it is opened again."""
    text = NOTE.format(river="Aldan") + "\n\n" + "Why did it rain so long, who knows? " * 20_000
    upload = newsroom.world.upload(newsroom.claims, "aldan.txt", text.encode())
    asked = await newsroom.command("Ada", "intake file", file=upload, title="The Aldan")
    await newsroom.until(lambda: newsroom.rows("SELECT 1 FROM drafts WHERE title = 'The Aldan'"))
    assert await newsroom.stop() == 0
    assert "Corrobot is shutting down." in asked.original["content"]
    short = NOTE.format(river="Aldan")  # so that this story does not read for long
    newsroom.change("UPDATE drafts SET text = ? WHERE title = 'The Aldan'", short)
    await newsroom.start()

    listed = await newsroom.told(await newsroom.command("Ada", "intake drafts"))
    options = listed["components"][0]["components"][0]["options"]
    (aldan,) = (each for each in options if each["label"] == "The Aldan")
    chosen = newsroom.world.choose(newsroom.person("Ada"), listed, "drafts", [aldan["value"]])
    preview = await later(newsroom, await newsroom.answered(chosen))

    assert aldan["description"] == "not read yet"
    assert "Aldan" in newsroom.words(preview)
    await newsroom.press("Ada", preview, "Discard")
    await newsroom.press("Ada", preview, "Discard it")


def holding(preview, custom_id, kind=2):
    """A preview with one button or menu of this id on it, as a copied or a made-up one would be."""
    message = deepcopy(preview)
    part = {"type": kind, "id": 9, "style": 2, "label": "x", "custom_id": custom_id}
    message["components"] = [{"type": 1, "id": 8, "components": [part]}]
    return message


async def everything_on(newsroom, name, preview, key):
    """Every button, menu and form of a draft, used by somebody with its key; what each is told."""
    world, who = newsroom.world, newsroom.person(name)
    actions = ("all", "some", "shelve", "edit", "discard", "gone", "back", "before", "after")
    asked = [
        world.click(who, holding(preview, custom_id), custom_id)
        for custom_id in (f"draft:{key}:{action}:0" for action in actions)
    ]
    for custom_id, value in ((f"draft:{key}:pick:0", "0"), ("drafts", key)):
        asked.append(world.choose(who, holding(preview, custom_id, 3), custom_id, [value]))
    form = await newsroom.command(name, "intake text")
    form.answer["data"]["custom_id"] = f"draft:{key}:0:0"
    asked.append(world.submit_modal(who, form, {"words": "Other words"}))
    return [read_refusal(await newsroom.answered(each)) for each in asked]


async def test_others_drafts(newsroom):
    """A draft is nobody else's, whatever they press."""
    preview = await bring(newsroom, "Ada", "Tobol")
    ((key,),) = newsroom.rows("SELECT key FROM drafts WHERE title = 'The Tobol'")
    before, draft = kept(newsroom), newsroom.rows("SELECT * FROM drafts")

    told = await everything_on(newsroom, "Chloé", preview, key)

    assert set(told) == {
        "Only moderators and the person who brought in this text can decide on it."
    }
    assert (kept(newsroom), newsroom.rows("SELECT * FROM drafts")) == (before, draft)
    gone = await everything_on(newsroom, "Ada", preview, "A" * 22)
    assert {each[:34] for each in gone} == {"This text is no longer waiting: it"}
    await newsroom.press("Ada", preview, "Discard")
    await newsroom.press("Ada", preview, "Discard it")


async def test_other_server(newsroom):
    """A draft cannot be opened from another server."""
    preview = await bring(newsroom, "Ada", "Ishim")
    here = newsroom.world.guild_id
    newsroom.world.guild_id = "424242424242424242"
    try:
        told = read_refusal(await newsroom.press("Ada", preview, "Post all"))
    finally:
        newsroom.world.guild_id = here

    assert told.startswith("Corrobot isn't set up in this server yet.")
    await newsroom.press("Ada", preview, "Discard")
    await newsroom.press("Ada", preview, "Discard it")


# ------------------------------------------------------------------------- files and messages

PAGE = """<!doctype html><html><head><title>{title}</title>
<meta property="og:site_name" content="The Herald">
<meta property="article:published_time" content="2024-10-18"></head><body><nav>Home</nav>
<article><p>The ministry said on Friday that 300 people had crossed the {river} by the old
bridge, in what officials described as the largest movement of the year.</p>
<p>Police confirmed that two trucks had stopped near the {river} on the same day.</p></article>
<footer>Subscribe to our newsletter.</footer></body></html>"""


async def bring_file(newsroom, name, filename, content, **options):
    upload = newsroom.world.upload(newsroom.claims, filename, content)
    return await newsroom.command(name, "intake file", file=upload, **options)


@pytest.mark.parametrize(
    ("filename", "content", "title"),
    [
        ("note.txt", NOTE.format(river="Oka"), "The ministry said on Friday"),
        ("note.md", "# The Kama\n\n" + NOTE.format(river="Kama"), "The Kama"),
        ("long.txt", NOTE.format(river="Ural") + "\n\n" + "Why? " * 1000, "The ministry"),
        ("page.html", PAGE.format(title="The Lena", river="Lena"), "The Lena"),
    ],
    ids=["text", "markdown", "longer than a form", "web page"],
)
async def test_file(newsroom, filename, content, title):
    """A file is read and shown like a text."""
    asked = await bring_file(newsroom, "Ada", filename, content.encode())
    preview = await later(newsroom, asked)

    shown = newsroom.words(preview)
    assert f"📄 {title}" in shown
    assert "300 people" in shown
    assert "newsletter" not in shown
    if filename.endswith("html"):
        assert "The Herald · Oct 18, 2024" in shown
    await newsroom.press("Ada", preview, "Discard")
    await newsroom.press("Ada", preview, "Discard it")


@pytest.mark.parametrize(
    ("filename", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7 and so on", "a.pdf is broken, or isn't the PDF"),
        ("a.txt", bytes(range(128, 256)) * 9, "a.txt isn't UTF-8"),
        ("a.csv", b"a,b\n1,2\n", "a.csv is a table, which can't be read"),
        ("a.txt", b"abc\0def", "a.txt isn't a text file"),
        ("a.txt", b"  \n", "a.txt is empty"),
        ("a.html", b"<html></html>", "No main text was found in the web page a.html"),
    ],
    ids=["pdf", "no encoding", "table", "binary", "empty", "nothing in it"],
)
async def test_unreadable_file(newsroom, filename, content, said):
    """A file that cannot be read is answered with a sentence."""
    before = newsroom.number("SELECT count(*) FROM drafts")

    asked = await bring_file(newsroom, "Ada", filename, content)
    told = (await later(newsroom, asked))["content"].replace("\\", "")

    assert told.startswith(said)
    assert newsroom.number("SELECT count(*) FROM drafts") == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": 5_000_001}, "big.txt is 5.0 MB"),
        ({"url": "https://evil.example/big.txt"}, "big.txt isn't hosted by Discord"),
        ({"url": "https://cdn.discordapp.com.evil.example/a"}, "big.txt isn't hosted by Discord"),
        ({"url": "https://cdn.discordapp.com@evil.example/a"}, "big.txt isn't hosted by Discord"),
        ({"url": "http://cdn.discordapp.com/a"}, "big.txt isn't hosted by Discord"),
        ({"url": "http://169.254.169.254/latest"}, "big.txt isn't hosted by Discord"),
        ({"url": "file:///etc/passwd"}, "big.txt isn't hosted by Discord"),
    ],
)
async def test_foreign_address(newsroom, change, said):
    """A file at any other address is refused before it is fetched."""
    upload = newsroom.world.upload(newsroom.claims, "big.txt", b"A text.")
    newsroom.world.files[upload][0].update(change)

    told = read_refusal(await newsroom.command("Ada", "intake file", file=upload))

    assert told.replace("\\", "").startswith(said)


async def test_missing_or_larger_file(newsroom):
    """A file that is gone, or larger than it says, is reported."""
    upload = newsroom.world.upload(newsroom.claims, "gone.txt", b"A text.")
    newsroom.world.files[upload][0]["url"] = newsroom.world.address("/attachments/1/2/gone.txt")
    gone = await later(newsroom, await newsroom.command("Ada", "intake file", file=upload))
    upload = newsroom.world.upload(newsroom.claims, "big.txt", b"A text. " * 700_000)
    newsroom.world.files[upload][0]["size"] = 7
    big = await later(newsroom, await newsroom.command("Ada", "intake file", file=upload))

    assert "Discord can't provide gone.txt right now" in gone["content"]
    assert "big.txt is 5." in big["content"]


async def extract(newsroom, name, message):
    return await newsroom.answered(
        newsroom.world.menu(newsroom.person(name), message, "Extract claims")
    )


async def test_any_message(newsroom):
    """Claims are extracted from any message, with all its texts."""
    author = newsroom.person("**Eve** @here")
    message = newsroom.world.say(author, newsroom.claims, NOTE.format(river="Irtysh"))
    upload = newsroom.world.upload(
        newsroom.claims, "page.html", PAGE.format(title="T", river="Yenisei").encode()
    )
    message["attachments"] = [newsroom.world.files[upload][0]]
    message["embeds"] = [
        {"type": "rich", "description": "Two bridges across the Angara were closed on 3 May 2024."}
    ]

    preview = await later(newsroom, await extract(newsroom, "Ada", message))

    shown = newsroom.words(preview)
    for said in ("Irtysh", "Yenisei", "Angara"):
        assert said in shown
    assert "\\*\\*Eve\\*\\* @\u200bhere" in shown
    assert "who wrote the message" in shown
    ((publisher, url),) = newsroom.rows(
        "SELECT publisher, url FROM drafts WHERE url LIKE '%/channels/%'"
    )
    assert publisher == "**Eve** @here"
    assert url.endswith(f"/{newsroom.claims}/{message['id']}")
    await newsroom.press("Ada", preview, "Discard")
    await newsroom.press("Ada", preview, "Discard it")


async def test_reply_to_oneself(newsroom):
    """A reply to oneself is a message like any other."""
    author = newsroom.person("Ada")
    first = newsroom.world.say(author, newsroom.claims, "Look at this.")
    reply = newsroom.world.say(
        author, newsroom.claims, "Three dams on the Ob have failed since May."
    )
    reply |= {
        "type": 19,
        "message_reference": {"message_id": first["id"], "channel_id": first["channel_id"]},
        "referenced_message": first,
    }

    preview = await later(newsroom, await extract(newsroom, "Ada", reply))

    assert "Three dams" in newsroom.words(preview)
    await newsroom.press("Ada", preview, "Discard")
    await newsroom.press("Ada", preview, "Discard it")


async def test_forwarded_message(newsroom):
    """A forwarded message is read too."""
    message = newsroom.world.say(newsroom.person("Ada"), newsroom.claims, "x")
    forwarded = {**message, "content": "Two ferries across the Amur have sunk since 3 May 2024."}
    message |= {"content": "", "message_snapshots": [{"message": forwarded}]}

    preview = await later(newsroom, await extract(newsroom, "Ada", message))

    assert "Two ferries" in newsroom.words(preview)
    await newsroom.press("Ada", preview, "Discard")
    await newsroom.press("Ada", preview, "Discard it")


async def test_unsuitable_message(newsroom):
    """A message of ours, or one without words, is refused with a sentence."""
    empty = newsroom.world.say(newsroom.person("Ada"), newsroom.claims, "x")
    empty["content"] = ""

    assert read_refusal(await extract(newsroom, "Ada", newsroom.card(1))).startswith(
        "This is one of my own messages, so its content is already known."
    )
    told = await later(newsroom, await extract(newsroom, "Ada", empty))
    assert told["content"].startswith("This message has nothing to read.")


# -------------------------------------------------------------------------------------- export


async def test_export_as_file(newsroom):
    """Moderators get the claims privately as a file."""
    asked = await newsroom.command("owner", "export", format="jsonl", document="=cmd @everyone")
    told = await later(newsroom, asked)

    (file,) = told["attachments"]
    lines = newsroom.world.files[file["id"]][1].decode().splitlines()
    assert told["content"] == "2 claims."
    assert file["filename"].endswith(".jsonl")
    assert [json.loads(line)["claim"] for line in lines] == [
        "=Bridge 1 is closed",
        "Bridge 2 is closed",
    ]
    assert json.loads(lines[0])["card"].endswith(newsroom.card(1)["id"])


async def test_export_in_terminal(newsroom, tmp_path):
    """The terminal writes the same beside the running bot."""
    target = tmp_path / "claims.csv"
    guild = ("--guild", newsroom.world.guild_id)

    ran = await newsroom.corrobot("export", *guild, "--format", "csv", "-o", str(target))

    asked = await newsroom.command("owner", "export", format="csv")
    (file,) = (await later(newsroom, asked))["attachments"]
    assert (ran.code, ran.out) == (0, "")
    assert re.search(r"claims\.csv: \d+ claims", ran.err)
    assert target.read_bytes() == newsroom.world.files[file["id"]][1]
    assert "'=Bridge" in target.read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"status": "refuted"}, "No claim matches."),
        (
            {"document": "nowhere"},
            "The team has no document “nowhere”. Pick one from the list.",
        ),
        ({"since": "yesterday"}, '"yesterday" isn\'t a date.'),
    ],
)
async def test_empty_export(newsroom, options, said):
    """An export of nothing is answered with a sentence."""
    assert read_refusal(
        await newsroom.command("owner", "export", format="csv", **options)
    ).startswith(said)


async def test_export_refused(newsroom):
    """An export is refused to everybody else."""
    newsroom.person("Ada")

    assert read_refusal(await newsroom.command("Ada", "export", format="csv")) == (
        "Only moderators can do that."
    )


async def test_document_completion(newsroom):
    """Documents are completed by their titles."""
    asked = newsroom.world.complete(
        newsroom.world.owner, newsroom.claims, "export", "document", document="CMD", format="csv"
    )
    await newsroom.answered(asked)

    ((name, key),) = ((c["name"], c["value"]) for c in asked.answer["data"]["choices"])
    assert name == "=cmd @everyone"
    assert len(key) == 22


async def test_foreign_language(newsroom):
    """A text in another language is answered with a sentence."""
    before = newsroom.number("SELECT count(*) FROM documents")
    german = "Der Minister sagte am Freitag, dreihundert Menschen hätten den Fluss überquert. " * 2

    refused = await bring(newsroom, "Ada", "Rhein", text=german)

    assert "seems to be in German. Only English can be read so far." in refused["content"]
    assert newsroom.number("SELECT count(*) FROM documents") == before
