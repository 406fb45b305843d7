"""`clients/python/partner.py`: what a partner does, against a running service."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.server import LocalServer

pytestmark = pytest.mark.long

EXAMPLE = Path(settings.BASE_DIR) / "clients" / "python" / "partner.py"


def run_example(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the example as a partner would."""
    command = [sys.executable, str(EXAMPLE), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_it_reads_asks_and_mirrors(server: LocalServer) -> None:
    conditions = server.get("/api/v1/conditions?limit=100")["items"]
    protocols = server.get("/api/v1/triage/protocols?limit=100")["items"]

    done = run_example(server.url, "calf-pain")

    assert done.returncode == 0, done.stderr
    assert "Calf pain" in done.stdout
    assert "  emergency: " in done.stdout
    assert "Knowing nothing: routine, more_information_needed" in done.stdout
    assert f"; {len(conditions) + len(protocols)} documents are live" in done.stdout
    assert "Cursor to keep: " in done.stdout


def test_it_says_what_the_service_says_is_wrong(server: LocalServer) -> None:
    done = run_example(server.url, "no-such-page")

    assert done.returncode == 1
    assert "404 not_found: " in done.stderr


def test_a_key_that_is_no_good_is_told(server: LocalServer) -> None:
    done = run_example(server.url, "calf-pain", "calf_made_up")

    assert "401 invalid_key: " in done.stderr
