"""`clients/typescript`: generated from the committed OpenAPI document, and running on node."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.server import LocalServer

pytestmark = pytest.mark.long

CLIENT = Path(settings.BASE_DIR) / "clients" / "typescript"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the client with its packages installed as its lock has them."""
    if shutil.which("npm") is None:
        raise AssertionError("Install node 20 or later, with npm, for this.")
    root = tmp_path_factory.mktemp("typescript")
    copy = root / "clients" / "typescript"
    shutil.copytree(CLIENT, copy, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (root / "docs").mkdir()
    shutil.copy(Path(settings.BASE_DIR) / "docs" / "openapi.json", root / "docs")
    run(copy, "npm", "ci", "--silent")
    return copy


def run(folder: Path, *command: str) -> str:
    """What a command prints. A failure shows all of it."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_committed_types_are_those_of_the_committed_document(client: Path) -> None:
    run(client, "npm", "run", "--silent", "generate")

    written = (client / "src" / "schema.ts").read_text()

    assert written == (CLIENT / "src" / "schema.ts").read_text(), "run `make client`"


def test_the_example_runs_on_node_against_a_live_server(client: Path, server: LocalServer) -> None:
    run(client, "npm", "run", "--silent", "build")

    printed = run(client, "node", "dist/examples/partner.js", server.url, "calf-pain")

    assert "Calf pain" in printed
    assert "  emergency: " in printed
    assert "Knowing nothing: routine, more_information_needed" in printed
    assert "published: calf-pain, edition 1" in printed
    assert "Cursor to keep: " in printed
    assert "Not there: not_found" in printed


def test_the_lock_names_no_registry() -> None:
    assert "resolved" not in (CLIENT / "package-lock.json").read_text()
