"""`GET /api/v1/conditions/{slug}?as_of=…`: what was live at some moment."""

import pytest
from django.test import Client

from tests.api.conftest import PublishPage, WithdrawPage
from tests.api.problems import read_problem

URL = "/api/v1/conditions/ear-glow"


@pytest.mark.parametrize(
    ("as_of", "edition"),
    [
        ("2026-11-21T12:00:00Z", 1),
        ("2026-11-21T12:09:59.999999Z", 1),
        ("2026-11-21T12:10:00Z", 2),
        ("2026-11-21T13:10:00+01:00", 2),
        ("2026-11-21t12:59:59z", 2),
    ],
)
def test_as_of_sends_what_was_live_then(
    client: Client,
    publish_page: PublishPage,
    withdraw_page: WithdrawPage,
    as_of: str,
    edition: int,
) -> None:
    publish_page()
    publish_page(minutes=10, title="Second")
    withdraw_page(minutes=60)

    response = client.get(URL, {"as_of": as_of})

    assert response.json()["edition"] == edition


def test_as_of_before_the_first_edition_is_404(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.get(URL, {"as_of": "2026-11-21T11:59:59Z"})

    assert "2026-11-21T11:59:59Z" in read_problem(response, 404, "not_found")["detail"]


def test_as_of_after_the_withdrawal_is_410(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page(minutes=60)
    publish_page(minutes=120, title="Back again")

    between = client.get(URL, {"as_of": "2026-11-21T13:30:00Z"})
    now = client.get(URL)

    assert read_problem(between, 410, "withdrawn")["withdrawn_at"] == "2026-11-21T13:00:00Z"
    assert now.json()["title"] == "Back again"


@pytest.mark.parametrize(
    ("as_of", "says"),
    [
        ("2999-01-01T00:00:00Z", "future"),
        ("2026-11-21", "time zone"),
        ("2026-11-21T12:00:00", "time zone"),
        ("2026-02-30T12:00:00Z", "exists"),
        ("0001-01-01T00:00:00+14:00", "exists"),
        ("", "timestamp"),
        ("yesterday", "timestamp"),
    ],
)
def test_it_refuses_a_moment_that_it_cannot_answer_for(
    client: Client, db: None, as_of: str, says: str
) -> None:
    response = client.get(URL, {"as_of": as_of})

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == "?as_of"
    assert says in error["detail"]
