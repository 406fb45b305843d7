"""Taking the next job, so that no other worker takes it while this one is at it."""

import uuid
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from calfcms.jobs.handlers import get_limits
from calfcms.jobs.models import Job


def claim(*, at: datetime) -> Job | None:
    """The job that has been due for longest, leased to the caller; None when nothing is due.

    A job whose lease ran out is due again: its worker died, or took too long.
    """
    if not _list_due(at).exists():  # so that waiting takes no lock, which on SQLite is the only one
        return None
    return _lease_next(at)


@transaction.atomic
def _lease_next(at: datetime) -> Job | None:
    due = _list_due(at)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    job = due.first()  # on SQLite the transaction itself is the lock: it began IMMEDIATE
    if job is None:
        return None
    _, lease = get_limits(job.name)
    job.attempts += 1
    job.lease, job.leased_until = uuid.uuid4(), at + lease
    job.save(update_fields=["attempts", "lease", "leased_until"])
    return job


def _list_due(at: datetime) -> QuerySet[Job]:
    pending = Job.objects.filter(done_at=None, failed_at=None, run_at__lte=at)
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return pending.filter(free).order_by("run_at", "pk")
