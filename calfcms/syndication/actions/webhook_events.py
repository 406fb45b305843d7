"""What the audit log says of endpoints. Never a secret, nor paths, which may hold one."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import User

from calfcms.syndication.actions.events import record_partner_event
from calfcms.syndication.models import WebhookEndpoint


def record_webhook_event(
    *,
    action: str,
    endpoint: WebhookEndpoint,
    by: User,
    at: datetime,
    details: dict[str, Any] | None = None,
) -> None:
    """Append one event about an endpoint, under its partner."""
    said = {"endpoint": endpoint.pk, "receiver": name_receiver(endpoint.url), **(details or {})}
    record_partner_event(action=action, partner=endpoint.partner, by=by, at=at, details=said)


def name_receiver(url: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
