"""POST /admin/conditions/figure/upload/: what the editor of a draft sends pictures to."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conditions.figure_sizes import MAX_BYTES
from tests.conditions.admin.people import log_in
from tests.conditions.pictures import make_picture

pytestmark = pytest.mark.django_db

URL = "/admin/conditions/figure/upload/"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.MEDIA_URL = "http://testserver/media/"


def _file(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("leg.jpg", data)}


def test_an_editor_gets_the_sources_for_a_figure(client: Client) -> None:
    log_in(client, "Editor")

    response = client.post(URL, _file(make_picture(500, 300)))

    sources = response.json()["sources"]
    assert response.status_code == 201
    assert [(source["type"], source["width"]) for source in sources] == [
        ("image/avif", 400),
        ("image/avif", 500),
        ("image/webp", 400),
        ("image/webp", 500),
    ]
    assert client.get(sources[0]["url"]).status_code == 200


def test_a_picture_that_cannot_be_used_is_refused_with_what_to_do(client: Client) -> None:
    log_in(client, "Editor")

    response = client.post(URL, _file(b"GIF89a"))

    problem = response.json()["problems"][0]
    assert response.status_code == 422
    assert problem["code"] == "figure_unreadable"
    assert "export it as PNG or JPEG" in problem["hint"]


def test_a_file_that_is_too_large_is_refused(client: Client) -> None:
    log_in(client, "Editor")

    response = client.post(URL, _file(b"\0" * (MAX_BYTES + 1)))

    assert response.status_code == 422
    assert response.json()["problems"][0]["code"] == "figure_too_large"


def test_a_request_without_a_file_is_refused(client: Client) -> None:
    log_in(client, "Editor")

    response = client.post(URL, {})

    assert response.status_code == 422
    assert response.json()["problems"][0]["code"] == "file_missing"


@pytest.mark.parametrize(
    "group", ["Clinical reviewer", "Publisher", "Partner manager", "Auditor", "Administrator"]
)
def test_nobody_else_may_upload(client: Client, group: str, tmp_path: Path) -> None:
    log_in(client, group)

    assert client.post(URL, _file(make_picture())).status_code == 403
    assert list(tmp_path.iterdir()) == []


def test_somebody_who_is_not_logged_in_is_sent_to_the_log_in(client: Client) -> None:
    response = client.post(URL, _file(make_picture()))

    assert response.status_code == 302


def test_another_site_cannot_make_a_browser_upload() -> None:
    strict = Client(enforce_csrf_checks=True)
    log_in(strict, "Editor")

    assert strict.post(URL, _file(make_picture(100, 100))).status_code == 403


def test_it_is_for_posting_only(client: Client) -> None:
    log_in(client, "Editor")

    assert client.get(URL).status_code == 405
