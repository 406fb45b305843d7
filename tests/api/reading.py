"""Fetching something as a partner, at a time."""

from typing import Any

import time_machine
from django.test import Client

from tests.api.conftest import after_noon
from tests.api.keys import bearer


def fetch(client: Client, path: str, secret: str, *, minutes: int, **headers: str) -> Any:
    """GET below /api/v1/ with that key, that many minutes after noon."""
    with time_machine.travel(after_noon(minutes), tick=False):
        response = client.get(f"/api/v1/{path}", headers={**bearer(secret), **headers})
    assert response.status_code in (200, 304), response.content
    return response
