"""Giving jobs that were given up another series of attempts."""

from datetime import datetime

from calfcms.jobs.models import Job


def retry_failed(*, at: datetime) -> list[str]:
    """Make every job that was given up due again; the keys, oldest first."""
    failed = Job.objects.exclude(failed_at=None)
    keys = list(failed.order_by("failed_at", "pk").values_list("key", flat=True))
    failed.filter(key__in=keys).update(failed_at=None, attempts=0, run_at=at)
    return keys
