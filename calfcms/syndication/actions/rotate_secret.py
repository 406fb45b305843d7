"""Giving an endpoint a new secret. Both sign for a while, unless the old one is known to others."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.problem import refuse
from calfcms.syndication.actions.lock_endpoint import lock_endpoint
from calfcms.syndication.actions.webhook_events import record_webhook_event
from calfcms.syndication.models import WebhookEndpoint
from calfcms.syndication.rights import require_right
from calfcms.syndication.webhooks.signing import make_secret

LONGEST_OVERLAP: Final = timedelta(days=30)


@transaction.atomic
def rotate_secret(
    *, endpoint: WebhookEndpoint, overlap: timedelta, by: User, at: datetime
) -> WebhookEndpoint:
    """Sign with a new secret, which is to be shown once, and for so long with the old one too.

    An older one, whose time is not over, signs no more: two secrets are the most. Raises `Refused`.
    """
    require_right(by, "change_webhookendpoint")
    endpoint = lock_endpoint(endpoint)
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise refuse(
            "overlap_out_of_range",
            "The old secret cannot go on for so long.",
            f"Choose {LONGEST_OVERLAP.days} days at most; none where it has leaked.",
            "/overlap",
        )
    old, until = endpoint.secret, at + overlap
    endpoint.secret = make_secret()
    endpoint.previous_secret = old if overlap else ""
    endpoint.previous_secret_until = until if overlap else None
    endpoint.save(update_fields=["secret", "previous_secret", "previous_secret_until"])
    record_webhook_event(
        action="webhook.secret_rotated",
        endpoint=endpoint,
        by=by,
        at=at,
        details={"old_until": format_instant(until)},
    )
    return endpoint
