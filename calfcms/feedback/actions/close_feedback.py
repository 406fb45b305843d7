"""Closing a reader's message with what became of it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.feedback.actions.locks import lock_open_feedback
from calfcms.feedback.models import Feedback, Kind
from calfcms.publishing.actions.events import record_event
from calfcms.publishing.problem import refuse
from calfcms.publishing.rights import require_right


@transaction.atomic
def close_feedback(*, feedback: Feedback, outcome: str, by: User, at: datetime) -> Feedback:
    """Say what became of it. An error report must have been judged before.

    Raises `Refused` where the outcome is missing, or it is closed already.
    """
    require_right(by, "answer_feedback")
    feedback = lock_open_feedback(feedback)
    if not outcome.strip():
        raise refuse(
            "outcome_missing",
            "There is no outcome.",
            "Say in a sentence what was done about it, or why nothing was.",
            "/outcome",
        )
    if feedback.kind == Kind.ERROR and not feedback.severity:
        raise refuse(
            "not_triaged",
            "Nobody has judged how severe this report of an error is.",
            "Set its severity and owner first.",
            "/severity",
        )
    feedback.outcome = outcome.strip()
    feedback.closed_at, feedback.closed_by = at, by
    feedback.save()
    record_event(
        action="feedback.closed",
        by=by,
        at=at,
        document=feedback.edition.document,
        edition=feedback.edition.number,
        details={"feedback": str(feedback.pk), "outcome": feedback.outcome},
    )
    return feedback
