"""Who calls, by the key that was sent: what is let in, and how each other key is refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.syndication.actions.close_partner import close_partner, open_partner
from calfcms.syndication.actions.make_key import MadeKey, make_key
from calfcms.syndication.actions.revoke_key import revoke_key
from calfcms.syndication.models import Key, Partner
from tests.api.problems import read_problem
from tests.api.sql import list_tables

pytestmark = pytest.mark.django_db
URL = "/api/v1/partner"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon(at: datetime) -> Any:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def made(partner: Partner, manager: User, at: datetime) -> MadeKey:
    """Good for a day."""
    return make_key(
        partner=partner, name="web", scopes=["read"], expires_at=at + DAY, by=manager, at=at
    )


def call(client: Client, authorization: str, **headers: str) -> Any:
    return client.get(URL, headers={"Authorization": authorization, **headers})


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer  "])
def test_a_good_key_is_let_in(client: Client, made: MadeKey, scheme: str) -> None:
    response = call(client, f"{scheme} {made.secret}")

    assert response.status_code == 200
    assert response.json()["partner"] == "city-clinic"


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "calf_" + "a" * 43,
        "Bearer calf_short",
        "Bearer calf_" + "a" * 43 + "!",
        "Bearer calf_" + "a" * 5000,
        "Bearer calf_" + "é" * 43,
        "Bearer calf_" + "a" * 43 + " calf_" + "b" * 43,
        "Bearer \x00",
    ],
)
def test_what_is_no_key_is_refused_without_asking_the_database(
    client: Client, authorization: str
) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = call(client, authorization)

    read_problem(response, 401, "invalid_key")
    assert response["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert len(queries) == 0


def test_an_unknown_key_is_refused(client: Client) -> None:
    response = call(client, "Bearer calf_" + "a" * 43)

    problem = read_problem(response, 401, "invalid_key")
    assert "all of it was copied" in problem["detail"]


def test_the_right_beginning_is_not_enough(client: Client, made: MadeKey) -> None:
    wrong = made.secret[:-1] + ("a" if made.secret[-1] != "a" else "b")

    read_problem(call(client, f"Bearer {wrong}"), 401, "invalid_key")


def test_a_key_is_refused_from_the_moment_it_expires(
    client: Client, made: MadeKey, at: datetime
) -> None:
    with time_machine.travel(at + DAY - timedelta(seconds=1)):
        assert call(client, f"Bearer {made.secret}").status_code == 200
    with time_machine.travel(at + DAY, tick=False):
        response = call(client, f"Bearer {made.secret}")

    read_problem(response, 401, "key_expired")
    assert response["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_a_revoked_key_is_refused(
    client: Client, made: MadeKey, manager: User, at: datetime
) -> None:
    revoke_key(key=made.key, reason="", by=manager, at=at)

    response = call(client, f"Bearer {made.secret}")

    read_problem(response, 401, "key_revoked")
    assert response["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_all_keys_of_a_closed_partner_stop_at_once_until_it_is_opened(
    client: Client, made: MadeKey, partner: Partner, manager: User, at: datetime
) -> None:
    close_partner(partner=partner, reason="Over", by=manager, at=at)

    problem = read_problem(call(client, f"Bearer {made.secret}"), 401, "partner_closed")
    assert "city-clinic" in problem["detail"]

    open_partner(partner=partner, by=manager, at=at)

    assert call(client, f"Bearer {made.secret}").status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://clinic.example", 200),
        ("http://testserver", 200),
        ("https://clinic.example:8443", 403),
        ("http://clinic.example", 403),
        ("https://evil.example", 403),
        ("https://clinic.example.evil.example", 403),
        ("https://testserver", 403),
        ("null", 403),
    ],
)
def test_pages_call_only_from_origins_that_the_partner_has_and_from_our_own(
    client: Client, made: MadeKey, origin: str, status: int
) -> None:
    response = call(client, f"Bearer {made.secret}", Origin=origin)

    assert response.status_code == status
    if status == 403:
        assert origin in read_problem(response, 403, "origin_not_allowed")["detail"]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_partner_without_origins_has_keys_for_servers_and_apps_only(
    client: Client, made: MadeKey
) -> None:
    Partner.objects.update(allowed_origins=[])

    assert call(client, f"Bearer {made.secret}").status_code == 200
    response = call(client, f"Bearer {made.secret}", Origin="https://clinic.example")
    read_problem(response, 403, "origin_not_allowed")


def test_without_a_key_any_page_may_call(client: Client) -> None:
    response = client.get("/api/v1", headers={"Origin": "https://evil.example"})

    assert response.status_code == 200


@pytest.mark.parametrize("name", ["key", "api_key", "access_token"])
def test_a_key_in_the_address_is_refused_and_not_repeated(
    client: Client, made: MadeKey, name: str
) -> None:
    response = client.get("/api/v1/conditions", {name: made.secret})

    problem = read_problem(response, 400, "invalid_parameters")
    assert problem["errors"][0]["code"] == "unknown_parameter"
    assert made.secret not in response.content.decode()


def test_a_key_costs_one_query(client: Client, made: MadeKey) -> None:
    call(client, f"Bearer {made.secret}")  # the first in an hour writes that it was used

    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v1", headers={"Authorization": f"Bearer {made.secret}"})

    assert [list_tables(query["sql"]) for query in queries] == [
        {"syndication_key", "syndication_partner"}
    ]


def test_using_it_leaves_the_hour(client: Client, made: MadeKey, at: datetime) -> None:
    call(client, f"Bearer {made.secret}")

    assert Key.objects.get().last_used_at == at


def test_a_refused_call_is_no_use(client: Client, made: MadeKey) -> None:
    call(client, f"Bearer {made.secret}", Origin="https://evil.example")

    assert Key.objects.get().last_used_at is None


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/docs"])
def test_health_checks_and_the_document_do_not_look_at_keys(client: Client, path: str) -> None:
    response = client.get(path, headers={"Authorization": "Bearer calf_wrong"})

    assert response.status_code == 200


def test_an_answer_to_a_key_is_for_no_shared_cache(client: Client, made: MadeKey) -> None:
    anonymous = client.get("/api/v1")
    keyed = client.get("/api/v1", headers={"Authorization": f"Bearer {made.secret}"})

    assert anonymous["Cache-Control"].startswith("public")
    assert keyed["Cache-Control"] == "private, max-age=60"
    assert "Authorization" in keyed["Vary"]
