"""The pictures of docs/screenshots/: `make screenshots`. The demonstration, as people see it."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.people import NARROW, WIDE, log_in, open_window
from tests.browser.server import LocalServer, open_browser, run_local_server
from tests.browser.sights import SIGHTS, find_places, make_links

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
PICTURES: Final = {
    "home": "home, demo-editor",
    "documents": "documents, demo-editor",
    "overview": "overview of what is in review, demo-reviewer",
    "editor": "editor, demo-editor",
    "submit": "submit, demo-editor",
    "review": "review, demo-reviewer",
    "sign": "review, demo-reviewer",
    "history": "history, demo-reviewer",
    "preview": "preview, demo-editor",
    "publish": "publish what is in review, demo-publisher",
    "outside-review": "review by link, a stranger",
    "evidence": "evidence, demo-auditor",
}
"""The name of each picture, and the sight that it shows."""
ALSO_NARROW: Final = ("home", "editor", "review", "outside-review")
SCROLLED_TO: Final = {"sign": "#sign"}
COLOURS: Final = 128
"""Enough for a page without photographs, and a third of the bytes."""


def take_pictures(server: LocalServer, browser: Browser) -> Iterator[Path]:
    """All pictures, each as it was written."""
    sights = {str(sight): sight for sight in SIGHTS}
    windows = _open_windows(server, browser, {sights[name].person for name in PICTURES.values()})
    places = find_places(server.database)
    for name, title in PICTURES.items():
        sight = sights[title]
        if "_link" in sight.path:
            places |= make_links(windows["demo-publisher"].pages[0], server.url, places)
        page = windows[sight.person].new_page()
        yield _take(page, server.url + sight.path.format_map(places), name, WIDE)
        if name in ALSO_NARROW:
            yield _take(page, page.url, f"{name}-narrow", NARROW)
        page.close()


def _open_windows(
    server: LocalServer, browser: Browser, people: set[str]
) -> dict[str, BrowserContext]:
    windows = {person: open_window(browser) for person in people}
    for person, window in windows.items():
        if person:
            log_in(window, server.url, person)
    return windows


def _take(page: Page, url: str, name: str, size: tuple[int, int]) -> Path:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(url, wait_until="networkidle")
    if name in SCROLLED_TO:
        page.locator(SCROLLED_TO[name]).evaluate("part => part.scrollIntoView()")
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        smaller = picture.convert("RGB").quantize(COLOURS)
    smaller.save(path, optimize=True)
    return path


def main() -> None:
    """Take them all, with a server and a database of their own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        run_local_server(Path(folder), "screenshots") as server,
        open_browser() as browser,
    ):
        for path in take_pictures(server, browser):
            sys.stdout.write(f"{path.relative_to(FOLDER.parents[1])}  {path.stat().st_size}\n")
