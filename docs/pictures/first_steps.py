"""From an empty database to an exported verdict, by what the screen says: takes the pictures of it.

python docs/pictures/first_steps.py; needs Debian's chromium. Says how long each step took.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from take import FLAGS, chromium_path

HERE = Path(__file__).parent
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE." + "x" * 38  # opens nothing
WIDE, HIGH = 1000, 960
TEXT = """Harbour bridge closed for repairs

The city council said on Monday that the harbour bridge had been closed for repairs.
Engineers reported that 14 cables of the bridge were damaged. A spokeswoman denied that the
bridge had been unsafe before."""
CLAIM = "14 cables"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        discord = subprocess.Popen(
            [sys.executable, "-m", "bot.sandbox", "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        at = _addresses(discord)
        config = Path(folder, "config.toml")
        config.write_text(f'[discord]\napi_url = "{at["REST"]}"\ngateway_url = "{at["gateway"]}"\n')
        bot = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--config", str(config)],
            env={**os.environ, "DISCORD_TOKEN": TOKEN},
            stderr=subprocess.DEVNULL,
        )
        try:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            take(browser, at["page"])
            browser.close()
        finally:
            for process in (bot, discord):
                process.terminate()
                process.wait(20)


def seen(page: Page, text: str) -> None:
    """Waits until this can be read: it stands once more for those who only listen."""
    page.get_by_text(text).first.wait_for()


def _addresses(discord: subprocess.Popen[str]) -> dict[str, str]:
    """What the offline Discord says of itself: its page, REST, gateway and server."""
    found = {}
    for line in discord.stdout or ():
        name, _, address = line.partition(":")
        found[name] = address.strip()
        if name == "server":
            return found
    sys.exit("The offline Discord did not start.")


def take(browser: Browser, address: str) -> None:
    begun = time.monotonic()
    ada = _person(browser, address, "Ada")
    seen(ada, "bot is connected")
    command(ada, "/help")
    seen(ada, "Corrobot isn't set up in this server yet.")
    set_up(ada)
    bring_in(ada)
    vote(browser, address, ada)
    settle(ada)
    export(ada)
    sys.stdout.write(
        f"In all {time.monotonic() - begun:.0f} s, waiting for a person not counted.\n"
    )


def set_up(ada: Page) -> None:
    command(ada, "/setup")
    form = ada.get_by_role("dialog")
    form.get_by_label("Claims").select_option(label="#general")
    form.get_by_label("Notices for moderators").select_option(label="#moderators")
    picture(ada, "1-setup-form")
    form.get_by_role("button", name="Submit").click()
    seen(ada, "A test card was posted:")
    picture(ada, "2-setup")
    ada.get_by_role("button", name="Remove").click()


def bring_in(ada: Page) -> None:
    command(ada, "/intake text")
    form = ada.get_by_role("dialog")
    form.get_by_label("Text").fill(TEXT)
    picture(ada, "3-intake-form")
    form.get_by_role("button", name="Submit").click()
    post = ada.get_by_role("button", name="Post all")
    post.wait_for(timeout=60_000)
    picture(ada, "4-preview")
    post.click()
    card(ada).wait_for()


def vote(browser: Browser, address: str, ada: Page) -> None:
    pages = [ada, *(_person(browser, address, name) for name in ("Ben", "Chloé"))]
    for page in pages:
        button(page, "Supported").click()
        seen(page, "You: Supported")
    button(ada, "Add evidence").click()
    form = ada.get_by_role("dialog")
    form.get_by_label("Link").first.fill("https://www.example.org/harbour/inspection")
    form.get_by_text("It supports the claim").click()
    form.get_by_role("button", name="Submit").click()
    card(ada).get_by_text("Provisionally supported").first.wait_for()
    card(ada).scroll_into_view_if_needed()
    picture(ada, "5-verdict")


def settle(ada: Page) -> None:
    number = re.search(r"#(\d+)", card(ada).inner_text())
    command(ada, "/claim settle", number=number[1] if number else "1", verdict="Supported")
    form = ada.get_by_role("dialog")
    form.get_by_role("textbox").first.fill("The inspection's report is public.")
    form.get_by_role("button", name="Submit").click()
    seen(ada, "is settled as")
    card(ada).scroll_into_view_if_needed()
    picture(ada, "6-settled")


def export(ada: Page) -> None:
    command(ada, "/export", format="CSV, for spreadsheets")
    file = ada.get_by_text(".csv").last
    file.wait_for()
    file.evaluate("file => file.scrollIntoView({block: 'center'})")
    picture(ada, "7-export")


def command(page: Page, line: str, **options: str) -> None:
    """Types a command, picks the one that is offered, fills in its options, runs it."""
    page.get_by_placeholder("Message, or / for commands").fill(line)
    page.keyboard.press("Enter")
    run = page.get_by_role("button", name="Run", exact=True)
    page.wait_for_timeout(400)
    for name, value in options.items():
        field = page.get_by_label(re.compile(f"^{name}"))
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    if run.count():
        run.click()
    else:
        page.keyboard.press("Enter")


def card(page: Page) -> Locator:
    return page.locator("article").filter(has_text=CLAIM).filter(has_text="Details").last


def button(page: Page, name: str) -> Locator:
    return card(page).get_by_role("button", name=name)


def picture(page: Page, name: str) -> None:
    page.wait_for_timeout(300)  # what moves comes to rest
    page.mouse.move(0, 0)
    page.screenshot(path=HERE / f"first-{name}.png")


def _person(browser: Browser, address: str, name: str) -> Page:
    """A page of their own."""
    page = browser.new_context(viewport={"width": WIDE, "height": HIGH}).new_page()
    page.set_default_timeout(20_000)
    page.goto(address)
    if name != "Ada":
        page.get_by_text("acting as").click()
        page.get_by_text(name, exact=True).click()
    return page


if __name__ == "__main__":
    main()
