"""A score under unknowns is an interval, and a comparison is decided only when all of it agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.core.builders import make_facts, make_score
from tests.triage.core.oracle import OPERATORS
from tests.triage.core.strategies import comparisons
from triage.core.expressions import Comparison
from triage.core.facts import Interval
from triage.core.interpret import score_interval
from triage.core.scores import add_points, compare, total
from triage.core.truth import Truth

T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE
WELLS = make_score("wells", {"a": 1, "b": 1, "c": -2})


@pytest.mark.parametrize(
    ("points", "truth", "interval"),
    [
        (2, T, (2, 2)),
        (2, F, (0, 0)),
        (2, U, (0, 2)),
        (-2, T, (-2, -2)),
        (-2, F, (0, 0)),
        (-2, U, (-2, 0)),
    ],
)
def test_an_item_adds(points: int, truth: Truth, interval: tuple[int, int]) -> None:
    assert add_points(points, truth) == Interval(*interval)


@pytest.mark.parametrize(
    ("present", "absent", "interval"),
    [
        ("", "", (-2, 2)),
        ("a", "", (-1, 2)),
        ("a", "c", (1, 2)),
        ("a c", "b", (-1, -1)),
        ("", "a b c", (0, 0)),
    ],
)
def test_a_score_is_all_it_may_come_to(
    present: str, absent: str, interval: tuple[int, int]
) -> None:
    assert score_interval(WELLS, make_facts(present, absent), {}) == Interval(*interval)


@pytest.mark.parametrize(
    ("low", "high", "sign", "number", "expected"),
    [
        (2, 4, ">=", 2, T),
        (1, 4, ">=", 2, U),
        (0, 1, ">=", 2, F),
        (3, 4, ">", 2, T),
        (2, 2, ">", 2, F),
        (0, 1, "<", 2, T),
        (0, 2, "<", 2, U),
        (2, 3, "<", 2, F),
        (2, 2, "<=", 2, T),
        (2, 2, "==", 2, T),
        (1, 2, "==", 2, U),
        (3, 4, "==", 2, F),
        (3, 4, "!=", 2, T),
        (2, 2, "!=", 2, F),
        (1, 3, "!=", 2, U),
    ],
)
def test_a_comparison(low: int, high: int, sign: str, number: int, expected: Truth) -> None:
    assert compare(Interval(low, high), Comparison(sign), number) is expected


@given(st.integers(-5, 5), st.integers(0, 5), comparisons, st.integers(-6, 11))
def test_a_comparison_agrees_with_trying_every_number(
    low: int, width: int, comparison: Comparison, number: int
) -> None:
    answers = {OPERATORS[comparison](value, number) for value in range(low, low + width + 1)}

    expected = U if len(answers) == 2 else T if True in answers else F
    assert compare(Interval(low, low + width), comparison, number) is expected


def test_nothing_adds_up_to_nothing() -> None:
    assert total([]) == Interval(0, 0)
