"""`GET /api/v1/conditions/{slug}`: for clients that may hold the bytes already."""

import pytest
from django.test import Client

from calfcms.publishing.reading import bodies
from tests.api.conftest import PublishPage

URL = "/api/v1/conditions/ear-glow"


@pytest.mark.parametrize("tag", ["{0}", "W/{0}", '"other", {0}', "*"])
def test_a_client_that_holds_the_bytes_gets_304(
    client: Client, publish_page: PublishPage, tag: str
) -> None:
    publish_page()
    first = client.get(URL)

    response = client.get(URL, headers={"If-None-Match": tag.format(first["ETag"])})

    assert response.status_code == 304
    assert response.content == b""
    assert "Content-Type" not in response
    for name in ("ETag", "Cache-Control", "Content-Location", "Vary", "Last-Modified"):
        assert response[name] == first[name]


def test_a_304_keeps_the_bytes_in_the_database(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    tag = client.get(URL)["ETag"]
    bodies.clear()

    response = client.get(URL, headers={"If-None-Match": tag})

    assert response.status_code == 304
    assert bodies.size == 0


def test_a_stale_tag_gets_the_bytes_whatever_the_date_says(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    headers = {
        "If-None-Match": '"sha256:old"',
        "If-Modified-Since": "Sun, 22 Nov 2026 12:00:00 GMT",
    }

    response = client.get(URL, headers=headers)

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Sat, 21 Nov 2026 12:00:00 GMT", 304),
        ("Sat, 21 Nov 2026 11:59:59 GMT", 200),
        ("not a date", 200),
    ],
)
def test_if_modified_since_counts_without_a_tag(
    client: Client, publish_page: PublishPage, since: str, status: int
) -> None:
    publish_page()

    response = client.get(URL, headers={"If-Modified-Since": since})

    assert response.status_code == status


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    get = client.get(URL)

    head = client.head(URL)

    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))
    assert {name: head[name] for name in get.headers} == dict(get.headers)
