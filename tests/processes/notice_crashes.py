"""Runs the real worker again and again, each time killed with SIGKILL one step later.

A step is the moment before a statement is sent to the database, or the one after it has run. When
a killed worker has got on nevertheless (notices made, a message noted as sent), the steps begin
anew; after the first message a worker lives. Each lives ten minutes after the one before, so that
its lease is over. Prints a line of JSON for each, with what it found, and for the last one with
what it left. The parent never opens a connection.
"""

import json
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

import time_machine
from django.core.management import call_command
from django.db import connection

from tests.processes.crash_series import run_in_child
from tests.processes.scene import now

from calfcms.jobs.handlers import register_handler  # isort: skip
from calfcms.jobs.models import Job  # isort: skip
from calfcms.notices.actions.tell import MAIL  # isort: skip
from calfcms.notices.mailing import mail_notice  # isort: skip
from calfcms.notices.models import Notice, NoticeCursor  # isort: skip
from calfcms.publishing.models import AuditHead  # isort: skip

LATER: Final = timedelta(minutes=10)
SIGKILL_NEVER: Final = 0


class Killer:
    """Counts steps, and kills at the chosen one."""

    def __init__(self, last: int) -> None:
        self.last, self.count = last, 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self._step()
        result = execute(*statement)
        self._step()
        return result

    def _step(self) -> None:
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def work_until(step: int, run: int) -> None:
    """One round of the worker, that many times ten minutes from now; killed at that step."""
    register_handler(MAIL, mail_notice, max_attempts=10_000)
    with (
        time_machine.travel(now() + run * LATER, tick=True),
        connection.execute_wrapper(Killer(step)),
    ):
        call_command("worker", once=True)


def read_notices() -> dict[str, Any]:
    """What was told, mailed and read of the log by now."""
    return {
        "notices": Notice.objects.count(),
        "jobs": Job.objects.count(),
        "done": Job.objects.exclude(done_at=None).count(),
        "mailed": Notice.objects.exclude(mailed_at=None).count(),
        "unread": AuditHead.objects.get().seq - NoticeCursor.objects.get().seq,
    }


def look_and_work(before: dict[str, Any], run: int, sink: int) -> None:
    """See what the worker before has left, choose the step to die at, say both, and work."""
    found = read_notices()
    step = before["step"] + 1 if found == before["found"] else 1
    step = SIGKILL_NEVER if found["mailed"] else step
    os.write(sink, json.dumps({"step": step, "found": found}).encode() + b"\n")
    work_until(step, run)
    os.write(sink, json.dumps({"step": 0, "found": read_notices()}).encode() + b"\n")


def run_series() -> None:
    """Kill, look, go on."""
    line, run, lived = {"step": 0, "found": {}}, 0, False
    while not lived:
        run += 1
        source, sink = os.pipe()
        lived = run_in_child(partial(look_and_work, line, run, sink))
        os.close(sink)
        with os.fdopen(source) as lines:
            said = [json.loads(text) for text in lines]
        line = said[0]
        for each in said:
            os.write(1, json.dumps(each | {"lived": lived}).encode() + b"\n")


if __name__ == "__main__":
    run_series()
