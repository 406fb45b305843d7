"""Asking for work to be done after, and only if, the present transaction commits."""

from datetime import datetime
from typing import Any

from django.db import transaction

from calfcms.jobs.handlers import get_handler
from calfcms.jobs.models import Job


@transaction.atomic
def enqueue(
    *,
    name: str,
    key: str,
    arguments: dict[str, Any],
    at: datetime,
    run_at: datetime | None = None,
) -> Job:
    """Add a job for the handler `name`, due at `run_at` or at once, and return it.

    A key that is there already, done or not, adds nothing and changes nothing. `arguments` must be
    JSON. Raises `NoHandler` for a name that nobody has registered.
    """
    get_handler(name)
    job, _ = Job.objects.get_or_create(
        key=key,
        defaults={
            "name": name,
            "arguments": arguments,
            "enqueued_at": at,
            "run_at": run_at or at,
        },
    )
    return job
