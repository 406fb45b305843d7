"""`GET /api/v1/audit/verify`: whether the log is what was written, and where it breaks."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from calfcms.publishing.models import AuditHead, Event
from tests.api.conftest import PublishPage
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem

URL = "/api/v1/audit/verify"


@pytest.fixture
def key(publish_page: PublishPage) -> dict[str, str]:
    publish_page()
    return bearer(make_key("audit"))


def tamper(sql: str) -> None:
    """Do what the triggers refuse: as somebody would who has the database in hand."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE publishing_event DISABLE TRIGGER USER")
        else:
            for name in ("changed", "deleted"):
                cursor.execute(f"DROP TRIGGER event_is_never_{name}")
            cursor.execute("DROP TRIGGER event_continues_the_chain")
        cursor.execute(sql)


def verify(client: Client, key: dict[str, str], query: str = "") -> dict[str, Any]:
    response = client.get(URL + query, headers=key)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def test_a_whole_log_is_said_to_be_whole_up_to_its_head(
    client: Client, key: dict[str, str]
) -> None:
    head = AuditHead.objects.get()

    found = verify(client, key)

    assert found == {
        "is_whole": True,
        "verified_from": 1,
        "head": {"seq": head.seq, "hash": head.hash},
        "first_break": None,
    }


@pytest.mark.parametrize(
    ("sql", "seq", "message"),
    [
        ("UPDATE publishing_event SET actor = 'Nobody' WHERE seq = 2", 2, "was changed"),
        ("DELETE FROM publishing_event WHERE seq = 2", 2, "is missing"),
    ],
)
def test_the_first_break_is_named(
    client: Client, key: dict[str, str], sql: str, seq: int, message: str
) -> None:
    tamper(sql)

    found = verify(client, key)

    assert found["is_whole"] is False
    assert found["first_break"]["seq"] == seq
    assert message in found["first_break"]["message"]


def test_an_event_that_was_put_behind_the_head_is_found(
    client: Client, key: dict[str, str]
) -> None:
    head = AuditHead.objects.get()
    columns = "at, actor_id, actor, action, document_id, subject, content_digest, edition, details"
    tamper(
        f"INSERT INTO publishing_event (seq, {columns}, previous_hash, hash) "
        f"SELECT {head.seq + 1}, {columns}, hash, hash FROM publishing_event WHERE seq = {head.seq}"
    )

    found = verify(client, key)

    assert found["first_break"] == {
        "seq": head.seq + 1,
        "message": f"Event {head.seq + 1} was added behind the head of the log.",
    }


def test_it_goes_on_from_a_place_that_was_verified_before(
    client: Client, key: dict[str, str]
) -> None:
    start = Event.objects.get(seq=3)
    tamper("UPDATE publishing_event SET actor = 'Nobody' WHERE seq = 2")

    found = verify(client, key, f"?after=3&hash={start.hash}")

    assert found["is_whole"] is True
    assert found["verified_from"] == 4


def test_a_place_that_is_not_what_it_was_breaks_the_chain(
    client: Client, key: dict[str, str]
) -> None:
    found = verify(client, key, f"?after=3&hash=sha256:{'0' * 64}")

    assert found["first_break"]["seq"] == 4


def test_that_it_was_verified_is_an_event(client: Client, key: dict[str, str]) -> None:
    verify(client, key)

    event = Event.objects.latest("seq")
    assert event.action == "audit.verified"
    assert event.details["result"] == "whole"
    assert verify(client, key)["is_whole"]


@pytest.mark.parametrize("query", ["after=3", "hash=sha256:" + "0" * 64, "after=0", "hash=abc"])
def test_half_a_place_is_refused(client: Client, key: dict[str, str], query: str) -> None:
    read_problem(client.get(f"{URL}?{query}", headers=key), 400, "invalid_parameters")


def test_it_takes_a_key_with_the_scope_audit(client: Client, db: None) -> None:
    read_problem(client.get(URL), 401, "not_authenticated")
    read_problem(client.get(URL, headers=bearer(make_key("read"))), 403, "scope_missing")


def test_other_methods_and_formats_are_refused(client: Client, key: dict[str, str]) -> None:
    read_problem(client.post(URL, headers=key), 405, "method_not_allowed")
    read_problem(client.get(URL, headers=key | {"Accept": "text/csv"}), 406, "not_acceptable")
