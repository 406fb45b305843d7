"""The whole way of a page, in a browser: written, refused, mended, signed, published, evidenced."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from calfcms.publishing.demonstration import PASSWORD
from tests.browser.server import LocalServer, open_browser, run_local_server

pytestmark = pytest.mark.slow

SLUG = "leg-cramps-at-night"
"""A draft of the demonstration; one of its red flags does not say what to do."""
WRITES_AND_SIGNS = """
from django.contrib.auth.models import Group, User
User.objects.get(username="demo-reviewer-2").groups.add(Group.objects.get(name="Editor"))
"""

Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    with run_local_server(tmp_path_factory.mktemp("story"), "story") as running:
        running.database.manage("shell", "-c", WRITES_AND_SIGNS)
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def open_as(server: LocalServer, browser: Browser) -> Iterator[Open]:
    """Somebody at the home page. Nothing may go wrong in the browser meanwhile."""
    contexts = []
    complaints: list[str] = []

    def open_home(username: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{server.url}/admin/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in", exact=True).click()
        page.wait_for_url(re.compile(r"/admin/?$"))
        return page

    yield open_home
    for context in contexts:
        context.close()
    assert complaints == []


def open_document(page: Page, *tab: str) -> None:
    """The pages of the story's document, then the tab of that name."""
    page.goto(f"{page.url.partition('/admin')[0]}/admin/publishing/document/?q={SLUG}")
    page.locator("#result_list a, .result-list a, table a").filter(
        has_text="Leg cramps"
    ).first.click()
    for name in tab:
        page.get_by_role("navigation", name="Pages of this document").get_by_role(
            "link", name=name, exact=True
        ).click()


def edit(page: Page, tab: str, label: str, text: str) -> None:
    """Write this into the last field of that label on that tab of the editor, and save."""
    open_document(page, "Edit")
    page.locator("#editor[data-state=ready]").wait_for()
    page.get_by_role("tab", name=re.compile(f"^{tab}")).click()
    panel = page.locator("[role=tabpanel]:not([hidden])")
    for part in panel.locator(".editor-toggle[aria-expanded=false]").all():
        part.click()
    panel.get_by_label(label, exact=True).last.fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#editor")).to_have_attribute("data-dirty", "false", timeout=20_000)


def submit(page: Page, note: str) -> None:
    """From the editor, after saving."""
    page.get_by_role("link", name="Submit for review").first.click()
    page.get_by_label("What changed, and why?").fill(note)
    page.get_by_role("radio", name=re.compile("^Clinical")).check()
    page.get_by_role("button", name="Submit for review").click()


def sign(page: Page) -> None:
    """The two clicks of the usual case."""
    page.get_by_role("checkbox", name=re.compile("All of it")).check()
    page.get_by_role("button", name="Sign off as clinical reviewer").click()


def test_a_page_goes_the_whole_way(server: LocalServer, open_as: Open) -> None:
    editor = open_as("demo-editor")
    expect(editor.locator("body")).to_contain_text("My drafts")
    edit(editor, "Red flags", "What to do", "Be seen today.")
    submit(editor, "First version, for review")

    # Whoever wrote a word of it cannot sign it, also with every right.
    both = open_as("demo-reviewer-2")
    edit(both, "Summary", "Title", "Leg cramps at night: what they are and what eases them")
    submit(both, "A better title")
    open_document(both, "Review")
    expect(both.locator("#sign")).to_contain_text("You cannot sign this")
    expect(both.locator("#sign")).to_contain_text("four eyes")

    # The reviewer finds it on the first page, and asks for changes.
    reviewer = open_as("demo-reviewer")
    reviewer.get_by_role("link", name=re.compile("Leg cramps")).first.click()
    reviewer.get_by_label("Comment", exact=True).last.fill("Say how long to wait.")
    reviewer.get_by_role("button", name="Request changes").click()
    expect(reviewer.locator("#sign")).to_contain_text("asked for changes")

    # The editor finds that, mends it, and the reviewer signs in two clicks.
    editor.goto(f"{server.url}/admin/")
    expect(editor.locator("body")).to_contain_text("Changes requested")
    edit(editor, "Red flags", "What to do", "Be seen today, within hours.")
    submit(editor, "Says how soon")
    reviewer.goto(f"{server.url}/admin/")
    reviewer.get_by_role("link", name=re.compile("Leg cramps")).first.click()
    sign(reviewer)
    expect(reviewer.locator("#sign")).to_contain_text("signed as clinical reviewer")

    # One word more, and the signature does not fit; back again, and it does.
    publisher = open_as("demo-publisher")
    edit(editor, "Red flags", "What to do", "Be seen today, within few hours.")
    open_document(publisher, "Publish")
    publisher.get_by_role("button", name="Publish now").click()
    expect(publisher.get_by_role("alert")).to_contain_text("This was not done")
    expect(publisher.get_by_role("alert")).to_contain_text("never submitted")
    edit(editor, "Red flags", "What to do", "Be seen today, within hours.")
    open_document(publisher, "Publish")
    expect(publisher.locator("body")).to_contain_text("Nothing stands in the way")
    publisher.get_by_role("button", name="Publish now").click()

    # Readers get just that.
    expect(publisher.locator("body")).to_contain_text("edition 1")
    read = server.get(f"/api/v1/conditions/{SLUG}")
    assert read["red_flags"][-1]["action"] == "Be seen today, within hours."
    assert read["review"]["sign_offs"][0]["reviewer"]["name"].endswith("(fictional)")

    # The auditor prints the evidence.
    auditor = open_as("demo-auditor")
    open_document(auditor, "Evidence")
    expect(auditor.locator("body")).to_contain_text("Edition 1")
    expect(auditor.locator("body")).to_contain_text("edition.published")
    assert auditor.pdf().startswith(b"%PDF")
    assert auditor.get_by_role("link", name="Edit", exact=True).count() == 0
