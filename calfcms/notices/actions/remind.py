"""Reminding people of reviews: 90 days ahead, 30 days ahead, on the day, and when it has passed."""

from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from calfcms.notices.actions.tell import tell
from calfcms.notices.kinds import Kind, Stage
from calfcms.notices.models import Reminder
from calfcms.notices.people import list_carers
from calfcms.publishing.models import Edition, LivePeriod

_DAYS = ((0, Stage.TODAY), (30, Stage.IN_30_DAYS), (90, Stage.IN_90_DAYS))


def remind(*, at: datetime) -> int:
    """Tell of every live edition that has reached a new stage. A duty of the worker.

    Only of the nearest stage: an edition that is overdue when it is first seen is told of once.
    """
    today = at.astimezone(UTC).date()
    return sum(_remind_of(edition, stage, at) for edition, stage in _list_untold(today))


def get_stage(due_on: date, today: date) -> Stage | None:
    """How near a review is; None while it is farther away than anybody needs to know."""
    days = (due_on - today).days
    if days < 0:
        return Stage.OVERDUE
    return next((stage for limit, stage in _DAYS if days <= limit), None)


def _list_untold(today: date) -> list[tuple[Edition, Stage]]:
    horizon = today + timedelta(days=_DAYS[-1][0])
    live = LivePeriod.objects.filter(ended_at=None, edition__next_review_due_on__lte=horizon)
    editions = [period.edition for period in live.select_related("edition__document")]
    reminders = Reminder.objects.filter(edition__in=editions)
    told = set(reminders.values_list("edition_id", "stage"))
    stages = [(edition, get_stage(edition.next_review_due_on, today)) for edition in editions]
    return [
        (edition, stage) for edition, stage in stages if stage and (edition.pk, stage) not in told
    ]


@transaction.atomic
def _remind_of(edition: Edition, stage: Stage, at: datetime) -> int:
    _, is_new = Reminder.objects.get_or_create(
        edition=edition, stage=stage, defaults={"made_at": at}
    )
    if not is_new:  # another worker was faster
        return 0
    return tell(
        people=list_carers(edition.document),
        kind=Kind.REVIEW_OVERDUE if stage == Stage.OVERDUE else Kind.REVIEW_DUE,
        occasion=f"review:{edition.pk}:{stage.value}",
        document=edition.document,
        facts={"edition": edition.number, "due_on": edition.next_review_due_on.isoformat()},
        happened_at=at,
        at=at,
    )
