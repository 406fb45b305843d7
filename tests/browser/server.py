"""A running `run_locally` with a database of its own, and Chromium to look at it with."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from tests.processes.conftest import ROOT, OwnDatabase, make_database

START_SECONDS = 300


@dataclass(frozen=True)
class LocalServer:
    """Where it answers, what it printed, and its database."""

    url: str
    output: str
    database: OwnDatabase

    def get(self, path: str) -> Any:
        """The JSON at a path."""
        with urlopen(self.url + path) as response:  # noqa: S310 - our own server
            return json.load(response)


@contextmanager
def run_local_server(
    folder: Path, name: str, *, is_first_run: bool = False, **variables: str
) -> Iterator[LocalServer]:
    """Start it on a free port, wait until it answers, and stop it in the end.

    The content is there already, unless it is the first run that is to be seen. `variables` are
    settings, by the names of their environment variables.
    """
    with make_database(folder, name, content=not is_first_run) as database:
        port = _find_port()
        printed = folder / "output.txt"
        with printed.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "run_locally", f"--port={port}"],
                cwd=ROOT,
                env=database.environment | {"MEDIA_ROOT": str(folder / "media")} | variables,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process, printed)
            yield LocalServer(f"http://127.0.0.1:{port}", printed.read_text(), database)
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise AssertionError("Install Debian's chromium for this: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def _find_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def _wait_until_it_answers(url: str, process: "subprocess.Popen[bytes]", printed: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(url).close()  # noqa: S310 - our own server
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"The server did not answer. It printed:\n{printed.read_text()}")
