"""The webhooks of a partner: where it is told of changes."""

from typing import Any

from django.db.models import Count, Max, Q

from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.webhooks.endpoints import get_health


class WebhooksPage(PartnerPage):
    """A table: those that are told first."""

    path = "webhooks"
    title = "Webhooks"
    right = "syndication.view_webhookendpoint"
    template_name = "syndication/webhooks.html"

    def describe(self) -> dict[str, Any]:
        """The endpoints, each with how it is doing."""
        is_open = Q(deliveries__delivered_at=None, deliveries__given_up_at=None)
        endpoints = self.partner.webhook_endpoints.select_related("partner").annotate(
            last_delivered_at=Max("deliveries__delivered_at"),
            waiting=Count("deliveries", filter=is_open & Q(deliveries__isnull=False)),
        )
        rows = [(endpoint, get_health(endpoint).value) for endpoint in endpoints]
        rows.sort(key=lambda row: not row[0].is_enabled)
        return {
            "endpoints": rows,
            "may_add": self.partner.is_active
            and self.person.has_perm("syndication.add_webhookendpoint"),
        }
