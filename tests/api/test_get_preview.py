"""`GET /api/v1/preview/{token}`: a draft as the edition that it would become."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document
from calfcms.publishing.previews import PreviewLink, write_token
from tests.api.conftest import write_page
from tests.api.problems import read_problem
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def _one_hour_after_noon() -> Any:
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def document(editor: User) -> Document:
    return write_page(editor, NOON)


@pytest.fixture
def url(document: Document) -> str:
    link = PreviewLink(str(document.pk), NOON + timedelta(days=1))
    return f"/api/v1/preview/{write_token(link)}"


def test_it_is_the_edition_that_the_draft_would_become(client: Client, url: str) -> None:
    response = client.get(url)

    assert response.status_code == 200
    edition = response.json()
    assert edition["title"] == "Ear glow: what it is and what to do"
    assert (edition["edition"], edition["kind"]) == (1, "condition")
    assert edition["preview"] == {"is_signed": False, "expires_at": "2026-11-22T12:00:00Z"}
    assert edition["review"]["last_reviewed"] is None


def test_its_digest_covers_all_other_members(client: Client, url: str) -> None:
    edition = client.get(url).json()

    digest = edition.pop("digest")

    assert digest == digest_of(edition)


def test_html_says_first_that_it_is_a_draft(client: Client, url: str) -> None:
    response = client.get(url, headers={"Accept": "text/html"})

    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response.content.startswith(b'<p class="preview"><strong>Draft, not signed')
    assert response.content == client.get(url + "?format=html").content


def test_it_is_kept_by_nobody(client: Client, url: str) -> None:
    response = client.get(url)

    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Vary"] == "Accept"
    assert "ETag" not in response


def test_it_shows_the_draft_of_now(client: Client, url: str, editor: User) -> None:
    write_page(editor, NOON, summary="Newer words.")

    assert client.get(url).json()["summary"]["text"] == "Newer words."


def test_an_expired_link_is_410(client: Client, url: str) -> None:
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        problem = read_problem(client.get(url), 410, "preview_expired")

    assert "2026-11-22T12:00:00Z" in problem["detail"]


@pytest.mark.parametrize("token", ["x", "a.b", "%00", "é"])
def test_what_was_not_given_out_is_404(client: Client, token: str) -> None:
    read_problem(client.get(f"/api/v1/preview/{token}"), 404, "not_found")


def test_a_discarded_draft_is_410(client: Client, url: str, document: Document) -> None:
    get_kind("condition").delete_rows(document)

    read_problem(client.get(url), 410, "draft_gone")


def test_other_formats_are_refused(client: Client, url: str) -> None:
    read_problem(client.get(url + "?format=jsonld"), 400, "invalid_parameters")
    read_problem(client.get(url, headers={"Accept": "image/png"}), 406, "not_acceptable")


def test_it_cannot_be_written(client: Client, url: str) -> None:
    read_problem(client.post(url), 405, "method_not_allowed")
