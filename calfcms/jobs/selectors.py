"""Reading how the background work is going."""

from datetime import datetime

from calfcms.jobs.models import Job, WorkerHeartbeat


def get_worker_lag(*, at: datetime) -> float | None:
    """Seconds since a worker was last seen at work; None where none ever was."""
    last = WorkerHeartbeat.objects.values_list("beat_at", flat=True).first()
    return max(0.0, (at - last).total_seconds()) if last else None


def count_jobs(at: datetime) -> dict[str, float]:
    """How many jobs wait for their time, are due, and were given up."""
    pending = Job.objects.filter(done_at=None, failed_at=None)
    return {
        "waiting": pending.filter(run_at__gt=at).count(),
        "due": pending.filter(run_at__lte=at).count(),
        "failed": Job.objects.exclude(failed_at=None).count(),
    }


def read_lag(at: datetime) -> dict[str, float]:
    """The worker's lag; nothing where no worker ever ran."""
    lag = get_worker_lag(at=at)
    return {} if lag is None else {"any": lag}
