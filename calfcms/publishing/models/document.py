"""The identity of one piece of content in one locale."""

import uuid

from django.conf import settings
from django.db import models


class Document(models.Model):
    """A thin row that everything about one piece of content points to.

    It is also the lock: every action that changes the state of a document locks this row first.
    Translations are documents of their own that share `content_id`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    locale = models.CharField(max_length=20)
    content_id = models.UUIDField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("edit_draft", "Can write drafts"),
            ("submit", "Can submit drafts for review"),
            ("sign_off", "Can sign off what was submitted"),
            ("publish", "Can publish what was signed off"),
            ("withdraw", "Can withdraw what is published"),
            ("recall", "Can call editions back from partners"),
            ("break_glass", "Can publish unsigned in an emergency"),
            ("extend_review", "Can let overdue content stay for a while"),
            ("comment", "Can comment on drafts"),
            ("invite", "Can send preview links and ask outside reviewers"),
            ("answer_feedback", "Can handle feedback from readers"),
            ("read_audit", "Can search the audit log and take evidence"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug", "locale"], name="document_address"),
            models.UniqueConstraint(fields=["content_id", "locale"], name="document_translation"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug} ({self.locale})"
