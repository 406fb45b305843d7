"""Which function does the jobs of which name, for how long it may, and how often it is tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from calfcms.jobs.lanes import MAIN, Lane

MAX_ATTEMPTS: Final = 12
"""With the back-off of `actions.fail`, that is a good half day."""
LEASE: Final = timedelta(minutes=5)
"""A handler that may take longer registers a longer one: after it, the job is anybody's."""
FIRST_WAIT: Final = timedelta(seconds=30)
"""After the first failure; doubled after each that follows."""


class HandlerFunction(Protocol):
    """Does one job. It may be called again for the same job, when a worker died in between."""

    def __call__(self, arguments: dict[str, Any], *, at: datetime) -> None: ...


@dataclass(frozen=True)
class Limits:
    """How often a job is tried, how long it may take each time, and the wait after a failure."""

    max_attempts: int = MAX_ATTEMPTS
    lease: timedelta = LEASE
    first_wait: timedelta = FIRST_WAIT


@dataclass(frozen=True)
class Handler:
    """A function, its limits, and where its jobs are done."""

    name: str
    function: HandlerFunction
    limits: Limits
    lane: Lane


_HANDLERS: dict[str, Handler] = {}


class PutOff(Exception):
    """Raised by a handler that says itself when to go on: neither a failure nor an attempt."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"put off until {until.isoformat()}")
        self.until = until


class NoHandler(LookupError):
    """A job has a name that no app of this code has registered."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f'No handler is called "{name}": call register_handler in the ready() of its app.'
        )


def register_handler(
    name: str,
    function: HandlerFunction,
    *,
    max_attempts: int = MAX_ATTEMPTS,
    lease: timedelta = LEASE,
    first_wait: timedelta = FIRST_WAIT,
    lane: Lane = MAIN,
) -> None:
    """Have jobs of this name done by `function(arguments, at=…)`; said in an app's `ready()`."""
    known = _HANDLERS.get(name)
    if known is not None and known.function is not function:
        raise ValueError(f'Two handlers are called "{name}": give one of them another name.')
    _HANDLERS[name] = Handler(name, function, Limits(max_attempts, lease, first_wait), lane)


def get_handler(name: str) -> Handler:
    """The handler of that name. Raises `NoHandler`."""
    try:
        return _HANDLERS[name]
    except KeyError:
        raise NoHandler(name) from None


def get_limits(name: str) -> Limits:
    """The limits of jobs of that name.

    Known for every name: a job that was enqueued by other code is tried and fails like any other.
    """
    handler = _HANDLERS.get(name)
    return handler.limits if handler else Limits()


def list_lanes() -> list[Lane]:
    """Every lane that a handler chose, but for the main one."""
    lanes = {handler.lane: None for handler in _HANDLERS.values()}
    return [lane for lane in lanes if lane != MAIN]


def list_names(lane: Lane) -> list[str]:
    """The names of the jobs that are done in that lane."""
    return [handler.name for handler in _HANDLERS.values() if handler.lane == lane]
