"""What the worker looks after in every round: idempotent work that finds out itself what is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class DutyFunction(Protocol):
    """Does what is due at an instant, and says how many things it did."""

    def __call__(self, *, at: datetime) -> int: ...


@dataclass(frozen=True)
class Duty:
    """A function that may be called at any time, any number of times, by any number of workers."""

    name: str
    function: DutyFunction


_DUTIES: dict[str, Duty] = {}


def add_duty(name: str, function: DutyFunction) -> None:
    """Have the worker call `function(at=…)` once each round; said in an app's `ready()`.

    >>> add_duty("publishing.carry_out_due", carry_out_due)  # doctest: +SKIP
    """
    known = _DUTIES.get(name)
    if known is not None and known.function is not function:
        raise ValueError(f'Two duties are called "{name}": give one of them another name.')
    _DUTIES[name] = Duty(name, function)


def list_duties() -> list[Duty]:
    """Every duty, in the order in which they were added."""
    return list(_DUTIES.values())
