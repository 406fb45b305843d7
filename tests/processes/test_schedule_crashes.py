"""Killing the process at any statement of what is done by date: it is done once, or not yet."""

import json
from typing import Any

import pytest

from tests.processes.conftest import OwnDatabase

pytestmark = pytest.mark.long

WRITES = 5
"""Each of these writes at least so often; each of its writes must have been a place to die."""

# name → what a reader and an auditor find before and after, as far as it changes
PLANS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "publication": (
        {"live": 1, "editions": 1, "outcomes": [""], "schedule_events": ["schedule.requested"]},
        {
            "live": 2,
            "editions": 2,
            "published_events": 2,
            "outcomes": ["done"],
            "schedule_events": ["schedule.requested", "schedule.done"],
        },
    ),
    "lapse": (
        {"live": 2, "summary": "Unsigned words.", "lapsed_events": 0, "outcomes": [""]},
        {
            "live": 1,
            "summary": "The old words.",
            "lapsed_events": 1,
            "open_periods": 1,
            "outcomes": ["done"],
            "schedule_events": ["schedule.done"],
        },
    ),
    "overdue": (
        {"live": 1, "withdrawn_events": 0, "open_periods": 1},
        {"live": None, "withdrawn_events": 1, "open_periods": 0},
    ),
}


@pytest.fixture(autouse=True)
def _limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WITHDRAW_OVERDUE_AFTER_DAYS", "30")


@pytest.mark.parametrize("name", PLANS)
def test_killed_at_any_statement_it_is_done_once_or_not_yet(
    own_database: OwnDatabase, name: str
) -> None:
    before, after = PLANS[name]
    own_database.run("plans", "prepare", name)

    series = own_database.run("crash_series", name).splitlines()

    *killed, last = [json.loads(line) for line in series]
    assert len(killed) > WRITES
    assert not any(attempt["lived"] for attempt in killed)
    assert [attempt for attempt in killed if pick(attempt, before) != before] == []
    assert last["lived"]
    assert pick(last, after) == after
    assert {attempt["state"]["audit_break"] for attempt in (*killed, last)} == {None}


def pick(attempt: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: attempt["state"][name] for name in wanted}
