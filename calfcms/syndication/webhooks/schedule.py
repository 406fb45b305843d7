"""When a delivery that failed is tried again, and how long an endpoint is left in peace. Pure."""

import re
from datetime import datetime, timedelta
from typing import Final

from django.utils.http import parse_http_date_safe

WAITS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=20),
)
"""After each failure; the last one again and again. The very last attempt is at `LIFETIME`."""
LIFETIME: Final = timedelta(days=3)
"""So long a delivery is tried; and an endpoint that failed for so long is disabled."""
LONGEST_PAUSE: Final = timedelta(days=1)
"""What a receiver may ask for with `Retry-After`, at most."""
SHORTEST_REST: Final = timedelta(seconds=5)
LONGEST_REST: Final = timedelta(hours=1)


def plan_next(*, failures: int, began_at: datetime, at: datetime) -> datetime | None:
    """The moment of the next attempt, after so many failures; None when that was the last one."""
    end = began_at + LIFETIME
    if at >= end:
        return None
    return min(at + WAITS[min(failures, len(WAITS)) - 1], end)


def plan_rest(*, failing_since: datetime, at: datetime) -> datetime:
    """Until when nothing is sent to an endpoint that could not be reached.

    One that hangs would take up a thread for each delivery that waits for it; so the longer it has
    been away, the longer it rests.
    """
    rest = (at - failing_since) / 10
    return at + min(max(rest, SHORTEST_REST), LONGEST_REST)


def read_pause(retry_after: str, *, at: datetime) -> timedelta | None:
    """How long a receiver asks to be left alone with `Retry-After`; None where it does not."""
    seconds = int(retry_after) if re.fullmatch(r"[0-9]{1,9}", retry_after) else None
    if seconds is None and (moment := parse_http_date_safe(retry_after)) is not None:
        seconds = moment - int(at.timestamp())
    if seconds is None or seconds <= 0:
        return None
    return min(timedelta(seconds=seconds), LONGEST_PAUSE)
