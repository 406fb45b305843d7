"""Writing on the way of a read: it waits for no lock for long, and a failure is left alone a while.

A read must be answered whatever becomes of the write: on a read-only replica too.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class Pause:
    """Until when this process leaves it, by the monotonic clock."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = 0.0

    @property
    def is_over(self) -> bool:
        """Whether it may be tried again."""
        return time.monotonic() >= self._until

    def start(self) -> None:
        """Leave it from now on: it has just failed."""
        self._until = time.monotonic() + self._seconds

    def end(self) -> None:
        """Try it again at once."""
        self._until = 0.0


@contextmanager
def wait_briefly(milliseconds: int) -> Iterator[None]:
    """Let statements inside wait for locks no longer than this."""
    setting = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "lock_timeout"
    usual = _show(setting)
    _set(setting, milliseconds)
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
