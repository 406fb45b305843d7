"""`GET /api/v1/conditions/{slug}/editions/{number}`: one edition, for ever the same bytes."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.models import Rendition
from tests.api.conftest import PublishPage, WithdrawPage, write_page
from tests.api.problems import read_problem
from tests.api.sql import list_tables
from tests.conftest import NOON

URL = "/api/v1/conditions/ear-glow/editions/1"


@pytest.mark.parametrize("format_", ["json", "jsonld", "html", "md"])
def test_it_stays_byte_for_byte_what_was_published(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage, format_: str
) -> None:
    publish_page()
    when_live = client.get("/api/v1/conditions/ear-glow", {"format": format_})
    publish_page(minutes=1, title="Changed")
    superseded = client.get(URL, {"format": format_})
    withdraw_page()

    withdrawn = client.get(URL, {"format": format_})

    assert when_live.content == superseded.content == withdrawn.content
    assert when_live["ETag"] == superseded["ETag"] == withdrawn["ETag"]
    assert when_live["Content-Type"] == withdrawn["Content-Type"]


def test_it_may_be_kept_for_ever(client: Client, publish_page: PublishPage) -> None:
    edition = publish_page()

    response = client.get(URL)

    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Last-Modified"] == "Sat, 21 Nov 2026 12:00:00 GMT"
    stored = Rendition.objects.get(edition=edition, format="json")
    assert response["ETag"] == f'"{stored.digest}"'


def test_it_costs_one_query_and_touches_no_draft_table(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")

    with CaptureQueriesContext(connection) as captured:
        response = client.get(URL)

    assert response.status_code == 200
    assert len(captured) == 1
    assert list_tables(captured[0]["sql"]) == {
        "publishing_document",
        "publishing_edition",
        "publishing_recall",
        "publishing_rendition",
    }


def test_the_format_may_be_chosen_by_accept(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.get(URL, headers={"Accept": "text/markdown"})

    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Location"] == f"{URL}?locale=en&format=md"


def test_accept_language_does_not_change_what_must_not_change(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi")

    response = client.get(URL, headers={"Accept-Language": "hi"})

    assert response["Content-Language"] == "en"
    assert "accept-language" not in response["Vary"].lower()


def test_the_locale_can_be_named(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi")

    assert client.get(URL, {"locale": "hi"}).json()["locale"] == "hi"


def test_a_client_that_holds_it_gets_304(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    tag = client.get(URL)["ETag"]

    assert client.get(URL, headers={"If-None-Match": tag}).status_code == 304


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    get = client.get(URL)

    head = client.head(URL)

    assert head.content == b""
    assert {name: head[name] for name in get.headers} == dict(get.headers)


def test_an_edition_that_is_not_there_names_the_last(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    problem = read_problem(client.get(URL.replace("/1", "/2")), 404, "not_found")

    assert "last edition is 1" in problem["detail"]


def test_an_unknown_page_is_404(client: Client, db: None) -> None:
    read_problem(client.get(URL), 404, "not_found")


def test_a_page_that_was_only_drafted_is_404(client: Client, editor: User) -> None:
    write_page(editor, NOON)

    read_problem(client.get(URL), 404, "not_found")


@pytest.mark.parametrize("number", ["0", "01", "-1", "1.0", "last", "9" * 9, "9" * 40, "%D9%A1"])
def test_a_number_that_no_edition_has_is_404(
    client: Client, publish_page: PublishPage, number: str
) -> None:
    publish_page()

    read_problem(client.get(URL.removesuffix("1") + number), 404, "not_found")


@pytest.mark.parametrize("query", ["as_of=2026-11-21T12:00:00Z", "format=card", "locale=x"])
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str
) -> None:
    read_problem(client.get(f"{URL}?{query}"), 400, "invalid_parameters")


def test_it_refuses_what_it_cannot_send(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    read_problem(client.get(URL, headers={"Accept": "image/png"}), 406, "not_acceptable")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    read_problem(getattr(client, method)(URL), 405, "method_not_allowed")
