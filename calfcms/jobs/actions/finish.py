"""Ending a job: done, to be tried again later, or given up. Only for whoever holds its lease."""

from datetime import datetime, timedelta
from typing import Final

from calfcms.jobs.handlers import FIRST_WAIT, get_limits
from calfcms.jobs.models import Job

LONGEST_ERROR: Final = 2_000  # characters


class LeaseLost(Exception):
    """The lease ran out and somebody else has the job now: what it came to is theirs to say."""


def finish(*, job: Job, at: datetime) -> None:
    """Mark a job as done. Raises `LeaseLost`."""
    _update(job, done_at=at, last_error="")


def put_off(*, job: Job, at: datetime) -> None:
    """Have a job tried at that moment, as if it had never been tried before. Raises `LeaseLost`."""
    _update(job, run_at=at, attempts=0)


def fail(*, job: Job, at: datetime, error: str) -> bool:
    """Have a job tried again, each time after twice as long. Raises `LeaseLost`.

    Returns whether it will be: False means that this was the last attempt.
    """
    error = error[:LONGEST_ERROR]
    if has_attempts_left(job):
        wait = get_wait(job.attempts, first=get_limits(job.name).first_wait)
        _update(job, run_at=at + wait, last_error=error)
        return True
    _update(job, failed_at=at, last_error=error)
    return False


def has_attempts_left(job: Job) -> bool:
    """Whether a job that fails now is tried again."""
    return job.attempts < get_limits(job.name).max_attempts


def get_wait(attempts: int, *, first: timedelta = FIRST_WAIT) -> timedelta:
    """How long to wait after that many attempts have failed."""
    return first * int(2 ** (attempts - 1))


def _update(job: Job, **columns: object) -> None:
    mine = Job.objects.filter(pk=job.pk, lease=job.lease)
    if not mine.update(lease=None, leased_until=None, **columns):
        raise LeaseLost(f"The lease of {job} ran out before it ended.")
