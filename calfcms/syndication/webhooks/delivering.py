"""The job that makes one attempt to deliver.

A worker that dies after the receiver has answered, and before that is recorded, leaves the attempt
to be made again: at least once, with the same `webhook-id`.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User

from calfcms.jobs.handlers import PutOff
from calfcms.jobs.lanes import Lane
from calfcms.syndication.actions.record_attempt import record_attempt
from calfcms.syndication.models import Delivery
from calfcms.syndication.webhooks.allowed import get_allowed
from calfcms.syndication.webhooks.endpoints import is_told
from calfcms.syndication.webhooks.sending import Answer, send
from calfcms.syndication.webhooks.signing import build_headers

LANE: Final = Lane("webhooks", threads=4)
LEASE: Final = timedelta(minutes=1)
"""Longer than an attempt can take, and no longer than must be waited for one whose worker died."""


def deliver(arguments: dict[str, Any], *, at: datetime) -> None:
    """Make one attempt, unless it is settled. Raises `PutOff` where another is to be made."""
    delivery = Delivery.objects.select_related("endpoint__partner").get(pk=arguments["delivery"])
    if delivery.began_at != datetime.fromisoformat(arguments["began_at"]) or _is_settled(delivery):
        return
    if not is_told(delivery.endpoint):
        _give_up(delivery, at)
        return
    _wait_while_resting(delivery, at)
    next_at = record_attempt(
        delivery=delivery,
        answer=_attempt(delivery, at),
        at=at,
        requested_by=User.objects.filter(pk=arguments["by"]).first(),
    )
    if next_at is not None:
        raise PutOff(next_at)


def _is_settled(delivery: Delivery) -> bool:
    """Whether the present series of attempts has ended."""
    ends = (delivery.delivered_at, delivery.given_up_at)
    return any(end is not None and end >= delivery.began_at for end in ends)


def _give_up(delivery: Delivery, at: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk, delivered_at=None).update(given_up_at=at)


def _wait_while_resting(delivery: Delivery, at: datetime) -> None:
    resting_until = delivery.endpoint.resting_until
    if resting_until is not None and at < resting_until:
        raise PutOff(resting_until)


def _attempt(delivery: Delivery, at: datetime) -> Answer:
    body, endpoint = delivery.body.encode(), delivery.endpoint
    signed = build_headers(
        message_id=delivery.message_id, at=at, body=body, secrets=endpoint.list_secrets(at=at)
    )
    plain = {"content-type": "application/json", "user-agent": f"calfcms (+{settings.SITE_URL})"}
    return send(endpoint.url, body=body, headers=plain | signed, allowed=get_allowed())
