"""`GET /api/v1/triage/protocols`: what is live, newest change first."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.models import Edition
from tests.api.problems import read_problem
from tests.triage.api.shapes import list_faults
from tests.triage.conftest import Press
from triage.api.shapes import ProtocolList

URL = "/api/v1/triage/protocols"


def list_slugs(client: Client, url: str = URL) -> list[str]:
    return [item["slug"] for item in client.get(url).json()["items"]]


def test_there_is_an_empty_list_before_anything_is_published(client: Client, db: None) -> None:
    response = client.get(URL)

    assert response.status_code == 200
    assert response.json() == {"items": [], "next": None}


def test_it_shows_a_card_for_each_live_protocol(client: Client, published: Edition) -> None:
    [card] = client.get(URL).json()["items"]

    assert card["digest"] == published.digest
    assert card["title"] == "Tooth hum: how soon to be seen"
    assert card["conditions"] == ["tooth-hum"]
    assert card["summary"]["text"].startswith("For people whose teeth hum.")
    assert card["url"] == f"{URL}/tooth-hum?locale=en"
    assert client.get(card["url"]).json()["digest"] == card["digest"]
    assert "rules" not in card


def test_it_has_the_shape_that_is_documented(client: Client, published: Edition) -> None:
    assert list_faults(ProtocolList, client.get(URL).json()) == []


def test_the_newest_change_comes_first(client: Client, press: Press, published: Edition) -> None:
    press.publish_protocol(slug="gums", title="Gums")
    before = list_slugs(client)

    press.publish_protocol(title="Another title")

    assert before == ["gums", "tooth-hum"]
    assert list_slugs(client) == ["tooth-hum", "gums"]


def test_pages_are_not_protocols_and_drafts_are_not_live(
    client: Client, press: Press, published: Edition
) -> None:
    press.save_protocol(slug="gums")

    assert list_slugs(client) == ["tooth-hum"]


def test_a_withdrawn_protocol_is_gone(client: Client, press: Press, published: Edition) -> None:
    press.withdraw()

    assert list_slugs(client) == []


def test_it_goes_on_where_the_cursor_says(client: Client, press: Press, published: Edition) -> None:
    for slug in ("gums", "lips"):
        press.publish_protocol(slug=slug)

    first = client.get(URL, {"limit": 2}).json()
    second = client.get(first["next"]).json()

    assert [item["slug"] for item in first["items"]] == ["lips", "gums"]
    assert [item["slug"] for item in second["items"]] == ["tooth-hum"]
    assert second["next"] is None


def test_it_can_be_narrowed_to_a_locale(client: Client, press: Press, published: Edition) -> None:
    press.publish_both(locale="hi")

    assert list_slugs(client, f"{URL}?locale=hi") == ["tooth-hum"]
    assert len(list_slugs(client)) == 2


def test_it_takes_one_query(client: Client, published: Edition) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(URL)

    assert len(queries) == 1


def test_a_client_that_holds_the_bytes_gets_304(client: Client, published: Edition) -> None:
    first = client.get(URL)

    second = client.get(URL, headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 304
    assert first["Cache-Tag"] == "protocol, protocol/tooth-hum/en"


@pytest.mark.parametrize(
    ("query", "pointer"), [("q=hum", "?q"), ("limit=0", "?limit"), ("cursor=x", "?cursor")]
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str
) -> None:
    response = client.get(f"{URL}?{query}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == pointer


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_it_refuses_what_it_cannot_send(client: Client, db: None) -> None:
    read_problem(client.get(URL, headers={"Accept": "text/html"}), 406, "not_acceptable")
