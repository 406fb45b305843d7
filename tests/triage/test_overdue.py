"""Which reviews should have been done by a day."""

from datetime import date

import pytest

from tests.triage.core.builders import URGENT, make_protocol, make_rule
from triage.overdue import list_overdue
from triage.question import Overdue

PROTOCOL = make_protocol(
    [
        make_rule("late", URGENT, "a", review_due=date(2027, 1, 10)),
        make_rule("early", URGENT, "b", review_due=date(2027, 1, 5)),
        make_rule("never", URGENT, "c"),
    ]
)


@pytest.mark.parametrize(
    ("due_on", "on", "overdue"),
    [
        (date(2027, 1, 5), date(2027, 1, 5), []),
        (date(2027, 1, 5), date(2027, 1, 6), [(None, 5), ("early", 5)]),
        (None, date(2027, 1, 6), [("early", 5)]),
        (date(2027, 1, 20), date(2027, 1, 11), [("early", 5), ("late", 10)]),
    ],
)
def test_a_review_is_overdue_from_the_day_after(
    due_on: date | None, on: date, overdue: list[tuple[str | None, int]]
) -> None:
    assert list_overdue(PROTOCOL, due_on=due_on, on=on) == tuple(
        Overdue(rule, date(2027, 1, day)) for rule, day in overdue
    )
