"""Turning new events of the audit log into notices, each event exactly once."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from calfcms.notices.actions.tell import tell
from calfcms.notices.models import NoticeCursor
from calfcms.notices.occasions import find_occasion
from calfcms.publishing.models import Document, Event

BATCH: Final = 50
"""Events in one transaction."""


def read_log(*, at: datetime) -> int:
    """Read the log to its end; how many notices were made. A duty of the worker."""
    told = 0
    while _list_unread().exists():  # so that waiting takes no lock
        told += _read_batch(at)
    return told


@transaction.atomic
def _read_batch(at: datetime) -> int:
    """Events are numbered in the order of commits, so none can turn up behind the cursor."""
    cursor = NoticeCursor.objects.select_for_update().get()
    told = 0
    for event in Event.objects.filter(seq__gt=cursor.seq).order_by("seq")[:BATCH]:
        told += _tell_of(event, at)
        cursor.seq = event.seq
    cursor.save()
    return told


def _list_unread() -> QuerySet[Event]:
    return Event.objects.filter(seq__gt=NoticeCursor.objects.values("seq")[:1])


def _tell_of(event: Event, at: datetime) -> int:
    occasion = find_occasion(event)
    if occasion is None or event.document_id is None:
        return 0
    return tell(
        people=occasion.list_recipients(event),
        kind=occasion.kind,
        occasion=f"event:{event.seq}",
        document=Document.objects.get(pk=event.document_id),
        facts=occasion.read_facts(event),
        happened_at=event.at,
        at=at,
    )
