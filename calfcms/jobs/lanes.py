"""Lanes of work: jobs of one never wait for those of another."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Lane:
    """Jobs that have threads of the worker to themselves, because they wait for other machines."""

    name: str
    threads: int = 1


MAIN: Final = Lane("main")
"""What is done between the rounds of duties, where a handler chose no other."""
