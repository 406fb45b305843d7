"""The few logical connectives that the encoding needs, folding what is certain already.

A formula is a z3 expression or a plain `bool`: most of a rule is certain where most is unknown,
and what Python folds away z3 need not be told.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

import z3

Formula: TypeAlias = Any
"""`z3.BoolRef` or `bool`; z3 has no types of its own."""

WeightedFormula: TypeAlias = tuple[Formula, int]


def negate(formula: Formula) -> Formula:
    """True where the formula is not."""
    return not formula if isinstance(formula, bool) else z3.Not(formula)


def both(formulas: Iterable[Formula]) -> Formula:
    """True where all of them are."""
    parts = [formula for formula in formulas if formula is not True]
    if any(part is False for part in parts):
        return False
    return z3.And(parts) if parts else True


def either(formulas: Iterable[Formula]) -> Formula:
    """True where one of them is."""
    parts = [formula for formula in formulas if formula is not False]
    if any(part is True for part in parts):
        return True
    return z3.Or(parts) if parts else False


def imply(condition: Formula, consequence: Formula) -> Formula:
    """True where the consequence holds, or the condition does not."""
    return either((negate(condition), consequence))


def settle(formula: Formula, values: Iterable[tuple[Formula, bool]]) -> Formula:
    """The formula with these variables settled."""
    if isinstance(formula, bool):
        return formula
    return z3.substitute(formula, *((name, z3.BoolVal(it, name.ctx)) for name, it in values))


def reach(weighted: Iterable[WeightedFormula], least: int) -> Formula:
    """True where the weights of the true ones add up to `least`; weights may be below zero."""
    parts: list[tuple[Any, int]] = []
    for formula, weight in weighted:
        if isinstance(formula, bool):
            least -= weight if formula else 0
        elif weight > 0:
            parts.append((formula, weight))
        else:
            least -= weight
            parts.append((z3.Not(formula), -weight))
    if least <= 0:
        return True
    if sum(weight for _, weight in parts) < least:
        return False
    return z3.PbGe(parts, least)
