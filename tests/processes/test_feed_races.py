"""Several publishers at once, and a partner that polls the feed while they work."""

import json
import subprocess
from typing import Any

import pytest

from tests.processes.conftest import OwnDatabase

pytestmark = pytest.mark.long

PUBLISHERS = (("ann", "ben"), ("cleo", "dora"))
"""Two processes, each with two threads."""
ROUNDS = 3
PAGES = 2
"""Each of them publishes so many together in each round."""


def go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def wait_until_ready(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert process.stdout.readline().startswith("ready")


def finish(process: "subprocess.Popen[str]") -> str:
    output, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors
    return output


@pytest.fixture
def race(own_database: OwnDatabase, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the mirror saw and holds, beside what the log and the server say."""
    monkeypatch.setenv("ANONYMOUS_CALLS_PER_MINUTE", "0")
    mirror = own_database.start("feed_mirror")
    publishers = [own_database.start("feed_publish", *names, str(ROUNDS)) for names in PUBLISHERS]
    for process in (mirror, *publishers):
        wait_until_ready(process)
    for publisher in publishers:
        go(publisher)
    for publisher in publishers:
        finish(publisher)
    go(mirror)
    found: dict[str, Any] = json.loads(finish(mirror))
    return found


def test_the_mirror_sees_every_change_once_in_order_and_ends_as_the_server(
    race: dict[str, Any],
) -> None:
    publications = sum(len(names) for names in PUBLISHERS) * ROUNDS * PAGES
    assert [told[0] for told in race["told"]].count("published") == publications
    assert race["seen_in_time"] > publications / 2  # while they worked, not once at the end

    assert race["seen"] == race["told"]
    assert race["copy"] == race["server"]
    assert race["server"]
