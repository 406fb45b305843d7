"""Ending and starting the time in which an edition is what readers get."""

from datetime import datetime

from django.contrib.auth.models import User

from calfcms.publishing.live_changes import tell_followers
from calfcms.publishing.models import Document, Edition, Ending, LivePeriod
from calfcms.publishing.problem import refuse


def get_open_period(document: Document) -> LivePeriod | None:
    """The period of the live edition; None where nothing is live."""
    open_periods = LivePeriod.objects.filter(document=document, ended_at=None)
    return open_periods.select_related("edition").first()


def end_period(
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
    if ending != Ending.SUPERSEDED:
        tell_followers(period.document, None, at=at)


def go_live(edition: Edition, *, by: User, at: datetime, reason: str = "") -> None:
    """Make this the live edition from now on; the one before is superseded, for that reason."""
    if period := get_open_period(edition.document):
        end_period(period, by=by, at=at, ending=Ending.SUPERSEDED, reason=reason)
    LivePeriod.objects.create(
        document=edition.document, edition=edition, started_at=at, started_by=by
    )
    tell_followers(edition.document, edition, at=at)


def _refuse_clock_behind(at: datetime, started_at: datetime) -> None:
    if at <= started_at:
        raise refuse(
            "clock_behind",
            f"The live edition was published at {started_at.isoformat()}, which is not before "
            f"{at.isoformat()}.",
            "Check this machine's clock, and try again.",
        )
