"""What people say about a draft, and whom they ask from outside."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from calfcms.publishing.models.document import Document
from calfcms.publishing.models.review import ReviewerProfile, SignOff


class Comment(models.Model):
    """A remark on a part of what a draft said; `part` is its address, empty for the whole."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="comments")
    content_digest = models.CharField(max_length=71)
    part = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        default_permissions = ("view",)
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolution",
            ),
        ]
        indexes = [models.Index(fields=["document", "written_at"], name="comment_document")]

    def __str__(self) -> str:
        return f"{self.written_by} on {self.document} {self.part}"


class Invitation(models.Model):
    """A one-time link by which a reviewer without a log-in may sign one content digest.

    Only the digest of its token is kept: who reads the database cannot sign.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="invitations")
    content_digest = models.CharField(max_length=71)
    reviewer = models.ForeignKey(ReviewerProfile, models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=71, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    sign_off = models.OneToOneField(SignOff, models.PROTECT, null=True, related_name="invitation")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, sign_off=None)
                | Q(used_at__isnull=False, sign_off__isnull=False),
                name="invitation_use",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False, used_at=None),
                name="invitation_revocation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} asked to sign {self.document}"
