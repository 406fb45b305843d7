"""`GET /api/v1/conditions/{slug}/red-flags`: the signs on a page that must not wait."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.api.docs import write_openapi
from calfcms.publishing.digest import digest_of_bytes
from tests.api.conftest import PublishPage, WithdrawPage
from tests.api.parts import BESIDE, REFUSED_QUERIES, check_beside, check_refusal
from tests.api.problems import read_problem
from tests.api.test_openapi import check_answer

URL = "/api/v1/conditions/ear-glow/red-flags"
FIRE = {"id": "fire", "sign": "Fire", "urgency": "emergency", "action": "Call the fire brigade."}


def test_it_has_the_red_flags_the_review_and_the_disclaimer(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    part = client.get(URL).json()

    assert set(part) == {*BESIDE, "url"}
    assert part["red_flags"][0]["action"] == "Call an ambulance."
    check_beside(client, part)


def test_a_page_without_red_flags_has_an_empty_list(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(red_flags=[])

    assert client.get(URL).json()["red_flags"] == []


def test_the_tag_is_of_the_bytes_and_saves_them(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    first = client.get(URL)

    again = client.get(URL, headers={"If-None-Match": first["ETag"]})

    assert first["ETag"] == f'"{digest_of_bytes(first.content)}"'
    assert (again.status_code, again.content) == (304, b"")


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    get, head = client.get(URL), client.head(URL)

    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))


def test_it_costs_one_query(
    client: Client, publish_page: PublishPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish_page()

    for _ in range(2):
        with django_assert_num_queries(1):
            client.get(URL)


def test_a_new_red_flag_is_there_at_once(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    client.get(URL)
    publish_page(minutes=1, red_flags=[FIRE])

    now = client.get(URL)
    then = client.get(URL, {"as_of": "2026-11-21T12:00:30Z"})

    assert [flag["id"] for flag in now.json()["red_flags"]] == ["fire"]
    assert [flag["id"] for flag in then.json()["red_flags"]] == ["smoke"]
    assert then["Memento-Datetime"] == "Sat, 21 Nov 2026 12:00:00 GMT"


def test_the_locale_is_the_best_that_is_published(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi")

    response = client.get(URL, headers={"Accept-Language": "hi"})

    assert response["Content-Language"] == response.json()["locale"] == "hi"


def test_an_overdue_review_is_marked(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    with time_machine.travel(datetime(2027, 11, 22, tzinfo=UTC), tick=False):
        part = client.get(URL).json()

    assert part["review"]["overdue"] is True


def test_it_fits_its_schema(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    document = json.loads(write_openapi())

    check_answer(document, "/api/v1/conditions/{slug}/red-flags", client.get(URL))


def test_a_withdrawn_page_says_why(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page()

    assert read_problem(client.get(URL), 410, "withdrawn")["reason"] == "The advice was wrong."


def test_a_page_that_is_not_there_has_no_red_flags(client: Client, db: None) -> None:
    read_problem(client.get(URL), 404, "not_found")


@pytest.mark.parametrize(("query", "pointer", "code"), REFUSED_QUERIES)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str, code: str
) -> None:
    check_refusal(client.get(f"{URL}?{query}"), pointer, code)


def test_it_refuses_what_it_cannot_send(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.get(URL, headers={"Accept": "text/html"})

    assert "application/json" in read_problem(response, 406, "not_acceptable")["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    read_problem(getattr(client, method)(URL), 405, "method_not_allowed")
