"""What must not happen at the form to sign: by a slip of the hand, or after a change elsewhere."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import log_in, open_window
from tests.browser.server import LocalServer, open_browser, run_local_server
from tests.browser.sights import IN_REVIEW, find_places, make_links

pytestmark = pytest.mark.slow

NOBODY_SIGNED = "Nobody has signed it yet."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    with run_local_server(tmp_path_factory.mktemp("signing"), "signing") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def places(server: LocalServer) -> dict[str, str]:
    return find_places(server.database)


@pytest.fixture(scope="module")
def document(places: dict[str, str]) -> str:
    """The key of the document that waits for a signature."""
    return places[IN_REVIEW]


@pytest.fixture(scope="module")
def reviewer(server: LocalServer, browser: Browser) -> Iterator[Page]:
    window = open_window(browser)
    yield log_in(window, server.url, "demo-reviewer")
    window.close()


@pytest.fixture
def review(server: LocalServer, document: str, reviewer: Page) -> Page:
    """The review page, freshly opened."""
    reviewer.goto(f"{server.url}/admin/publishing/document/{document}/review/")
    return reviewer


def check_all(page: Page) -> None:
    page.get_by_role("checkbox", name=re.compile("All of it")).check()


def test_enter_in_a_box_of_the_form_signs_nothing(review: Page) -> None:
    box = review.get_by_role("checkbox", name=re.compile("All of it"))
    box.check()
    sent: list[str] = []
    review.on("request", lambda request: sent.append(request.method))

    box.press("Enter")
    review.get_by_role("checkbox", name=re.compile("last checked|never checked")).first.press(
        "Enter"
    )
    review.reload()

    assert "POST" not in sent
    expect(review.locator("#sign")).to_contain_text(NOBODY_SIGNED)


def test_enter_signs_nothing_on_the_page_of_an_outside_reviewer_either(
    server: LocalServer, browser: Browser, places: dict[str, str], review: Page
) -> None:
    window = open_window(browser)
    publisher = log_in(window, server.url, "demo-publisher")
    links = make_links(publisher, server.url, places)
    outside = open_window(browser).new_page()
    outside.goto(server.url + links["review_link"])
    declaration = outside.get_by_role("checkbox", name=re.compile("and I have read the draft"))
    declaration.check()

    declaration.press("Enter")

    expect(outside.get_by_role("alert")).to_contain_text("This was not recorded")
    review.reload()
    expect(review.locator("#sign")).to_contain_text(NOBODY_SIGNED)
    outside.context.close()
    window.close()


def test_the_box_for_all_ticks_each_reference(review: Page) -> None:
    boxes = review.locator("[name=checked_references]")
    assert boxes.count() > 1

    check_all(review)
    ticked = review.locator("[name=checked_references]:checked").count()
    review.get_by_role("checkbox", name=re.compile("All of it")).uncheck()

    assert ticked == boxes.count()
    assert review.locator("[name=checked_references]:checked").count() == 0


def test_what_changed_meanwhile_is_shown_and_not_signed(
    server: LocalServer, browser: Browser, document: str, review: Page
) -> None:
    window = open_window(browser)
    editor = log_in(window, server.url, "demo-editor-2")
    editor.goto(f"{server.url}/admin/conditions/condition/{document}/edit/")
    editor.get_by_label("Title", exact=True).fill("Cellulitis of the leg: a deep skin infection")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.locator("#editor")).to_have_attribute("data-dirty", "false", timeout=20_000)
    window.close()

    check_all(review)
    review.get_by_role("button", name="Sign off as clinical reviewer").click()

    expect(review.get_by_role("alert")).to_contain_text("This was not done")
    meanwhile = review.get_by_role("region", name="What changed since you opened the page")
    expect(meanwhile.locator("ins")).to_have_text(["deep "])
    expect(review.locator("#sign")).to_contain_text(NOBODY_SIGNED)
