"""Which function does the jobs of which name, for how long it may, and how often it is tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

MAX_ATTEMPTS: Final = 12
"""With the back-off of `actions.fail`, that is a good half day."""
LEASE: Final = timedelta(minutes=5)
"""A handler that may take longer registers a longer one: after it, the job is anybody's."""


class HandlerFunction(Protocol):
    """Does one job. It may be called again for the same job, when a worker died in between."""

    def __call__(self, arguments: dict[str, Any], *, at: datetime) -> None: ...


@dataclass(frozen=True)
class Handler:
    """A function, and its limits."""

    name: str
    function: HandlerFunction
    max_attempts: int = MAX_ATTEMPTS
    lease: timedelta = LEASE


_HANDLERS: dict[str, Handler] = {}


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
) -> None:
    """Have jobs of this name done by `function(arguments, at=…)`; said in an app's `ready()`."""
    known = _HANDLERS.get(name)
    if known is not None and known.function is not function:
        raise ValueError(f'Two handlers are called "{name}": give one of them another name.')
    _HANDLERS[name] = Handler(name, function, max_attempts, lease)


def get_handler(name: str) -> Handler:
    """The handler of that name. Raises `NoHandler`."""
    try:
        return _HANDLERS[name]
    except KeyError:
        raise NoHandler(name) from None


def get_limits(name: str) -> tuple[int, timedelta]:
    """How often a job of that name is tried, and how long it may take each time.

    Known for every name: a job that was enqueued by other code is tried and fails like any other.
    """
    handler = _HANDLERS.get(name)
    return (handler.max_attempts, handler.lease) if handler else (MAX_ATTEMPTS, LEASE)
