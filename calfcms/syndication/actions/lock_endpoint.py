"""Locking an endpoint, after its partner, in an order that cannot deadlock."""

from calfcms.syndication.actions.locks import lock_partner
from calfcms.syndication.models import WebhookEndpoint


def lock_endpoint(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """The endpoint as it is now, locked until the transaction ends."""
    lock_partner(endpoint.partner)
    endpoints = WebhookEndpoint.objects.select_for_update(of=("self",))
    return endpoints.select_related("partner").get(pk=endpoint.pk)
