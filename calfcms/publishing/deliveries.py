"""Which partner was sent which edition: told to whoever keeps count of it.

Apps above this one add a witness when Django starts, so that imports keep pointing one way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from calfcms.api.callers import Caller


@dataclass(frozen=True, slots=True)
class Delivered:
    """An edition that a partner was sent, whole or a part of it, or was told that it has still."""

    kind: str
    slug: str
    locale: str
    number: int


class Witness(Protocol):
    """Told before the answer is sent. It must not raise: the answer is sent whatever it does."""

    def __call__(self, caller: Caller, editions: Sequence[Delivered], *, at: datetime) -> None: ...


_witnesses: list[Witness] = []


def add_witness(witness: Witness) -> None:
    """Have it told of every edition that goes out to a key. Called once, from `ready()`."""
    if witness not in _witnesses:
        _witnesses.append(witness)


def tell_delivered(caller: Caller | None, editions: Sequence[Delivered], *, at: datetime) -> None:
    """Say that the caller is about to be sent these; about callers without a key nobody is told."""
    if caller is None:
        return
    for witness in _witnesses:
        witness(caller, editions, at=at)
