"""What is live although its review is overdue, and what of it nobody let stay."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

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


def get_extension(edition: Edition) -> ReviewExtension | None:
    """The extension that lets this edition stay longest, if there is one."""
    return ReviewExtension.objects.filter(edition=edition).order_by("-until", "-pk").first()
