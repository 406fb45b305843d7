"""What a change needs before it may be published, as tables."""

from datetime import date

import pytest

from calfcms.publishing.policy import (
    ChangeClass,
    Role,
    add_months,
    get_required_role,
    get_review_interval,
    is_class_too_low,
)

# class, touches safety content → who signs, is the class too low
TABLE = [
    ("clinical", False, "clinical", False),
    ("clinical", True, "clinical", False),
    ("editorial", False, "editorial", False),
    ("editorial", True, "clinical", True),
    ("presentation", False, "editorial", False),
    ("presentation", True, "clinical", True),
    ("correction", False, "editorial", False),
    ("correction", True, "clinical", False),
]


@pytest.mark.parametrize(("change_class", "is_safety_change", "role", "too_low"), TABLE)
def test_who_signs_what(
    change_class: str, is_safety_change: bool, role: str, too_low: bool
) -> None:
    change = ChangeClass(change_class)

    assert get_required_role(change, is_safety_change=is_safety_change) == Role(role)
    assert is_class_too_low(change, is_safety_change=is_safety_change) == too_low


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 7, 5), 36, date(2029, 7, 5)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_review_is_due_on_the_same_day_some_months_later(
    day: date, months: int, later: date
) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("risk_class", "months", "interval"),
    [
        ("high", None, 12),
        ("raised", None, 24),
        ("standard", None, 36),
        (None, 60, 60),
        (None, None, None),
        ("standard", 6, 6),  # sooner is always possible
        ("high", 13, 12),  # later is not
    ],
)
def test_the_risk_class_sets_the_interval_and_an_author_may_shorten_it(
    risk_class: str | None, months: int | None, interval: int | None
) -> None:
    assert get_review_interval(risk_class, months) == interval


def test_an_unknown_risk_class_is_an_error() -> None:
    with pytest.raises(ValueError, match="extreme"):
        get_review_interval("extreme", None)
