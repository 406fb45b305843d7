"""Having an endpoint told of something: the delivery, and the job that sends it."""

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.jobs.actions.enqueue import enqueue
from calfcms.syndication.models import Delivery, WebhookEndpoint
from calfcms.syndication.webhooks.messages import Message

DELIVER: Final = "syndication.deliver"


@transaction.atomic
def queue_delivery(
    *, endpoint: WebhookEndpoint, message: Message, at: datetime, by: User | None = None
) -> Delivery | None:
    """Have it told once; None where it has been told of this occasion before."""
    delivery, is_new = Delivery.objects.get_or_create(
        endpoint=endpoint,
        occasion=message.occasion,
        defaults={
            "event_type": message.type,
            "document": message.document,
            "body": message.write_body(),
            "created_at": at,
            "began_at": at,
        },
    )
    if not is_new:
        return None
    enqueue_series(delivery, by=by, at=at)
    return delivery


def enqueue_series(delivery: Delivery, *, by: User | None, at: datetime) -> None:
    """The job of a series of attempts that begins now; called in the action that begins it."""
    enqueue(
        name=DELIVER,
        key=get_job_key(delivery),
        arguments={
            "delivery": str(delivery.pk),
            "began_at": delivery.began_at.isoformat(),
            "by": by.pk if by else None,
        },
        at=at,
    )


def get_job_key(delivery: Delivery) -> str:
    """The key of the job of its present series of attempts."""
    return f"{DELIVER}:{delivery.pk}:{delivery.began_at.isoformat()}"
