"""Taking in what a reader says."""

from datetime import datetime

from calfcms.feedback.models import Feedback, Kind
from calfcms.publishing.models import Edition


def receive_feedback(
    *, edition: Edition, part: str, kind: Kind, message: str, at: datetime
) -> Feedback:
    """Keep the message in the inbox of the editors.

    No event: the audit log is for what people with accounts do, and must not grow at the will of
    anybody who can reach the API.
    """
    return Feedback.objects.create(
        edition=edition, part=part, kind=kind, message=message, received_at=at
    )
