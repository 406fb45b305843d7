"""When a failed delivery is tried again."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from calfcms.syndication.webhooks.schedule import LIFETIME, plan_next, plan_rest, read_pause
from tests.conftest import NOON

WAITS = """
1    0:00:05
2    0:01:00
3    0:05:00
4    0:30:00
5    2:00:00
6    5:00:00
7    10:00:00
8    20:00:00
9    20:00:00
"""


@pytest.mark.parametrize(
    ("failures", "wait"), [tuple(line.split()) for line in WAITS.strip().splitlines()]
)
def test_each_wait_is_longer_than_the_one_before(failures: str, wait: str) -> None:
    hours, minutes, seconds = map(int, wait.split(":"))

    next_at = plan_next(failures=int(failures), began_at=NOON, at=NOON)

    assert next_at == NOON + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def test_the_last_attempt_is_after_exactly_three_days() -> None:
    attempts: list[datetime] = []
    at: datetime | None = NOON
    while at is not None:
        attempts.append(at)
        at = plan_next(failures=len(attempts), began_at=NOON, at=at)

    assert attempts[-1] == NOON + timedelta(days=3)
    assert len(attempts) == 11
    assert all(later > earlier for earlier, later in pairwise(attempts))


def test_an_attempt_that_came_late_is_the_last_one() -> None:
    assert plan_next(failures=2, began_at=NOON, at=NOON + LIFETIME + timedelta(hours=1)) is None


@pytest.mark.parametrize(
    ("failing_for", "rest"),
    [
        (timedelta(0), timedelta(seconds=5)),
        (timedelta(minutes=10), timedelta(minutes=1)),
        (timedelta(days=2), timedelta(hours=1)),
    ],
)
def test_what_cannot_be_reached_rests_longer_and_longer(
    failing_for: timedelta, rest: timedelta
) -> None:
    assert plan_rest(failing_since=NOON - failing_for, at=NOON) == NOON + rest


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Sat, 21 Nov 2026 12:10:00 GMT", 600),
        ("999999999", 86_400),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("Sat, 21 Nov 2026 11:00:00 GMT", None),
        ("٣", None),
    ],
)
def test_a_receiver_may_ask_for_a_pause(header: str, seconds: int | None) -> None:
    pause = read_pause(header, at=NOON)

    assert (pause.total_seconds() if pause else None) == seconds
