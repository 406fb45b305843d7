"""Who asked for a review, who answered, and what entitled them to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from calfcms.publishing.models.document import Document
from calfcms.publishing.policy import ChangeClass, Decision, Role


class ReviewerProfile(models.Model):
    """What entitles somebody to sign as a clinical reviewer, and until when."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviewer_profile"
    )
    name = models.CharField(max_length=200)
    credentials = models.CharField(max_length=200)
    registration_body = models.CharField(max_length=200)
    registration_number = models.CharField(max_length=80)
    specialties = models.JSONField(default=list)
    """Slugs of the specialties that this reviewer may sign for."""
    valid_until = models.DateField()
    conflicts_of_interest = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}"

    @property
    def registration(self) -> str:
        """The registration in one line, as it is copied into a sign-off."""
        return f"{self.registration_body} {self.registration_number}"


class Submission(models.Model):
    """A request to review one content digest. Triggers refuse to update or delete it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="submissions")
    content_digest = models.CharField(max_length=71)
    change_class = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in ChangeClass]
    )
    note = models.TextField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(change_class__in=[c.value for c in ChangeClass]),
                name="submission_change_class",
            ),
        ]
        indexes = [models.Index(fields=["document", "content_digest"], name="submission_digest")]

    def __str__(self) -> str:
        return f"{self.document} submitted at {self.submitted_at}"


class SignOff(models.Model):
    """A reviewer's decision about one content digest. Triggers refuse to update or delete it.

    Name, credentials and registration are copies from that day: what the reviewer was then stays
    true whatever the profile says later.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="sign_offs")
    content_digest = models.CharField(max_length=71)
    role = models.CharField(max_length=10, choices=[(r.value, r.value) for r in Role])
    decision = models.CharField(max_length=20, choices=[(d.value, d.value) for d in Decision])
    comment = models.TextField(blank=True)
    conflicts_of_interest = models.TextField()
    checked_references = models.JSONField(null=True)
    """Keys of the references whose evidence the reviewer says to have checked."""
    reviewer_name = models.CharField(max_length=200)
    reviewer_credentials = models.CharField(max_length=200, blank=True)
    reviewer_registration = models.CharField(max_length=300, blank=True)
    reviewer_specialties = models.JSONField(default=list)
    reviewer_valid_until = models.DateField(null=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in Role]), name="sign_off_role"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=[d.value for d in Decision]), name="sign_off_decision"
            ),
            models.CheckConstraint(
                condition=~Q(conflicts_of_interest=""), name="sign_off_declares_conflicts"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.CLINICAL.value)
                | (
                    Q(reviewer_valid_until__isnull=False)
                    & ~Q(reviewer_credentials="")
                    & ~Q(reviewer_registration="")
                ),
                name="clinical_sign_off_has_credentials",
            ),
        ]
        indexes = [models.Index(fields=["document", "content_digest"], name="sign_off_digest")]

    def __str__(self) -> str:
        return f"{self.role} {self.decision} of {self.document} by {self.reviewer_name}"
