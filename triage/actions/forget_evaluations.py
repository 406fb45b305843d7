"""Delete evaluations that were logged: those past their time, and those that somebody names."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from triage.models import LoggedEvaluation


def forget_old_evaluations(*, at: datetime) -> int:
    """Delete what is kept for `TRIAGE_LOG_DAYS` days already: all of it once that is 0 again."""
    first_kept = get_first_day_kept(at=at)
    number, _ = LoggedEvaluation.objects.filter(day__lt=first_kept).delete()
    return number


def forget_evaluations(*, before: date | None = None, protocol: str | None = None) -> int:
    """Delete those of days before that one and of that protocol; without either, all."""
    rows = LoggedEvaluation.objects.all()
    if before is not None:
        rows = rows.filter(day__lt=before)
    if protocol is not None:
        rows = rows.filter(protocol=protocol)
    number, _ = rows.delete()
    return number


def get_first_day_kept(*, at: datetime) -> date:
    """Today is the last of the days that are kept; tomorrow where none is."""
    return at.astimezone(UTC).date() - timedelta(days=settings.TRIAGE_LOG_DAYS - 1)
