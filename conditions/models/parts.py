"""The parts of a page that have an id of their own, which survives editing and moving."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from calfcms.urgency import Urgency
from conditions.draft import Aspect
from conditions.models.condition import Condition
from conditions.text import LINE_LENGTH, SLUG_LENGTH

# Plain strings, so that migrations do not import today's enums.
ASPECTS = tuple(aspect.value for aspect in Aspect)
URGENCIES = tuple(urgency.value for urgency in Urgency)


class Part(models.Model):
    """What all parts have. Positions count from 0 among the parts of one parent."""

    condition = models.ForeignKey(Condition, models.CASCADE)
    part_id = models.SlugField(max_length=SLUG_LENGTH, db_index=False)
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("position", "pk")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=["condition", "part_id"], name="%(class)s_part_id"),
        )

    def __str__(self) -> str:
        return self.part_id


class Section(Part):
    """Text under a headline. With `partner` it goes to that partner's key only."""

    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    aspect = models.CharField(max_length=30, choices=[(a, a) for a in ASPECTS])
    headline = models.CharField(max_length=LINE_LENGTH)
    body = models.TextField(blank=True)
    partner = models.SlugField(max_length=SLUG_LENGTH, blank=True, db_index=False)

    class Meta(Part.Meta):
        default_related_name = "sections"
        constraints = (
            *Part.Meta.constraints,
            models.CheckConstraint(condition=Q(aspect__in=ASPECTS), name="section_aspect"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")), name="section_not_in_itself"
            ),
        )


class Cause(Part):
    """A possible cause; `page` is the slug of the page about it where one exists."""

    name = models.CharField(max_length=LINE_LENGTH)
    page = models.SlugField(max_length=SLUG_LENGTH, blank=True, db_index=False)
    urgency = models.CharField(max_length=10, choices=[(u, u) for u in URGENCIES])
    body = models.TextField(blank=True)

    class Meta(Part.Meta):
        default_related_name = "causes"
        constraints = (
            *Part.Meta.constraints,
            models.CheckConstraint(condition=Q(urgency__in=URGENCIES), name="cause_urgency"),
        )


class Faq(Part):
    """A question that people ask, and its answer."""

    question = models.CharField(max_length=LINE_LENGTH)
    answer = models.TextField(blank=True)

    class Meta(Part.Meta):
        default_related_name = "faqs"


class Figure(Part):
    """A picture. `sources` are its files: address, width in pixels, media type."""

    alt = models.CharField(max_length=LINE_LENGTH, blank=True)
    caption = models.CharField(max_length=LINE_LENGTH, blank=True)
    credit = models.CharField(max_length=LINE_LENGTH, blank=True)
    sources = models.JSONField(default=list, blank=True)

    class Meta(Part.Meta):
        default_related_name = "figures"
