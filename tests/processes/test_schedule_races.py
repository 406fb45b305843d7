"""Several workers and readers carry out the same at the same moment: it is done exactly once."""

import json

import pytest

from tests.processes.conftest import OwnDatabase

pytestmark = pytest.mark.long

PROCESSES = 4


def race(database: OwnDatabase, name: str) -> list[int]:
    """Let several processes do it at once; how many things each of them did."""
    racers = [database.start("plans", "do", name) for _ in range(PROCESSES)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    done = []
    for racer in racers:
        output, errors = racer.communicate(timeout=60)
        assert racer.returncode == 0, errors
        done.append(int(output))
    return done


@pytest.mark.parametrize("name", ["publication", "lapse", "overdue"])
def test_exactly_one_of_several_does_it(
    own_database: OwnDatabase, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WITHDRAW_OVERDUE_AFTER_DAYS", "30")
    own_database.run("plans", "prepare", name)

    done = race(own_database, name)

    state = json.loads(own_database.run("inspect_state"))
    assert sorted(done) == [0] * (PROCESSES - 1) + [1]
    assert state["editions"] == {"publication": 2, "lapse": 2, "overdue": 1}[name]
    assert state["live"] == {"publication": 2, "lapse": 1, "overdue": None}[name]
    assert state["withdrawn_events"] + state["lapsed_events"] == int(name != "publication")
    assert state["audit_break"] is None
