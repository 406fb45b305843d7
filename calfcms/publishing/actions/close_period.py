"""Ending a time in which an edition was live: the columns, and nothing else."""

from datetime import datetime

from django.contrib.auth.models import User

from calfcms.publishing.models import Ending, LivePeriod
from calfcms.publishing.problem import refuse


def close_period(
    period: LivePeriod,
    *,
    by: User,
    at: datetime,
    ending: Ending,
    reason: str = "",
    replacement: str = "",
) -> None:
    """End an open period. Raises `Refused` where it started later than `at`."""
    _refuse_clock_behind(at, period.started_at)
    period.ended_at, period.ended_by, period.ending = at, by, ending
    period.reason, period.replacement = reason, replacement
    period.save()


def _refuse_clock_behind(at: datetime, started_at: datetime) -> None:
    if at <= started_at:
        raise refuse(
            "clock_behind",
            f"The live edition was published at {started_at.isoformat()}, which is not before "
            f"{at.isoformat()}.",
            "Check this machine's clock, and try again.",
        )
