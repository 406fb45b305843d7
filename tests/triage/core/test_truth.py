"""The truth tables, row by row, so that a reviewer can check them by eye."""

import pytest

from triage.core.truth import AND, NOT, OR, Truth

T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE


@pytest.mark.parametrize(("value", "expected"), [(T, F), (U, U), (F, T)])
def test_not_swaps_true_and_false_and_leaves_unknown(value: Truth, expected: Truth) -> None:
    assert NOT[value] is expected


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T),
        (T, U, U, T),
        (T, F, F, T),
        (U, T, U, T),
        (U, U, U, U),
        (U, F, F, U),
        (F, T, F, T),
        (F, U, F, U),
        (F, F, F, F),
    ],
)
def test_and_and_or_follow_kleene(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert AND[left, right] is both
    assert OR[left, right] is either


def test_a_truth_refuses_to_be_a_bool() -> None:
    with pytest.raises(TypeError) as refusal:
        bool(Truth.UNKNOWN)

    assert str(refusal.value) == (
        "a Truth has three values and can't be used as a bool: compare with `is Truth.TRUE`, "
        "`is Truth.FALSE` or `is Truth.UNKNOWN`, so that the unknown case is decided openly"
    )
