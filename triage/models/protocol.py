"""The root of a protocol's draft, with the small lists that only it has."""

from django.db import models
from django.db.models import Q

from calfcms.publishing.models import Document
from conditions.models import Publisher
from conditions.models.condition import RISK_CLASSES
from conditions.text import LINE_LENGTH
from triage.identifiers import ID_LENGTH


class Protocol(models.Model):
    """The draft of one triage protocol. Slug and locale are the document's.

    `conditions` are the slugs of the pages whose red flags it answers for; `dispositions`,
    `regions`, `conflicts` and `gates` have the shapes of `triage.definition`.
    """

    document = models.OneToOneField(Document, models.PROTECT, related_name="protocol")
    source_locale = models.CharField(max_length=20, blank=True)
    source_edition = models.PositiveIntegerField(null=True, blank=True)
    """With the locale: the edition of the same slug that this protocol translates."""
    translation_reviewed = models.BooleanField(default=False)
    title = models.CharField(max_length=LINE_LENGTH)
    summary = models.TextField(blank=True)
    conditions = models.JSONField(default=list, blank=True)
    publisher = models.ForeignKey(Publisher, models.PROTECT, to_field="slug", related_name="+")
    specialties = models.JSONField(default=list, blank=True)
    risk_class = models.CharField(max_length=10, choices=[(c, c) for c in RISK_CLASSES], blank=True)
    review_interval_months = models.PositiveSmallIntegerField(null=True, blank=True)
    disclaimer = models.TextField(blank=True)
    dispositions = models.JSONField(default=list, blank=True)
    regions = models.JSONField(default=list, blank=True)
    conflicts = models.JSONField(default=list, blank=True)
    gates = models.JSONField(default=list, blank=True)
    repeat_contact = models.CharField(max_length=ID_LENGTH, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source_locale="", source_edition=None, translation_reviewed=False)
                | (~Q(source_locale="") & Q(source_edition__gte=1)),
                name="protocol_source",
            ),
            models.CheckConstraint(
                condition=Q(risk_class__in=("", *RISK_CLASSES)), name="protocol_risk_class"
            ),
            models.CheckConstraint(
                condition=Q(review_interval_months=None) | Q(review_interval_months__range=(1, 60)),
                name="protocol_review_interval",
            ),
        ]

    def __str__(self) -> str:
        return self.title
