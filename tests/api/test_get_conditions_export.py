"""`GET /api/v1/conditions/export`: everything that is live, an edition a line, at one moment."""

import json
import tracemalloc
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.catalogue import fill
from calfcms.api.callers import Caller
from calfcms.publishing import deliveries
from calfcms.publishing.actions.schedule import schedule
from calfcms.publishing.card_filters import CardFilter
from calfcms.publishing.deliveries import Delivered
from calfcms.publishing.exporting import PIECE, read_pieces, take_snapshot
from calfcms.publishing.models import Rendition, Verb
from conditions.actions.save_topic import save_topic
from conditions.draft import TopicDraft
from tests.api.conftest import PublishPage, WithdrawPage, after_noon
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem
from tests.conftest import NOON

URL = "/api/v1/conditions/export"
CHANGES = "/api/v1/changes"


def read_lines(response: Any) -> list[bytes]:
    """The lines, without their ends."""
    content = b"".join(response.streaming_content)
    assert content == b"" or content.endswith(b"\n")
    return content.splitlines()


def list_slugs(client: Client, query: str = "") -> list[str]:
    return [json.loads(line)["slug"] for line in read_lines(client.get(URL + query))]


def test_each_line_is_an_edition_byte_for_byte(client: Client, publish_page: PublishPage) -> None:
    editions = [publish_page(), publish_page(slug="ear-hum", minutes=1)]

    response = client.get(URL)

    stored = Rendition.objects.filter(format="json", edition__in=editions).order_by("pk")
    assert response["Content-Type"] == "application/x-ndjson"
    assert read_lines(response) == [bytes(rendition.body) for rendition in stored]


def test_it_sends_what_is_live_and_nothing_else(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page(title="Old")
    publish_page(minutes=1, title="New")
    publish_page(slug="ear-hum", minutes=2)
    withdraw_page("ear-hum", minutes=3)

    [line] = read_lines(client.get(URL))

    assert json.loads(line)["title"] == "New"


def test_nothing_published_is_no_line(client: Client, db: None) -> None:
    assert read_lines(client.get(URL)) == []


def test_more_than_one_piece_is_whole_and_in_order(
    client: Client, publish_page: PublishPage
) -> None:
    for number in range(2 * PIECE + 1):
        publish_page(slug=f"page-{number:02}", minutes=number)
    publish_page(slug="page-05", locale="hi", minutes=50)

    slugs = list_slugs(client)

    assert slugs == sorted(slugs)
    assert len(slugs) == 2 * PIECE + 2
    assert slugs.count("page-05") == 2


def test_it_can_be_narrowed_to_a_locale_and_a_topic(
    client: Client, publish_page: PublishPage, editor: User
) -> None:
    save_topic(topic=TopicDraft(slug="ears", title="Ears"), by=editor, at=NOON)
    publish_page(topics=["ears"])
    publish_page(slug="toe-glow", minutes=1)
    publish_page(slug="toe-glow", locale="hi", minutes=2)

    assert list_slugs(client, "?topic=ears") == ["ear-glow"]
    assert list_slugs(client, "?locale=hi") == ["toe-glow"]
    assert list_slugs(client, "?topic=ears&locale=hi") == []


def test_an_overdue_review_is_marked_as_reading_marks_it(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    with time_machine.travel(datetime.fromisoformat("2028-01-01T00:00:00Z"), tick=False):
        [line] = read_lines(client.get(URL))
        read = client.get("/api/v1/conditions/ear-glow").content

    assert line == read
    assert json.loads(line)["review"]["overdue"] is True


def test_what_is_due_is_carried_out_first(
    client: Client, publish_page: PublishPage, publisher: User
) -> None:
    document = publish_page().document
    schedule(
        document=document,
        verb=Verb.WITHDRAW,
        due_at=after_noon(60),
        by=publisher,
        at=after_noon(10),
        reason="The guideline ends.",
    )

    with time_machine.travel(after_noon(59), tick=False):
        before = list_slugs(client)
    with time_machine.travel(after_noon(60), tick=False):
        after = list_slugs(client)

    assert (before, after) == (["ear-glow"], [])


# One moment ----------------------------------------------------------------------------------


@pytest.fixture
def _pages(publish_page: PublishPage) -> None:
    for number in range(2 * PIECE):
        publish_page(slug=f"page-{number:02}", minutes=number)


@pytest.mark.usefixtures("_pages")
def test_what_is_published_meanwhile_does_not_tear_it(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    with time_machine.travel(after_noon(60), tick=False):
        response: Any = client.get(URL)
        pieces = iter(response.streaming_content)
        first = next(pieces)
        publish_page(slug="page-00", minutes=61, title="Passed already")
        publish_page(slug="page-19", minutes=62, title="Still to come")
        publish_page(slug="page-20", minutes=63)
        withdraw_page("page-18", minutes=64)
        lines = (first + b"".join(pieces)).splitlines()

    assert [json.loads(line)["slug"] for line in lines] == [f"page-{n:02}" for n in range(20)]
    assert {json.loads(line)["edition"] for line in lines} == {1}


@pytest.mark.usefixtures("_pages")
def test_the_feed_goes_on_where_the_copy_ends(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    with time_machine.travel(after_noon(60), tick=False):
        response: Any = client.get(URL)
        copy = {json.loads(line)["slug"]: json.loads(line) for line in read_lines(response)}
    publish_page(slug="page-00", minutes=61, title="Changed")
    withdraw_page("page-01", minutes=62)

    changes = client.get(f"{CHANGES}?cursor={response['Feed-Cursor']}").json()["items"]

    assert [(c["type"], c["slug"]) for c in changes] == [
        ("published", "page-00"),
        ("withdrawn", "page-01"),
    ]
    assert copy["page-00"]["edition"] == 1
    assert response["Link"] == f'<{CHANGES}?cursor={response["Feed-Cursor"]}>; rel="next"'


def test_a_clock_that_is_behind_the_publisher_loses_nothing(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page(slug="ear-hum")
    publish_page(minutes=10)
    withdraw_page("ear-hum", minutes=10)

    with time_machine.travel(after_noon(5), tick=False):
        response: Any = client.get(URL)
        slugs = [json.loads(line)["slug"] for line in read_lines(response)]
    after = client.get(f"{CHANGES}?cursor={response['Feed-Cursor']}").json()["items"]

    assert (slugs, after) == (["ear-glow"], [])


# Memory --------------------------------------------------------------------------------------


def measure_peak(narrowed: CardFilter) -> int:
    """The most bytes that were held at once while everything was read."""
    snapshot = take_snapshot(narrowed, at=NOON)
    tracemalloc.start()
    try:
        for _ in read_pieces(snapshot):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_memory_does_not_grow_with_what_there_is(db: None) -> None:
    fill(50, 1)
    few = measure_peak(CardFilter("condition"))
    fill(450, 1, start=50)

    many = measure_peak(CardFilter("condition"))

    assert Rendition.objects.filter(format="json").count() == 500
    assert many < 1.2 * few
    assert many < 4 * PIECE * 50_000


def test_each_piece_is_one_query(publish_page: PublishPage) -> None:
    for number in range(PIECE + 1):
        publish_page(slug=f"page-{number:02}", minutes=number)
    snapshot = take_snapshot(CardFilter("condition"), at=after_noon(60))

    with CaptureQueriesContext(connection) as captured:
        pieces = [len(piece) for piece in read_pieces(snapshot)]

    assert pieces == [PIECE, 1]
    assert len(captured) == 2


# Headers -------------------------------------------------------------------------------------


def test_nothing_has_happened_is_304(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    tag = client.get(URL)["ETag"]

    unchanged = client.get(URL, headers={"If-None-Match": tag})
    other = client.get(f"{URL}?locale=en", headers={"If-None-Match": tag})
    publish_page(minutes=1, title="Changed")
    changed = client.get(URL, headers={"If-None-Match": tag})

    assert tag.startswith('W/"')
    assert [unchanged.status_code, other.status_code, changed.status_code] == [304, 200, 200]


def test_its_headers(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.get(URL)

    assert response["Cache-Control"] == "no-cache"
    assert response["Cache-Tag"] == "condition"
    assert response["Vary"] == "Accept, Authorization"
    assert "Content-Length" not in response


def test_head_has_the_headers_and_reads_nothing(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    get = client.get(URL)

    with CaptureQueriesContext(connection) as captured:
        head: Any = client.head(URL)

    assert b"".join(head.streaming_content) == b""
    assert (head["ETag"], head["Feed-Cursor"]) == (get["ETag"], get["Feed-Cursor"])
    assert not [query for query in captured if "publishing_rendition" in query["sql"]]


# Keys ----------------------------------------------------------------------------------------

OWN = {"id": "ours", "aspect": "getting_access", "headline": "Ours", "partner": "glow-clinic"}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[Delivered]]]:
    """Which partner was sent what, piece by piece."""
    seen: list[tuple[str, list[Delivered]]] = []

    def witness(caller: Caller, editions: Sequence[Delivered], *, at: datetime) -> None:
        seen.append((caller.partner, list(editions)))

    monkeypatch.setattr(deliveries, "_witnesses", [witness])
    return seen


def test_what_goes_out_to_a_key_is_told(
    client: Client, publish_page: PublishPage, told: list[Any]
) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=1)
    key = make_key("read", partner="glow-clinic")

    read_lines(client.get(URL))
    read_lines(client.get(URL, headers=bearer(key)))

    sent = [Delivered("condition", slug, "en", 1) for slug in ("ear-glow", "ear-hum")]
    assert told == [("glow-clinic", sent)]


def test_a_partner_gets_its_own_sections_and_nobody_else_does(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(sections=[{**OWN, "body": "Come and see us."}])
    keys = [make_key("read", partner=partner) for partner in ("glow-clinic", "hum-clinic")]

    answers = [client.get(URL), *(client.get(URL, headers=bearer(key)) for key in keys)]
    lines = [read_lines(answer)[0] for answer in answers]

    assert [[part["id"] for part in json.loads(line)["sections"]] for line in lines] == [
        [],
        ["ours"],
        [],
    ]
    assert len({answer["ETag"] for answer in answers}) == 3
    assert {answer["Vary"] for answer in answers} == {"Accept, Authorization"}


def test_a_key_without_the_scope_is_refused(client: Client, db: None) -> None:
    response = client.get(URL, headers=bearer(make_key("triage")))

    read_problem(response, 403, "scope_missing")


def test_a_key_that_is_no_good_is_refused(client: Client, db: None) -> None:
    assert client.get(URL, headers={"Authorization": "Bearer nonsense"}).status_code == 401


# Refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("locale=english", "?locale", "invalid_value"),
        ("topic=Ears", "?topic", "invalid_value"),
        ("limit=10", "?limit", "unknown_parameter"),
        ("as_of=2026-11-21T12:00:00Z", "?as_of", "unknown_parameter"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str, code: str
) -> None:
    [error] = read_problem(client.get(f"{URL}?{query}"), 400, "invalid_parameters")["errors"]

    assert (error["pointer"], error["code"]) == (pointer, code)


def test_it_refuses_a_client_that_takes_no_ndjson(client: Client, db: None) -> None:
    response = client.get(URL, headers={"Accept": "application/json"})

    assert "application/x-ndjson" in read_problem(response, 406, "not_acceptable")["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    read_problem(getattr(client, method)(URL), 405, "method_not_allowed")
