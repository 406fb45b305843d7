"""The worker's sign of life."""

from datetime import datetime

from calfcms.jobs.models import WorkerHeartbeat


def beat(*, worker: str, at: datetime) -> None:
    """Note that this worker is at work now."""
    WorkerHeartbeat.objects.update_or_create(pk=1, defaults={"worker": worker, "beat_at": at})
