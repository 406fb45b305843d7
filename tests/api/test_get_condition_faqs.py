"""`GET /api/v1/conditions/{slug}/faqs`: the questions of a page."""

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

URL = "/api/v1/conditions/ear-glow/faqs"


def test_it_has_the_questions_and_what_must_stand_beside_them(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    part = client.get(URL).json()

    assert set(part) == {*BESIDE, "faqs", "url"}
    assert part["faqs"][0]["question"] == "Is it catching?"
    check_beside(client, part)


def test_a_page_without_questions_has_an_empty_list(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(faqs=[])

    assert client.get(URL).json()["faqs"] == []


def test_its_headers_say_what_it_is_and_how_long_it_may_be_kept(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    response = client.get(URL)

    assert response["ETag"] == f'"{digest_of_bytes(response.content)}"'
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "condition/ear-glow, condition/ear-glow/en"
    assert response["Content-Language"] == "en"
    assert response["Content-Review"] == 'due="2027-11-21"'
    assert response["Vary"] == "Accept, Accept-Language, Authorization"
    assert response["Last-Modified"] == "Sat, 21 Nov 2026 12:00:00 GMT"
    assert "Memento-Datetime" not in response


def test_a_client_that_holds_the_bytes_gets_304(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    tag = client.get(URL)["ETag"]

    response = client.get(URL, headers={"If-None-Match": tag})

    assert (response.status_code, response.content) == (304, b"")


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    get, head = client.get(URL), client.head(URL)

    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))
    assert head["ETag"] == get["ETag"]


def test_it_costs_one_query(
    client: Client, publish_page: PublishPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish_page()

    for _ in range(2):
        with django_assert_num_queries(1):
            client.get(URL)


def test_the_locale_is_the_best_that_is_published(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi")

    negotiated = client.get(URL, headers={"Accept-Language": "hi-IN, en;q=0.5"})
    named = client.get(URL, {"locale": "hi"})

    assert negotiated.content == named.content
    assert negotiated["Content-Language"] == negotiated.json()["locale"] == "hi"


def test_as_of_sends_the_questions_of_then(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=10, faqs=[])

    then = client.get(URL, {"as_of": "2026-11-21T12:09:00Z"})

    assert len(then.json()["faqs"]) == 1
    assert then["Memento-Datetime"] == "Sat, 21 Nov 2026 12:00:00 GMT"
    assert then["Link"] == f'<{URL}?locale=en>; rel="original"'


def test_an_overdue_review_is_marked(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    with time_machine.travel(datetime(2027, 11, 22, tzinfo=UTC), tick=False):
        response = client.get(URL)

    assert response.json()["review"]["overdue"] is True
    assert response["Content-Review"] == 'due="2027-11-21", overdue'


def test_it_fits_its_schema(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    document = json.loads(write_openapi())

    check_answer(document, "/api/v1/conditions/{slug}/faqs", client.get(URL))


def test_a_withdrawn_page_says_why(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page(minutes=60)

    now = client.get(URL)
    then = client.get(URL, {"as_of": "2026-11-21T12:30:00Z"})

    assert read_problem(now, 410, "withdrawn")["reason"] == "The advice was wrong."
    assert then.status_code == 200


def test_a_page_that_is_not_there_has_no_questions(client: Client, db: None) -> None:
    read_problem(client.get(URL), 404, "not_found")


def test_a_time_before_the_page_is_404(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.get(URL, {"as_of": "2026-11-21T11:00:00Z"})

    assert "2026-11-21T11:00:00Z" in read_problem(response, 404, "not_found")["detail"]


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
    response = getattr(client, method)(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
