"""Taking the next job, so that no other worker takes it while this one is at it."""

import uuid
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from calfcms.jobs.handlers import get_limits, list_lanes, list_names
from calfcms.jobs.lanes import MAIN, Lane
from calfcms.jobs.models import Job


def claim(*, at: datetime, lane: Lane | None = None) -> Job | None:
    """The job that has been due for longest, leased to the caller; None when nothing is due.

    Of all lanes where none is named. A job whose lease ran out is due again: its worker died, or
    took too long.
    """
    due = _list_due(at, lane)
    if not due.exists():  # so that waiting takes no lock, which on SQLite is the only one
        return None
    return _lease_next(due, at)


@transaction.atomic
def _lease_next(due: QuerySet[Job], at: datetime) -> Job | None:
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    job = due.first()  # on SQLite the transaction itself is the lock: it began IMMEDIATE
    if job is None:
        return None
    job.attempts += 1
    job.lease, job.leased_until = uuid.uuid4(), at + get_limits(job.name).lease
    job.save(update_fields=["attempts", "lease", "leased_until"])
    return job


def _list_due(at: datetime, lane: Lane | None) -> QuerySet[Job]:
    pending = Job.objects.filter(done_at=None, failed_at=None, run_at__lte=at)
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return pending.filter(free, _is_in(lane)).order_by("run_at", "pk")


def _is_in(lane: Lane | None) -> Q:
    if lane is None:
        return Q()
    if lane != MAIN:
        return Q(name__in=list_names(lane))
    elsewhere = [name for other in list_lanes() for name in list_names(other)]
    return ~Q(name__in=elsewhere)  # so that jobs of unknown names are tried, and said to be unknown
