"""The real worker, with handlers whose work can be counted.

Usage: worker_of_tests FOLDER [arguments of the worker]. The handler `count` appends the number of
its job and of its process to a file in FOLDER (an effect that no database can undo), takes its
time, and enqueues a job `follow`, which appends to a file of its own.
"""

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import tests.processes.scene  # noqa: F401 - starts Django

from django.core.management import call_command  # isort: skip

from calfcms.jobs.actions.enqueue import enqueue
from calfcms.jobs.handlers import register_handler

LEASE: Final = timedelta(seconds=5)


class Counter:
    """Writes down which jobs it did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def count(self, arguments: dict[str, Any], *, at: datetime) -> None:
        """Append a line, and have the job that follows done."""
        number = arguments["number"]
        self._note("count", number)
        time.sleep(arguments.get("seconds", 0))
        enqueue(name="follow", key=f"follow:{number}", arguments={"number": number}, at=at)

    def follow(self, arguments: dict[str, Any], *, at: datetime) -> None:  # noqa: ARG002
        """Append a line."""
        self._note("follow", arguments["number"])

    def _note(self, name: str, number: int) -> None:
        with (self.folder / f"{name}.txt").open("a") as file:
            file.write(f"{number} {os.getpid()}\n")


def register(folder: Path) -> None:
    """Give the worker something to do."""
    counter = Counter(folder)
    register_handler("count", counter.count, lease=LEASE, max_attempts=1_000)
    register_handler("follow", counter.follow, lease=LEASE, max_attempts=1_000)


if __name__ == "__main__":
    register(Path(sys.argv[1]))
    call_command("worker", *sys.argv[2:])
