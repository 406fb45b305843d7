"""What is planned for documents: publications, withdrawals, and deadlines that pass."""

from datetime import datetime

from django.db.models import QuerySet

from calfcms.publishing.models import Document, Schedule


def list_pending_schedules(document: Document | None = None) -> QuerySet[Schedule]:
    """What is still to be done to this document, or to any, soonest first."""
    pending = Schedule.objects.filter(ended_at=None).select_related("document", "requested_by")
    return pending.filter(document=document) if document else pending


def list_due_schedules(*, at: datetime) -> QuerySet[Schedule]:
    """Everything that should have been done by now, the longest due first."""
    return Schedule.objects.filter(ended_at=None, due_at__lte=at)


def is_anything_due(*, at: datetime) -> bool:
    """Whether anything should have been done by now."""
    return list_due_schedules(at=at).exists()
