"""Scores under unknowns: a score is not a number but everything it may still turn out to be."""

from triage.core.expressions import Comparison
from triage.core.facts import Interval
from triage.core.truth import Truth


def add_points(points: int, truth: Truth) -> Interval:
    """What one item adds: its points, nothing, or while unknown anything between."""
    if truth is Truth.TRUE:
        return Interval(points, points)
    if truth is Truth.FALSE:
        return Interval(0, 0)
    return Interval(min(0, points), max(0, points))


def total(parts: list[Interval]) -> Interval:
    """The sum of intervals."""
    return Interval(sum(part.low for part in parts), sum(part.high for part in parts))


def compare(interval: Interval, comparison: Comparison, number: int) -> Truth:
    """Decided only when every number in the interval gives the same answer."""
    low, high = interval.low, interval.high
    match comparison:
        case Comparison.LESS:
            return _decide(high < number, low >= number)
        case Comparison.AT_MOST:
            return _decide(high <= number, low > number)
        case Comparison.MORE:
            return _decide(low > number, high <= number)
        case Comparison.AT_LEAST:
            return _decide(low >= number, high < number)
        case Comparison.EQUAL:
            return _decide(low == high == number, number < low or number > high)
        case Comparison.NOT_EQUAL:
            return _decide(number < low or number > high, low == high == number)


def _decide(is_true: bool, is_false: bool) -> Truth:
    if is_true:
        return Truth.TRUE
    return Truth.FALSE if is_false else Truth.UNKNOWN
