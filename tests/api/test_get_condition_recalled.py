"""What readers get of a page whose edition was recalled."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import PublishPage, WithdrawPage, after_noon
from tests.api.problems import read_problem
from tests.api.recalling import REASON, recall_page

pytestmark = pytest.mark.django_db

PAGE = "/api/v1/conditions/ear-glow"


def test_the_page_is_gone_and_says_why_and_how_bad_it_was(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    made = recall_page()

    problem = read_problem(client.get(PAGE), 410, "withdrawn")

    assert problem["reason"] == REASON
    assert REASON in problem["detail"]
    assert problem["recalled"] == {
        "id": str(made.pk),
        "severity": "critical",
        "reason": REASON,
        "recalled_at": "2026-11-21T13:30:00Z",
    }


def test_it_says_where_to_go_instead(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=1)
    recall_page(replacement="ear-hum")

    problem = read_problem(client.get(PAGE), 410, "withdrawn")

    assert problem["replacement"] == {"slug": "ear-hum", "url": "/api/v1/conditions/ear-hum"}


def test_what_was_only_withdrawn_says_so(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page()

    assert read_problem(client.get(PAGE), 410, "withdrawn")["recalled"] is None


def test_what_was_recalled_after_it_was_withdrawn_says_both_in_its_time(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page(minutes=10)
    recall_page(minutes=20)

    before = client.get(PAGE, {"as_of": after_noon(15).isoformat()})
    after = client.get(PAGE, {"as_of": after_noon(25).isoformat()})

    assert read_problem(before, 410, "withdrawn")["recalled"] is None
    now = read_problem(after, 410, "withdrawn")
    assert now["reason"] == "The advice was wrong."
    assert now["recalled"]["reason"] == REASON


def test_the_next_edition_is_there_again(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    recall_page()
    publish_page(minutes=120, title="Put right")

    assert client.get(PAGE).json()["edition"] == 2


def test_the_history_says_which_edition_was_recalled(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, title="Put right")
    made = recall_page(number=1, severity="minor")

    items = client.get(f"{PAGE}/editions").json()["items"]

    assert [item["recalled"] for item in items] == [
        None,
        {
            "id": str(made.pk),
            "severity": "minor",
            "reason": REASON,
            "recalled_at": "2026-11-21T13:30:00Z",
        },
    ]


def test_the_edition_itself_stays_byte_for_byte(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    before = client.get(f"{PAGE}/editions/1")
    recall_page()

    after = client.get(f"{PAGE}/editions/1")

    assert after.status_code == 200
    assert after.content == before.content
    assert after["ETag"] == before["ETag"]
    assert after["Cache-Control"] == before["Cache-Control"]


@pytest.mark.parametrize("address", ["/editions/1", "?as_of=2026-11-21T12:30:00Z"])
@pytest.mark.parametrize("held", [False, True])
def test_fresh_answers_with_the_edition_say_that_it_was_recalled(
    client: Client, publish_page: PublishPage, address: str, held: bool
) -> None:
    publish_page()
    tag = client.get(PAGE + address)["ETag"] if held else '"nothing"'
    made = recall_page()

    response = client.get(PAGE + address, headers={"If-None-Match": tag})

    assert response.status_code == (304 if held else 200)
    assert response["Content-Recall"] == f'severity="critical", id="{made.pk}"'


@pytest.mark.parametrize("address", ["", "/editions/2"])
def test_other_editions_do_not(client: Client, publish_page: PublishPage, address: str) -> None:
    publish_page()
    publish_page(minutes=1, title="Put right")
    recall_page(number=1)

    assert "Content-Recall" not in client.get(PAGE + address)


def test_saying_so_costs_no_query_more(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    recall_page()

    with CaptureQueriesContext(connection) as captured:
        client.get(f"{PAGE}/editions/1")

    assert len(captured) == 1
