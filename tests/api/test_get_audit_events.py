"""`GET /api/v1/audit/events`: who did what, when, to which document."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.models import Document, Event
from tests.api.conftest import PublishPage, write_page
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem
from tests.conftest import NOON

URL = "/api/v1/audit/events"


@pytest.fixture
def key(db: None) -> dict[str, str]:
    return bearer(make_key("audit"))


def list_events(client: Client, key: dict[str, str], query: str = "") -> list[dict[str, Any]]:
    response = client.get(URL + query, headers=key)
    assert response.status_code == 200, response.content
    items: list[dict[str, Any]] = response.json()["items"]
    return items


def test_it_says_who_did_what_when_to_which_document(
    client: Client, key: dict[str, str], publish_page: PublishPage
) -> None:
    edition = publish_page()

    [event] = list_events(client, key, "?action=edition.published")

    stored = Event.objects.get(action="edition.published")
    assert event == {
        "seq": stored.seq,
        "at": "2026-11-21T12:00:00Z",
        "actor": {"id": stored.actor_id, "name": "Pia Publisher"},
        "action": "edition.published",
        "document": str(edition.document_id),
        "subject": "condition ear-glow (en)",
        "content_digest": edition.content_digest,
        "edition": 1,
        "details": stored.details,
        "previous_hash": stored.previous_hash,
        "hash": stored.hash,
    }


def test_the_newest_come_first_unless_asked_otherwise(
    client: Client, key: dict[str, str], publish_page: PublishPage
) -> None:
    publish_page()

    newest = [event["seq"] for event in list_events(client, key)]
    oldest = [event["seq"] for event in list_events(client, key, "?order=oldest")]

    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)
    assert oldest[0] == 1


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_pages_hold_every_event_once(
    client: Client, key: dict[str, str], publish_page: PublishPage, order: str
) -> None:
    publish_page()
    expected = set(Event.objects.values_list("seq", flat=True))
    url: str | None = f"{URL}?limit=2&order={order}"
    seen: list[int] = []

    while url:
        page = client.get(url, headers=key).json()
        seen += [event["seq"] for event in page["items"]]
        url = page["next"]

    assert len(seen) == len(set(seen))
    assert expected <= set(seen)


def test_a_kept_cursor_goes_on_with_what_is_added_later(
    client: Client, key: dict[str, str], editor: User
) -> None:
    write_page(editor, NOON)
    first = client.get(f"{URL}?order=oldest&limit=1", headers=key).json()
    write_page(editor, NOON + timedelta(minutes=1), title="Ear glow, told anew")

    later = client.get(first["next"].replace("limit=1", "limit=100"), headers=key).json()

    seqs = [event["seq"] for event in later["items"]]
    assert seqs[0] == 2
    assert later["items"][-1]["action"] in ("draft.saved", "audit.searched")


def test_filters_narrow_by_document_actor_digest_and_time(
    client: Client, key: dict[str, str], publish_page: PublishPage, editor: User
) -> None:
    edition = publish_page()
    publish_page(slug="nose-glow", minutes=30)
    document = Document.objects.get(slug="nose-glow")

    of_document = list_events(client, key, f"?document={document.pk}")
    of_actor = list_events(client, key, f"?actor={editor.pk}")
    of_digest = list_events(client, key, f"?digest={edition.content_digest}")
    since = list_events(client, key, "?since=2026-11-21T12:30:00Z&before=2026-11-21T12:30:01Z")

    assert {event["subject"] for event in of_document} == {"condition nose-glow (en)"}
    assert {event["actor"]["name"] for event in of_actor} == {"Eda Editor"}
    assert {event["subject"] for event in of_digest} == {"condition ear-glow (en)"}
    assert {event["at"] for event in since} == {"2026-11-21T12:30:00Z"}


def test_each_search_is_itself_an_event_but_not_each_page(
    client: Client, key: dict[str, str], publish_page: PublishPage
) -> None:
    publish_page()

    first = client.get(f"{URL}?limit=1&action=draft.saved", headers=key)
    client.get(f"{URL}?order=oldest&limit=1", headers=key)
    following = client.get(f"{URL}?limit=1", headers=key).json()["next"]
    client.get(following, headers=key)

    searches = Event.objects.filter(action="audit.searched").order_by("seq")
    assert first.status_code == 200
    assert searches.count() == 3
    assert searches[0].details["partner"] == "acme-clinic"
    assert searches[0].details["query"] == "limit=1&action=draft.saved"


def test_csv_has_every_event_with_a_line_of_names(
    client: Client, key: dict[str, str], publish_page: PublishPage
) -> None:
    publish_page()
    expected = Event.objects.count()

    response: Any = client.get(URL, headers=key | {"Accept": "text/csv"})

    lines = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert [int(line["seq"]) for line in lines][:expected] == list(range(1, expected + 1))
    assert json.loads(lines[0]["details"]) == Event.objects.get(seq=1).details
    assert lines[-1]["action"] == "audit.searched"


def test_what_somebody_wrote_cannot_become_a_formula_in_a_spreadsheet(
    client: Client, key: dict[str, str], editor: User
) -> None:
    record_event(action="test.said", by=editor, at=NOON, subject='=HYPERLINK("http://evil")')

    response: Any = client.get(f"{URL}?format=csv&action=test.said", headers=key)

    assert b"'=HYPERLINK" in b"".join(response.streaming_content)


def test_nobody_keeps_it(client: Client, key: dict[str, str]) -> None:
    response = client.get(URL, headers=key)

    assert response["Cache-Control"] == "private, no-store"
    assert "Authorization" in response["Vary"]


@pytest.mark.parametrize(
    "query",
    ["action=draft.saved", "actor=1", "digest=sha256:0", f"document={'0' * 32}", "order=oldest"],
)
def test_a_page_is_one_query_that_walks_an_index(
    client: Client,
    key: dict[str, str],
    publish_page: PublishPage,
    query: str,
    django_assert_max_num_queries: Any,
) -> None:
    publish_page()
    cursor = client.get(f"{URL}?limit=1&order=oldest", headers=key).json()["next"].split("cursor=")
    url = f"{URL}?{query}&cursor={cursor[1].split('&')[0]}"

    with django_assert_max_num_queries(2) as captured:  # the key, and the page
        assert client.get(url, headers=key).status_code == 200

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor_of_plan:
            cursor_of_plan.execute(f"EXPLAIN QUERY PLAN {captured[1]['sql']}")
            plan = " ".join(str(row[3]) for row in cursor_of_plan.fetchall())
        assert "SEARCH" in plan
        assert "TEMP B-TREE" not in plan


def test_it_takes_a_key(client: Client, db: None) -> None:
    problem = read_problem(client.get(URL), 401, "not_authenticated")

    assert "audit" in problem["detail"]


def test_it_takes_a_key_with_the_scope_audit(client: Client, db: None) -> None:
    key = bearer(make_key("read", "triage", "preview"))

    problem = read_problem(client.get(URL, headers=key), 403, "scope_missing")

    assert "`audit`" in problem["detail"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("actions=a", "?actions"),
        ("cursor=nonsense", "?cursor"),
        ("document=ear-glow", "?document"),
        ("since=yesterday", "?since"),
        ("before=2026-11-21", "?before"),
        ("order=random", "?order"),
        ("limit=0", "?limit"),
        ("action=", "?action"),
        ("format=xml", "?format"),
        ("format=csv&limit=5", "?limit"),
        ("format=csv&order=newest", "?order"),
    ],
)
def test_a_wrong_parameter_is_named(
    client: Client, key: dict[str, str], query: str, pointer: str
) -> None:
    problem = read_problem(client.get(f"{URL}?{query}", headers=key), 400, "invalid_parameters")

    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_other_formats_and_methods_are_refused(client: Client, key: dict[str, str]) -> None:
    read_problem(client.get(URL, headers=key | {"Accept": "text/html"}), 406, "not_acceptable")
    read_problem(client.post(URL, headers=key), 405, "method_not_allowed")
