"""`make run` for real: the command in its own process, its server, and its pages in a browser."""

import json
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page

from calfcms.publishing.demonstration import PEOPLE
from tests.browser.server import LocalServer, open_browser, run_local_server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    with run_local_server(tmp_path_factory.mktemp("local"), "local", is_first_run=True) as running:
        yield running


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with open_browser() as browser:
        yield browser.new_page()


def test_it_shows_what_it_published_and_one_answer_with_its_reason(server: LocalServer) -> None:
    digest = server.get("/api/v1/conditions/calf-pain")["digest"]

    assert f"page      {'calf-pain (en)':<34} edition 1  {digest[:23]}" in server.output
    assert "Triage with calf-pain, edition 1:" in server.output
    assert "because:" in server.output
    assert all(person in server.output for person in PEOPLE)


def test_a_second_run_changes_nothing(server: LocalServer) -> None:
    events = server.database.manage("verify_audit")

    second = server.database.manage("run_locally", "--no-server")

    assert "created" not in second
    assert "changed  " not in second.replace("unchanged", "")
    assert server.database.manage("verify_audit") == events


def test_it_answers_triage(server: LocalServer) -> None:
    request = Request(  # noqa: S310 - our own server
        f"{server.url}/api/v1/triage/protocols/calf-pain/evaluate",
        data=json.dumps({"findings": {"chest_pain": "present"}}).encode(),
        headers={"Content-Type": "application/json"},
    )

    with urlopen(request) as response:  # noqa: S310
        answer = json.load(response)

    assert answer["disposition"]["urgency"] == "emergency"


def test_the_docs_page_loads_nothing_from_other_hosts(server: LocalServer, page: Page) -> None:
    requested: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(f"{server.url}/api/v1/docs")
    page.get_by_text("How soon somebody with these findings").first.wait_for()

    assert [url for url in requested if not url.startswith((server.url, "data:", "blob:"))] == []
    assert complaints == []


def test_a_page_opens_at_the_anchor_that_triage_names(server: LocalServer, page: Page) -> None:
    page.goto(f"{server.url}/api/v1/conditions/calf-pain?format=html#chest-symptoms")

    assert page.locator("#chest-symptoms").is_visible()
    assert page.locator("h1").count() == 1


def test_the_log_in_page_names_the_demonstration_accounts(server: LocalServer, page: Page) -> None:
    page.goto(f"{server.url}/admin/")
    shown = page.inner_text("body")
    page.get_by_label("Username").fill("demo-editor")
    page.get_by_label("Password").fill("demonstration")
    page.get_by_role("button", name="Log in", exact=True).click()
    page.goto(f"{server.url}/admin/publishing/edition/")

    assert "These accounts exist on this machine only" in shown
    assert "condition calf-pain (en)" in page.inner_text("body")
    assert page.locator("text=Add edition").count() == 0
