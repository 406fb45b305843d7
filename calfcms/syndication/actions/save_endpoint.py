"""Adding an endpoint, and changing where it is or what it is told."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.problem import Problem, Refused
from calfcms.syndication.actions.lock_endpoint import lock_endpoint
from calfcms.syndication.actions.locks import lock_partner
from calfcms.syndication.actions.webhook_events import name_receiver, record_webhook_event
from calfcms.syndication.models import EventType, Partner, WebhookEndpoint
from calfcms.syndication.rights import require_right
from calfcms.syndication.webhooks.addresses import list_url_problems
from calfcms.syndication.webhooks.allowed import get_allowed
from calfcms.syndication.webhooks.signing import make_secret


@transaction.atomic
def add_endpoint(
    *, partner: Partner, url: str, event_types: Collection[str], by: User, at: datetime
) -> WebhookEndpoint:
    """Tell a partner of these events at that address. Its secret is to be shown once.

    Raises `Refused`, with every reason.
    """
    require_right(by, "add_webhookendpoint")
    partner = lock_partner(partner)
    others = partner.webhook_endpoints.filter(url=url)
    _refuse_problems(url, event_types, is_taken=others.exists())
    endpoint = WebhookEndpoint.objects.create(
        partner=partner,
        url=url,
        event_types=_sort(event_types),
        secret=make_secret(),
        created_at=at,
        created_by=by,
    )
    record_webhook_event(
        action="webhook.added",
        endpoint=endpoint,
        by=by,
        at=at,
        details={"event_types": endpoint.event_types},
    )
    return endpoint


@transaction.atomic
def change_endpoint(
    *,
    endpoint: WebhookEndpoint,
    url: str,
    event_types: Collection[str],
    by: User,
    at: datetime,
) -> WebhookEndpoint:
    """Say anew where it is and what it is told. What is under way goes to the new address.

    Raises `Refused`, with every reason.
    """
    require_right(by, "change_webhookendpoint")
    endpoint = lock_endpoint(endpoint)
    others = endpoint.partner.webhook_endpoints.filter(url=url).exclude(pk=endpoint.pk)
    _refuse_problems(url, event_types, is_taken=others.exists())
    before = {"url": endpoint.url, "event_types": endpoint.event_types}
    endpoint.url, endpoint.event_types = url, _sort(event_types)
    if before == {"url": endpoint.url, "event_types": endpoint.event_types}:
        return endpoint
    endpoint.resting_until = None
    endpoint.save(update_fields=["url", "event_types", "resting_until"])
    record_webhook_event(
        action="webhook.changed",
        endpoint=endpoint,
        by=by,
        at=at,
        details={
            "event_types": endpoint.event_types,
            "receiver_before": name_receiver(before["url"]),
        },
    )
    return endpoint


def _sort(event_types: Collection[str]) -> list[str]:
    return [one.value for one in EventType if one.value in event_types]


def _refuse_problems(url: str, event_types: Collection[str], *, is_taken: bool) -> None:
    problems = list_url_problems(url, allowed=get_allowed())
    if is_taken:
        problems.append(
            Problem(
                "url_taken",
                "This partner has an endpoint with this address.",
                "Change that one.",
                "/url",
            )
        )
    if unknown := sorted(set(event_types) - set(EventType.values)):
        problems.append(
            Problem(
                "event_type_unknown",
                f"There is no event {', '.join(unknown)}.",
                f"Choose from {', '.join(EventType.values)}.",
                "/event_types",
            )
        )
    if not event_types:
        problems.append(
            Problem(
                "event_types_missing",
                "It would be told of nothing.",
                "Choose at least one event.",
                "/event_types",
            )
        )
    if problems:
        raise Refused(problems)
