"""A reader who comes after something was due need not wait for the worker (docs/decisions/0012).

Where it cannot be carried out here and now — a read-only replica, a lock that somebody holds — the
reader gets what there is, and the log says why.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connection

from calfcms.publishing.actions.carry_out import carry_out_due

PATIENCE: Final = 1_000
"""Milliseconds that a reader waits for a lock."""
PAUSE: Final = 5.0
"""Seconds after a failure in which this process does not try again."""

logger = logging.getLogger(__name__)


class _Pause:
    """Until when this process leaves it to others, by the monotonic clock."""

    def __init__(self) -> None:
        self.until = 0.0

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def start(self) -> None:
        self.until = time.monotonic() + PAUSE

    def end(self) -> None:
        self.until = 0.0


pause = _Pause()


def catch_up(*, at: datetime) -> bool:
    """Carry out what is due; whether it was tried. Never raises: a failure is logged."""
    if not pause.is_over:
        return False
    try:
        with _wait_briefly():
            carry_out_due(at=at)
    except Exception:
        pause.start()
        logger.exception("Something is due that a reader could not carry out; the worker must.")
    return True


@contextmanager
def _wait_briefly() -> Iterator[None]:
    setting = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "lock_timeout"
    usual = _show(setting)
    _set(setting, PATIENCE)
    try:
        yield
    finally:
        _set(setting, usual)


def _show(setting: str) -> int | str:
    with connection.cursor() as cursor:
        cursor.execute(setting if setting.startswith("PRAGMA") else f"SHOW {setting}")
        value: int | str = cursor.fetchone()[0]
    return value


def _set(setting: str, value: int | str) -> None:
    verb = "" if setting.startswith("PRAGMA") else "SET "
    with connection.cursor() as cursor:
        cursor.execute(f"{verb}{setting} = '{value}'")
