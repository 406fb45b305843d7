"""The root of a draft, and the lists of its own that have no part id."""

from typing import get_args

from django.db import models
from django.db.models import Q

from calfcms.publishing.models import Document
from calfcms.publishing.policy import RiskClass
from conditions.draft import ConditionDraft
from conditions.draft import Contributor as ContributorDraft
from conditions.models.shared import Publisher, Topic
from conditions.text import LINE_LENGTH

AUDIENCES: tuple[str, ...] = get_args(ConditionDraft.model_fields["audience"].annotation)
RISK_CLASSES = tuple(risk_class.value for risk_class in RiskClass)
ROLES: tuple[str, ...] = get_args(ContributorDraft.model_fields["role"].annotation)


class Condition(models.Model):
    """The draft of one page. Slug and locale are the document's."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="condition")
    source_locale = models.CharField(max_length=20, blank=True)
    source_edition = models.PositiveIntegerField(null=True, blank=True)
    """With the locale: the edition of the same slug that this page translates."""
    translation_reviewed = models.BooleanField(default=False)
    title = models.CharField(max_length=LINE_LENGTH)
    name = models.CharField(max_length=LINE_LENGTH)
    alternate_names = models.JSONField(default=list, blank=True)
    audience = models.CharField(max_length=20, choices=[(a, a) for a in AUDIENCES])
    specialties = models.JSONField(default=list, blank=True)
    publisher = models.ForeignKey(Publisher, models.PROTECT, to_field="slug")
    license = models.CharField(max_length=LINE_LENGTH, blank=True)
    attribution = models.CharField(max_length=LINE_LENGTH, blank=True)
    risk_class = models.CharField(max_length=10, choices=[(c, c) for c in RISK_CLASSES], blank=True)
    review_interval_months = models.PositiveSmallIntegerField(null=True, blank=True)
    summary = models.TextField(blank=True)
    related = models.JSONField(default=list, blank=True)
    disclaimer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=AUDIENCES), name="condition_audience"),
            models.CheckConstraint(
                condition=Q(source_locale="", source_edition=None, translation_reviewed=False)
                | (~Q(source_locale="") & Q(source_edition__gte=1)),
                name="condition_source",
            ),
            models.CheckConstraint(
                condition=Q(risk_class__in=("", *RISK_CLASSES)), name="condition_risk_class"
            ),
            models.CheckConstraint(
                condition=Q(review_interval_months=None) | Q(review_interval_months__range=(1, 60)),
                name="condition_review_interval",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ConditionTopic(models.Model):
    """A topic of a page; the first is the one that breadcrumbs show."""

    condition = models.ForeignKey(Condition, models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(
        Topic, models.PROTECT, to_field="slug", related_name="condition_links"
    )
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["condition", "topic"], name="condition_topic"),
        ]

    def __str__(self) -> str:
        return self.topic_id


class ConditionCode(models.Model):
    """The condition's code in a terminology, such as ICD-10-CM or SNOMED CT."""

    condition = models.ForeignKey(Condition, models.CASCADE, related_name="codes")
    system = models.CharField(max_length=LINE_LENGTH)
    code = models.CharField(max_length=LINE_LENGTH)
    display = models.CharField(max_length=LINE_LENGTH, blank=True)
    version = models.CharField(max_length=LINE_LENGTH, blank=True)
    source = models.CharField(max_length=LINE_LENGTH, blank=True)
    verified = models.BooleanField(default=False)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"


class Contributor(models.Model):
    """Somebody who made the text. Reviewers are not listed here: they sign editions."""

    condition = models.ForeignKey(Condition, models.CASCADE, related_name="contributors")
    role = models.CharField(max_length=20, choices=[(r, r) for r in ROLES])
    name = models.CharField(max_length=LINE_LENGTH)
    credentials = models.CharField(max_length=LINE_LENGTH, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="contributor_role"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"
