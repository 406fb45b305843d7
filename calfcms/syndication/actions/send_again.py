"""Sending by hand: what was sent before, under the same id, or a test."""

import uuid
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.problem import refuse
from calfcms.syndication.actions.lock_endpoint import lock_endpoint
from calfcms.syndication.actions.queue_delivery import enqueue_series, queue_delivery
from calfcms.syndication.actions.webhook_events import record_webhook_event
from calfcms.syndication.models import Delivery, WebhookEndpoint
from calfcms.syndication.rights import require_right
from calfcms.syndication.webhooks.endpoints import is_told
from calfcms.syndication.webhooks.messages import build_test


@transaction.atomic
def send_again(*, delivery: Delivery, by: User, at: datetime) -> Delivery:
    """Begin another series of attempts, also for what was delivered. Raises `Refused`.

    A receiver that has it already knows it by its `webhook-id`.
    """
    require_right(by, "change_webhookendpoint")
    endpoint = _lock_told(delivery.endpoint)
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    delivery.began_at, delivery.given_up_at = at, None
    delivery.save(update_fields=["began_at", "given_up_at"])
    enqueue_series(delivery, by=by, at=at)
    record_webhook_event(
        action="webhook.sent_again",
        endpoint=endpoint,
        by=by,
        at=at,
        details={"message": delivery.message_id},
    )
    return delivery


@transaction.atomic
def send_test(*, endpoint: WebhookEndpoint, by: User, at: datetime) -> Delivery:
    """Send something that changes nothing, to try the receiver. Raises `Refused`."""
    require_right(by, "change_webhookendpoint")
    endpoint = _lock_told(endpoint)
    message = build_test(number=uuid.uuid4().hex, at=at)
    delivery = queue_delivery(endpoint=endpoint, message=message, at=at, by=by)
    assert delivery is not None  # noqa: S101 - its number was just made up
    return delivery


def _lock_told(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    endpoint = lock_endpoint(endpoint)
    if is_told(endpoint):
        endpoint.resting_until = None  # whoever asks wants to know now
        endpoint.save(update_fields=["resting_until"])
        return endpoint
    raise refuse(
        "endpoint_disabled",
        "Nothing is sent to this endpoint: it is disabled, or its partner is closed.",
        "Enable it first.",
    )
