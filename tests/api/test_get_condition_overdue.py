"""`GET /conditions/{slug}` and lists once a review is overdue: live answers say so."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.api.docs import write_openapi
from calfcms.publishing.digest import digest_of, digest_of_bytes
from calfcms.publishing.models import Rendition
from calfcms.publishing.overdue_reading import marked_bodies
from calfcms.publishing.reading import bodies
from tests.api.conftest import PublishPage, WithdrawPage
from tests.api.problems import read_problem
from tests.api.test_openapi import check_answer

pytestmark = pytest.mark.django_db

LIST = "/api/v1/conditions"
URL = f"{LIST}/ear-glow"
DUE_DAY = datetime(2027, 11, 21, 23, 59, 59, tzinfo=UTC)
OVERDUE = DUE_DAY + timedelta(seconds=1)
SENTENCE = "The review of this page is overdue: it was due by 21 November 2027."


@pytest.fixture(autouse=True)
def _page(publish_page: PublishPage) -> None:
    marked_bodies.clear()
    publish_page()


def read_at(client: Client, moment: datetime, query: str = "", **headers: str) -> Any:
    with time_machine.travel(moment, tick=False):
        return client.get(URL + query, headers=headers)


def read_stored(name: str) -> bytes:
    return bytes(Rendition.objects.get(format=name).body)


def test_until_the_end_of_the_day_nothing_is_said(client: Client) -> None:
    response = read_at(client, DUE_DAY)

    assert response.content == read_stored("json")
    assert response["Content-Review"] == 'due="2027-11-21"'


def test_from_the_next_day_on_the_answer_is_marked(client: Client) -> None:
    response = read_at(client, OVERDUE)

    assert response["Content-Review"] == 'due="2027-11-21", overdue'
    assert response.json()["review"]["overdue"] is True


def test_without_the_mark_it_is_the_edition_that_was_signed(client: Client) -> None:
    edition = read_at(client, OVERDUE).json()

    del edition["review"]["overdue"]

    assert edition == json.loads(read_stored("json"))
    assert edition.pop("digest") == digest_of(edition)


@pytest.mark.parametrize("name", ["html", "md"])
def test_pages_say_it_in_words_right_after_the_title(client: Client, name: str) -> None:
    stored = read_stored(name).decode()

    marked = read_at(client, OVERDUE, f"?format={name}").content.decode()

    before, _, after = marked.partition(SENTENCE)
    assert stored.startswith(before.removesuffix('<p class="overdue"><strong>').rstrip("*"))
    assert "Ear glow: what it is" in before
    assert stored.endswith(after.partition("\n")[2].lstrip("\n"))
    assert len(marked) > len(stored)


def test_json_ld_has_no_term_for_it_but_the_header_says_it(client: Client) -> None:
    response = read_at(client, OVERDUE, "?format=jsonld")

    assert response.content == read_stored("jsonld")
    assert response["Content-Review"] == 'due="2027-11-21", overdue'


def test_the_tag_is_of_the_bytes_that_were_sent(client: Client) -> None:
    before = read_at(client, DUE_DAY)
    after = read_at(client, OVERDUE)

    assert after["ETag"] == f'"{digest_of_bytes(after.content)}"'
    assert after["ETag"] != before["ETag"]


@pytest.mark.parametrize("is_warm", [True, False])
def test_a_reader_who_holds_the_unmarked_bytes_gets_the_marked_ones(
    client: Client, is_warm: bool
) -> None:
    tag = read_at(client, DUE_DAY)["ETag"]
    if not is_warm:
        bodies.clear()

    response = read_at(client, OVERDUE, **{"If-None-Match": tag})

    assert response.status_code == 200
    assert response.json()["review"]["overdue"] is True


def test_a_reader_who_holds_the_marked_bytes_need_not_fetch_them_again(client: Client) -> None:
    tag = read_at(client, OVERDUE)["ETag"]

    response = read_at(client, OVERDUE + timedelta(days=9), **{"If-None-Match": tag})

    assert response.status_code == 304
    assert response["Content-Review"] == 'due="2027-11-21", overdue'


def test_becoming_overdue_is_a_modification(client: Client) -> None:
    since = read_at(client, DUE_DAY)["Last-Modified"]

    response = read_at(client, OVERDUE, **{"If-Modified-Since": since})

    assert response.status_code == 200
    assert response["Last-Modified"] == "Mon, 22 Nov 2027 00:00:00 GMT"


def test_a_marked_read_is_one_query_again(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    read_at(client, OVERDUE)

    with django_assert_num_queries(1):
        response = read_at(client, OVERDUE)

    assert response.json()["review"]["overdue"] is True


def test_the_first_marked_read_is_one_query_too(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bodies.clear()

    with django_assert_num_queries(1):
        read_at(client, OVERDUE)


def test_a_numbered_edition_stays_as_it_was_published(client: Client) -> None:
    response = read_at(client, OVERDUE, "/editions/1")

    assert response.content == read_stored("json")
    assert response["Content-Review"] == 'due="2027-11-21"'


@pytest.mark.parametrize(
    ("as_of", "header"),
    [
        ("2027-11-21T23:59:59Z", 'due="2027-11-21"'),
        ("2027-11-22T00:00:00Z", 'due="2027-11-21", overdue'),
        ("2027-11-22T01:30:00%2B02:00", 'due="2027-11-21"'),
    ],
)
def test_the_past_is_marked_as_it_was_then(client: Client, as_of: str, header: str) -> None:
    response = read_at(client, OVERDUE + timedelta(days=30), f"?as_of={as_of}")

    assert response["Content-Review"] == header
    assert response.json()["review"].get("overdue", False) is header.endswith("overdue")


def test_a_review_ends_it(client: Client, publish_page: PublishPage) -> None:
    days = (OVERDUE - DUE_DAY.replace(year=2026)).days + 1
    publish_page(minutes=days * 24 * 60, title="Reviewed")

    response = read_at(client, OVERDUE + timedelta(days=2))

    assert response["Content-Review"] == 'due="2028-11-22"'
    assert "overdue" not in response.json()["review"]


def test_lists_mark_what_is_overdue_and_nothing_else(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(minutes=24 * 60, slug="ear-hum")

    with time_machine.travel(OVERDUE, tick=False):
        items = client.get(LIST).json()["items"]

    marks = {item["slug"]: item["review"].get("overdue", False) for item in items}
    assert marks == {"ear-glow": True, "ear-hum": False}


def test_words_on_a_page_that_look_like_a_date_mark_nothing(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(minutes=1, slug="ear-hum", name='"next_review_due":"1999-01-01"')

    with time_machine.travel(DUE_DAY, tick=False):
        items = client.get(LIST).json()["items"]

    assert [item["review"].get("overdue") for item in items] == [None, None]


def test_what_is_withdrawn_is_gone_overdue_or_not(
    client: Client, withdraw_page: WithdrawPage
) -> None:
    withdraw_page()

    read_problem(read_at(client, OVERDUE), 410, "withdrawn")


@pytest.mark.parametrize(("path", "url"), [(f"{LIST}/{{slug}}", URL), (LIST, LIST)])
def test_marked_answers_fit_their_schema(client: Client, path: str, url: str) -> None:
    with time_machine.travel(OVERDUE, tick=False):
        response = client.get(url)

    check_answer(json.loads(write_openapi()), path, response)
