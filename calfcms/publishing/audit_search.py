"""Searching the audit log: by whom, what, when, on which document; in pieces of any length.

Every filter has an index that ends in `seq`: a page costs the same among millions of events.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Event

CHUNK: Final = 1_000
"""Events held in memory while all of them are read."""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events; what is left out narrows nothing."""

    action: str | None = None
    actor_id: str | None = None
    document_id: UUID | None = None
    digest: str | None = None
    since: datetime | None = None
    before: datetime | None = None


def list_events(
    chosen: EventFilter, *, limit: int, newest_first: bool, cursor: int | None = None
) -> list[Event]:
    """Events in the order of the log, or against it, from behind that number on."""
    events = _filter(chosen)
    if newest_first:
        events = events if cursor is None else events.filter(seq__lt=cursor)
        return list(events.order_by("-seq")[:limit])
    return list(events.filter(seq__gt=cursor or 0).order_by("seq")[:limit])


def iterate_events(chosen: EventFilter) -> Iterator[Event]:
    """All of them in the order of the log, a chunk at a time. Ends where the log ended at first."""
    last = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    cursor = 0
    while events := list_events(chosen, limit=CHUNK, newest_first=False, cursor=cursor):
        for event in events:
            if event.seq > last:
                return
            yield event
        cursor = events[-1].seq


def _filter(chosen: EventFilter) -> QuerySet[Event]:
    conditions = {
        "action": chosen.action,
        "actor_id": chosen.actor_id,
        "document_id": chosen.document_id,
        "content_digest": chosen.digest,
        "at__gte": chosen.since,
        "at__lt": chosen.before,
    }
    given = {name: value for name, value in conditions.items() if value is not None}
    return Event.objects.filter(**given)


def describe_event(event: Event) -> dict[str, Any]:
    """The event as JSON: who did what to which document, and its place in the chain."""
    return {
        "seq": event.seq,
        "at": format_instant(event.at),
        "actor": {"id": event.actor_id, "name": event.actor},
        "action": event.action,
        "document": str(event.document_id) if event.document_id else None,
        "subject": event.subject,
        "content_digest": event.content_digest or None,
        "edition": event.edition,
        "details": event.details,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }
