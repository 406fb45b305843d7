"""That a second clinician answers for consequences of a change which would keep it from readers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from calfcms.publishing.models.document import Document


class Acceptance(models.Model):
    """A signature under one list of problems. Triggers refuse to change or delete it.

    It holds while that content has just these problems: another wording, or another live edition,
    makes another list with another digest. The reviewer's particulars are copies from that day.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="acceptances")
    content_digest = models.CharField(max_length=71)
    list_digest = models.CharField(max_length=71)
    problems = models.JSONField()
    """The list as it was shown: the message of each problem."""
    reason = models.TextField()
    reviewer_name = models.CharField(max_length=200)
    reviewer_credentials = models.CharField(max_length=200)
    reviewer_registration = models.CharField(max_length=300)
    reviewer_specialties = models.JSONField(default=list)
    reviewer_valid_until = models.DateField()
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="acceptance_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(reviewer_credentials="") & ~Q(reviewer_registration=""),
                name="acceptance_has_credentials",
            ),
        ]
        indexes = [models.Index(fields=["document", "list_digest"], name="acceptance_list")]

    def __str__(self) -> str:
        return f"{len(self.problems)} problems of {self.document} accepted by {self.reviewer_name}"
