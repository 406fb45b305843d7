"""The vocabulary of a protocol."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from conditions.text import LINE_LENGTH
from triage.models.part import ProtocolPart

KINDS = ("symptom", "sign", "context", "risk")


class Finding(ProtocolPart):
    """Something that can be present, absent or unknown, and how to ask for it."""

    group = models.CharField(max_length=LINE_LENGTH)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    red_flag = models.BooleanField(default=False)
    phrase = models.CharField(max_length=LINE_LENGTH)
    question = models.CharField(max_length=LINE_LENGTH)
    help = models.CharField(max_length=LINE_LENGTH, blank=True)
    why = models.CharField(max_length=LINE_LENGTH, blank=True)
    synonyms = models.JSONField(default=list, blank=True)
    wordings = models.JSONField(default=list, blank=True)
    applies = models.JSONField(null=True, blank=True)
    needs_helper = models.BooleanField(default=False)
    codes = models.JSONField(default=list, blank=True)

    class Meta(ProtocolPart.Meta):
        default_related_name = "findings"
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *ProtocolPart.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="finding_kind"),
        )
