"""Telling an endpoint nothing any more, and telling it again."""

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.jobs.actions.enqueue import enqueue
from calfcms.publishing.problem import refuse
from calfcms.syndication.actions.lock_endpoint import lock_endpoint
from calfcms.syndication.actions.webhook_events import record_webhook_event
from calfcms.syndication.models import WebhookEndpoint
from calfcms.syndication.rights import require_right
from calfcms.syndication.webhooks.endpoints import list_open

TELL_PARTNER: Final = "syndication.mail_disabled"


@transaction.atomic
def disable_endpoint(
    *, endpoint: WebhookEndpoint, reason: str, by: User, at: datetime
) -> WebhookEndpoint:
    """Send nothing there from now on; what is under way is given up. Raises `Refused`."""
    require_right(by, "change_webhookendpoint")
    endpoint = lock_endpoint(endpoint)
    if not endpoint.is_enabled:
        raise refuse("endpoint_disabled", "It is disabled already.", "There is nothing to do.")
    if not reason.strip():
        raise refuse(
            "reason_missing",
            "There is no reason.",
            "Say in a sentence why, for those who ask later.",
            "/reason",
        )
    stop_endpoint(endpoint, by=by, at=at, reason=reason.strip())
    return endpoint


def stop_endpoint(endpoint: WebhookEndpoint, *, by: User, at: datetime, reason: str) -> None:
    """Disable a locked endpoint, whoever wants it: a person, or the worker after failures."""
    endpoint.disabled_at, endpoint.disabled_by, endpoint.disabled_reason = at, by, reason
    endpoint.save(update_fields=["disabled_at", "disabled_by", "disabled_reason"])
    given_up = list_open(endpoint).update(given_up_at=at)
    record_webhook_event(
        action="webhook.disabled",
        endpoint=endpoint,
        by=by,
        at=at,
        details={"reason": reason, "given_up": given_up},
    )
    enqueue(
        name=TELL_PARTNER,
        key=f"{TELL_PARTNER}:{endpoint.pk}:{at.isoformat()}",
        arguments={"endpoint": endpoint.pk, "disabled_at": at.isoformat()},
        at=at,
    )


@transaction.atomic
def enable_endpoint(*, endpoint: WebhookEndpoint, by: User, at: datetime) -> WebhookEndpoint:
    """Tell it again of what happens from now on. Raises `Refused`."""
    require_right(by, "change_webhookendpoint")
    endpoint = lock_endpoint(endpoint)
    if endpoint.is_enabled:
        raise refuse("endpoint_enabled", "It is not disabled.", "There is nothing to do.")
    endpoint.disabled_at = endpoint.disabled_by = None
    endpoint.disabled_reason = ""
    endpoint.failing_since = endpoint.resting_until = None
    endpoint.save()
    record_webhook_event(action="webhook.enabled", endpoint=endpoint, by=by, at=at)
    return endpoint
