"""Kleene's strong three-valued logic: what is not known stays not known until it no longer matters.

The tables are the definition. The compiled form in `lanes` is faster and must agree with them (a
test compares the two).
"""

from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """The value of an expression. It is no `bool`: unknown read as "no" is the commonest silent
    failure in triage.
    """

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a Truth has three values and can't be used as a bool: compare with `is Truth.TRUE`, "
            "`is Truth.FALSE` or `is Truth.UNKNOWN`, so that the unknown case is decided openly"
        )


F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE

NOT = {
    T: F,
    U: U,
    F: T,
}

AND = {
    (T, T): T, (T, U): U, (T, F): F,
    (U, T): U, (U, U): U, (U, F): F,
    (F, T): F, (F, U): F, (F, F): F,
}  # fmt: skip

OR = {
    (T, T): T, (T, U): T, (T, F): T,
    (U, T): T, (U, U): U, (U, F): U,
    (F, T): T, (F, U): U, (F, F): F,
}  # fmt: skip
