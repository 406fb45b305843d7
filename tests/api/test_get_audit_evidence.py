"""`GET /api/v1/audit/documents/{id}/evidence`: who answers for a document, and on what."""

import io
import json
import uuid
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.models import Edition, Event
from tests.api.conftest import PublishPage
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem


@pytest.fixture
def edition(publish_page: PublishPage) -> Edition:
    return publish_page()


@pytest.fixture
def url(edition: Edition) -> str:
    return f"/api/v1/audit/documents/{edition.document_id}/evidence"


@pytest.fixture
def key(db: None) -> dict[str, str]:
    return bearer(make_key("audit"))


def test_it_has_editions_sign_offs_credentials_references_and_events(
    client: Client, url: str, key: dict[str, str]
) -> None:
    response = client.get(url, headers=key)

    pack = response.json()
    [edition] = pack["editions"]
    assert response.status_code == 200
    assert pack["format"] == "calfcms evidence pack 1"
    assert edition["sign_offs"][0]["conflicts_of_interest"] == "none declared"
    assert "Rex Reviewer (fictional)" in json.dumps(edition["sign_offs"])
    assert {"references", "feedback", "events", "audit_head", "clauses"} <= pack.keys()


def test_the_zip_has_every_edition_byte_for_byte(
    client: Client, url: str, key: dict[str, str]
) -> None:
    published = client.get("/api/v1/conditions/ear-glow/editions/1?format=json").content

    response = client.get(f"{url}?format=zip", headers=key)

    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert response["Content-Type"] == "application/zip"
    assert archive.read("editions/1.json") == published
    assert 'filename="evidence-condition-ear-glow-en.zip"' in response["Content-Disposition"]


def test_the_id_of_content_does_where_it_has_one_locale(
    client: Client, edition: Edition, key: dict[str, str]
) -> None:
    content_id = edition.document.content_id

    response = client.get(f"/api/v1/audit/documents/{content_id}/evidence", headers=key)

    assert response.json()["document"]["id"] == str(edition.document_id)


def test_content_in_several_locales_is_a_404_that_lists_its_documents(
    client: Client, edition: Edition, key: dict[str, str], publish_page: PublishPage
) -> None:
    other = publish_page(locale="de", minutes=5)
    content_id = edition.document.content_id

    response = client.get(f"/api/v1/audit/documents/{content_id}/evidence", headers=key)

    problem = read_problem(response, 404, "not_found")
    assert f"de: {other.document_id}" in problem["detail"]
    assert f"en: {edition.document_id}" in problem["detail"]


def test_that_evidence_was_taken_is_an_event(client: Client, url: str, key: dict[str, str]) -> None:
    client.get(url, headers=key)

    event = Event.objects.latest("seq")
    assert event.action == "audit.evidence"
    assert event.subject == "condition ear-glow (en)"
    assert event.details["partner"] == "acme-clinic"


def test_its_queries_do_not_grow_with_the_history(
    client: Client, url: str, key: dict[str, str], publish_page: PublishPage
) -> None:
    client.get(url, headers=key)  # makes the account in whose name it is recorded

    with CaptureQueriesContext(connection) as with_one:
        client.get(url, headers=key)
    for number in range(2, 6):
        publish_page(minutes=number, title=f"Ear glow, told for the {number}th time")
    with CaptureQueriesContext(connection) as with_five:
        pack = client.get(url, headers=key).json()

    assert len(pack["editions"]) == 5
    assert len(with_five) == len(with_one)


def test_an_unknown_id_is_a_404(client: Client, key: dict[str, str]) -> None:
    url = f"/api/v1/audit/documents/{uuid.uuid4()}/evidence"

    problem = read_problem(client.get(url, headers=key), 404, "not_found")

    assert "audit event" in problem["detail"]
    read_problem(client.get("/api/v1/audit/documents/1/evidence", headers=key), 404, "not_found")


def test_it_takes_a_key_with_the_scope_audit(client: Client, url: str) -> None:
    read_problem(client.get(url), 401, "not_authenticated")
    read_problem(client.get(url, headers=bearer(make_key("read"))), 403, "scope_missing")


@pytest.mark.parametrize("query", ["format=pdf", "locale=en"])
def test_a_wrong_parameter_is_named(
    client: Client, url: str, key: dict[str, str], query: str
) -> None:
    read_problem(client.get(f"{url}?{query}", headers=key), 400, "invalid_parameters")


def test_other_methods_and_formats_are_refused(
    client: Client, url: str, key: dict[str, str]
) -> None:
    read_problem(client.post(url, headers=key), 405, "method_not_allowed")
    read_problem(client.get(url, headers=key | {"Accept": "text/html"}), 406, "not_acceptable")
