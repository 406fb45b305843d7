"""`GET /api/v1/triage/protocols/{slug}/editions`: everything that was ever published."""

import pytest
from django.test import Client

from calfcms.publishing.models import Edition
from tests.api.problems import read_problem
from tests.triage.conftest import Press

URL = "/api/v1/triage/protocols/tooth-hum/editions"


def test_it_lists_every_edition_newest_first(
    client: Client, press: Press, published: Edition
) -> None:
    second = press.publish_protocol(title="Another title")

    items = client.get(URL).json()["items"]

    assert [item["number"] for item in items] == [2, 1]
    assert [item["digest"] for item in items] == [second.digest, published.digest]
    assert items[0]["change"] == {"class": "clinical", "note": "For the test."}
    assert items[0]["sign_offs"][0]["reviewer"]["name"] == "Rex Reviewer (fictional)"
    assert items[1]["live"][0]["ending"] == "superseded"


def test_each_edition_can_be_read_where_it_says(client: Client, published: Edition) -> None:
    [item] = client.get(URL).json()["items"]

    assert client.get(item["url"]).json()["digest"] == item["digest"]


def test_a_withdrawal_is_part_of_the_history(
    client: Client, press: Press, published: Edition
) -> None:
    press.withdraw()

    [item] = client.get(URL).json()["items"]

    assert item["live"][0]["ending"] == "withdrawn"
    assert item["live"][0]["reason"] == "It was wrong."


def test_it_goes_on_where_the_cursor_says(client: Client, press: Press, published: Edition) -> None:
    press.publish_protocol(title="Another title")

    first = client.get(URL, {"limit": 1}).json()
    second = client.get(first["next"]).json()

    assert [page["items"][0]["number"] for page in (first, second)] == [2, 1]
    assert second["next"] is None


def test_the_history_of_the_page_of_the_same_name_is_another(
    client: Client, press: Press, published: Edition
) -> None:
    press.publish_page(title="Another title")

    assert len(client.get(URL).json()["items"]) == 1


def test_a_protocol_that_was_only_drafted_has_no_history(client: Client, press: Press) -> None:
    press.save_protocol()

    read_problem(client.get(URL), 404, "not_found")


@pytest.mark.parametrize("query", ["as_of=2026-11-21T12:00:00Z", "limit=101", "cursor=!"])
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str
) -> None:
    response = client.get(f"{URL}?{query}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == f"?{query.partition('=')[0]}"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_it_refuses_what_it_cannot_send(client: Client, published: Edition) -> None:
    read_problem(client.get(URL, headers={"Accept": "image/png"}), 406, "not_acceptable")
