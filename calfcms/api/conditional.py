"""Conditional reads: a strong ETag, Last-Modified, and when a reader has it already."""

from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

from django.http import HttpRequest
from django.utils.http import parse_etags, parse_http_date_safe

MAX_TAGS = 16
"""More tags than this are not looked at; a client that sends them gets the bytes again."""


def quote_tag(digest: str) -> str:
    """The strong ETag for bytes with that digest."""
    return f'"{digest}"'


def list_known_digests(request: HttpRequest) -> tuple[str, ...]:
    """The digests that the client says it holds; `*` means whatever there is.

    Comparison is weak, as RFC 9110 has it for reading: a proxy that compressed the answer may
    have marked the tag with W/.
    """
    header = request.META.get("HTTP_IF_NONE_MATCH")
    if not header:
        return ()
    tags = parse_etags(header)[:MAX_TAGS]
    return tuple(tag.removeprefix("W/").strip('"') for tag in tags)


def is_held(request: HttpRequest, digest: str, modified_at: datetime | None = None) -> bool:
    """Whether the client holds these bytes, so that 304 is the answer.

    `If-None-Match` decides where it is there; only without it does `If-Modified-Since`.
    """
    if "HTTP_IF_NONE_MATCH" in request.META:
        known = list_known_digests(request)
        return digest in known or "*" in known
    since = request.META.get("HTTP_IF_MODIFIED_SINCE")
    if not since or modified_at is None:
        return False
    seconds = parse_http_date_safe(since)
    return seconds is not None and int(modified_at.timestamp()) <= seconds


@lru_cache(maxsize=4096)
def format_http_date(at: datetime) -> str:
    """The moment as HTTP writes it."""
    return format_datetime(at.astimezone(UTC).replace(microsecond=0), usegmt=True)
