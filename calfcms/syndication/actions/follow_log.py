"""Turning new events of the audit log into deliveries, each event exactly once."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from calfcms.publishing.models import Event
from calfcms.syndication.actions.queue_delivery import queue_delivery
from calfcms.syndication.models import WebhookCursor
from calfcms.syndication.webhooks.endpoints import list_told
from calfcms.syndication.webhooks.messages import read_message

BATCH: Final = 50
"""Events in one transaction."""


def follow_log(*, at: datetime) -> int:
    """Read the log to its end; how many deliveries were made. A duty of the worker."""
    made = 0
    while _list_unread().exists():  # so that waiting takes no lock
        made += _follow_batch(at)
    return made


@transaction.atomic
def _follow_batch(at: datetime) -> int:
    """Events are numbered in the order of commits, so none can turn up behind the cursor."""
    cursor = WebhookCursor.objects.select_for_update().get()
    made = 0
    for event in Event.objects.filter(seq__gt=cursor.seq).order_by("seq")[:BATCH]:
        made += _tell_of(event, at)
        cursor.seq = event.seq
    cursor.save()
    return made


def _list_unread() -> QuerySet[Event]:
    return Event.objects.filter(seq__gt=WebhookCursor.objects.values("seq")[:1])


def _tell_of(event: Event, at: datetime) -> int:
    message = read_message(event)
    if message is None:
        return 0
    told = [
        queue_delivery(endpoint=endpoint, message=message, at=at)
        for endpoint in list_told(message.type)
    ]
    return sum(delivery is not None for delivery in told)
