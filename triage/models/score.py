"""The published scores that a protocol computes."""

from django.db import models

from conditions.text import LINE_LENGTH
from triage.identifiers import ID_LENGTH
from triage.models.part import ProtocolPart


class Score(ProtocolPart):
    """A score; under unknowns its value is an interval."""

    title = models.CharField(max_length=LINE_LENGTH)
    note = models.CharField(max_length=LINE_LENGTH, blank=True)
    cut_offs = models.JSONField(default=list, blank=True)
    performance = models.JSONField(default=list, blank=True)
    references = models.JSONField(default=list, blank=True)

    class Meta(ProtocolPart.Meta):
        default_related_name = "scores"


class ScoreItem(models.Model):
    """One item of a score and what it counts when its expression is true; without one it cannot be
    asked for here.
    """

    score = models.ForeignKey(Score, models.CASCADE, related_name="items")
    part_id = models.CharField(max_length=ID_LENGTH)
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=LINE_LENGTH)
    when = models.TextField(null=True, blank=True)
    points = models.SmallIntegerField()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["score", "part_id"], name="score_item_part_id"),
        )

    def __str__(self) -> str:
        return self.part_id
