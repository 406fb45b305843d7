"""Withdrawing what nobody reviewed in time. The worker does it in every round."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.db import transaction

from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.models import LivePeriod
from calfcms.publishing.overdue import list_live_past_limit
from calfcms.publishing.worker_account import get_worker_account


def withdraw_overdue(*, at: datetime) -> int:
    """Withdraw every live edition that is overdue by more than the deployment's limit; how many.

    The limit is the setting `WITHDRAW_OVERDUE_AFTER_DAYS`; 0 means that nothing is ever withdrawn.
    Each goes in its own transaction. An error in one does not keep the others; all are raised at
    the end.
    """
    days, on = settings.WITHDRAW_OVERDUE_AFTER_DAYS, at.astimezone(UTC).date()
    if not days:
        return 0
    withdrawn, errors = 0, []
    for period in list(list_live_past_limit(on=on, days=days)):
        try:
            withdrawn += _withdraw(period, on=on, days=days, at=at)
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("Some overdue editions could not be withdrawn", errors)
    return withdrawn


@transaction.atomic
def _withdraw(period: LivePeriod, *, on: date, days: int, at: datetime) -> bool:
    document = lock_document(period.document)
    if not list_live_past_limit(on=on, days=days).filter(pk=period.pk).exists():
        return False  # extended, or no longer live, since the list was made
    due_on = period.edition.next_review_due_on
    withdraw(
        document=document,
        by=get_worker_account(),
        at=at,
        reason=f"Its review was due on {due_on.isoformat()} and has not been done "
        f"in the {days} days since.",
    )
    return True
