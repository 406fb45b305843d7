"""`GET /api/v1/conditions/{slug}/sections/{aspect}`: what a page says about one aspect."""

import json
from datetime import UTC, datetime
from typing import Any

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

PAGE = "/api/v1/conditions/ear-glow"
URL = f"{PAGE}/sections/symptoms"


def make_section(part_id: str, aspect: str, *inner: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": part_id,
        "aspect": aspect,
        "headline": part_id.capitalize(),
        "body": f"About {part_id}.",
        "sections": list(inner),
    }


SECTIONS = [
    make_section("signs", "symptoms", make_section("why", "causes")),
    make_section("help", "treatments", make_section("effects", "symptoms")),
    make_section("night", "symptoms", make_section("dusk", "symptoms")),
]


def list_ids(part: dict[str, Any]) -> list[str]:
    return [section["id"] for section in part["sections"]]


def test_it_has_the_sections_and_what_must_stand_beside_them(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    part = client.get(URL).json()

    assert set(part) == {*BESIDE, "aspect", "sections", "url"}
    assert part["aspect"] == "symptoms"
    assert part["sections"] == client.get(PAGE).json()["sections"]
    check_beside(client, part)


def test_it_has_all_sections_of_the_aspect_in_the_order_of_the_page(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(sections=SECTIONS)

    assert list_ids(client.get(URL).json()) == ["signs", "effects", "night"]
    assert list_ids(client.get(f"{PAGE}/sections/causes").json()) == ["why"]


def test_a_section_brings_along_those_inside_it(client: Client, publish_page: PublishPage) -> None:
    publish_page(sections=SECTIONS)

    signs, _, night = client.get(URL).json()["sections"]

    assert [inner["id"] for inner in signs["sections"]] == ["why"]
    assert [inner["id"] for inner in night["sections"]] == ["dusk"]


def test_an_aspect_that_the_page_has_not_is_404_with_those_that_it_has(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(sections=SECTIONS)

    response = client.get(f"{PAGE}/sections/pregnancy")

    problem = read_problem(response, 404, "not_found")
    assert "no section about 'pregnancy'. It has symptoms, causes, treatments." in problem["detail"]
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Cache-Tag"] == "condition/ear-glow"


@pytest.mark.parametrize("aspect", ["title", "faqs", "Symptoms", "self-care"])
def test_what_is_no_aspect_is_404_whatever_was_asked_before(
    client: Client, publish_page: PublishPage, aspect: str
) -> None:
    publish_page()
    client.get(PAGE, {"fields": "sections,title"})

    problem = read_problem(client.get(f"{PAGE}/sections/{aspect}"), 404, "not_found")

    assert "It has symptoms." in problem["detail"]


def test_a_page_without_sections_says_so(client: Client, publish_page: PublishPage) -> None:
    publish_page(sections=[])

    assert "It has none." in read_problem(client.get(URL), 404, "not_found")["detail"]


def test_an_aspect_that_is_gone_is_still_in_the_past(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=10, sections=[])

    then = client.get(URL, {"as_of": "2026-11-21T12:05:00Z"})

    read_problem(client.get(URL), 404, "not_found")
    assert list_ids(then.json()) == ["signs"]
    assert then["Memento-Datetime"] == "Sat, 21 Nov 2026 12:00:00 GMT"
    assert then["Link"] == f'<{URL}?locale=en>; rel="original"'


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


@pytest.mark.parametrize("aspect", ["symptoms", "pregnancy"])
def test_it_costs_one_query(
    client: Client,
    publish_page: PublishPage,
    django_assert_num_queries: DjangoAssertNumQueries,
    aspect: str,
) -> None:
    publish_page()

    for _ in range(2):
        with django_assert_num_queries(1):
            client.get(f"{PAGE}/sections/{aspect}")


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
    publish_page(sections=SECTIONS)

    document = json.loads(write_openapi())

    check_answer(document, "/api/v1/conditions/{slug}/sections/{aspect}", client.get(URL))


def test_a_withdrawn_page_says_why(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page()

    assert read_problem(client.get(URL), 410, "withdrawn")["reason"] == "The advice was wrong."


def test_a_page_that_is_not_there_has_no_sections(client: Client, db: None) -> None:
    read_problem(client.get(URL), 404, "not_found")


@pytest.mark.parametrize("path", ["sections", "sections/", "sections/a/b", "sections/über"])
def test_an_address_without_an_aspect_is_no_address(client: Client, db: None, path: str) -> None:
    read_problem(client.get(f"{PAGE}/{path}"), 404, "not_found")


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
