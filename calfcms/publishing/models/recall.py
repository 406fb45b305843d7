"""Recalls: editions that nobody should go on showing."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from calfcms.publishing.models.document import Document
from calfcms.publishing.models.edition import Edition


class Severity(models.TextChoices):
    """How much harm showing the edition could do: how fast partners must act."""

    CRITICAL = "critical"
    """It could cost life or limb: take it down now."""
    MAJOR = "major"
    """It could do harm: take it down today."""
    MINOR = "minor"
    """It is wrong, and unlikely to do harm."""


class Recall(models.Model):
    """That an edition was called back from everybody who holds it. Never changed or deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="recalls")
    edition = models.OneToOneField(Edition, models.PROTECT, related_name="recall")
    severity = models.CharField(max_length=10, choices=Severity.choices)
    reason = models.TextField()
    recalled_at = models.DateTimeField()
    recalled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=["critical", "major", "minor"]), name="recall_severity"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recall_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"recall of {self.edition}"
