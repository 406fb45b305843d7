"""What waits for whom: the lists of work on the home page, each one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, TruncMonth

from calfcms.publishing.models import BreakGlass, Event, LivePeriod, ReviewerProfile
from calfcms.publishing.policy import Role
from calfcms.publishing.selectors import EDITION_PUBLISHED
from calfcms.publishing.standings import list_standings
from calfcms.publishing.workflow import State


@dataclass(frozen=True)
class Page:
    """The first rows of a list, and how many there are in all."""

    rows: list[Any]
    total: int


def take_first(rows: QuerySet[Any], limit: int) -> Page:
    """The first rows and the count of all, in one query."""
    counted = list(rows.annotate(total=Window(Count("pk")))[:limit])
    return Page(counted, counted[0].total if counted else 0)


def list_own_drafts(person: User) -> QuerySet[Any]:
    """Drafts that this person edited since the last edition and that nobody is asked to review."""
    return _list_edited_by(person).filter(state=State.DRAFT).order_by("-saved_at")


def list_changes_requested(person: User) -> QuerySet[Any]:
    """Drafts of this person to which a reviewer asked for changes."""
    return _list_edited_by(person).filter(state=State.CHANGES_REQUESTED).order_by("submitted_at")


def list_waiting_for_sign_off(person: User) -> QuerySet[Any]:
    """Drafts that this person may sign now, those that wait longest first.

    Own work is left out (four eyes), and clinical sign-offs where there is no reviewer profile.
    """
    has_profile = Exists(ReviewerProfile.objects.filter(user=person))
    return (
        list_standings()
        .filter(state=State.IN_REVIEW)
        .filter(Q(required_role=Role.EDITORIAL) | has_profile)
        .filter(~_is_edited_by(person))
        .order_by("submitted_at")
    )


def list_approved() -> QuerySet[Any]:
    """Drafts that can be published."""
    return list_standings().filter(state=State.APPROVED).order_by("submitted_at")


def list_live_unsigned() -> QuerySet[Any]:
    """Documents whose live edition went out in an emergency and is not signed yet."""
    return list_standings().filter(is_live_unsigned=True).order_by("document__slug")


def list_broken_citations() -> QuerySet[Any]:
    """Drafts that cite a reference that is not there."""
    return list_standings().filter(broken_citations__gt=0).order_by("-broken_citations")


def count_reviews_due() -> list[tuple[date, int]]:
    """How many live editions are due for review, by month (its first day), earliest first."""
    due = LivePeriod.objects.filter(ended_at=None).annotate(
        month=TruncMonth("edition__next_review_due_on")
    )
    return list(due.values_list("month").annotate(number=Count("pk")).order_by("month"))


def list_overdue(on: date) -> QuerySet[LivePeriod]:
    """What is live although its review was due before that day, longest overdue first."""
    return (
        LivePeriod.objects.filter(ended_at=None, edition__next_review_due_on__lt=on)
        .select_related("document__standing", "edition")
        .order_by("edition__next_review_due_on")
    )


def _list_edited_by(person: User) -> QuerySet[Any]:
    return list_standings().filter(_is_edited_by(person))


def _is_edited_by(person: User) -> Exists:
    """Whether this person saved the draft since its last signed edition: from the audit log."""
    unsigned = BreakGlass.objects.filter(edition__document=OuterRef("document_id"))
    published = (
        Event.objects.filter(document_id=OuterRef("document_id"), action=EDITION_PUBLISHED)
        .exclude(edition__in=unsigned.values("edition__number"))
        .order_by("-seq")
    )
    return Exists(
        Event.objects.filter(
            document_id=OuterRef("document_id"),
            action="draft.saved",
            actor_id=str(person.pk),
            seq__gt=Coalesce(Subquery(published.values("seq")[:1]), Value(0)),
        )
    )
