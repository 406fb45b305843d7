"""A worker killed at any step tells everybody everything once, and mails it at least once."""

import json
from collections import defaultdict
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest

from tests.processes.conftest import OwnDatabase
from tests.receiver import Receiver, receive_mail

pytestmark = pytest.mark.long

STEPS = 80
"""The first notices are made in at least so many steps; each of them was a moment to die."""


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with receive_mail() as receiver:
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{receiver.port}")
        yield receiver


def group_by_id(receiver: Receiver) -> dict[str, list[bytes]]:
    """The bytes that came under each Message-ID."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for received in receiver.mails:
        mail = message_from_bytes(received.content, policy=policy.default)
        found[mail["Message-ID"]].append(received.content)
    return found


def test_killed_workers_tell_once_and_mail_at_least_once(
    own_database: OwnDatabase, receiver: Receiver
) -> None:
    own_database.run("prepare_notices")

    lines = own_database.run("notice_crashes").splitlines()

    *attempts, last = [json.loads(line) for line in lines]
    left = last["found"]
    check_that_each_found_all_or_nothing([attempt["found"] for attempt in attempts], left)
    assert len([attempt for attempt in attempts if not attempt["found"]["notices"]]) > STEPS
    assert not any(attempt["lived"] for attempt in attempts[:-1])
    assert left["unread"] == 0
    assert left["notices"] == left["jobs"] == left["done"] == left["mailed"] > 1
    copies = list(group_by_id(receiver).values())
    assert len(copies) == left["notices"]
    assert all(len(set(bodies)) == 1 for bodies in copies)
    # Killed between sending one and noting it: that one, and no other, was sent again.
    assert [len(bodies) > 1 for bodies in copies].count(True) == 1


def check_that_each_found_all_or_nothing(found: list[dict[str, Any]], left: dict[str, Any]) -> None:
    """The log was read to its end, with all notices and jobs; or not at all."""
    for state in found:
        told = (state["notices"], state["jobs"])
        assert told == ((0, 0) if state["unread"] else (left["notices"], left["jobs"]))
