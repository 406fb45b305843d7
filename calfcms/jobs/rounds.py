"""One round of the worker: its sign of life, every duty, then the jobs that are due.

Lanes but for the main one have workers of their own, which do jobs and nothing else. Nothing that
fails in here ends the round: it is logged, and the rest goes on.
"""

import logging
import math
import os
import socket
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import connection

from calfcms.jobs.actions.beat import beat
from calfcms.jobs.actions.claim import claim
from calfcms.jobs.actions.finish import LeaseLost, fail, finish, has_attempts_left, put_off
from calfcms.jobs.duties import Duty, list_duties
from calfcms.jobs.handlers import PutOff, get_handler, get_limits
from calfcms.jobs.lanes import Lane
from calfcms.jobs.models import Job

logger: Final = logging.getLogger("calfcms.worker")

Clock = Callable[[], datetime]


class Worker:
    """Does rounds until it is told to stop, which it heeds between one thing and the next.

    It does the jobs of one lane, or of all where none is named.
    """

    def __init__(self, *, clock: Clock, lane: Lane | None = None) -> None:
        self.clock, self.lane = clock, lane
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.is_stopping = False
        self.failures = 0

    def stop(self) -> None:
        """End after what is being done now. Called by signal handlers: it must do no more."""
        self.is_stopping = True

    def do_round(self, *, seconds: float = math.inf) -> None:
        """Every duty once, then jobs until none is due, or that time has passed."""
        _renew_connection()
        try:
            self._do_duties()
            self._do_jobs(time.monotonic() + seconds, self._beat)
        except Exception:  # the database itself: tried again in the next round
            self.failures += 1
            logger.exception("the round was broken off")

    def do_jobs(self) -> None:
        """Jobs until none is due, and no duties. The sign of life is left to who does rounds."""
        _renew_connection()
        try:
            self._do_jobs(math.inf, lambda: None)
        except Exception:
            self.failures += 1
            logger.exception("the jobs were broken off")

    def _beat(self) -> None:
        beat(worker=self.name, at=self.clock())

    def _do_duties(self) -> None:
        self._beat()
        for duty in list_duties():
            if not self.is_stopping:
                self._do_duty(duty)

    def _do_duty(self, duty: Duty) -> None:
        try:
            number = duty.function(at=self.clock())
        except Exception:
            self.failures += 1
            logger.exception("duty %s failed; it is due again in the next round", duty.name)
            _renew_connection()
        else:
            if number:
                logger.info("duty %s: %d done", duty.name, number)

    def _do_jobs(self, until: float, after_each: Callable[[], None]) -> None:
        while not self.is_stopping and time.monotonic() < until:
            job = claim(at=self.clock(), lane=self.lane)
            if job is None:
                return
            self._do_job(job)
            after_each()

    def _do_job(self, job: Job) -> None:
        try:
            self._call_handler(job)
        except LeaseLost as error:
            logger.warning("%s", error)

    def _call_handler(self, job: Job) -> None:
        if job.attempts > get_limits(job.name).max_attempts:
            self._give_up(job, "Its worker died each time before it ended.")
            return
        try:
            get_handler(job.name).function(job.arguments, at=self.clock())
        except PutOff as wish:
            put_off(job=job, at=wish.until)
            logger.info("job %s %s", job, wish)
        except Exception as error:
            _renew_connection()
            self._report_failure(job, error)
        else:
            finish(job=job, at=self.clock())
            logger.info("job %s done", job)

    def _report_failure(self, job: Job, error: Exception) -> None:
        text = f"{type(error).__name__}: {error}"
        if not has_attempts_left(job):
            self._give_up(job, text)
            return
        self.failures += 1
        fail(job=job, at=self.clock(), error=text)
        logger.warning("job %s failed (attempt %d), tried again later: %s", job, job.attempts, text)

    def _give_up(self, job: Job, text: str) -> None:
        self.failures += 1
        fail(job=job, at=self.clock(), error=text)
        logger.error(
            "job %s GIVEN UP after %d attempts; `manage.py retry_jobs` tries again: %s",
            job,
            job.attempts,
            text,
        )


def _renew_connection() -> None:
    """Replace a connection that was lost, unless it is in the middle of a transaction."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
