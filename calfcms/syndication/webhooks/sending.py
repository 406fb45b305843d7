"""One request to a receiver, and what came of it. Nothing that a receiver does raises."""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import httpcore2

from calfcms.syndication.webhooks.addresses import AllowList
from calfcms.syndication.webhooks.connection import (
    AddressRefused,
    CheckedBackend,
    Deadline,
    Resolver,
    resolve,
)

TIMEOUT: Final = 15.0
"""Seconds for the whole exchange, from connecting to the last byte of the answer's head."""
MOST_READ: Final = 8_192
"""Bytes of an answer's body; the rest is not waited for."""
KEPT: Final = 500
"""Characters of an answer, or of an error, that the log keeps."""


@dataclass(frozen=True)
class Answer:
    """What a receiver answered, or why there was no answer."""

    status: int | None
    milliseconds: int = 0
    error: str = ""
    """Why it is a failure; empty for a success."""
    text: str = ""
    """How the body began."""
    retry_after: str = ""
    """The header of that name."""

    @property
    def is_success(self) -> bool:
        """Whether the receiver has taken it."""
        return not self.error


def send(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    allowed: AllowList,
    method: str = "POST",
    timeout: float = TIMEOUT,
    resolver: Resolver = resolve,
) -> Answer:
    """Send one request, follow nothing, and say what became of it."""
    began, answer = time.monotonic(), None
    backend = CheckedBackend(deadline=Deadline(timeout), allowed=allowed, resolver=resolver)
    sent = [("host", urlsplit(url).netloc), *headers.items()]
    try:
        with (
            httpcore2.ConnectionPool(ssl_context=_load_trust(), network_backend=backend) as pool,
            pool.stream(method, url, headers=sent, content=body) as response,
        ):
            answer = _read(response)
    except Exception as raised:
        answer = answer or Answer(None, error=_make_printable(explain(raised, timeout)))
    return replace(answer, milliseconds=int((time.monotonic() - began) * 1000))


def explain(raised: Exception, timeout: float) -> str:
    """Why there was no answer, in a sentence."""
    if isinstance(raised, AddressRefused):
        return str(raised)
    if isinstance(raised, httpcore2.TimeoutException):
        return f"There was no answer within {timeout:g} seconds."
    if isinstance(raised, httpcore2.NetworkError):
        return f"There was no connection: {raised}."
    if isinstance(raised, httpcore2.ProtocolError):
        return f"What came back is not HTTP: {raised}."
    return f"{type(raised).__name__}: {raised}"


def _read(response: httpcore2.Response) -> Answer:
    found = {name.lower(): value.decode("latin-1") for name, value in response.headers}
    return Answer(
        response.status,
        error=_make_printable(_judge(response.status, found.get(b"location", ""))),
        text=_make_printable(_read_start(response).decode(errors="replace")),
        retry_after=found.get(b"retry-after", ""),
    )


def _judge(status: int, location: str) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return f"Redirects are not followed: {status} to {location or 'nowhere'}."
    try:
        phrase = f" {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = ""
    return f"The answer was {status}{phrase}."


def _read_start(response: httpcore2.Response) -> bytes:
    """Whatever comes of the body within the time; that it is cut off does not undo the status."""
    text = b""
    try:
        for chunk in response.iter_stream():
            text += chunk
            if len(text) >= MOST_READ:
                break
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError):
        pass
    return text[:MOST_READ]


def _make_printable(text: str) -> str:
    """In one line, without what PostgreSQL cannot store and what would turn a page around."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(shown.split())[:KEPT]


@lru_cache(maxsize=1)
def _load_trust() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()
