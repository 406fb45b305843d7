"""`GET /api/v1/triage/protocols/{slug}?fields=…`: some members, never without what must be said."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.api.docs import write_openapi
from calfcms.publishing.models import Edition
from tests.api.problems import read_problem
from tests.api.test_openapi import check_answer

URL = "/api/v1/triage/protocols/tooth-hum"
ALWAYS = {"slug", "locale", "edition", "digest", "review", "disclaimer"}


def test_it_keeps_the_members_that_were_asked_for_and_what_must_be_said(
    client: Client, published: Edition
) -> None:
    whole = client.get(URL).json()

    sparse = client.get(URL, {"fields": "rules,gates"}).json()

    assert set(sparse) == ALWAYS | {"rules", "gates"}
    assert all(sparse[name] == whole[name] for name in sparse)


def test_numbered_editions_take_it_too(client: Client, published: Edition) -> None:
    sparse = client.get(URL, {"fields": "rules"})

    numbered = client.get(sparse["Content-Location"])

    assert numbered.content == sparse.content


def test_it_costs_one_query(
    client: Client, published: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        client.get(URL, {"fields": "rules"})


def test_sparse_answers_fit_their_schema(client: Client, published: Edition) -> None:
    response = client.get(URL, {"fields": "title"})

    check_answer(json.loads(write_openapi()), "/api/v1/triage/protocols/{slug}", response)


@pytest.mark.parametrize("path", [URL, f"{URL}/editions/1"])
def test_a_member_that_no_protocol_has_is_refused_with_those_that_there_are(
    client: Client, db: None, path: str
) -> None:
    response = client.get(path, {"fields": "faqs,rule"})

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == "?fields"
    assert "no member 'faqs'" in error["detail"]
    assert "dispositions" in error["detail"]
