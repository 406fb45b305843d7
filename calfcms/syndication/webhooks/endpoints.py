"""Reading endpoints: who is told, what stands open, how each is doing."""

from enum import StrEnum

from django.db.models import QuerySet

from calfcms.syndication.models import Delivery, WebhookEndpoint


class Health(StrEnum):
    """How an endpoint is doing."""

    DISABLED = "disabled"
    CLOSED = "partner closed"
    FAILING = "failing"
    WORKING = "working"


def get_health(endpoint: WebhookEndpoint) -> Health:
    """In one word. One that was never sent anything counts as working."""
    if not endpoint.is_enabled:
        return Health.DISABLED
    if not endpoint.partner.is_active:
        return Health.CLOSED
    return Health.FAILING if endpoint.failing_since else Health.WORKING


def is_told(endpoint: WebhookEndpoint) -> bool:
    """Whether anything is sent to it."""
    return endpoint.is_enabled and endpoint.partner.is_active


def list_told(event_type: str) -> list[WebhookEndpoint]:
    """The endpoints that want to be told of that type of event."""
    enabled = WebhookEndpoint.objects.filter(disabled_at=None, partner__is_active=True)
    return [one for one in enabled.order_by("pk") if event_type in one.event_types]


def list_open(endpoint: WebhookEndpoint) -> QuerySet[Delivery]:
    """What it still has to be told."""
    return Delivery.objects.filter(endpoint=endpoint, delivered_at=None, given_up_at=None)
