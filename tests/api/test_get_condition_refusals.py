"""`GET /api/v1/conditions/{slug}`: when there is nothing to send, or the question is wrong."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.api.conftest import PublishPage, WithdrawPage, write_page
from tests.api.problems import read_problem
from tests.conftest import NOON

URL = "/api/v1/conditions/ear-glow"


def test_a_withdrawn_page_says_why_and_where_to_go(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    publish_page(minutes=1, slug="ear-hum")
    withdraw_page(replacement="ear-hum")

    response = client.get(URL)

    problem = read_problem(response, 410, "withdrawn")
    assert problem["reason"] == "The advice was wrong."
    assert problem["withdrawn_at"] == "2026-11-21T13:00:00Z"
    assert problem["replacement"] == {"slug": "ear-hum", "url": "/api/v1/conditions/ear-hum"}
    assert response["Cache-Tag"] == "condition/ear-glow"


def test_a_withdrawn_page_without_replacement_says_null(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page()

    problem = read_problem(client.get(URL), 410, "withdrawn")

    assert problem["replacement"] is None


def test_an_unknown_page_is_404(client: Client, db: None) -> None:
    problem = read_problem(client.get(URL), 404, "not_found")

    assert problem["instance"] == URL
    assert "/api/v1/conditions" in problem["detail"]


def test_a_page_that_was_only_drafted_is_404_like_any_other(client: Client, editor: User) -> None:
    write_page(editor, NOON)

    drafted = read_problem(client.get(URL), 404, "not_found")
    unknown = read_problem(client.get(URL.replace("ear", "eye")), 404, "not_found")

    assert drafted["detail"].replace("ear", "eye") == unknown["detail"]


@pytest.mark.parametrize("path", [URL + "/", URL + "/nothing", "/api/v1/conditions/not%20a%20slug"])
def test_a_path_that_is_not_there_is_a_problem(client: Client, db: None, path: str) -> None:
    read_problem(client.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("query", "pointer", "code", "says"),
    [
        ("lokale=en", "?lokale", "unknown_parameter", "Did you mean 'locale'?"),
        ("members=title", "?members", "unknown_parameter", "as_of, fields, format, locale"),
        ("locale=en&locale=hi", "?locale", "repeated_parameter", "Give it once"),
        ("locale=EN", "?locale", "invalid_value", "en-GB"),
        ("locale=", "?locale", "invalid_value", "en-GB"),
        ("locale=%00", "?locale", "invalid_value", "en-GB"),
        ("format=pdf", "?format", "invalid_value", "json, jsonld, html, md"),
        ("format=card", "?format", "invalid_value", "json, jsonld, html, md"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str, code: str, says: str
) -> None:
    response = client.get(f"{URL}?{query}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == pointer
    assert error["code"] == code
    assert says in error["detail"]


def test_it_names_everything_that_is_wrong_at_once(client: Client, db: None) -> None:
    response = client.get(URL + "?format=pdf&page=2")

    errors = read_problem(response, 400, "invalid_parameters")["errors"]
    assert {error["pointer"] for error in errors} == {"?format", "?page"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_options_says_what_is_possible(client: Client, db: None) -> None:
    response = client.options(URL)

    assert response.status_code == 204
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_preflight_is_answered(client: Client, db: None) -> None:
    headers = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}

    response = client.options(URL, headers=headers)

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "if-none-match" in response["Access-Control-Allow-Headers"]
