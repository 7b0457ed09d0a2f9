"""The page in a real browser, in front of a real discord.py."""

import io
import shutil
from datetime import timedelta
from pathlib import Path

import axe_playwright_python
import discord
import pytest
import pytest_asyncio
from discord import app_commands, ui

from bot.i18n.translator import translator_for
from bot.rendering.digest_formats import digest_html
from bot.sandbox.rules.codes import ChannelType
from bot.sandbox.rules.permissions import MODERATOR
from bot.sandbox.server import OfflineDiscord
from bot.sandbox.world import World
from tests.builders import AT, build_digest_claim, build_team
from tests.expect import wait_until
from workflows.digest.sections import Window
from workflows.digest.team_digest import compose_digest

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]
TOO_WIDE = """[...document.querySelectorAll("main *")].filter((node) =>
    !node.closest("pre") && node.getBoundingClientRect().right > innerWidth + 1).length"""
HOSTILE = (
    "<img src=x onerror=window.hurt=1> <script>window.hurt=1</script> "
    "[click](javascript:window.hurt=1) javascript:window.hurt=1 <b>bold</b>"
)


class Tabs:
    """A browser's tabs. One that a test has done with is taken again: a new one costs a process."""

    def __init__(self, browser):
        self.browser, self.trouble = browser, []
        self._idle, self._shown = {True: [], False: []}, []

    async def show(self, address, width=1200, color_scheme="light", has_touch=False):
        idle = self._idle[has_touch]
        page = idle.pop() if idle else await self._open(has_touch)
        self._shown.append((page, has_touch))
        await page.set_viewport_size({"width": width, "height": 800})
        await page.emulate_media(color_scheme=color_scheme, reduced_motion="reduce")
        await page.goto(address)
        return page

    async def _open(self, has_touch):
        context = await self.browser.new_context(has_touch=has_touch)
        page = await context.new_page()
        page.set_default_timeout(4000)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda m: m.type == "error" and self.trouble.append(m.text))
        return page

    async def leave(self):
        """Empties every tab, and closes what was opened out of it."""
        for page, has_touch in self._shown:
            for other in page.context.pages:
                await (page.goto("about:blank") if other is page else other.close())
            await page.context.clear_cookies()
            self._idle[has_touch].append(page)
        self._shown.clear()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def tabs():
    playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    async with playwright.async_playwright() as p:
        browser = await p.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield Tabs(browser)
        await browser.close()


class Stage:
    """A world with Ada (its owner) and Ben, a bot in it, and tabs open on it."""

    def __init__(self, tabs, world, offline, client):
        self.tabs, self.world, self.offline, self.client = tabs, world, offline, client
        self.room = client.room(world, "general")
        self.ben = world.person("Ben")

    async def tab(self, person="Ada", **how):
        who = self.world.person(person)["id"]
        page = await self.tabs.show(f"{self.offline.page_address}&as={who}", **how)
        await page.get_by_role("button", name=f"Acting as {person}").wait_for()
        return page


@pytest_asyncio.fixture(loop_scope="module")
async def stage(tabs, log_in):
    world = World(name="Newsroom", owner="Ada", channels=("general", "digest"))
    world.user("Ben", (world.role("moderators", MODERATOR),))
    world.user("Chloé")
    offline = OfflineDiscord(world)
    await offline.start()
    tabs.trouble.clear()
    async with log_in(world, guilds=True) as client:
        stage = Stage(tabs, world, offline, client)
        yield stage
        await tabs.leave()
    await stage.offline.stop()
    assert tabs.trouble == []


def a_button(label="Supported", custom_id="vote"):
    return ui.View(timeout=None).add_item(ui.Button(label=label, custom_id=custom_id))


async def expect(locator):
    await locator.wait_for()


def among(page, words, **how):
    """Among the messages."""
    return page.locator("#log").get_by_text(words, **how)


async def test_update_on_every_page(stage):
    """A click answered by type 7 updates every open page."""
    votes = []

    async def vote(interaction):
        votes.append(interaction.user.name)
        await interaction.response.edit_message(content=f"{len(votes)} of 3 votes")

    stage.client.on_click = vote
    await stage.room.send("0 of 3 votes", view=a_button())
    ada, ben = await stage.tab("Ada"), await stage.tab("Ben")

    await ada.get_by_role("button", name="Supported").click()
    await expect(among(ben, "1 of 3 votes"))
    await ben.get_by_role("button", name="Supported").click()
    await expect(among(ada, "2 of 3 votes"))

    assert votes == ["Ada", "Ben"]


async def test_private_answer(stage):
    """A private reply is shown to one person until dismissed."""
    stage.client.on_click = lambda i: i.response.send_message("You: Supported", ephemeral=True)
    await stage.room.send("card", view=a_button())
    await stage.room.send("what came later")
    ada, ben = await stage.tab("Ada"), await stage.tab("Ben")

    await ada.get_by_role("button", name="Supported").click()
    answer = ada.locator(".message.private")
    await expect(answer.get_by_text("Only you can see this"))
    order = await ada.locator(".message .text").all_inner_texts()
    await answer.get_by_role("button", name="Dismiss").click()
    await answer.wait_for(state="detached")

    assert order == ["card", "what came later", "You: Supported"]
    assert await ben.get_by_text("You: Supported").count() == 0


async def test_private_answer_below(stage):
    """Whoever has scrolled up sees the card change, is told of the answer, and led to it."""

    async def vote(interaction):
        await interaction.response.edit_message(content="1 of 3 votes")
        await interaction.followup.send("You: **Supported**\n-# What it means", ephemeral=True)

    stage.client.on_click = vote
    await stage.room.send("0 of 3 votes", view=a_button())
    for number in range(30):
        await stage.room.send(f"what came later, {number}")
    ada = await stage.tab(width=390)
    await ada.get_by_role("button", name="Supported").click()

    await expect(among(ada, "1 of 3 votes"))
    hint = ada.get_by_role("button", name="Only you can see: You: Supported")
    await hint.click()

    await expect(ada.locator(".message.private:last-child").get_by_text("You: Supported"))
    assert await ada.locator(".message.private").is_visible()
    await hint.wait_for(state="hidden")


async def test_keeps_place(stage):
    """Whoever becomes somebody else goes on reading where they were."""
    for number in range(60):
        await stage.room.send(f"Message {number}")
    page = await stage.tab("Ada")
    await page.get_by_text("Message 20", exact=True).evaluate("node => node.scrollIntoView()")
    before = await page.locator("#log").evaluate("log => log.scrollTop")
    await page.get_by_role("button", name="Acting as Ada").click()
    await page.locator("#people").get_by_role("button", name="Ben moderator").first.click()

    await expect(page.get_by_role("button", name="Acting as Ben, moderator"))
    after = await page.locator("#log").evaluate("log => log.scrollTop")
    assert abs(after - before) < 40


async def test_page_elsewhere(stage):
    """A link to a page that the world has the text of opens that text."""
    address = "https://courier.example/bridge"
    stage.world.web = {address: "The bridge\n\nIt is <b>closed</b>."}
    await stage.room.send(f"[The Courier]({address}#:~:text=closed)")
    ada = await stage.tab()
    async with ada.context.expect_page() as opened:
        await ada.get_by_role("link", name="The Courier").click()
    read = await opened.value

    assert await read.get_by_role("heading").inner_text() == "The bridge"
    assert await read.get_by_text("It is <b>closed</b>.").is_visible()


async def test_forum(stage):
    """A forum lists its posts with their tags, open ones first; a post can be talked in."""
    here = int(stage.world.add_channel("claims", ChannelType.FORUM))
    forum = await wait_until(lambda: stage.client.get_channel(here))
    await forum.edit(available_tags=[discord.ForumTag(name="Needs votes")])
    forum = await wait_until(lambda: (it := stage.client.get_channel(here)).available_tags and it)
    first = await forum.create_thread(name="#1 · The bridge is closed", content="card 1")
    tags = list(forum.available_tags)
    await forum.create_thread(name="#2 · The ferry runs", content="card 2", applied_tags=tags)
    ada = await stage.tab(width=390)
    await ada.get_by_role("button", name="Channels").click()
    await ada.get_by_role("button", name="claims").click()

    await expect(among(ada, "#2 · The ferry runs"))
    await first.thread.edit(archived=True, locked=True)
    await expect(among(ada, "Closed posts"))

    names = await ada.locator(".post").all_inner_texts()
    assert [name.split(" · ")[0][-2:] for name in names] == ["#2", "#1"]
    await ada.get_by_role("button", name="#2 · The ferry runs Needs votes").click()
    await expect(among(ada, "card 2"))
    await ada.get_by_role("textbox").fill("I was there")
    await ada.get_by_role("button", name="Send").click()
    await expect(among(ada, "I was there"))
    await ada.get_by_role("button", name="‹ claims").click()
    await expect(among(ada, "Open posts"))
    assert await ada.evaluate(TOO_WIDE) == 0


async def test_thread_under_a_message(stage):
    """A thread stands under its message, begins with it, and leads back."""
    card = await stage.room.send("the document")
    thread = await card.create_thread(name="Its claims")
    await thread.send("card 1")
    await (await stage.room.send("a long one")).create_thread(name="A name with no end " * 5)
    ada = await stage.tab(width=390)

    await ada.get_by_role("button", name="↳ Its claims · 1 message").click()

    await expect(among(ada, "card 1"))
    assert await ada.locator("#log .text").all_inner_texts() == ["the document", "card 1"]
    await ada.get_by_role("button", name="‹ general").click()
    await ada.get_by_role("button", name="↳ A name with no end").click()
    await expect(ada.get_by_role("button", name="‹ general"))
    assert await ada.evaluate(TOO_WIDE) == 0


async def test_silent_bot(stage):
    """A bot that is silent for three seconds is reported."""
    stage.world.token_window = 0.1
    await stage.room.send("card", view=a_button())
    ada = await stage.tab()

    await ada.get_by_role("button", name="Supported").click()

    await expect(among(ada, "The application did not respond"))


async def test_thinking_bot(stage):
    """A bot that thinks is seen thinking."""

    async def think(interaction):
        await interaction.response.defer(ephemeral=True, thinking=True)
        stage.client.thinking = interaction

    stage.client.on_click = think
    await stage.room.send("card", view=a_button("Details"))
    ada = await stage.tab()

    await ada.get_by_role("button", name="Details").click()
    await expect(among(ada, "votebot is thinking"))
    await stage.client.thinking.edit_original_response(content="All of it")
    await expect(among(ada, "All of it"))
    assert await among(ada, "votebot is thinking").count() == 0


async def test_form(stage):
    """A form is filled in, checked and sent."""
    radio = [discord.RadioGroupOption(label=s, value=s) for s in ("supports", "refutes")]
    boxes = [discord.CheckboxGroupOption(label=s, value=s) for s in ("seen", "saved")]

    class Form(ui.Modal, title="Add evidence"):
        hint = ui.TextDisplay("What **shows** it?")
        link = ui.Label(text="Link", description="An address", component=ui.TextInput())
        stance = ui.Label(text="It", component=ui.RadioGroup(options=radio))
        done = ui.Label(text="Done", component=ui.CheckboxGroup(options=boxes, required=False))
        file = ui.Label(text="Proof", component=ui.FileUpload(required=False))

        async def on_submit(self, interaction):
            file = await self.file.component.values[0].read()
            parts = (self.link.component.value, self.stance.component.value)
            said = (*parts, *self.done.component.values, file.decode())
            await interaction.response.send_message(" ".join(said))

    stage.client.on_click = lambda i: i.response.send_modal(Form())
    await stage.room.send("card", view=a_button("Add evidence"))
    ada = await stage.tab()
    await ada.get_by_role("button", name="Add evidence").click()
    form = ada.get_by_role("dialog", name="Add evidence")
    link = form.get_by_label("Link")

    await form.get_by_role("button", name="Submit").click()
    assert await link.evaluate("field => field.matches(':invalid')")
    await link.fill("https://a.b")
    await form.get_by_label("refutes").check()
    await form.get_by_label("saved").check()
    proof = {"name": "p.txt", "mimeType": "text/plain", "buffer": b"bytes"}
    await form.get_by_label("Proof").set_input_files(proof)
    await form.get_by_role("button", name="Submit").click()

    await expect(among(ada, "refutes saved bytes"))
    assert await form.count() == 0


async def test_escape_leaves_form(stage):
    """Escape closes a form, and the focus goes back."""

    class Form(ui.Modal, title="Reason"):
        why = ui.Label(text="Why", component=ui.TextInput(style=discord.TextStyle.long))

    stage.client.on_click = lambda i: i.response.send_modal(Form())
    await stage.room.send("card", view=a_button("Add a reason"))
    ada = await stage.tab()
    await ada.get_by_role("button", name="Add a reason").focus()
    await ada.keyboard.press("Enter")
    await expect(ada.get_by_role("dialog", name="Reason"))
    for _ in range(6):  # the focus stays inside
        await ada.keyboard.press("Tab")
        assert await ada.evaluate("document.activeElement.closest('dialog, body').tagName") in (
            "DIALOG",
            "BODY",
        )
    await ada.keyboard.press("Escape")

    assert await ada.evaluate("document.activeElement.textContent") == "Add a reason"


async def test_command_by_keyboard(stage):
    """A slash command is found, completed and run by keyboard."""
    group = app_commands.Group(name="claim", description="Claims")

    @group.command(name="list", description="Claims by document")
    async def listed(i, document: str, count: int = 1):
        await i.response.send_message(f"got {document} {count}")

    @listed.autocomplete("document")
    async def complete(_, typed: str):
        return [app_commands.Choice(name=f"Report {typed}", value="doc-1")]

    stage.client.tree.add_command(group)
    for number in range(30):
        await stage.room.send(f"Message {number}")
    ada = await stage.tab()
    await stage.client.tree.sync()
    await ada.locator("#log").evaluate("log => log.scrollTop = 0")

    await ada.get_by_role("textbox", name="Message general").fill("/cl")
    await expect(ada.get_by_role("option", name="/claim list"))
    await ada.keyboard.press("Enter")
    await ada.keyboard.type("abc")
    await expect(ada.get_by_role("option", name="Report abc"))
    await ada.keyboard.press("ArrowDown")
    await ada.keyboard.press("Enter")
    await ada.get_by_label("count").fill("3")
    await ada.keyboard.press("Enter")

    await expect(among(ada, "got doc-1 3"))
    await expect(among(ada, "↳ Ada used claim"))
    end = await ada.locator("#log").evaluate("l => l.scrollHeight - l.scrollTop - l.clientHeight")
    assert end < 60  # whoever had scrolled up is led to the answer


async def test_message_menu(stage):
    """A message's menu is behind the dots."""

    @stage.client.tree.context_menu(name="Extract claims")
    async def extract(i: discord.Interaction, message: discord.Message) -> None:
        await i.response.send_message(f"1 claim: {message.content}", ephemeral=True)

    await stage.client.tree.sync()
    ben = await stage.tab("Ben")
    box = ben.get_by_role("textbox", name="Message general")
    await box.fill("A thousand arrived")
    await box.press("Enter")

    await among(ben, "A thousand arrived").hover()
    await ben.get_by_role("button", name="More").click()
    await ben.get_by_role("button", name="Extract claims").click()

    await expect(among(ben, "1 claim: A thousand arrived"))


async def test_select_menu(stage):
    """A choice from a menu reaches the bot."""

    async def chosen(interaction):
        await interaction.response.send_message(f"chose {sorted(interaction.data['values'])}")

    stage.client.on_click = chosen
    options = [discord.SelectOption(label=word, value=word) for word in ("one", "two", "three")]
    view = ui.View(timeout=None)
    view.add_item(ui.Select(custom_id="s", placeholder="Pick one", options=options))
    view.add_item(ui.Select(custom_id="m", placeholder="Several", max_values=3, options=options))
    view.add_item(ui.UserSelect(custom_id="u", placeholder="Somebody"))
    await stage.room.send("choose", view=view)
    ada = await stage.tab()

    await ada.get_by_label("Pick one").select_option("two")
    await expect(among(ada, "chose ['two']"))
    await ada.get_by_text("Several").click()
    await ada.get_by_label("one", exact=True).check()
    await ada.get_by_label("three", exact=True).check()
    await ada.get_by_role("button", name="Choose").click()
    await expect(among(ada, "chose ['one', 'three']"))
    await ada.get_by_label("Somebody").select_option("Ben")
    await expect(among(ada, f"chose ['{stage.ben['id']}']"))


async def test_switching_person(stage):
    """One tab can become somebody else and add a person."""
    page = await stage.tab("Chloé")
    await page.get_by_role("button", name="Acting as Chloé").click()
    people = page.locator("#people")
    await expect(people.get_by_role("button", name="Ben moderator"))
    await expect(people.get_by_role("button", name="Ada owner"))
    await people.get_by_role("button", name="Add a person").click()
    form = page.get_by_role("dialog", name="Add a person")
    await form.get_by_label("Name").fill("Zoë")
    await form.get_by_label("moderators").check()
    await form.get_by_role("button", name="Add").click()
    await expect(page.get_by_role("button", name="Acting as Zoë, moderator"))
    await page.reload()

    await expect(page.get_by_role("button", name="Acting as Zoë, moderator"))
    assert stage.world.moderates(stage.world.person("Zoë"))


async def test_unread_dot(stage):
    """Another channel shows a dot until it is read."""
    ada = await stage.tab()
    await stage.client.room(stage.world, "digest").send("Your digest")
    await expect(ada.get_by_role("button", name="digest unread"))

    await ada.get_by_role("button", name="digest unread").click()

    await expect(among(ada, "Your digest"))
    assert await ada.get_by_role("button", name="digest unread").count() == 0


async def test_jump_link(stage):
    """A jump link goes there within the page."""
    target = await stage.room.send("the card itself")
    for i in range(20):
        await stage.room.send(f"line {i}\n" * 3)
    await stage.client.room(stage.world, "digest").send(f"Now open: [card]({target.jump_url})")
    ada = await stage.tab()
    await ada.get_by_role("button", name="digest").click()

    await ada.get_by_role("link", name="card").click()

    found = ada.locator(".message.found")
    await expect(found.get_by_text("the card itself"))
    assert await found.evaluate("node => node === document.activeElement")
    assert len(ada.context.pages) == 1


async def test_direct_messages(stage):
    """Direct messages are listed for their person only."""
    ada, ben = await stage.tab("Ada"), await stage.tab("Ben")
    await (await stage.client.fetch_user(int(stage.ben["id"]))).send("just for you")

    await ben.get_by_role("button", name="votebot unread").click()

    await expect(among(ben, "just for you"))
    assert await ada.get_by_text("Direct messages").count() == 0


async def test_hostile_content(stage):
    """Hostile content stays text."""
    embed = discord.Embed(title=HOSTILE, description=HOSTILE).add_field(name=HOSTILE, value=HOSTILE)
    embed.set_footer(text=HOSTILE).set_author(name=HOSTILE)
    await stage.room.send(HOSTILE, embed=embed, view=a_button("<script>1</script>"))
    stage.world.user("<img src=x>")
    stage.world.say(stage.world.person("<img src=x>"), str(stage.room.id), "`<svg onload=1>`")
    ada = await stage.tab()
    await expect(among(ada, "<svg onload=1>"))

    assert await ada.evaluate("window.hurt") is None
    assert await ada.locator("#log img, #log script, #log b, #log .said svg").count() == 0
    assert await ada.locator("a[href^='javascript']").count() == 0
    assert await ada.get_by_text(HOSTILE.split("[", maxsplit=1)[0].strip()).count() >= 5


MARKDOWN = {
    "**b** *i* __u__ ~~s~~ ||x||": "strong,em,u,s,.spoiler",
    "`c` and ```py\nx = 1\n```": "code,pre",
    "# One\n## Two\n-# small": ".h1,.h2,.subtext",
    "> quoted\n> more": "blockquote",
    "- a\n  - b\n1. c": "ul ul,ol",
    "<t:0:R> <t:0:F>": "time",
    "[words](https://a.b)": "a[href='https://a.b/'][rel~=noopener]",
}


async def test_markdown(stage):
    """Discord's Markdown is understood, and escapes are kept."""
    for text in MARKDOWN:
        await stage.room.send(text)
    await stage.room.send(r"\*not\* \_this\_ \[x\](https://a.b) 2*3*4 snake_case_word")
    ada = await stage.tab()
    await expect(among(ada, "not"))

    for i, wanted in enumerate(MARKDOWN.values()):
        said = ada.locator(".message .text").nth(i)
        for selector in wanted.split(","):
            assert await said.locator(selector).count(), selector
    last = ada.locator(".message .text").last
    assert (await last.inner_text()).startswith("*not* _this_ [x](https://a.b)")
    assert await last.locator("strong, u, a[href='https://a.b']").count() == 0


async def test_pictures_and_files(stage):
    """Pictures are shown and files offered."""
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d"
        "49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    embed = discord.Embed(title="Chart").set_image(url="attachment://c.png")
    files = [discord.File(io.BytesIO(pixel), "c.png"), discord.File(io.BytesIO(b"a"), "a.csv")]
    await stage.room.send(embed=embed, files=files)
    ada = await stage.tab()
    await expect(ada.locator(".embed img"))

    await ada.wait_for_function("document.querySelector('.embed img').naturalWidth === 1")
    async with ada.expect_download() as download:
        await ada.get_by_role("link", name="a.csv").click()
    assert (await download.value).suggested_filename == "a.csv"


async def test_phone(stage):
    """A phone needs no sideways scrolling, and its buttons can be hit."""
    embed = discord.Embed(title="A" * 200, url="https://a.b/" + "c" * 200, description="d" * 300)
    for i in range(3):
        embed.add_field(name=f"Field {i}", value="w" * 60)
    view = ui.View(timeout=None)
    for label in ("Supported", "Refuted", "Can't tell", "Add evidence", "Details"):
        view.add_item(ui.Button(label=label, custom_id=label))
    await stage.room.send("```\n" + "x" * 300 + "\n```", embed=embed, view=view)
    phone = await stage.tab(width=390, has_touch=True)
    await expect(phone.get_by_role("button", name="Details"))

    assert await phone.evaluate("document.documentElement.scrollWidth") == 390
    assert await phone.evaluate(TOO_WIDE) == 0
    for button in await phone.locator(".row .button").all():
        assert (await button.bounding_box())["height"] >= 40
    assert not await phone.get_by_role("button", name="digest").is_visible()
    await phone.get_by_role("button", name="Channels").click()
    await phone.get_by_role("button", name="digest").click()
    await expect(phone.get_by_role("heading", name="digest"))


async def test_reconnect(stage):
    """A page reconnects when the server is back."""
    ada = await stage.tab()
    port = stage.world.port
    token = stage.offline.page_token
    await stage.offline.stop()
    await expect(ada.get_by_text("Connecting again"))
    stage.tabs.trouble.clear()
    stage.offline = OfflineDiscord(stage.world, token)
    await stage.offline.start(port)
    stage.world.say(stage.ben, str(stage.room.id), "welcome back")

    await expect(among(ada, "welcome back"))
    stage.tabs.trouble.clear()  # the browser reports each attempt that failed


async def test_welcome(stage):
    """A newcomer finds what to try at the top, until it is put away."""
    stage.world.welcome = {"title": "Three things to try:", "steps": ["Vote", "Link", "Digest"]}
    for number in range(30):
        await stage.room.send(f"Message {number}")
    ada = await stage.tab()

    steps = ada.get_by_role("region", name="Three things to try:")
    assert await steps.get_by_role("listitem").all_inner_texts() == ["Vote", "Link", "Digest"]
    assert await ada.locator("#log").evaluate("log => log.scrollTop") == 0
    await steps.get_by_role("button", name="Got it").click()
    await ada.reload()
    await ada.get_by_text("Message 29").wait_for()
    assert await ada.locator("#welcome").count() == 0


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 390)])
async def test_accessible(stage, scheme, width):
    """Axe finds nothing on the page: with a card, a list of commands, a menu, a form, a forum."""
    axe = AXE.read_text(encoding="utf-8")
    stage.world.welcome = {"title": "Three things to try:", "steps": ["Vote"]}
    embed = discord.Embed(
        title="#7 The bridge is closed", description="[a link](https://x.example)"
    )
    embed.set_footer(text="0 of 3 votes")
    await stage.room.send(embed=embed, view=a_button())
    ada = await stage.tab(width=width, color_scheme=scheme)
    await ada.get_by_role("article", name="#7 The bridge is closed").wait_for()

    async def found():
        await ada.evaluate(axe)
        result = await ada.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]]

    assert await found() == []
    await ada.get_by_role("textbox", name="Message general").fill("/")
    assert await found() == []
    await ada.get_by_role("textbox", name="Message general").fill("")
    await ada.get_by_role("button", name="Acting as Ada").click()
    assert await found() == []
    await ada.get_by_role("button", name="Add a person").click()
    assert await found() == []
    await ada.keyboard.press("Escape")
    forum = stage.world.add_channel("claims", ChannelType.FORUM)
    tagged = stage.world.channels[forum]
    tagged["available_tags"] = [{"id": "1", "name": "Needs votes", "moderated": False}]
    stage.world.add_channel("#1 · The bridge", ChannelType.THREAD, forum, tags=("1",))
    await ada.evaluate(f"location.hash = '{forum}'")
    await ada.reload()
    await ada.get_by_role("button", name="#1 · The bridge").wait_for()
    assert await found() == []


async def test_digest_is_accessible(tabs):
    """Axe finds nothing on a digest's HTML page, light or dark."""
    claim = build_digest_claim(posted_at=AT)
    window = Window(AT - timedelta(days=1), AT)
    digest = compose_digest(
        build_team(), AT.date(), window, [claim], made_at=AT, next_at=AT, shelved=3
    )
    for scheme in ("light", "dark"):
        page = await tabs.show("about:blank", color_scheme=scheme)
        await page.set_content(digest_html(digest, translator_for("en")))
        await page.evaluate(AXE.read_text(encoding="utf-8"))
        result = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [each["id"] for each in result["violations"]] == []
    await tabs.leave()
