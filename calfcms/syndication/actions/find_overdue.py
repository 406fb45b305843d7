"""Noticing that reviews have become overdue: partners are told, and caches forget the page."""

from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from calfcms.publishing.models import Edition, LivePeriod
from calfcms.syndication.actions.queue_delivery import queue_delivery
from calfcms.syndication.models import EventType, OverdueReview
from calfcms.syndication.purging import forget
from calfcms.syndication.webhooks.endpoints import list_told
from calfcms.syndication.webhooks.messages import build_overdue


def find_overdue(*, at: datetime) -> int:
    """Tell of every live edition whose review has become overdue; how many. A duty of the worker.

    Once for each document and due date, also where nobody is to be told: an endpoint that is added
    later hears of what becomes overdue from then on.
    """
    on = at.astimezone(UTC).date()
    return sum(_tell_of(period.edition, at) for period in list(_list_unseen(on)))


def _list_unseen(on: date) -> QuerySet[LivePeriod]:
    seen = OverdueReview.objects.filter(
        document=OuterRef("document"), due_on=OuterRef("edition__next_review_due_on")
    )
    overdue = LivePeriod.objects.filter(ended_at=None, edition__next_review_due_on__lt=on)
    return (
        overdue.filter(~Exists(seen))
        .select_related("edition__document")
        .order_by(F("edition__next_review_due_on"), "pk")
    )


@transaction.atomic
def _tell_of(edition: Edition, at: datetime) -> bool:
    _, is_new = OverdueReview.objects.get_or_create(
        document=edition.document, due_on=edition.next_review_due_on, defaults={"seen_at": at}
    )
    if not is_new:  # another worker was faster
        return False
    message = build_overdue(edition, at=at)
    for endpoint in list_told(EventType.REVIEW_OVERDUE):
        queue_delivery(endpoint=endpoint, message=message, at=at)
    forget(edition.document, at=at)
    return True
