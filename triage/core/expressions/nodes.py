"""The nodes of a rule expression: frozen, and checked when built, so that nothing downstream meets
a malformed one.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from re import compile as compile_pattern
from typing import Literal as OneOf
from typing import TypeAlias

MAX_DEPTH = 40
"""Deeper nesting is refused: nobody could review it, and every walk over a tree may then recurse
without fear.
"""

MAX_NUMBER = 9_999
AGE_NAMES = ("age_years", "age_months")
RESERVED_WORDS = frozenset(
    {"and", "or", "not", "at_least", "sex", "female", "male", "true", "false", *AGE_NAMES}
)
ID_PATTERN = compile_pattern(r"[a-z][a-z0-9_]{0,79}\Z")


class NodeError(ValueError):
    """A node that can't exist."""


class Comparison(StrEnum):
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    EQUAL = "=="
    NOT_EQUAL = "!="


def check_id(name: str) -> None:
    """Refuse what the expression language could not name."""
    if not ID_PATTERN.match(name):
        raise NodeError(
            f"{name!r} is no id: use lower-case letters, digits and _, starting with a letter"
        )
    if name in RESERVED_WORDS:
        raise NodeError(f"{name!r} is a word of the expression language and can't be an id")


@dataclass(frozen=True)
class FindingRef:
    """True when the finding is present, false when it is absent."""

    id: str
    depth: int = field(default=1, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_id(self.id)


@dataclass(frozen=True)
class SexIs:
    sex: OneOf["female", "male"]
    depth: int = field(default=1, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.sex not in ("female", "male"):
            raise NodeError(f"sex can be compared with female or male, not with {self.sex!r}")


@dataclass(frozen=True)
class Quantity:
    """Something that can be counted: `age_years`, `age_months`, or the id of a score."""

    name: str

    def __post_init__(self) -> None:
        if not self.is_age:
            check_id(self.name)

    @property
    def is_age(self) -> bool:
        return self.name in AGE_NAMES


@dataclass(frozen=True)
class Compare:
    quantity: Quantity
    comparison: Comparison
    number: int
    depth: int = field(default=1, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if type(self.number) is not int or abs(self.number) > MAX_NUMBER:
            raise NodeError(
                f"{self.number!r} is no whole number between -{MAX_NUMBER} and {MAX_NUMBER}"
            )


@dataclass(frozen=True)
class Not:
    operand: "Expression"
    depth: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _set_depth(self, (self.operand,))


@dataclass(frozen=True)
class And:
    operands: tuple["Expression", ...]
    depth: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_several("and", self.operands)
        _set_depth(self, self.operands)


@dataclass(frozen=True)
class Or:
    operands: tuple["Expression", ...]
    depth: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_several("or", self.operands)
        _set_depth(self, self.operands)


@dataclass(frozen=True)
class AtLeast:
    """True when `number` or more of the operands are. A group too small for its number is left to
    `checks` to report.
    """

    number: int
    operands: tuple["Expression", ...]
    depth: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if type(self.number) is not int or not 1 <= self.number <= MAX_NUMBER:
            raise NodeError(
                f"at_least needs a whole number of 1 or more first, not {self.number!r}"
            )
        _check_nodes(self.operands)
        _set_depth(self, self.operands)


Expression: TypeAlias = FindingRef | SexIs | Compare | Not | And | Or | AtLeast


def get_operands(node: Expression) -> tuple[Expression, ...]:
    """The nodes directly below this one; none for a leaf."""
    match node:
        case Not(operand):
            return (operand,)
        case And(operands) | Or(operands) | AtLeast(_, operands):
            return operands
        case _:
            return ()


def _check_nodes(operands: tuple[Expression, ...]) -> None:
    if not isinstance(operands, tuple) or not all(
        isinstance(operand, Expression) for operand in operands
    ):
        raise NodeError(f"operands are a tuple of expressions, not {operands!r}")


def _check_several(word: str, operands: tuple[Expression, ...]) -> None:
    _check_nodes(operands)
    if len(operands) < 2:
        raise NodeError(f"{word!r} joins two or more expressions")


def _set_depth(node: Expression, operands: tuple[Expression, ...]) -> None:
    _check_nodes(operands)
    depth = 1 + max((operand.depth for operand in operands), default=0)
    if depth > MAX_DEPTH:
        raise NodeError(f"nested more than {MAX_DEPTH} levels deep")
    object.__setattr__(node, "depth", depth)
