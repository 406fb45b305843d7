"""Live reading that says when a review is overdue. What is stored stays as it was published.

Marked bytes are made once in a process and kept by the digest of the stored ones.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from calfcms.api.bodies import Body, BodyCache
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.overdue import is_overdue
from calfcms.publishing.reading import Address, StoredRendition, get_rendition

_MAX_BYTES: Final = 16 * 1024 * 1024
_MAX_BODIES: Final = 5_000
_DUE: Final = b'"next_review_due":"'
"""What stands before the date in a card, and, since quotes in text are escaped, nowhere else."""

marked_bodies = BodyCache(max_bytes=_MAX_BYTES, max_addresses=_MAX_BODIES)
"""Marked bytes by the digest of the stored ones."""


def get_marked_rendition(
    address: Address, *, at: datetime, held: Sequence[str] = ()
) -> StoredRendition | None:
    """What `get_rendition` finds, marked where its review was overdue on the day asked for."""
    on = (address.as_of or at).astimezone(UTC).date()
    found = get_rendition(address, at=at, held=held)
    if found is None or not is_overdue(found.review_due_on, on=on):
        return found
    body = marked_bodies.find(found.digest)
    if body is None and found.content is None:  # the reader holds what was sent before that day
        return get_marked_rendition(address, at=at)
    return _mark(found, body or _make_marked_body(address, found))


def _make_marked_body(address: Address, found: StoredRendition) -> Body:
    content = _write_mark(address, found, found.content or b"")
    body = Body(digest_of_bytes(content), content)
    marked_bodies.keep(found.digest, body)
    return body


def _mark(found: StoredRendition, body: Body) -> StoredRendition:
    since = datetime.combine(found.review_due_on + timedelta(days=1), time(), UTC)
    return replace(
        found,
        digest=body.digest,
        content=body.content,
        since=max(found.since, since),
        is_overdue=True,
    )


def _write_mark(address: Address, found: StoredRendition, content: bytes) -> bytes:
    if address.format == "json":
        return _mark_json(content)
    return get_kind(address.kind).mark_overdue(
        address.format, content, locale=found.locale, due_on=found.review_due_on
    )


def mark_card(card: bytes, *, on: date) -> bytes:
    """A stored card, marked where its review is overdue on that day."""
    _, found, rest = card.rpartition(_DUE)
    is_marked = found and rest[: len("2029-07-05")] < on.isoformat().encode()
    return _mark_json(card) if is_marked else card


def _mark_json(content: bytes) -> bytes:
    value: dict[str, Any] = json.loads(content)
    value["review"]["overdue"] = True
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
