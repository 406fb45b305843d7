"""Judging a reader's message: how severe, and who sees to it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.feedback.actions.locks import lock_open_feedback
from calfcms.feedback.models import Feedback, Severity
from calfcms.publishing.actions.events import record_event
from calfcms.publishing.problem import refuse
from calfcms.publishing.rights import require_right

FEEDBACK_REPORTED = "feedback.reported"
FEEDBACK_TRIAGED = "feedback.triaged"


@transaction.atomic
def triage_feedback(
    *, feedback: Feedback, severity: Severity, owner: User, by: User, at: datetime
) -> Feedback:
    """Set severity and owner; again, if it was judged otherwise before.

    Raises `Refused` where it is closed already, or the owner may not handle feedback.
    """
    require_right(by, "answer_feedback")
    feedback = lock_open_feedback(feedback)
    if not owner.has_perm("publishing.answer_feedback"):
        raise refuse(
            "owner_not_allowed",
            f"{owner.get_username()} may not handle feedback.",
            "Choose somebody who may, or ask an administrator.",
            "/owner",
        )
    is_news = severity == Severity.HIGH != feedback.severity
    feedback.severity, feedback.owner = severity, owner
    feedback.triaged_at, feedback.triaged_by = at, by
    feedback.save()
    record_event(
        action=FEEDBACK_REPORTED if is_news else FEEDBACK_TRIAGED,
        by=by,
        at=at,
        document=feedback.edition.document,
        edition=feedback.edition.number,
        details={
            "feedback": str(feedback.pk),
            "severity": severity.value,
            "owner": owner.get_username(),
        },
    )
    return feedback
