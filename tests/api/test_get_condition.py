"""`GET /api/v1/conditions/{slug}`: the live edition."""

import hashlib
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.api.bodies import Body
from calfcms.publishing.models import Rendition
from calfcms.publishing.reading import Address, bodies
from tests.api.conftest import PublishPage, after_noon, write_page
from tests.api.sql import list_tables

URL = "/api/v1/conditions/ear-glow"
PUBLISHED_TABLES = {
    "publishing_document",
    "publishing_edition",
    "publishing_liveperiod",
    "publishing_rendition",
}


def test_it_sends_the_stored_bytes(client: Client, publish_page: PublishPage) -> None:
    edition = publish_page()

    response = client.get(URL)

    stored = Rendition.objects.get(edition=edition, format="json")
    assert response.status_code == 200
    assert response.content == bytes(stored.body)
    assert response["Content-Type"] == "application/json"
    assert response["ETag"] == f'"{stored.digest}"'
    assert response["ETag"] == f'"sha256:{hashlib.sha256(response.content).hexdigest()}"'
    assert response.json()["edition"] == 1


def test_its_headers_say_what_it_is_and_how_long_it_may_be_kept(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    response = client.get(URL, headers={"Origin": "https://partner.example"})

    assert response["Last-Modified"] == "Sat, 21 Nov 2026 12:00:00 GMT"
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "condition/ear-glow, condition/ear-glow/en"
    assert response["Content-Language"] == "en"
    assert response["Content-Location"] == f"{URL}/editions/1?locale=en&format=json"
    assert {"accept", "accept-language"} <= set(response["Vary"].lower().split(", "))
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies


def test_its_content_location_gives_the_same_bytes(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    live = client.get(URL, {"format": "html"})
    numbered = client.get(live["Content-Location"])

    assert numbered.content == live.content
    assert numbered["Content-Type"] == live["Content-Type"]


@pytest.mark.parametrize("headers", [{}, {"Accept-Language": "fr, en-GB;q=0.5"}])
@pytest.mark.parametrize("query", [{}, {"format": "md"}, {"as_of": "2026-11-21T13:00:00Z"}])
def test_it_costs_one_query_and_touches_no_draft_table(
    client: Client, publish_page: PublishPage, headers: dict[str, str], query: dict[str, str]
) -> None:
    publish_page()

    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(URL, query, headers=headers)

        assert response.status_code == 200
        assert len(captured) == 1
        beside = {"publishing_recall" if "as_of" in query else "publishing_schedule"}
        assert list_tables(captured[0]["sql"]) == PUBLISHED_TABLES | beside


def test_the_bytes_leave_the_database_once(
    client: Client, publish_page: PublishPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_page()
    transferred: list[str] = []
    keep = bodies.keep

    def record(address: Address, body: Body) -> None:
        transferred.append(body.digest)
        keep(address, body)

    monkeypatch.setattr(bodies, "keep", record)

    first, second = client.get(URL), client.get(URL)

    assert second.content == first.content
    assert transferred == [first["ETag"].strip('"')]
    assert bodies.size == len(first.content)


def test_a_new_edition_is_read_at_once(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    before = client.get(URL)
    publish_page(minutes=1, title="Ear glow, rewritten")

    after = client.get(URL)

    assert after.json()["title"] == "Ear glow, rewritten"
    assert after["ETag"] != before["ETag"]


def test_a_draft_does_not_show(client: Client, publish_page: PublishPage, editor: User) -> None:
    publish_page()
    write_page(editor, after_noon(1), title="Not yet signed")

    response = client.get(URL)

    assert response.json()["title"] == "Ear glow: what it is and what to do"


def test_the_json_is_what_the_contract_says(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    edition: dict[str, Any] = json.loads(client.get(URL).content)

    assert edition["kind"] == "condition"
    assert edition["change"] == {"class": "clinical", "note": "For the test."}
    assert edition["red_flags"][0]["urgency"] == "emergency"
    assert edition["review"]["last_reviewed"] == "2026-11-21"
    assert edition["review"]["sign_offs"][0]["conflicts_of_interest"] == "none declared"
