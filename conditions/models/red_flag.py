"""Red flags: the signs that must not wait, and the sources that say so."""

from django.db import models
from django.db.models import Q

from conditions.models.parts import URGENCIES, Part
from conditions.models.shared import Reference
from conditions.text import LINE_LENGTH


class RedFlag(Part):
    """A sign that must not wait longer than `urgency`, and what to do."""

    sign = models.CharField(max_length=LINE_LENGTH)
    urgency = models.CharField(max_length=10, choices=[(u, u) for u in URGENCIES])
    action = models.CharField(max_length=LINE_LENGTH, blank=True)
    suspects = models.JSONField(default=list, blank=True)

    class Meta(Part.Meta):
        default_related_name = "red_flags"
        constraints = (
            *Part.Meta.constraints,
            models.CheckConstraint(condition=Q(urgency__in=URGENCIES), name="red_flag_urgency"),
        )


class RedFlagReference(models.Model):
    """A source of a red flag. A row, so that one can ask what rests on a source."""

    red_flag = models.ForeignKey(RedFlag, models.CASCADE, related_name="reference_links")
    reference = models.ForeignKey(
        Reference, models.PROTECT, to_field="key", related_name="red_flag_links"
    )
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["red_flag", "reference"], name="red_flag_reference"),
        )

    def __str__(self) -> str:
        return self.reference_id
