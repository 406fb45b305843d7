"""What an expression means, written to be read: the definition of the language, by truth tables and
intervals.

`lanes` answers the same question for all rules of a protocol at once and much faster; a test holds
the two together.
"""

from collections.abc import Mapping
from functools import reduce

from triage.core.expressions import (
    And,
    AtLeast,
    Compare,
    Expression,
    FindingRef,
    Not,
    Or,
    SexIs,
)
from triage.core.facts import Facts, Interval, Presence
from triage.core.parts import Score
from triage.core.scores import add_points, compare, total
from triage.core.truth import AND, NOT, OR, Truth

PRESENCE = {
    Presence.PRESENT: Truth.TRUE,
    Presence.ABSENT: Truth.FALSE,
    Presence.UNKNOWN: Truth.UNKNOWN,
}


def interpret(node: Expression, facts: Facts, scores: Mapping[str, Score]) -> Truth:
    """The truth of the expression, with every finding read as it was answered."""
    match node:
        case FindingRef(name):
            return PRESENCE[facts.findings.get(name, Presence.UNKNOWN)]
        case SexIs(sex):
            return facts.match_sex(sex)
        case Not(operand):
            return NOT[interpret(operand, facts, scores)]
        case And(operands):
            return reduce(
                lambda left, right: AND[left, right], _interpret_all(operands, facts, scores)
            )
        case Or(operands):
            return reduce(
                lambda left, right: OR[left, right], _interpret_all(operands, facts, scores)
            )
        case AtLeast(number, operands):
            return _at_least(number, _interpret_all(operands, facts, scores))
        case Compare():
            return _compare(node, facts, scores)


def score_interval(score: Score, facts: Facts, scores: Mapping[str, Score]) -> Interval:
    """Everything the score may still come to, as rules compare it: of the items that can be asked
    for.
    """
    return total(
        [add_points(points, interpret(when, facts, scores)) for when, points in score.askable_items]
    )


def _interpret_all(
    nodes: tuple[Expression, ...], facts: Facts, scores: Mapping[str, Score]
) -> list[Truth]:
    return [interpret(node, facts, scores) for node in nodes]


def _at_least(number: int, truths: list[Truth]) -> Truth:
    if truths.count(Truth.TRUE) >= number:
        return Truth.TRUE
    return Truth.FALSE if len(truths) - truths.count(Truth.FALSE) < number else Truth.UNKNOWN


def _compare(node: Compare, facts: Facts, scores: Mapping[str, Score]) -> Truth:
    name = node.quantity.name
    known = (
        facts.get_age(name) if node.quantity.is_age else score_interval(scores[name], facts, scores)
    )
    return Truth.UNKNOWN if known is None else compare(known, node.comparison, node.number)
