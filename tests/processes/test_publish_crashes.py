"""Killing the process at any statement of a publish leaves the old or the new edition, complete."""

import json

import pytest

from tests.processes.conftest import OwnDatabase

WHOLE = {
    "formats": ["card", "citations", "html", "json", "jsonld", "md"],
    "open_periods": 1,
    "audit_break": None,
    "withdrawn_events": 0,
    "lapsed_events": 0,
    "schedule_events": [],
    "outcomes": [],
}
OLD = WHOLE | {"live": 1, "summary": "The old words.", "editions": 1, "published_events": 1}
NEW = WHOLE | {"live": 2, "summary": "The new words.", "editions": 2, "published_events": 2}
WRITES = 10
"""A publish writes at least so often; each of its writes must have been a place to die."""


@pytest.mark.long
def test_a_killed_publish_leaves_the_old_edition_or_the_new_one(
    own_database: OwnDatabase,
) -> None:
    own_database.run("prepare")

    *killed, last = [json.loads(line) for line in own_database.run("crash_series").splitlines()]

    assert len(killed) > WRITES
    assert not any(attempt["lived"] for attempt in killed)
    assert [attempt for attempt in killed if attempt["state"] != OLD] == []
    assert last["lived"]
    assert last["state"] == NEW
