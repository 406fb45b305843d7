"""The main pages as people see them, wide and narrow: nothing breaks, overflows or shuts out."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.people import NARROW, WIDE, log_in, open_window
from tests.browser.server import LocalServer, open_browser, run_local_server
from tests.browser.sights import SIGHTS, STRANGER, Sight, find_places, make_links

pytestmark = [pytest.mark.slow, pytest.mark.browser]

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
READY = "!document.querySelector('#editor[data-state=loading]')"
"""The editor makes its form by script; all other pages are ready when they are loaded."""

Show = Callable[[Sight], Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    with run_local_server(tmp_path_factory.mktemp("pages"), "pages") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def windows(server: LocalServer, browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """One for each person, who logs in once."""
    windows = {person: open_window(browser) for person in {sight.person for sight in SIGHTS}}
    for person, window in windows.items():
        if person != STRANGER:
            log_in(window, server.url, person)
    yield windows
    for window in windows.values():
        window.close()


@pytest.fixture(scope="module")
def places(server: LocalServer, windows: dict[str, BrowserContext]) -> dict[str, str]:
    places = find_places(server.database)
    return places | make_links(windows["demo-publisher"].pages[0], server.url, places)


@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_nothing_is_wrong_with_a_page(
    sight: Sight,
    server: LocalServer,
    windows: dict[str, BrowserContext],
    places: dict[str, str],
) -> None:
    page = windows[sight.person].new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    answer = page.goto(server.url + sight.path.format_map(places))
    page.wait_for_function(READY)
    found = {width: _look(page, width, height) for width, height in (WIDE, NARROW)}
    page.close()

    assert answer is not None
    assert answer.status == 200
    assert complaints == []
    assert found == {1280: [], 390: []}


def _look(page: Page, width: int, height: int) -> list[str]:
    """What is wrong at this width: too wide, or hard to use."""
    page.set_viewport_size({"width": width, "height": height})
    overflow = page.evaluate(OVERFLOW)
    wrong = [f"{overflow} pixels too wide"] if overflow > 0 else []
    return wrong + [
        f"{rule['id']}: {node['html']}"
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
