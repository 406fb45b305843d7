"""`GET /api/v1/conditions/{slug}?fields=…`: some members, never without what must be said."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.api.docs import write_openapi
from calfcms.publishing.derived_reading import derived_bodies
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.edition_json import HEAD_MEMBERS
from calfcms.publishing.kinds import Kind
from calfcms.publishing.reading import bodies
from calfcms.publishing.sparse import KEPT
from conditions.api.shapes import ConditionEdition
from conditions.kind import ConditionKind
from tests.api.conftest import PublishPage, WithdrawPage
from tests.api.problems import read_problem
from tests.api.test_openapi import check_answer
from triage.api.shapes import ProtocolEdition
from triage.kind import ProtocolKind

URL = "/api/v1/conditions/ear-glow"
ALWAYS = {"slug", "locale", "edition", "digest", "red_flags", "review", "disclaimer"}


def test_it_keeps_the_members_that_were_asked_for_and_what_must_be_said(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    whole = client.get(URL).json()

    sparse = client.get(URL, {"fields": "title,faqs"}).json()

    assert sparse == {name: whole[name] for name in whole if name in ALWAYS | {"title", "faqs"}}
    assert set(sparse) == ALWAYS | {"title", "faqs"}


def test_what_must_be_said_is_said_whoever_asks_for_what(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    for name in client.get(URL).json():
        sparse = client.get(URL, {"fields": name}).json()

        assert set(sparse) == ALWAYS | {name}
        assert sparse["red_flags"][0]["sign"] == "Smoke"


def test_the_tag_is_of_the_bytes_that_were_sent(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    sparse = client.get(URL, {"fields": "title"})

    assert sparse["ETag"] == f'"{digest_of_bytes(sparse.content)}"'
    assert sparse["ETag"] != client.get(URL)["ETag"]


def test_the_same_members_are_the_same_bytes_in_whatever_order_they_are_named(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    answers = [client.get(URL, {"fields": given}) for given in ("title,faqs", "faqs,title,faqs")]

    assert answers[0].content == answers[1].content
    assert answers[0]["Content-Location"] == answers[1]["Content-Location"]


def test_a_client_that_holds_the_sparse_bytes_gets_304(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    tag = client.get(URL, {"fields": "title"})["ETag"]

    response = client.get(URL, {"fields": "title"}, headers={"If-None-Match": tag})

    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("is_warm", [True, False])
def test_a_client_that_holds_the_whole_gets_the_sparse_bytes(
    client: Client, publish_page: PublishPage, is_warm: bool
) -> None:
    publish_page()
    tag = client.get(URL)["ETag"]
    if not is_warm:
        bodies.clear()
        derived_bodies.clear()

    response = client.get(URL, {"fields": "title"}, headers={"If-None-Match": tag})

    assert response.status_code == 200
    assert "sections" not in response.json()


@pytest.mark.parametrize("is_warm", [True, False])
def test_it_costs_one_query(
    client: Client,
    publish_page: PublishPage,
    django_assert_num_queries: DjangoAssertNumQueries,
    is_warm: bool,
) -> None:
    publish_page()
    if is_warm:
        client.get(URL, {"fields": "title"})

    with django_assert_num_queries(1):
        client.get(URL, {"fields": "title"})


def test_a_new_edition_is_read_at_once(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    client.get(URL, {"fields": "title"})
    publish_page(minutes=1, title="Rewritten")

    assert client.get(URL, {"fields": "title"}).json()["title"] == "Rewritten"


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    get, head = (ask(URL, {"fields": "title"}) for ask in (client.get, client.head))

    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))
    assert head["ETag"] == get["ETag"]


def test_its_content_location_gives_the_same_bytes_for_ever(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    sparse = client.get(URL, {"fields": "title,faqs"})

    numbered = client.get(sparse["Content-Location"])

    assert sparse["Content-Location"].endswith(
        "/editions/1?locale=en&format=json&fields=faqs,title"
    )
    assert numbered.content == sparse.content
    assert numbered["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_past_is_sparse_too(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=10, title="Second")

    then = client.get(URL, {"fields": "title", "as_of": "2026-11-21T12:05:00Z"})

    assert then.json()["edition"] == 1
    assert "faqs" not in then.json()


@pytest.mark.parametrize(
    "query", ["fields=title", "fields=review", "fields=title,sections,summary"]
)
def test_sparse_answers_fit_their_schema(
    client: Client, publish_page: PublishPage, query: str
) -> None:
    publish_page()

    check_answer(
        json.loads(write_openapi()), "/api/v1/conditions/{slug}", client.get(f"{URL}?{query}")
    )


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ("titel", "no member 'titel'. Did you mean 'title'?"),
        ("title,red-flags", "no member 'red-flags'. Did you mean 'red_flags'?"),
        ("xyzzy", "There are schema_version, kind, id, slug,"),
        ("", "no member ''"),
        ("title,", "no member ''"),
        ("title faqs", "no member 'title faqs'"),
        ("sections.headline", "no member 'sections.headline'"),
    ],
)
@pytest.mark.parametrize("path", [URL, f"{URL}/editions/1"])
def test_a_member_that_no_page_has_is_refused_with_those_that_there_are(
    client: Client, db: None, path: str, fields: str, says: str
) -> None:
    response = client.get(path, {"fields": fields})

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert (error["pointer"], error["code"]) == ("?fields", "invalid_value")
    assert says in error["detail"]
    assert "attribution" in error["detail"]


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ({"format": "html"}, {}),
        ({"format": "jsonld"}, {}),
        ({}, {"Accept": "text/markdown"}),
        ({}, {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}),
    ],
)
@pytest.mark.parametrize("path", [URL, f"{URL}/editions/1"])
def test_fields_of_another_format_are_refused(
    client: Client,
    publish_page: PublishPage,
    path: str,
    query: dict[str, str],
    headers: dict[str, str],
) -> None:
    publish_page()

    response = client.get(path, {"fields": "title", **query}, headers=headers)

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == "?fields"
    assert "JSON only" in error["detail"]


def test_a_withdrawn_page_has_no_members(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page()

    read_problem(client.get(URL, {"fields": "title"}), 410, "withdrawn")


def test_nothing_is_asked_of_a_page_that_is_not_there(client: Client, db: None) -> None:
    read_problem(client.get(URL, {"fields": "title"}), 404, "not_found")


@pytest.mark.parametrize(
    ("kind", "shape"), [(ConditionKind, ConditionEdition), (ProtocolKind, ProtocolEdition)]
)
def test_every_member_of_an_edition_can_be_asked_for(kind: type[Kind], shape: Any) -> None:
    assert {*HEAD_MEMBERS, "partner", *kind.members, "review"} == set(shape.model_fields)


def test_what_is_always_kept_is_what_the_contract_names_and_whom_or_what_it_is_made_from() -> None:
    assert ALWAYS | {"partner", "translation"} == KEPT
