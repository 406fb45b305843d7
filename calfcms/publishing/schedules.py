"""What is planned for documents: publications, withdrawals, and deadlines that pass."""

from datetime import datetime

from django.db.models import QuerySet

from calfcms.publishing.models import Document, Schedule


def list_pending_schedules(document: Document) -> QuerySet[Schedule]:
    """What is still to be done to this document, soonest first."""
    pending = Schedule.objects.filter(document=document, ended_at=None)
    return pending.select_related("document", "requested_by")


def list_due_schedules(*, at: datetime) -> QuerySet[Schedule]:
    """Everything that should have been done by now, the longest due first."""
    return Schedule.objects.filter(ended_at=None, due_at__lte=at)


def is_anything_due(*, at: datetime) -> bool:
    """Whether anything should have been done by now."""
    return list_due_schedules(at=at).exists()
