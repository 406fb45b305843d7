"""What is live although its review is overdue, and what of it nobody let stay."""

from datetime import UTC, date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from calfcms.publishing.kinds import list_kinds
from calfcms.publishing.models import Edition, LivePeriod, ReviewExtension


def is_overdue(review_due_on: date, *, on: date) -> bool:
    """Whether the review should have been done before that day."""
    return review_due_on < on


def list_live_past_limit(*, on: date, days: int) -> QuerySet[LivePeriod]:
    """The live periods of editions that are overdue by more than so many days on that day.

    Left out are those that a clinician let stay until that day or longer.
    """
    extended = ReviewExtension.objects.filter(edition=OuterRef("edition"), until__gte=on)
    return (
        LivePeriod.objects.filter(
            ended_at=None, edition__next_review_due_on__lt=on - timedelta(days=days)
        )
        .filter(~Exists(extended))
        .select_related("document", "edition")
        .order_by("edition__next_review_due_on", "pk")
    )


def count_overdue(at: datetime) -> dict[str, float]:
    """How many live editions of each kind are overdue, let stay or not."""
    on = at.astimezone(UTC).date()
    return {
        kind.name: LivePeriod.objects.filter(
            ended_at=None, document__kind=kind.name, edition__next_review_due_on__lt=on
        ).count()
        for kind in list_kinds()
    }


def count_live(_at: datetime) -> dict[str, float]:
    """How many documents of each kind are live."""
    return {
        kind.name: LivePeriod.objects.filter(ended_at=None, document__kind=kind.name).count()
        for kind in list_kinds()
    }


def get_extension(edition: Edition) -> ReviewExtension | None:
    """The extension that lets this edition stay longest, if there is one."""
    return ReviewExtension.objects.filter(edition=edition).order_by("-until", "-pk").first()
