"""Conclusions from a low score that some of its items are missing from.

An item that nobody can be asked for takes no part in comparisons. So such a score may be found too
low, and only reaching a number with it says anything.
"""

from collections.abc import Iterator

from triage.core.expressions import And, AtLeast, Compare, Comparison, Expression, Not, Or
from triage.core.problems import ProtocolProblem
from triage.core.protocol import Protocol

_REACHING = (Comparison.AT_LEAST, Comparison.MORE)
_STAYING_BELOW = (Comparison.LESS, Comparison.AT_MOST)


def list_incomplete_score_problems(protocol: Protocol) -> Iterator[ProtocolProblem]:
    """Comparisons that hold for a low value of a score with items that cannot be asked for."""
    incomplete = {
        score.id for score in protocol.scores if any(item.when is None for item in score.items)
    }
    for where, expression in protocol.list_expressions():
        names = {compare.quantity.name for compare in _list_low(expression, is_positive=True)}
        for name in sorted(names & incomplete):
            message = f"a low {name} says nothing: it has items that cannot be asked for"
            hint = f"write {name} >= and a number, without not"
            yield ProtocolProblem("score_not_complete", message, hint, where)


def _list_low(node: Expression, *, is_positive: bool) -> Iterator[Compare]:
    """The comparisons in it that hold for low values."""
    match node:
        case Not(operand):
            yield from _list_low(operand, is_positive=not is_positive)
        case And(operands) | Or(operands) | AtLeast(_, operands):
            for operand in operands:
                yield from _list_low(operand, is_positive=is_positive)
        case Compare(_, comparison) if comparison not in (
            _REACHING if is_positive else _STAYING_BELOW
        ):
            yield node
