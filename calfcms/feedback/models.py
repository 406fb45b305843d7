"""What readers said about editions, and what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from calfcms.publishing.models import Edition

MESSAGE_LENGTH = 4_000
PART_LENGTH = 120


class Kind(models.TextChoices):
    """What a reader wants to say."""

    HELPFUL = "helpful"
    ERROR = "error"
    OTHER = "other"


class Severity(models.TextChoices):
    """How much harm the reported thing could do; empty until somebody judged it."""

    HIGH = "high", "high: a reader could come to harm"
    MEDIUM = "medium", "medium: wrong or misleading"
    LOW = "low", "low: wording, spelling, looks"


class Feedback(models.Model):
    """A message about an edition, or a part of it. Nothing about who sent it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="feedback")
    part = models.CharField(max_length=PART_LENGTH, blank=True)
    """The id of the part that it is about; empty for the whole page."""
    kind = models.CharField(max_length=10, choices=Kind.choices)
    message = models.TextField(blank=True)
    received_at = models.DateTimeField()
    severity = models.CharField(max_length=10, blank=True, choices=Severity.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="owned_feedback"
    )
    triaged_at = models.DateTimeField(null=True)
    triaged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        default_permissions = ("view",)
        verbose_name_plural = "feedback"
        ordering = ["-received_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="feedback_kind"),
            models.CheckConstraint(
                condition=Q(triaged_at=None, triaged_by=None, owner=None, severity="")
                | Q(
                    triaged_at__isnull=False,
                    triaged_by__isnull=False,
                    owner__isnull=False,
                    severity__in=Severity.values,
                ),
                name="feedback_triage",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="feedback_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-received_at"], name="feedback_open", condition=Q(closed_at=None)
            ),
        ]

    def __str__(self) -> str:
        where = f", {self.part}" if self.part else ""
        return f"{self.kind} on {self.edition}{where}"
