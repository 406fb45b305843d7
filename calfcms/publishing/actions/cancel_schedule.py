"""Calling off what was planned."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.end_schedule import end_schedule
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.models import Outcome, Schedule, Verb
from calfcms.publishing.problem import refuse
from calfcms.publishing.rights import require_right


@transaction.atomic
def cancel_schedule(*, schedule: Schedule, by: User, at: datetime, reason: str = "") -> Schedule:
    """Call off a plan that is still pending.

    Raises `Refused` for somebody who could not have made it, where it has come to its end, and for
    the deadline of a break-glass, which nobody can call off.
    """
    lock_document(schedule.document)
    schedule = Schedule.objects.select_related("document").get(pk=schedule.pk)
    _refuse_deadline(schedule)
    require_right(by, schedule.verb)
    if schedule.ended_at is not None:
        raise refuse(
            "schedule_ended",
            f"This plan has come to its end: it is {schedule.outcome}.",
            "There is nothing to cancel.",
        )
    end_schedule(schedule, outcome=Outcome.CANCELLED, by=by, at=at, note=reason.strip())
    return schedule


def _refuse_deadline(schedule: Schedule) -> None:
    if schedule.verb == Verb.LAPSE:
        raise refuse(
            "deadline_stands",
            "The deadline of an unsigned edition cannot be called off.",
            "Have the edition signed, publish another, or withdraw it.",
        )
