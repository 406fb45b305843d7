"""GET /media/figures/<name>: the files of figures, for everybody and for ever."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from conditions.figure_store import store_file


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def test_a_file_is_served_with_its_type_to_be_kept_for_a_year(client: Client) -> None:
    name = store_file(b"pixels", "avif")

    response = client.get(f"/media/figures/{name}")

    assert (response.status_code, response.content) == (200, b"pixels")
    assert response["Content-Type"] == "image/avif"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["ETag"] == f'"{name.removesuffix(".avif")}"'


def test_it_can_be_nothing_but_a_picture_and_may_stand_on_any_site(client: Client) -> None:
    response = client.get(f"/media/figures/{store_file(b'<script>', 'webp')}")

    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response


def test_a_reader_who_has_it_gets_no_bytes(client: Client) -> None:
    name = store_file(b"pixels", "webp")
    etag = client.get(f"/media/figures/{name}")["ETag"]

    response = client.get(f"/media/figures/{name}", headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")
    assert "immutable" in response["Cache-Control"]


def test_head_sends_no_bytes(client: Client) -> None:
    response = client.head(f"/media/figures/{store_file(b'pixels', 'webp')}")

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == "6"


def test_nothing_is_posted_there(client: Client) -> None:
    assert client.post(f"/media/figures/{store_file(b'pixels', 'webp')}").status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "0" * 64 + ".webp",
        "x.webp",
        "../secret",
        "..%2Fsecret",
        "%2e%2e/secret",
        "0" * 64 + ".html",
        "0" * 64 + ".webp%0A",
        ".part",
        "",
    ],
)
def test_nothing_else_can_be_fetched(client: Client, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("secret")

    assert client.get(f"/media/figures/{name}").status_code == 404
