"""Reading what was delivered: page by page, newest first."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery

from calfcms.jobs.models import Job
from calfcms.syndication.actions.queue_delivery import get_job_key
from calfcms.syndication.models import Attempt, Delivery, WebhookEndpoint

SHOWN: Final = 50
"""Deliveries on a page of the log."""


class State(StrEnum):
    """What became of a delivery."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given up"


@dataclass(frozen=True)
class LogPage:
    """Some deliveries, each with its state, and the numbers of the pages beside; 0 for none."""

    rows: list[tuple[Delivery, str]]
    newer: int
    older: int


def get_state(delivery: Delivery) -> State:
    """In a word."""
    if delivery.given_up_at is not None:
        return State.GIVEN_UP
    return State.WAITING if delivery.delivered_at is None else State.DELIVERED


def describe_log(endpoint: WebhookEndpoint, *, page: str) -> LogPage:
    """A page of an endpoint's deliveries; the first where the number makes no sense."""
    found = Paginator(_list_deliveries(endpoint), SHOWN).get_page(page)
    return LogPage(
        rows=[(delivery, get_state(delivery).value) for delivery in found],
        newer=found.number - 1,
        older=found.number + 1 if found.has_next() else 0,
    )


def get_next_attempt(delivery: Delivery) -> datetime | None:
    """When it is tried again; None where it is not."""
    jobs = Job.objects.filter(key=get_job_key(delivery), done_at=None, failed_at=None)
    return jobs.values_list("run_at", flat=True).first()


def _list_deliveries(endpoint: WebhookEndpoint) -> QuerySet[Delivery]:
    last = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-pk")
    return (
        Delivery.objects.filter(endpoint=endpoint)
        .select_related("document")
        .annotate(
            tries=Count("attempts"),
            last_status=Subquery(last.values("status")[:1]),
            last_error=Subquery(last.values("error")[:1]),
        )
        .order_by("-created_at", "-pk")
    )
