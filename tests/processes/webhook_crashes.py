"""Follows the log and delivers, again and again, each time killed with SIGKILL one step later.

As `notice_crashes`: a step is the moment before or after a statement; what has got on nevertheless
lets the steps begin anew; each worker lives ten minutes after the one before. Ends with the one
that finds everything done. Prints a line of JSON for each: what it found.
"""

import json
import os
from functools import partial
from typing import Any

import time_machine
from django.db import connection

from tests.processes.crash_series import run_in_child
from tests.processes.notice_crashes import LATER, Killer
from tests.processes.scene import now

from calfcms.jobs.handlers import register_handler  # isort: skip
from calfcms.jobs.models import Job  # isort: skip
from calfcms.jobs.rounds import Worker  # isort: skip
from calfcms.publishing.models import AuditHead  # isort: skip
from calfcms.syndication.actions.follow_log import follow_log  # isort: skip
from calfcms.syndication.actions.queue_delivery import DELIVER  # isort: skip
from calfcms.syndication.models import Attempt, Delivery, WebhookCursor  # isort: skip
from calfcms.syndication.webhooks.delivering import LANE, deliver  # isort: skip


def work_until(step: int, run: int) -> None:
    """Follow the log and deliver, that many times ten minutes from now; killed at that step."""
    register_handler(DELIVER, deliver, max_attempts=10_000, lane=LANE)
    with (
        time_machine.travel(now() + run * LATER, tick=True),
        connection.execute_wrapper(Killer(step)),
    ):
        follow_log(at=now())
        Worker(clock=now, lane=LANE).do_jobs()


def read_deliveries() -> dict[str, Any]:
    """What was queued, sent and read of the log by now."""
    jobs = Job.objects.filter(name=DELIVER)
    return {
        "deliveries": Delivery.objects.count(),
        "jobs": jobs.count(),
        "done": jobs.exclude(done_at=None).count(),
        "delivered": Delivery.objects.exclude(delivered_at=None).count(),
        "attempts": Attempt.objects.count(),
        "unread": AuditHead.objects.get().seq - WebhookCursor.objects.get().seq,
    }


def look_and_work(before: dict[str, Any], run: int, sink: int) -> None:
    """See what the worker before has left, choose the step to die at, say both, and work."""
    found = read_deliveries()
    step = before["step"] + 1 if found == before["found"] else 1
    os.write(sink, json.dumps({"step": step, "found": found}).encode() + b"\n")
    if not found["done"]:
        work_until(step, run)


def run_series() -> None:
    """Kill, look, go on."""
    line: dict[str, Any] = {"step": 0, "found": {"done": 0}}
    run = 0
    while not line["found"]["done"]:
        run += 1
        source, sink = os.pipe()
        lived = run_in_child(partial(look_and_work, line, run, sink))
        os.close(sink)
        with os.fdopen(source) as lines:
            line = json.loads(lines.read())
        os.write(1, json.dumps(line | {"lived": lived}).encode() + b"\n")


if __name__ == "__main__":
    run_series()
