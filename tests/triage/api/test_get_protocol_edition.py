"""`GET /api/v1/triage/protocols/{slug}/editions/{number}`: one edition, for ever."""

import pytest
from django.test import Client

from calfcms.publishing.models import Edition, Rendition
from tests.api.problems import read_problem
from tests.triage.conftest import Press

URL = "/api/v1/triage/protocols/tooth-hum/editions"


def test_it_sends_the_bytes_that_were_published_for_ever(
    client: Client, press: Press, published: Edition
) -> None:
    press.publish_protocol(title="Another title")

    response = client.get(f"{URL}/1")

    stored = Rendition.objects.get(edition=published, format="json")
    assert response.content == bytes(stored.body)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.json()["title"] == "Tooth hum: how soon to be seen"


def test_it_outlives_a_withdrawal(client: Client, press: Press, published: Edition) -> None:
    before = client.get(f"{URL}/1").content
    press.withdraw()

    assert client.get(f"{URL}/1").content == before


def test_a_client_that_holds_the_bytes_gets_304(client: Client, published: Edition) -> None:
    tag = client.get(f"{URL}/1")["ETag"]

    assert client.get(f"{URL}/1", headers={"If-None-Match": tag}).status_code == 304


def test_an_edition_that_is_not_there_names_the_last_one(
    client: Client, published: Edition
) -> None:
    problem = read_problem(client.get(f"{URL}/2"), 404, "not_found")

    assert "Its last edition is 1." in problem["detail"]


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.0", "99999999999999999999", "1/"])
def test_what_is_no_number_is_404(client: Client, published: Edition, number: str) -> None:
    read_problem(client.get(f"{URL}/{number}"), 404, "not_found")


def test_a_protocol_that_is_not_there_is_404(client: Client, db: None) -> None:
    read_problem(client.get(f"{URL}/1"), 404, "not_found")


@pytest.mark.parametrize("query", ["as_of=2026-11-21T12:00:00Z", "format=html", "locale=EN"])
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, published: Edition, query: str
) -> None:
    response = client.get(f"{URL}/1?{query}")

    read_problem(response, 400, "invalid_parameters")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)(f"{URL}/1")

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
