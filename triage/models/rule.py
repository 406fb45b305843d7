"""The rules of a protocol."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from calfcms.urgency import Urgency
from conditions.text import LINE_LENGTH
from triage.models.part import ProtocolPart

URGENCIES = tuple(urgency.value for urgency in Urgency)


class Rule(ProtocolPart):
    """When somebody should be seen how soon, why, on which evidence and since when.

    `when` is the expression as written; `red_flags` are paths such as `page/red-flag`;
    `references` are keys.
    """

    urgency = models.CharField(max_length=10, choices=[(u, u) for u in URGENCIES])
    title = models.CharField(max_length=LINE_LENGTH)
    when = models.TextField()
    reason = models.CharField(max_length=LINE_LENGTH)
    suspects = models.JSONField(default=list, blank=True)
    red_flags = models.JSONField(default=list, blank=True)
    references = models.JSONField(default=list, blank=True)
    effective_from = models.DateField()
    review_due = models.DateField(null=True, blank=True)
    disagreement = models.JSONField(null=True, blank=True)

    class Meta(ProtocolPart.Meta):
        default_related_name = "rules"
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *ProtocolPart.Meta.constraints,
            models.CheckConstraint(condition=Q(urgency__in=URGENCIES), name="rule_urgency"),
        )
