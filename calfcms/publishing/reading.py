"""The read path: one query for what a reader asked, and no table that drafts are in.

The SQL is written out because the ORM takes longer to compose it than the database to answer it
(`benchmarks/reading.py`). Whatever is not found here is explained by `absence`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from calfcms.api.bodies import Body, BodyCache
from calfcms.publishing.prepared import open_cursor

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_ADDRESSES: Final = 20_000

bodies = BodyCache(max_bytes=MAX_BYTES, max_addresses=MAX_ADDRESSES)
"""What this process has sent, so that the database sends it once."""


@dataclass(frozen=True, slots=True)
class Address:
    """What a reader asks for. `locales` are in order of preference; `en-*` is any kind of `en`."""

    kind: str
    slug: str
    locales: tuple[str, ...]
    format: str
    as_of: datetime | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class StoredRendition:
    """A rendition as it was stored. `content` is None where the reader holds these bytes."""

    locale: str
    number: int
    media_type: str
    since: datetime
    digest: str
    content: bytes | None


def get_rendition(address: Address, *, held: Sequence[str] = ()) -> StoredRendition | None:
    """The rendition at that address; None where nothing is published there.

    `held` are digests of bytes that the reader holds. Those, and the bytes that this process
    holds, stay in the database.
    """
    body = bodies.find(address)
    known = (body.digest if body else "", *held)
    with open_cursor() as cursor:
        cursor.execute(*_write_query(address, known))
        row = cursor.fetchone()
    if row is None:
        return None
    locale, number, media_type, since, digest, content = row
    if content is not None:
        content = bytes(content)
        bodies.keep(address, Body(digest, content))
    elif body and body.digest == digest:
        content = body.content
    return StoredRendition(locale, number, media_type, read_instant(since), digest, content)


def _write_query(address: Address, known: Sequence[str]) -> tuple[str, list[Any]]:
    locales = [locale.removesuffix("*") for locale in address.locales]
    sql = _compose(_list_prefixes(address.locales), len(known), _get_span(address))
    parameters = [*known, address.kind, address.slug, *locales, *_list_span_values(address)]
    parameters.append(address.format)
    return sql, parameters + (locales if len(locales) > 1 else [])


def _list_prefixes(locales: tuple[str, ...]) -> tuple[int, ...]:
    """For each locale 0 where it must be just that one, else the length of `en-` in `en-*`."""
    return tuple(len(locale) - 1 if locale.endswith("*") else 0 for locale in locales)


def _get_span(address: Address) -> str:
    if address.number is not None:
        return "numbered"
    return "live" if address.as_of is None else "as_of"


def _list_span_values(address: Address) -> list[Any]:
    if address.number is not None:
        return [address.number]
    if address.as_of is not None:
        return [write_instant(address.as_of)] * 2
    return []


_SPANS = {
    "live": (
        "p.started_at",
        "JOIN publishing_liveperiod p ON p.document_id = d.id AND p.ended_at IS NULL "
        "JOIN publishing_edition e ON e.id = p.edition_id",
        "",
    ),
    "as_of": (
        "p.started_at",
        "JOIN publishing_liveperiod p ON p.document_id = d.id "
        "JOIN publishing_edition e ON e.id = p.edition_id",
        "AND p.started_at <= %s AND (p.ended_at IS NULL OR p.ended_at > %s)",
    ),
    "numbered": (
        "e.published_at",
        "JOIN publishing_edition e ON e.document_id = d.id",
        "AND e.number = %s",
    ),
}


@lru_cache(maxsize=1024)
def _compose(prefixes: tuple[int, ...], known: int, span: str) -> str:
    since, join, condition = _SPANS[span]
    digests = ", ".join(["%s"] * known)
    matches = [_match_locale(prefix) for prefix in prefixes]
    return (
        f"SELECT d.locale, e.number, r.media_type, {since}, r.digest, "  # noqa: S608 - constants
        f"CASE WHEN r.digest IN ({digests}) THEN NULL ELSE r.body END "
        f"FROM publishing_document d {join} "
        "JOIN publishing_rendition r ON r.edition_id = e.id "
        f"WHERE d.kind = %s AND d.slug = %s AND ({' OR '.join(matches)}) {condition} "
        f"AND r.format = %s {_prefer(matches)}"
    )


def _match_locale(prefix: int) -> str:
    # No LIKE: SQLite prepares a statement anew whenever a LIKE in it gets another value.
    return f"substr(d.locale, 1, {prefix}) = %s" if prefix else "d.locale = %s"


def _prefer(matches: Sequence[str]) -> str:
    if len(matches) == 1:
        return ""
    ranks = " ".join(f"WHEN {match} THEN {rank}" for rank, match in enumerate(matches))
    return f"ORDER BY CASE {ranks} END, d.locale LIMIT 1"


def write_instant(at: datetime) -> Any:
    """A moment as this database compares it."""
    return connection.ops.adapt_datetimefield_value(at)


def read_instant(at: datetime) -> datetime:
    """A moment as a raw query returns it, in UTC: SQLite keeps no time zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)
