"""Editions: what was published, frozen; and when each of them was the live one."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from calfcms.publishing.models.document import Document
from calfcms.publishing.policy import ChangeClass


class Edition(models.Model):
    """One published version of a document. Triggers refuse to update or delete it.

    `content` is the canonical JSON that the sign-offs are for; `digest` covers the whole edition
    as readers get it: the JSON rendition without its member `digest`.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    content_digest = models.CharField(max_length=71)
    digest = models.CharField(max_length=71)
    translates = models.CharField(max_length=30, null=True)
    """The edition that it translates, `en/3`; null for what was written first."""
    change_class = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in ChangeClass]
    )
    change_note = models.TextField()
    last_reviewed_on = models.DateField()
    next_review_due_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="edition_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_positive"),
            models.CheckConstraint(
                condition=Q(change_class__in=[c.value for c in ChangeClass]),
                name="edition_change_class",
            ),
            models.CheckConstraint(
                condition=Q(digest__startswith="sha256:", content_digest__startswith="sha256:"),
                name="edition_digests",
            ),
            models.CheckConstraint(
                condition=Q(next_review_due_on__gt=F("last_reviewed_on")),
                name="edition_review_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.number} of {self.document}"

    def read_content(self) -> dict[str, Any]:
        """What was signed, as JSON."""
        content: dict[str, Any] = json.loads(self.content)
        return content


class Rendition(models.Model):
    """The bytes of an edition in one format, rendered once, when it was published."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="renditions")
    format = models.CharField(max_length=10)
    media_type = models.CharField(max_length=80)
    body = models.BinaryField()
    digest = models.CharField(max_length=71)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["edition", "format"], name="rendition_format"),
        ]

    def __str__(self) -> str:
        return f"{self.format} of {self.edition}"


class Ending(models.TextChoices):
    """Why an edition stopped being the live one."""

    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class LivePeriod(models.Model):
    """A time span in which an edition was what readers got; open while it still is.

    The database holds that a document has one open period at most, and that a period, once ended,
    never changes.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="live_periods")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="live_periods")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ending = models.CharField(max_length=12, blank=True, choices=Ending.choices)
    reason = models.TextField(blank=True)
    replacement = models.SlugField(max_length=80, blank=True)
    source_moved_at = models.DateTimeField(null=True)
    """Since when readers of what this translates get another edition, or none; set once, while it
    is open."""
    source_withdrawn_at = models.DateTimeField(null=True)
    """Since when nothing of what this translates is live; set once, while it is open."""

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(ended_at=None), name="one_live_edition"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ending="", reason="", replacement="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ending__in=Ending.values),
                name="live_period_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("started_at")),
                name="live_period_order",
            ),
            models.CheckConstraint(
                condition=~Q(ending=Ending.WITHDRAWN.value) | ~Q(reason=""),
                name="withdrawal_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["document", "-started_at"], name="live_period_as_of"),
            models.Index(
                fields=["-started_at", "-id"], name="live_period_newest", condition=Q(ended_at=None)
            ),
            models.Index(fields=["-started_at", "-id"], name="live_period_started"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, live from {self.started_at}"
