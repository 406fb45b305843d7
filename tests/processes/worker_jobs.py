"""Enqueues jobs for `worker_of_tests`, and says how they stand.

Usage: worker_jobs add NUMBER [SECONDS] | show.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.processes.scene import now
from tests.processes.worker_of_tests import register

from calfcms.jobs.actions.enqueue import enqueue  # isort: skip
from calfcms.jobs.models import Job, WorkerHeartbeat  # isort: skip


def add(number: int, seconds: float) -> None:
    """That many jobs, each of which takes so long."""
    for index in range(number):
        arguments = {"number": index, "seconds": seconds}
        enqueue(name="count", key=f"count:{index}", arguments=arguments, at=now())


def show() -> dict[str, Any]:
    """What there is, and what is done."""
    return {
        "pending": Job.objects.filter(done_at=None).count(),
        "done": sorted(Job.objects.exclude(done_at=None).values_list("key", flat=True)),
        "attempts": dict(Job.objects.values_list("key", "attempts")),
        "workers": list(WorkerHeartbeat.objects.values_list("worker", flat=True)),
    }


if __name__ == "__main__":
    register(Path())
    if sys.argv[1] == "add":
        add(int(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0.0)
    print(json.dumps(show()))  # noqa: T201
