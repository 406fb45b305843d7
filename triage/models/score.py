"""The published scores that a protocol computes."""

from django.db import models

from conditions.text import LINE_LENGTH
from triage.models.part import ID_LENGTH, ProtocolPart


class Score(ProtocolPart):
    """A score; under unknowns its value is an interval."""

    title = models.CharField(max_length=LINE_LENGTH)
    note = models.CharField(max_length=LINE_LENGTH, blank=True)
    references = models.JSONField(default=list, blank=True)

    class Meta(ProtocolPart.Meta):
        default_related_name = "scores"


class ScoreItem(models.Model):
    """One item of a score and what it counts when its expression is true."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="items")
    part_id = models.CharField(max_length=ID_LENGTH)
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=LINE_LENGTH)
    when = models.TextField()
    points = models.SmallIntegerField()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["score", "part_id"], name="score_item_part_id"),
        )

    def __str__(self) -> str:
        return self.part_id
