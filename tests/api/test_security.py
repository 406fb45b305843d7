"""Content-Security-Policy of the admin: nothing from other hosts but the pictures of pages."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def _read_policy(client: Client) -> list[str]:
    return client.get("/admin/login/")["Content-Security-Policy"].split("; ")


def test_pictures_may_come_from_where_readers_get_them(client: Client, settings: Any) -> None:
    settings.MEDIA_URL = "https://pictures.example/calfcms/"

    policy = _read_policy(client)

    assert "img-src 'self' data: https://pictures.example" in policy
    assert "default-src 'self'" in policy
    assert sum("pictures.example" in directive for directive in policy) == 1


def test_without_such_a_host_they_come_from_here_only(client: Client, settings: Any) -> None:
    settings.MEDIA_URL = "/media/"

    assert "img-src 'self' data: 'self'" in _read_policy(client)
