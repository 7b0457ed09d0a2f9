"""Takes the picture of a card from the offline demo: python docs/pictures/take.py.

Needs Debian's chromium. Votes as three people on one claim and attaches a link. (digest.py and
first_steps.py beside it take the other pictures.)
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CLAIM = "getting ten thousand people ready"
WIDE, PHONE = 1200, 390


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        demo_in(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        take(browser, address)
        browser.close()


def chromium_path() -> str:
    found = shutil.which("chromium")
    if found is None:
        sys.exit("These pictures need chromium.")
    return found


@contextmanager
def demo_in(folder: Path) -> Iterator[str]:
    """The demo over this folder's data; the address of its page."""
    demo = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser", "--data", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield _address(demo)
    finally:
        demo.terminate()
        demo.wait(20)


def _address(demo: subprocess.Popen[str]) -> str:
    for line in demo.stdout or ():
        if found := re.match(r"http://\S+", line):
            return found[0]
    sys.exit("The demo did not start.")


def take(browser: Browser, address: str) -> None:
    ada, ben, chloe = (_person(browser, address, name) for name in ("Ada", "Ben", "Chloé"))
    for page in (ada, ben, chloe):
        _card(page).get_by_role("button", name="Supported").click()
        page.get_by_text("You: Supported").first.wait_for()
    _card(ada).get_by_role("button", name="Add evidence").click()
    form = ada.get_by_role("dialog")
    form.get_by_label("Link").fill("https://www.example.org/briefing")
    form.get_by_text("It supports the claim").click()
    form.get_by_label("Note").fill("The briefing says the same.")
    form.get_by_role("button", name="Submit").click()
    ada.get_by_text("Provisionally supported").first.wait_for()
    ada.mouse.move(0, 0)
    _picture(ada)


def page_of(browser: Browser, address: str, width: int = WIDE, height: int = 900) -> Page:
    """A page of its own, as Ada."""
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(address)
    page.get_by_role("button", name="Details").first.wait_for()
    return page


def _person(browser: Browser, address: str, name: str) -> Page:
    """A page of their own for one of the demo's people."""
    page = page_of(browser, address)
    if name != "Ada":
        page.get_by_text("acting as").click()
        page.get_by_text(name, exact=True).click()
    _card(page).wait_for()
    return page


def _picture(page: Page) -> None:
    """The claim's card with its buttons, without the empty page beside it."""
    card = _card(page)
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    page.screenshot(
        path=HERE / "card.png",
        clip={**box, "x": box["x"] + 55, "width": 700, "height": box["height"] + 8},
    )


def _card(page: Page):  # noqa: ANN202  # a Locator of playwright's
    return page.locator("article").filter(has_text=CLAIM).first


if __name__ == "__main__":
    main()
