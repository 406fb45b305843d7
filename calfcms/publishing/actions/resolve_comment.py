"""Marking a comment as dealt with. It stays readable."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.models import Comment
from calfcms.publishing.problem import refuse
from calfcms.publishing.rights import require_right


@transaction.atomic
def resolve_comment(*, comment: Comment, by: User, at: datetime) -> Comment:
    """Say that a comment has been dealt with. Raises `Refused` when it already has."""
    require_right(by, "comment")
    document = lock_document(comment.document)
    comment = Comment.objects.get(pk=comment.pk)
    if comment.resolved_at:
        raise refuse(
            "comment_resolved",
            "This comment has been resolved already.",
            "There is nothing to do. Write a new comment if there is more to say.",
        )
    Comment.objects.filter(pk=comment.pk).update(resolved_at=at, resolved_by=by)
    record_event(
        action="comment.resolved",
        by=by,
        at=at,
        document=document,
        content_digest=comment.content_digest,
        details={"comment": comment.pk, "part": comment.part},
    )
    comment.refresh_from_db()
    return comment
