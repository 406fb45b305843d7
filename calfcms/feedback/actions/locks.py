"""Locking a message before it is handled."""

from calfcms.feedback.models import Feedback
from calfcms.publishing.problem import refuse


def lock_open_feedback(feedback: Feedback) -> Feedback:
    """The message, locked until the transaction ends. Raises `Refused` where it is closed."""
    locked = (
        Feedback.objects.select_for_update(of=("self",))
        .select_related("edition__document")
        .get(pk=feedback.pk)
    )
    if locked.closed_at is not None:
        raise refuse(
            "feedback_closed",
            "This message is closed already.",
            "Read its outcome; a new message can be opened by whoever has more to say.",
        )
    return locked
