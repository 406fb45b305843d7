"""Ending a schedule: every plan comes to exactly one outcome, and the log says which."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Document, Outcome, Schedule


def end_schedule(
    schedule: Schedule, *, outcome: Outcome, by: User, at: datetime, note: str = ""
) -> None:
    """Give a pending schedule of a locked document its outcome, and record that."""
    mark_ended(schedule, outcome=outcome, at=at, note=note)
    record_ending(schedule, by=by, at=at)


def mark_ended(schedule: Schedule, *, outcome: Outcome, at: datetime, note: str = "") -> None:
    """Write the outcome, so that nothing else may end this schedule in the same transaction."""
    schedule.ended_at, schedule.outcome, schedule.outcome_note = at, outcome, note
    schedule.save(update_fields=["ended_at", "outcome", "outcome_note"])


def record_ending(schedule: Schedule, *, by: User, at: datetime) -> None:
    """Append the event for an outcome that has been written."""
    record_event(
        action=f"schedule.{schedule.outcome}",
        by=by,
        at=at,
        document=schedule.document,
        content_digest=schedule.content_digest,
        details={
            "verb": schedule.verb,
            "due_at": format_instant(schedule.due_at),
            "note": schedule.outcome_note,
            "requested_by": str(schedule.requested_by_id),
        },
    )


def cancel_pending(
    document: Document, *, verbs: Collection[str], by: User, at: datetime, note: str
) -> None:
    """Cancel what was planned for a locked document and has become pointless."""
    pending = Schedule.objects.filter(document=document, ended_at=None, verb__in=verbs)
    for schedule in pending:
        end_schedule(schedule, outcome=Outcome.CANCELLED, by=by, at=at, note=note)
