"""Reading how the background work is going."""

from datetime import datetime

from calfcms.jobs.models import WorkerHeartbeat


def get_worker_lag(*, at: datetime) -> float | None:
    """Seconds since a worker was last seen at work; None where none ever was."""
    last = WorkerHeartbeat.objects.values_list("beat_at", flat=True).first()
    return max(0.0, (at - last).total_seconds()) if last else None
