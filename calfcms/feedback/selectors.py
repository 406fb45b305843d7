"""Reading the inbox."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from calfcms.feedback.models import Feedback, Kind, Severity
from calfcms.publishing.models import Document


def list_inbox() -> QuerySet[Feedback]:
    """Open messages that ask for something, newest first: praise alone needs no answer."""
    return (
        Feedback.objects.filter(closed_at=None)
        .exclude(kind=Kind.HELPFUL, message="")
        .select_related("edition__document", "owner")
        .order_by("-received_at")
    )


def list_severe() -> QuerySet[Feedback]:
    """Open messages of high severity, those that wait longest first."""
    return list_inbox().filter(severity=Severity.HIGH).order_by("received_at")


def list_feedback_of(document: Document) -> QuerySet[Feedback]:
    """Everything that readers said about a document, oldest first."""
    return (
        Feedback.objects.filter(edition__document=document)
        .select_related("edition", "owner", "closed_by")
        .order_by("received_at")
    )


def list_possible_owners() -> list[User]:
    """Everybody who may handle feedback, by name."""
    able = User.objects.with_perm("publishing.answer_feedback", include_superusers=False)
    return list(able.distinct().order_by("username"))
