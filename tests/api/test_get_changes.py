"""`GET /api/v1/changes`: the delta feed that partners mirror by."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.api.cursors import write_cursor
from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.carry_out import carry_out_due
from calfcms.publishing.actions.recall import recall
from calfcms.publishing.actions.schedule import schedule
from calfcms.publishing.api.change_feed import write_feed_cursor
from calfcms.publishing.change_feed import get_position
from calfcms.publishing.models import Document, Edition, Recall, Verb
from tests.api.conftest import PublishPage, WithdrawPage, after_noon, write_page
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem
from tests.api.sql import list_tables
from tests.conftest import NOON, make_person

URL = "/api/v1/changes"


def read_feed(client: Client, **parameters: Any) -> dict[str, Any]:
    response = client.get(URL, parameters)
    assert response.status_code == 200, response.content
    feed: dict[str, Any] = response.json()
    return feed


def tell(feed: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(item["type"], item["slug"], item["edition"]) for item in feed["items"]]


@pytest.fixture
def recall_page(db: None) -> Callable[..., Recall]:
    """Recall an edition, that many minutes after noon."""
    person = make_person("recaller", "recall")

    def recall_one(slug: str = "ear-glow", *, number: int = 1, minutes: int = 90) -> Recall:
        return recall(
            document=Document.objects.get(slug=slug),
            number=number,
            severity="critical",
            reason="The dose was wrong.",
            by=person,
            at=after_noon(minutes),
        )

    return recall_one


@pytest.fixture
def unsigned(publish_page: PublishPage, editor: User) -> Edition:
    """An edition that went out in an emergency, and lapses two hours after noon."""
    publish_page()
    document = write_page(editor, after_noon(1), summary="Do not look into it.")
    return break_glass(
        document=document,
        by=make_person("commander", "break_glass"),
        at=after_noon(2),
        reason="Somebody went blind.",
        deadline_at=after_noon(120),
    )


def test_a_publication_says_all_that_a_mirror_needs(
    client: Client, publish_page: PublishPage
) -> None:
    edition = publish_page()

    [item] = read_feed(client)["items"]

    cursor = item.pop("cursor")
    assert item == {
        "type": "published",
        "at": "2026-11-21T12:00:00Z",
        "kind": "condition",
        "id": str(edition.document.content_id),
        "slug": "ear-glow",
        "locale": "en",
        "edition": 1,
        "digest": edition.digest,
        "content_digest": edition.content_digest,
        "change": {"class": "clinical", "note": "For the test."},
        "reason": None,
        "replacement": None,
        "recall": None,
        "url": "/api/v1/conditions/ear-glow/editions/1?locale=en",
    }
    assert client.get(item["url"]).json()["digest"] == edition.digest
    assert read_feed(client)["cursor"] == cursor


def test_a_withdrawal_says_why_and_where_to_go(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=1)
    withdraw_page(replacement="ear-hum")

    item = read_feed(client)["items"][-1]

    assert (item["type"], item["slug"], item["edition"]) == ("withdrawn", "ear-glow", 1)
    assert item["reason"] == "The advice was wrong."
    assert item["replacement"] == {"slug": "ear-hum", "url": "/api/v1/conditions/ear-hum"}
    assert item["change"] is None
    assert item["recall"] is None


def test_a_recall_names_the_edition_and_how_bad_it_is(
    client: Client, publish_page: PublishPage, recall_page: Callable[..., Recall]
) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")
    made = recall_page(number=1)

    item = read_feed(client)["items"][-1]

    assert (item["type"], item["edition"]) == ("recalled", 1)
    assert item["recall"] == {
        "id": str(made.pk),
        "severity": "critical",
        "reason": "The dose was wrong.",
        "was_live": False,
    }


def test_the_recall_of_what_is_live_is_one_change_not_two(
    client: Client, publish_page: PublishPage, recall_page: Callable[..., Recall]
) -> None:
    publish_page()
    recall_page()

    feed = read_feed(client)

    assert tell(feed) == [("published", "ear-glow", 1), ("recalled", "ear-glow", 1)]
    assert feed["items"][1]["recall"]["was_live"] is True


def test_an_emergency_is_a_publication_once(client: Client, unsigned: Edition) -> None:
    with time_machine.travel(after_noon(10), tick=False):
        feed = read_feed(client)

    assert tell(feed) == [("published", "ear-glow", 1), ("published", "ear-glow", 2)]


def test_what_lapses_is_the_publication_of_the_edition_that_is_live_again(
    client: Client, unsigned: Edition
) -> None:
    carry_out_due(at=after_noon(120))

    item = read_feed(client)["items"][-1]

    first = Edition.objects.get(number=1)
    assert (item["type"], item["edition"], item["digest"]) == ("published", 1, first.digest)
    assert item["content_digest"] == first.content_digest
    assert item["change"] == {"class": "clinical", "note": "For the test."}
    assert "nobody signed it" in item["reason"]


def test_what_lapses_to_a_recalled_edition_is_a_withdrawal(
    client: Client, unsigned: Edition, recall_page: Callable[..., Recall]
) -> None:
    recall_page(number=1)
    carry_out_due(at=after_noon(120))

    item = read_feed(client)["items"][-1]

    assert (item["type"], item["edition"]) == ("withdrawn", 2)
    assert client.get("/api/v1/conditions/ear-glow").status_code == 410


def test_work_on_drafts_is_no_change(client: Client, editor: User) -> None:
    write_page(editor, NOON)

    feed = read_feed(client)

    assert feed["items"] == []
    assert feed["next"] is None


def test_tombstones_stay_for_ever(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page(minutes=1)
    publish_page(minutes=2)

    assert tell(read_feed(client)) == [
        ("published", "ear-glow", 1),
        ("withdrawn", "ear-glow", 1),
        ("published", "ear-glow", 2),
    ]


def test_a_client_that_keeps_its_cursor_gets_each_change_once(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    kept = read_feed(client)["cursor"]
    publish_page(slug="ear-hum", minutes=1)

    news = read_feed(client, cursor=kept)

    assert tell(news) == [("published", "ear-hum", 1)]
    assert read_feed(client, cursor=news["cursor"])["items"] == []


def test_there_is_a_cursor_to_keep_also_when_there_was_nothing(client: Client, db: None) -> None:
    feed = read_feed(client)

    assert feed["items"] == []
    assert read_feed(client, cursor=feed["cursor"]) == feed


def test_nothing_new_gives_the_same_bytes_so_that_304_is_the_answer(
    client: Client, publish_page: PublishPage, editor: User
) -> None:
    publish_page()
    kept = read_feed(client)["cursor"]
    response = client.get(URL, {"cursor": kept})
    write_page(editor, after_noon(5), slug="ear-hum")

    again = client.get(URL, {"cursor": kept}, headers={"If-None-Match": response["ETag"]})

    assert again.status_code == 304
    assert again["Cache-Control"] == "public, max-age=5"
    assert again["Cache-Tag"] == "changes"
    assert again["Vary"] == "Accept"


def test_what_was_sent_before_is_never_older_than_the_log(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    first = client.get(URL + "?limit=1").json()
    publish_page(minutes=5, slug="ear-hum")

    again = client.get(URL + "?limit=1").json()

    assert again["items"] == first["items"]
    assert (first["next"] is None, again["next"] is None) == (True, False)
    assert [item["slug"] for item in client.get(URL).json()["items"]] == ["ear-glow", "ear-hum"]


def test_following_next_leads_through_all_of_it_in_order(
    client: Client, publish_page: PublishPage
) -> None:
    for number in range(5):
        publish_page(slug=f"ear-{number}", minutes=number)

    url, seen, pages = f"{URL}?limit=2", [], 0
    while url:
        page = client.get(url).json()
        seen += [item["slug"] for item in page["items"]]
        url, pages = page["next"], pages + 1

    assert seen == [f"ear-{number}" for number in range(5)]
    assert pages == 3
    assert tell(read_feed(client, cursor=page["cursor"])) == []


def test_each_item_has_a_cursor_of_its_own(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=1)
    first, second = read_feed(client)["items"]

    assert tell(read_feed(client, cursor=first["cursor"])) == [("published", "ear-hum", 1)]
    assert tell(read_feed(client, cursor=second["cursor"])) == []


def test_filters_leave_out_and_the_cursor_goes_on_past_what_they_left_out(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(slug="ear-hum", locale="en-GB", minutes=1)

    british = read_feed(client, locale="en-GB", kind="condition")
    american = read_feed(client, locale="en-US", limit=1)

    assert tell(british) == [("published", "ear-hum", 1)]
    assert american["items"] == []
    assert american["cursor"] == british["cursor"] == read_feed(client)["cursor"]


def test_filters_are_kept_in_next(client: Client, publish_page: PublishPage) -> None:
    for number in range(3):
        publish_page(slug=f"ear-{number}", minutes=number)

    page = read_feed(client, limit=1, locale="en", kind="condition")

    assert "&kind=condition&locale=en" in page["next"]
    assert tell(client.get(page["next"]).json()) == [("published", "ear-1", 1)]


def test_the_position_that_an_export_sends_goes_on_from_there(
    client: Client, publish_page: PublishPage, editor: User
) -> None:
    publish_page()
    write_page(editor, after_noon(1), slug="ear-hum")
    cursor = write_feed_cursor(get_position())
    publish_page(slug="ear-ring", minutes=2)

    assert tell(read_feed(client, cursor=cursor)) == [("published", "ear-ring", 1)]


def test_what_was_due_is_in_the_feed_although_no_worker_came(
    client: Client, publish_page: PublishPage, publisher: User
) -> None:
    document = publish_page().document
    schedule(
        document=document,
        verb=Verb.WITHDRAW,
        due_at=after_noon(10),
        by=publisher,
        at=after_noon(1),
        reason="Out of date.",
    )

    assert tell(read_feed(client))[-1] == ("withdrawn", "ear-glow", 1)


@pytest.mark.parametrize("query", ["", "?limit=1", "?kind=condition&locale=en"])
def test_it_costs_one_query_and_touches_no_draft_table(
    client: Client, publish_page: PublishPage, query: str
) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=1)

    with CaptureQueriesContext(connection) as captured:
        response = client.get(URL + query)

    assert response.status_code == 200
    assert len(captured) == 1
    assert list_tables(captured[0]["sql"]) == {
        "publishing_audithead",
        "publishing_document",
        "publishing_edition",
        "publishing_event",
        "publishing_schedule",
    }


def test_it_reads_the_index_of_the_feed_and_not_the_whole_log(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    with CaptureQueriesContext(connection) as captured:
        client.get(URL)

    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # the table is tiny
        cursor.execute(f"{explain} {captured[0]['sql']}")
        plan = " ".join(str(row) for row in cursor.fetchall())

    assert plan.count("event_feed") == 2
    assert plan.count("B-TREE FOR ORDER BY") <= 1  # of the page itself


def test_a_key_that_may_read_is_let_in_and_no_other(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    def call(secret: str) -> Any:
        return client.get(URL, headers=bearer(secret))

    assert call(make_key("read")).status_code == 200
    read_problem(call(make_key("triage")), 403, "scope_missing")
    read_problem(call("calf_no-such-key"), 401, "invalid_key")


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        write_cursor("a", "b"),
        write_cursor(1),
        write_cursor(-1, "abc"),
        write_cursor(0, "abc"),
        write_cursor(5, ""),
        write_cursor(2**63, "abc"),
    ],
)
def test_it_refuses_a_cursor_that_it_did_not_give_out(
    client: Client, db: None, cursor: str
) -> None:
    problem = read_problem(client.get(URL, {"cursor": cursor}), 400, "invalid_parameters")

    assert [error["pointer"] for error in problem["errors"]] == ["?cursor"]


def test_a_cursor_beyond_the_log_says_to_start_again_with_an_export(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    cursor = write_cursor(10_000, "0123456789ab")

    problem = read_problem(client.get(URL, {"cursor": cursor}), 409, "cursor_unknown")

    assert "/api/v1/conditions/export" in problem["detail"]


def test_a_number_that_was_given_out_again_after_a_restore_is_told_apart(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    before_restore = write_cursor(get_position().seq, "0123456789ab")

    read_problem(client.get(URL, {"cursor": before_restore}), 409, "cursor_unknown")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?limit=0", "invalid_value"),
        ("?limit=101", "invalid_value"),
        ("?kind=poem", "invalid_value"),
        ("?locale=!", "invalid_value"),
        ("?since=1", "unknown_parameter"),
        ("?limit=1&limit=2", "repeated_parameter"),
    ],
)
def test_it_refuses_parameters(client: Client, db: None, query: str, code: str) -> None:
    problem = read_problem(client.get(URL + query), 400, "invalid_parameters")

    assert [error["code"] for error in problem["errors"]] == [code]


def test_it_refuses_other_media_types_and_methods(client: Client, db: None) -> None:
    read_problem(client.get(URL, headers={"Accept": "text/html"}), 406, "not_acceptable")
    read_problem(client.post(URL), 405, "method_not_allowed")


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    head, get = client.head(URL), client.get(URL)

    assert head.content == b""
    assert head["ETag"] == get["ETag"]
    assert head["Content-Length"] == str(len(get.content))


def test_a_feed_of_other_days_shows_when_each_change_was_made(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(minutes=timedelta(days=3) // timedelta(minutes=1))

    assert read_feed(client)["items"][0]["at"] == "2026-11-24T12:00:00Z"
