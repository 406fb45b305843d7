"""`manage.py worker`: the background work, in one process or several. It may be killed any time."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from calfcms.jobs.rounds import Worker, logger

NAP: Final = 0.1
"""Seconds after which a sleeping worker looks whether it was told to stop."""


class Command(BaseCommand):
    """Rounds of duties and jobs. SIGTERM and Ctrl-C end it after what it is doing."""

    help = "Does the background work: schedules, reminders, e-mails."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="One round; exit 1 if any failed.")
        parser.add_argument(
            "--interval", type=float, default=5.0, help="Seconds from one round to the next."
        )

    def handle(self, *, once: bool, interval: float, **options: Any) -> None:
        worker = Worker(clock=timezone.now)
        with _stopped_by_signals(worker):
            if once:
                worker.do_round()
                self._report(worker)
            else:
                _do_rounds(worker, interval)

    def _report(self, worker: Worker) -> None:
        if worker.failures:
            raise CommandError(f"{worker.failures} things failed; the log above says which.")


def _do_rounds(worker: Worker, interval: float) -> None:
    logger.info("worker %s starts, a round every %g seconds", worker.name, interval)
    while not worker.is_stopping:
        next_round = time.monotonic() + interval
        worker.do_round(seconds=interval)
        while not worker.is_stopping and time.monotonic() < next_round:
            time.sleep(min(NAP, interval))
    logger.info("worker %s ends", worker.name)


@contextmanager
def _stopped_by_signals(worker: Worker) -> Iterator[None]:
    before = {
        number: signal.signal(number, lambda *_: worker.stop())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
