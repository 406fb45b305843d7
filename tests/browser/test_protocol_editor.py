"""A clinician who has never seen code adds a rule, its source and its case, and gets it signed."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.people import NARROW, WIDE, log_in, open_window
from tests.browser.server import LocalServer, open_browser, run_local_server

pytestmark = [pytest.mark.slow, pytest.mark.browser]

Open = Callable[..., Page]
PROTOCOL = "Calf pain: how soon"
TITLE = "Hot swollen joint after a long journey"

PATIENCE = 120_000
"""Milliseconds. A protocol is large, and the server may have the machine for itself or not."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    with run_local_server(tmp_path_factory.mktemp("protocols"), "protocols") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def open_as(server: LocalServer, browser: Browser) -> Iterator[Open]:
    """Somebody at the home page; the browser may complain of nothing meanwhile."""
    complaints: list[str] = []
    windows = []
    expect.set_options(timeout=PATIENCE)

    def open_home(username: str, size: tuple[int, int] = WIDE) -> Page:
        window = open_window(browser, *size)
        window.set_default_timeout(PATIENCE)
        windows.append(window)
        page = log_in(window, server.url, username)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.extend([said.text] * _is_bad(said.type)))
        return page

    yield open_home
    for window in windows:
        window.close()
    assert complaints == []


def _is_bad(kind: str) -> bool:
    return kind in ("error", "warning")


def open_editor(page: Page, tab: str) -> Locator:
    """The panel of that tab, in the editor of the protocol."""
    page.goto(f"{page.url.partition('/admin')[0]}/admin/triage/protocol/")
    page.get_by_role("link", name=re.compile(PROTOCOL)).first.click()
    page.locator("#editor[data-state=ready]").wait_for()
    page.get_by_role("tab", name=re.compile(f"^{tab}")).click()
    return page.locator("[role=tabpanel]:not([hidden])")


def add_rule(page: Page) -> Locator:
    """A rule without a reason, written by completion."""
    panel = open_editor(page, "Rules")
    panel.get_by_role("button", name="Add a rule").click()
    rule = panel.locator(".editor-item").last
    rule.get_by_label("Title", exact=True).fill(TITLE)
    rule.get_by_label("How soon to be seen").select_option("urgent")
    when = rule.get_by_label("When", exact=True)
    when.press_sequentially("hot swollen")
    option = rule.get_by_role("option", name=re.compile("hot swollen joint"))
    expect(option).to_be_visible()
    when.press("Enter")
    rule.get_by_role("button", name="and", exact=True).click()
    when.press_sequentially("journey")
    expect(rule.get_by_role("option", name=re.compile("journey")).first).to_be_visible()
    when.press("Enter")
    return rule


def add_source(page: Page, rule: Locator) -> None:
    """A new source, added in a tab of its own and chosen in the box that stayed open."""
    rule.get_by_role("button", name="Add a source").click()
    dialog = page.get_by_role("dialog", name="Cite a source")
    with page.expect_popup() as opened:
        dialog.get_by_role("link", name="Add a new source").click()
    form = opened.value
    form.locator("#id_key").fill("demo-travel-2026")
    form.locator("#id_type").select_option("webpage")
    form.locator("#id_title").fill("Joints and journeys (fictional)")
    form.locator("#id_author").fill("Demonstration Board")
    form.locator("#id_url").fill("https://example.org/joints")
    form.get_by_role("button", name="Save", exact=True).click()
    form.wait_for_url(re.compile(r"/reference/(?!add/)"))
    form.close()
    dialog.get_by_label("Find a source").fill("joints and journeys")
    dialog.get_by_role("option", name=re.compile("Joints and journeys")).click()


def try_it(rule: Locator) -> None:
    """The nearest flip, taken: the rule becomes true."""
    trial = rule.get_by_role("region", name="Try it")
    expect(trial).to_contain_text("This rule is not known yet")
    trial.get_by_role("button", name=re.compile("journey.*: yes, hot swollen joint: yes")).click()
    expect(trial).to_contain_text("This rule is true")
    expect(trial).to_contain_text("Be seen today")


def submit(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#editor")).to_have_attribute("data-dirty", "false", timeout=60_000)
    page.get_by_role("link", name="Submit for review").first.click()
    page.get_by_label("What changed, and why?").fill("A rule for hot joints after journeys")
    page.get_by_role("radio", name=re.compile("^Clinical")).check()
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_text("in review", exact=False).first.wait_for()


def evaluate(server: LocalServer) -> list[str]:
    """The rules that are true for somebody with both findings."""
    findings = {"one_joint_hot": "present", "long_travel": "present"}
    question = Request(  # noqa: S310 - our own server
        f"{server.url}/api/v1/triage/protocols/calf-pain/evaluate",
        json.dumps({"findings": findings}).encode(),
        {"Content-Type": "application/json"},
    )
    with urlopen(question) as answer:  # noqa: S310
        return [match["title"] for match in json.load(answer)["matched"]]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_editor_is_accessible_and_stays_within_the_window(
    open_as: Open, size: tuple[int, int]
) -> None:
    page = open_as("demo-editor", size)
    panel = open_editor(page, "Rules")
    panel.locator(".editor-toggle").first.click()
    page.locator(".trial[data-tried]").wait_for()

    found = Axe().run(page).response["violations"]

    grave = [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")]
    assert grave == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_error_is_marked_at_its_characters(open_as: Open) -> None:
    page = open_as("demo-editor")
    rule = add_rule(page)
    when = rule.get_by_label("When", exact=True)

    when.fill("one_joint_hot and not feverr")

    expect(rule.locator(".expression-fault")).to_have_text("feverr")
    expect(rule).to_contain_text("Did you mean fever?")


def test_a_rule_is_copied_with_an_id_of_its_own(open_as: Open) -> None:
    page = open_as("demo-editor")
    panel = open_editor(page, "Rules")
    first = panel.locator(".editor-item").first
    title = first.locator(".editor-item-title").inner_text()

    first.get_by_role("button", name="Copy this rule").click()

    copy = panel.locator(".editor-item").nth(1)
    expect(copy.locator(".editor-item-title")).to_have_text(title)
    copy.locator("summary", has_text="More").click()
    expect(copy.get_by_label("Id", exact=True)).to_have_value(re.compile("_2$"))


def test_the_filter_leaves_the_rules_with_these_words(open_as: Open) -> None:
    panel = open_editor(open_as("demo-editor"), "Rules")

    panel.get_by_role("searchbox", name="Find in rules").fill("one-sided journey pill")

    expect(panel.locator(".editor-item:visible")).to_have_count(1)


@pytest.mark.skip(reason="not shown yet: on a busy machine it runs out of time at submitting")
def test_a_rule_its_source_and_its_case_go_the_whole_way(
    server: LocalServer, open_as: Open
) -> None:
    editor = open_as("demo-editor")
    rule = add_rule(editor)
    expect(rule).to_contain_text("In words: hot swollen joint and journey of more than four hours")
    rule.get_by_label("Reason", exact=True).fill("A hot joint must be seen today.")
    add_source(editor, rule)
    try_it(rule)
    rule.get_by_role("button", name="Keep as a case").click()
    story = editor.locator(".editor-item-body[data-kind=cases]:visible").get_by_label("Story")
    story.fill("Her knee has been hot and swollen since she came off the plane.")
    submit(editor)

    reviewer = open_as("demo-reviewer")
    reviewer.get_by_role("link", name=re.compile(PROTOCOL)).first.click()
    reviewer.get_by_role("checkbox", name=re.compile("All of it")).check()
    reviewer.get_by_role("button", name="Sign off as clinical reviewer").click()
    expect(reviewer.locator("#sign")).to_contain_text("signed as clinical reviewer")
    reviewer.get_by_role("link", name="Rules", exact=True).click()
    expect(reviewer.locator(".rule-change")).to_have_count(1)
    expect(reviewer.locator(".rule-change[data-kind=added]")).to_contain_text(TITLE)

    publisher = open_as("demo-publisher")
    publisher.goto(reviewer.url.partition("rules/")[0] + "publish/")
    publisher.get_by_role("button", name="Publish now").click()
    expect(publisher.locator("body")).to_contain_text("edition 2")
    assert TITLE in evaluate(server)
