"""`manage.py worker`: the background work, in one process or several. It may be killed any time."""

import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from calfcms.jobs.handlers import list_lanes
from calfcms.jobs.lanes import MAIN
from calfcms.jobs.rounds import Worker, logger

NAP: Final = 0.1
"""Seconds after which a sleeping worker looks whether it was told to stop."""
LOOK: Final = 1.0
"""Seconds between two looks for jobs, in lanes of their own."""


class Command(BaseCommand):
    """Rounds of duties and jobs; lanes have threads of their own. SIGTERM and Ctrl-C end it after
    what it is doing."""

    help = "Does the background work: schedules, reminders, e-mails, webhooks, cache purges."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="One round; exit 1 if any failed.")
        parser.add_argument(
            "--interval", type=float, default=5.0, help="Seconds from one round to the next."
        )

    def handle(self, *, once: bool, interval: float, **options: Any) -> None:
        if once:
            worker = Worker(clock=timezone.now)
            with _stopped_by_signals([worker]):
                worker.do_round()
            self._report(worker)
            return
        worker = Worker(clock=timezone.now, lane=MAIN)
        others = [
            Worker(clock=timezone.now, lane=lane)
            for lane in list_lanes()
            for _ in range(lane.threads)
        ]
        with _stopped_by_signals([worker, *others]), _at_work(others, min(interval, LOOK)):
            _do_rounds(worker, interval)

    def _report(self, worker: Worker) -> None:
        if worker.failures:
            raise CommandError(f"{worker.failures} things failed; the log above says which.")


def _do_rounds(worker: Worker, interval: float) -> None:
    logger.info("worker %s starts, a round every %g seconds", worker.name, interval)
    while not worker.is_stopping:
        next_round = time.monotonic() + interval
        worker.do_round(seconds=interval)
        _sleep(worker, until=next_round)
    logger.info("worker %s ends", worker.name)


@contextmanager
def _at_work(workers: Sequence[Worker], interval: float) -> Iterator[None]:
    """Have each of them look for jobs in a thread, until the block ends and they have been told."""
    threads = [threading.Thread(target=_do_jobs, args=(one, interval)) for one in workers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()
        for thread in threads:
            thread.join()


def _do_jobs(worker: Worker, interval: float) -> None:
    try:
        while not worker.is_stopping:
            next_look = time.monotonic() + interval
            worker.do_jobs()
            _sleep(worker, until=next_look)
    finally:
        connection.close()  # each thread has its own


def _sleep(worker: Worker, *, until: float) -> None:
    while not worker.is_stopping and (left := until - time.monotonic()) > 0:
        time.sleep(min(NAP, left))


@contextmanager
def _stopped_by_signals(workers: Sequence[Worker]) -> Iterator[None]:
    def stop(*_: Any) -> None:
        for worker in workers:
            worker.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
