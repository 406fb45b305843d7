"""Live reading that says when a review is overdue, and when a translation has been left behind.

What is stored stays as it was published. Marked bytes are made once in a process and kept by the
digest of the stored ones and by what they were marked with.
"""

import json
from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from calfcms.api.bodies import Body, BodyCache
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.overdue import is_overdue
from calfcms.publishing.reading import Address, StoredRendition, get_rendition
from calfcms.publishing.source_state import FOLLOWED, SourceState

_MAX_BYTES: Final = 16 * 1024 * 1024
_MAX_BODIES: Final = 5_000
_DUE: Final = b'"next_review_due":"'
"""What stands before the date in a card, and, since quotes in text are escaped, nowhere else."""

marked_bodies = BodyCache(max_bytes=_MAX_BYTES, max_addresses=_MAX_BODIES)
"""Marked bytes by the digest of the stored ones, and their marks."""


def get_marked_rendition(
    address: Address, *, at: datetime, held: Sequence[str] = ()
) -> StoredRendition | None:
    """What `get_rendition` finds, marked as it has to be on the day asked for."""
    on = (address.as_of or at).astimezone(UTC).date()
    found = get_rendition(address, at=at, held=held)
    if found is None:
        return None
    if is_overdue(found.review_due_on, on=on):
        found = replace(found, is_overdue=True)
    elif not found.source.is_stale:
        return found
    body = marked_bodies.find(_name_marks(found))
    if body is None and found.content is None:  # the reader holds what was sent before
        return get_marked_rendition(address, at=at)
    body = body or _make_marked_body(address, found)
    return replace(found, digest=body.digest, content=body.content)


def _name_marks(found: StoredRendition) -> Hashable:
    source = found.source
    return found.digest, found.is_overdue, source.is_stale, source.is_withdrawn


def _make_marked_body(address: Address, found: StoredRendition) -> Body:
    content = _write_marks(address, found, found.content or b"")
    body = Body(digest_of_bytes(content), content)
    marked_bodies.keep(_name_marks(found), body)
    return body


def _write_marks(address: Address, found: StoredRendition, content: bytes) -> bytes:
    if address.format == "json":
        return _mark_json(content, is_overdue=found.is_overdue, source=found.source)
    kind, name, locale = get_kind(address.kind), address.format, found.locale
    if found.source.is_stale:
        is_withdrawn = found.source.is_withdrawn
        content = kind.mark_stale(name, content, locale=locale, is_withdrawn=is_withdrawn)
    if found.is_overdue:
        content = kind.mark_overdue(name, content, locale=locale, due_on=found.review_due_on)
    return content


def mark_card(card: bytes, *, on: date, source: SourceState = FOLLOWED) -> bytes:
    """A stored card, or an edition in JSON, marked as it has to be on that day."""
    _, found, rest = card.rpartition(_DUE)
    overdue = bool(found) and rest[: len("2029-07-05")] < on.isoformat().encode()
    if not overdue and not source.is_stale:
        return card
    return _mark_json(card, is_overdue=overdue, source=source)


def _mark_json(content: bytes, *, is_overdue: bool, source: SourceState) -> bytes:
    value: dict[str, Any] = json.loads(content)
    if is_overdue:
        value["review"]["overdue"] = True
    if source.is_stale:
        value["translation"]["stale"] = True
    if source.is_withdrawn:
        value["translation"]["source_withdrawn"] = True
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
