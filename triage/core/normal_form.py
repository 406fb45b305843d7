"""Rewrites an expression so that negation stands only at single facts: literals under weighted
thresholds.

`and`, `or`, `at_least` and a comparison with a score are all one thing, "at least so many points
are true", and De Morgan's laws (valid in Kleene's logic) push every `not` down to the facts.
Whether a rule uses a finding as present or as absent can then be read off, which is what
monotonicity, conflicts and the checks need.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from triage.core.expressions import (
    And,
    AtLeast,
    Compare,
    Comparison,
    Expression,
    FindingRef,
    Not,
    Or,
    SexIs,
)
from triage.core.parts import Score


@dataclass(frozen=True)
class AgeAtLeast:
    """The age in completed years or months is `number` or more."""

    unit: str
    number: int


Atom: TypeAlias = FindingRef | SexIs | AgeAtLeast


@dataclass(frozen=True)
class Literal:
    """A fact, or its negation."""

    atom: Atom
    positive: bool


@dataclass(frozen=True)
class Threshold:
    """True when the weights of the true parts add up to `least`. Weights are 1 or more, so a part
    becoming true never makes it false.
    """

    parts: tuple["NormalForm", ...]
    weights: tuple[int, ...]
    least: int


NormalForm: TypeAlias = Literal | Threshold
Scores: TypeAlias = Mapping[str, Score]


def normalise(node: Expression, scores: Scores, positive: bool = True) -> NormalForm:
    """The normal form of the expression, or of its negation."""
    match node:
        case FindingRef() | SexIs():
            return Literal(node, positive)
        case Not(operand):
            return normalise(operand, scores, not positive)
        case And(operands):
            return _count([(operand, 1) for operand in operands], len(operands), scores, positive)
        case Or(operands):
            return _count([(operand, 1) for operand in operands], 1, scores, positive)
        case AtLeast(number, operands):
            return _count([(operand, 1) for operand in operands], number, scores, positive)
        case Compare():
            return _compare(node, scores, positive)


def list_literals(form: NormalForm) -> Iterator[Literal]:
    """Every literal, left to right."""
    if isinstance(form, Literal):
        yield form
    else:
        for part in form.parts:
            yield from list_literals(part)


def _count(
    weighted: Sequence[tuple[Expression, int]], least: int, scores: Scores, positive: bool
) -> Threshold:
    """At least `least` points. Minus points for something true are plus points for it being false,
    from a lower start.
    """
    least -= sum(points for _, points in weighted if points < 0)
    weights = tuple(abs(points) for _, points in weighted)
    if not positive:
        least = sum(weights) - least + 1
    parts = tuple(normalise(node, scores, (points > 0) is positive) for node, points in weighted)
    return Threshold(parts, weights, least)


def _compare(node: Compare, scores: Scores, positive: bool) -> NormalForm:
    """Every comparison is made of `>=`: `x < 3` is `not x >= 3`, `x == 3` is `x >= 3 and not x >=
    4`.
    """
    number = node.number
    match node.comparison:
        case Comparison.AT_LEAST:
            return _reach(node, number, scores, positive)
        case Comparison.MORE:
            return _reach(node, number + 1, scores, positive)
        case Comparison.LESS:
            return _reach(node, number, scores, not positive)
        case Comparison.AT_MOST:
            return _reach(node, number + 1, scores, not positive)
        case Comparison.EQUAL:
            return _equal(node, scores, positive)
        case Comparison.NOT_EQUAL:
            return _equal(node, scores, not positive)


def _equal(node: Compare, scores: Scores, positive: bool) -> Threshold:
    sides = (
        _reach(node, node.number, scores, positive),
        _reach(node, node.number + 1, scores, not positive),
    )
    return Threshold(sides, (1, 1), 2 if positive else 1)


def _reach(node: Compare, number: int, scores: Scores, positive: bool) -> NormalForm:
    name = node.quantity.name
    if node.quantity.is_age:
        return Literal(AgeAtLeast(name, number), positive)
    return _count(scores[name].askable_items, number, scores, positive)
