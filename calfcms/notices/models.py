"""Who was told what, how far the audit log was read for it, and what each person wants mailed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from calfcms.notices.kinds import Kind, Stage
from calfcms.publishing.models import Document, Edition


class NoticeCursor(models.Model):
    """The number of the last event that was turned into notices. One row.

    It moves in the transaction that makes the notices, so each event is told exactly once.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_notice_cursor")]

    def __str__(self) -> str:
        return f"read up to event {self.seq}"


class Notice(models.Model):
    """One thing that one person is told. Neither content nor names of people are copied here."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=120, unique=True)
    """The occasion and the person: nobody is told the same thing twice."""
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    title = models.CharField(max_length=1_000)
    facts = models.JSONField(default=dict)
    """What the sentence and the link are made with, such as the number of the edition."""
    happened_at = models.DateTimeField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notice_kind"),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="notice_newest")]

    def __str__(self) -> str:
        return self.key


class Choice(models.Model):
    """Whether a person wants notices of a kind by e-mail. Without a row, they do."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    is_mailed = models.BooleanField()

    class Meta:
        default_permissions = ()
        verbose_name = "e-mail choice"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="choice_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="choice_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {'mailed' if self.is_mailed else 'not mailed'}"


class Reminder(models.Model):
    """That a coming review of an edition was told, at this stage. Made once, with the notices."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["edition", "stage"], name="reminder_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="reminder_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.stage}"
