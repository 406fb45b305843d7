"""Following the audit log by a cursor: what is made of each event is made exactly once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Manager, QuerySet

from calfcms.publishing.models import Event

BATCH: Final = 50
"""Events in one transaction."""

Tell = Callable[[Event, datetime], int]
"""Makes of an event what it should become, at that moment; how many things that were."""


def follow_log(cursors: Manager[Any], tell: Tell, *, at: datetime) -> int:
    """Read the log from the one cursor among these to its end; how many things were made.

    The cursor is a row with the number of the last event that was read, as `seq`.
    """
    made = 0
    while _list_unread(cursors).exists():  # so that waiting takes no lock
        made += _follow_batch(cursors, tell, at)
    return made


@transaction.atomic
def _follow_batch(cursors: Manager[Any], tell: Tell, at: datetime) -> int:
    """Events are numbered in the order of commits, so none can turn up behind the cursor."""
    cursor = cursors.select_for_update().get()
    made = 0
    for event in Event.objects.filter(seq__gt=cursor.seq).order_by("seq")[:BATCH]:
        made += tell(event, at)
        cursor.seq = event.seq
    cursor.save()
    return made


def _list_unread(cursors: Manager[Any]) -> QuerySet[Event]:
    return Event.objects.filter(seq__gt=cursors.values("seq")[:1])
