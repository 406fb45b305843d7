"""`make run` for real: the command in its own process, its server, and its pages in a browser."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.processes.conftest import ROOT, OwnDatabase, make_database

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium")
START_SECONDS = 60


@dataclass(frozen=True)
class LocalServer:
    """A running `run_locally`: where it answers, what it printed, and its database."""

    url: str
    output: str
    database: OwnDatabase

    def get(self, path: str) -> Any:
        """The JSON at a path."""
        with urlopen(self.url + path) as response:  # noqa: S310 - our own server
            return json.load(response)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    folder = tmp_path_factory.mktemp("local")
    with make_database(folder, "local") as database:
        port = _find_port()
        printed = folder / "output.txt"
        with printed.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "run_locally", f"--port={port}"],
                cwd=ROOT,
                env=database.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process)
            yield LocalServer(f"http://127.0.0.1:{port}", printed.read_text(), database)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _find_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def _wait_until_it_answers(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(url).close()  # noqa: S310 - our own server
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("The server did not answer; its output is above.")


@pytest.fixture(scope="module")
def page(server: LocalServer) -> Iterator[Page]:
    if CHROMIUM is None:
        raise AssertionError("Install Debian's chromium for this: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        yield browser.new_page()
        browser.close()


def test_it_shows_what_it_published_and_one_answer_with_its_reason(server: LocalServer) -> None:
    digest = server.get("/api/v1/conditions/calf-pain")["digest"]

    assert f"page      calf-pain                      edition 1  {digest[:23]}" in server.output
    assert "Triage with calf-pain, edition 1:" in server.output
    assert "because:" in server.output
    assert "demo-editor, demo-reviewer, demo-publisher" in server.output


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
    page.fill("#id_username", "demo-editor")
    page.fill("#id_password", "demonstration")
    page.click("button[type=submit]")
    page.goto(f"{server.url}/admin/publishing/edition/")

    assert "These accounts exist on this machine only" in shown
    assert "condition calf-pain (en)" in page.inner_text("body")
    assert page.locator("text=Add edition").count() == 0
