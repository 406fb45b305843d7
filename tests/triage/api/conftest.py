"""Somebody who asks how soon a humming tooth should be seen."""

import json
from typing import Any, Protocol

import pytest
from django.test import Client

URL = "/api/v1/triage/protocols/tooth-hum/evaluate"


class Ask(Protocol):
    """Sends a body, and gives the answer."""

    def __call__(self, body: dict[str, Any], **headers: str) -> dict[str, Any]: ...


class Send(Protocol):
    """Sends a body of any kind, and gives the response."""

    def __call__(
        self, body: Any, *, url: str = ..., content_type: str = ..., **headers: str
    ) -> Any: ...


@pytest.fixture
def send(client: Client) -> Send:
    """POST; what is no text or bytes is sent as JSON."""

    def post(
        body: Any, *, url: str = URL, content_type: str = "application/json", **headers: str
    ) -> Any:
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post(url, data, content_type=content_type, headers=named)

    return post


@pytest.fixture
def ask(send: Send) -> Ask:
    """POST a body that is answered with 200."""

    def post(body: dict[str, Any], **headers: str) -> dict[str, Any]:
        response = send(body, **headers)
        assert response.status_code == 200, response.content
        answer: dict[str, Any] = json.loads(response.content)
        return answer

    return post
