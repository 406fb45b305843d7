"""A worker killed at any step, also between sending and recording, delivers everything."""

import json
from collections.abc import Iterator

import pytest

from tests.processes.conftest import OwnDatabase
from tests.syndication.webhooks.receiver import Receiver, receive

pytestmark = pytest.mark.long


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "127.0.0.0/8")
    with receive() as receiver:
        yield receiver


def test_killed_workers_deliver_at_least_once_under_one_id(
    own_database: OwnDatabase, receiver: Receiver
) -> None:
    own_database.run("prepare_webhook", receiver.url)

    lines = own_database.run("webhook_crashes").splitlines()

    *attempts, last = [json.loads(line) for line in lines]
    left = last["found"]
    killed = [attempt for attempt in attempts if not attempt["lived"]]
    assert left == {
        "deliveries": 1,
        "jobs": 1,
        "done": 1,
        "delivered": 1,
        "attempts": 1,
        "unread": 0,
    }
    assert len(killed) > 40
    for attempt in attempts:  # the log was read to its end with all that follows, or not at all
        found = attempt["found"]
        assert (found["deliveries"], found["jobs"]) == ((0, 0) if found["unread"] else (1, 1))
    assert len(receiver.requests) > 1  # killed after sending and before that was recorded
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    assert len({request.body for request in receiver.requests}) == 1
