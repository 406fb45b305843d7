"""Ending and starting the time in which an edition is what readers get."""

from datetime import datetime

from django.contrib.auth.models import User

from calfcms.publishing.actions.close_period import close_period
from calfcms.publishing.actions.follow_source import follow_source, open_period
from calfcms.publishing.live_changes import tell_followers
from calfcms.publishing.models import Document, Edition, Ending, LivePeriod


def get_open_period(document: Document) -> LivePeriod | None:
    """The period of the live edition; None where nothing is live."""
    open_periods = LivePeriod.objects.filter(document=document, ended_at=None)
    return open_periods.select_related("document", "edition").first()


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
    close_period(period, by=by, at=at, ending=ending, reason=reason, replacement=replacement)
    if ending != Ending.SUPERSEDED:
        follow_source(period.document, None, by=by, at=at)
        tell_followers(period.document, None, at=at)


def go_live(edition: Edition, *, by: User, at: datetime, reason: str = "") -> None:
    """Make this the live edition from now on; the one before is superseded, for that reason."""
    if period := get_open_period(edition.document):
        end_period(period, by=by, at=at, ending=Ending.SUPERSEDED, reason=reason)
    open_period(edition, by=by, at=at)
    follow_source(edition.document, edition, by=by, at=at)
    tell_followers(edition.document, edition, at=at)
