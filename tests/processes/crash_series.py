"""Does something again and again in child processes, each killed with SIGKILL one statement later.

Publishes, or does what the first argument names (`plans.ACT`). Prints a line of JSON for each: at
which statement it died, if it did, and what it left behind. Ends with the one that lives. The
parent never opens a connection, so children share none.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection

from tests.processes.plans import ACT
from tests.processes.state import read_state


class _Killer:
    """Counts the statements sent to the database, and kills once the chosen one has run."""

    def __init__(self, last: int) -> None:
        self.last, self.count = last, 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        result = execute(*statement)
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def act_until(action: Callable[[], object], statement: int) -> None:
    """Act, but die right after that statement."""
    with connection.execute_wrapper(_Killer(statement)):
        action()


def run_in_child(action: Callable[[], None]) -> bool:
    """Whether the action lived to its end in a child process."""
    child = os.fork()
    if child == 0:
        try:
            action()
        except BaseException as error:
            os.write(2, repr(error).encode())
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(1)
    return True


def print_state(statement: int, lived: bool) -> None:
    """Say what was left behind."""
    line = {"statement": statement, "lived": lived, "state": read_state()}
    os.write(1, json.dumps(line).encode() + b"\n")


if __name__ == "__main__":
    action = ACT[sys.argv[1] if len(sys.argv) > 1 else "publish"]
    statement, lived = 0, False
    while not lived:
        statement += 1
        lived = run_in_child(partial(act_until, action, statement))
        run_in_child(partial(print_state, statement, lived))
