"""What is to happen later, and what happened out of order: schedules, break-glass, extensions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from calfcms.publishing.models.document import Document
from calfcms.publishing.models.edition import Edition


class Verb(models.TextChoices):
    """What a schedule does when it is due."""

    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


class Outcome(models.TextChoices):
    """How a schedule ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Schedule(models.Model):
    """One thing that is to be done to a document at a time; pending until it has an outcome.

    The worker carries it out, and so does the first reader after it was due (ADR 12).
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="schedules")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    due_at = models.DateTimeField()
    content_digest = models.CharField(max_length=71)
    """What is to be published, withdrawn or taken back: nothing else is touched."""
    reason = models.TextField(blank=True)
    replacement = models.SlugField(max_length=80, blank=True)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices)
    outcome_note = models.TextField(blank=True)

    class Meta:
        default_permissions = ("view",)
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "verb"], condition=Q(ended_at=None), name="one_pending_schedule"
            ),
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="schedule_verb"),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("requested_at")), name="schedule_is_for_later"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | Q(ended_at__isnull=False, outcome__in=Outcome.values),
                name="schedule_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(verb__in=["withdraw", "lapse"]) | ~Q(reason=""),
                name="schedule_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="schedule_pending", condition=Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.document} at {self.due_at}"


class BreakGlass(models.Model):
    """Why an edition went out unsigned, and by when it must be signed. Append-only (triggers)."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="break_glass")
    previous = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    """The edition that is live again when the deadline passes."""
    reason = models.TextField()
    deadline_at = models.DateTimeField()
    broken_at = models.DateTimeField()
    broken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="break_glass_has_a_reason"),
            models.CheckConstraint(
                condition=Q(deadline_at__gt=F("broken_at")), name="break_glass_deadline"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, unsigned until {self.deadline_at}"


class ReviewExtension(models.Model):
    """A clinician's word that an overdue edition may stay until a day. Append-only (triggers)."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="extensions")
    until = models.DateField()
    reason = models.TextField()
    reviewer_name = models.CharField(max_length=200)
    reviewer_credentials = models.CharField(max_length=200)
    reviewer_registration = models.CharField(max_length=300)
    extended_at = models.DateTimeField()
    extended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view",)
        ordering = ["extended_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} may stay until {self.until}"
