"""Webhooks that do not arrive, on the first page of the admin."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse

from calfcms.publishing.admin.home import SHOWN, Panel, Row, add_panel
from calfcms.publishing.work import take_first
from calfcms.syndication.actions.webhook_events import name_receiver
from calfcms.syndication.models import WebhookEndpoint
from calfcms.syndication.webhooks.endpoints import get_health


def register_panels() -> None:
    """Called once, from the app's `ready()`."""
    add_panel("syndication.change_webhookendpoint", _show_failing)


def _show_failing(_person: User, _now: datetime) -> Panel:
    failing = WebhookEndpoint.objects.filter(
        Q(disabled_at__isnull=False) | Q(failing_since__isnull=False), partner__is_active=True
    )
    found = take_first(failing.select_related("partner").order_by("-failing_since", "pk"), SHOWN)
    rows = [_build_row(endpoint) for endpoint in found.rows]
    return Panel("Webhooks that do not arrive", rows, found.total, "Every webhook arrives.")


def _build_row(endpoint: WebhookEndpoint) -> Row:
    return Row(
        title=name_receiver(endpoint.url),
        url=reverse("admin:partner_webhook", args=[endpoint.partner_id, endpoint.pk]),
        at=endpoint.disabled_at or endpoint.failing_since,
        facts=[endpoint.partner.name],
        badges=[("overdue", get_health(endpoint).value)],
    )
