"""Turning new events of the audit log into deliveries, each event exactly once."""

from datetime import datetime

from calfcms.publishing import log_following
from calfcms.publishing.models import Event
from calfcms.syndication.actions.queue_delivery import queue_delivery
from calfcms.syndication.models import WebhookCursor
from calfcms.syndication.webhooks.endpoints import list_told
from calfcms.syndication.webhooks.messages import read_message


def follow_log(*, at: datetime) -> int:
    """Read the log to its end; how many deliveries were made. A duty of the worker."""
    return log_following.follow_log(WebhookCursor.objects, _tell_of, at=at)


def _tell_of(event: Event, at: datetime) -> int:
    message = read_message(event)
    if message is None:
        return 0
    told = [
        queue_delivery(endpoint=endpoint, message=message, at=at)
        for endpoint in list_told(message.type)
    ]
    return sum(delivery is not None for delivery in told)
