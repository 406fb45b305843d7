"""Two processes publish the same draft at the same moment: exactly one wins."""

import json
import subprocess

import pytest

from tests.processes.conftest import OwnDatabase

PROCESSES = 4


def race(database: OwnDatabase) -> list[str]:
    """Let several processes publish at once; what each of them says."""
    racers = [database.start("publish_once") for _ in range(PROCESSES)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    return [finish(racer) for racer in racers]


def finish(racer: "subprocess.Popen[str]") -> str:
    output, errors = racer.communicate(timeout=60)
    assert racer.returncode == 0, errors
    return output.strip()


@pytest.mark.long
def test_exactly_one_of_several_publishers_wins(own_database: OwnDatabase) -> None:
    own_database.run("prepare")

    said = race(own_database)

    assert sorted(said) == ["published 2"] + ["refused nothing_changed"] * (PROCESSES - 1)
    state = json.loads(own_database.run("inspect_state"))
    assert (state["live"], state["editions"], state["open_periods"]) == (2, 2, 1)
    assert state["audit_break"] is None
