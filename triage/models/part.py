"""What the parts of a protocol have in common."""

from typing import ClassVar

from django.db import models

from triage.identifiers import ID_LENGTH
from triage.models.protocol import Protocol


class ProtocolPart(models.Model):
    """A part with an id that survives editing and moving. Positions count from 0."""

    protocol = models.ForeignKey(Protocol, models.CASCADE)
    part_id = models.CharField(max_length=ID_LENGTH)
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("position", "pk")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["protocol", "part_id"], name="%(app_label)s_%(class)s_part_id"
            ),
        )

    def __str__(self) -> str:
        return self.part_id
