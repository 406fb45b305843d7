"""`GET /api/v1/partner`: whose key this is."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.syndication.models import Key, Partner
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem

pytestmark = pytest.mark.django_db
URL = "/api/v1/partner"


def test_it_says_who_calls_with_what(client: Client, at: datetime) -> None:
    secret = make_key("read", "triage", partner="city-clinic")
    Partner.objects.update(
        name="City Clinic", attribution="Shown beside it", allowed_origins=["https://a.example"]
    )

    response = client.get(URL, headers=bearer(secret))

    assert response.status_code == 200
    assert response.json() == {
        "partner": "city-clinic",
        "name": "City Clinic",
        "attribution": "Shown beside it",
        "allowed_origins": ["https://a.example"],
        "key": {
            "name": "key 1",
            "prefix": secret[:12],
            "scopes": ["read", "triage"],
            "created_at": "2026-11-21T12:00:00Z",
            "expires_at": None,
        },
        "quota": {"calls": 1200, "seconds": 60},
    }


def test_nobody_keeps_it_and_the_secret_is_not_in_it(client: Client) -> None:
    secret = make_key("read")

    response = client.get(URL, headers=bearer(secret))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Vary"] == "Accept, Authorization"
    assert secret not in response.content.decode()
    assert Key.objects.get().hash not in response.content.decode()


@pytest.mark.parametrize("scope", ["read", "preview", "audit", "triage"])
def test_any_scope_will_do(client: Client, scope: str) -> None:
    assert client.get(URL, headers=bearer(make_key(scope))).status_code == 200


@pytest.mark.parametrize(
    ("own", "usual", "quota"),
    [(7, 1200, {"calls": 7, "seconds": 60}), (None, 0, None), (7, 0, {"calls": 7, "seconds": 60})],
)
def test_it_says_how_often_the_key_may_call(
    client: Client, settings: Any, own: int | None, usual: int, quota: Any
) -> None:
    settings.KEY_CALLS_PER_MINUTE = usual
    secret = make_key("read")
    Partner.objects.update(calls_per_minute=own)

    assert client.get(URL, headers=bearer(secret)).json()["quota"] == quota


def test_it_costs_two_queries(client: Client) -> None:
    secret = make_key("read")
    client.get(URL, headers=bearer(secret))

    with CaptureQueriesContext(connection) as queries:
        client.get(URL, headers=bearer(secret))

    assert len(queries) == 2


def test_it_refuses_whoever_has_no_key(client: Client) -> None:
    response = client.get(URL)

    problem = read_problem(response, 401, "not_authenticated")
    assert problem["detail"] == "This call takes a key: send `Authorization: Bearer <key>`."
    assert response["WWW-Authenticate"] == "Bearer"


def test_it_takes_no_parameters(client: Client) -> None:
    response = client.get(URL + "?partner=other", headers=bearer(make_key("read")))

    read_problem(response, 400, "invalid_parameters")


def test_it_refuses_a_client_that_takes_no_json(client: Client) -> None:
    response = client.get(URL, headers=bearer(make_key("read")) | {"Accept": "text/html"})

    read_problem(response, 406, "not_acceptable")


def test_it_cannot_be_written(client: Client) -> None:
    read_problem(client.post(URL), 405, "method_not_allowed")
