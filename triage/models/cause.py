"""The possible causes that a protocol lists."""

from django.db import models

from conditions.text import LINE_LENGTH, SLUG_LENGTH
from triage.models.part import ProtocolPart


class Cause(ProtocolPart):
    """A possible cause and the findings for and against it. Never moves the urgency."""

    name = models.CharField(max_length=LINE_LENGTH)
    page = models.SlugField(max_length=SLUG_LENGTH, blank=True, db_index=False)
    described_at = models.CharField(max_length=2 * SLUG_LENGTH + 1, blank=True)
    required = models.TextField(blank=True)
    supporting = models.JSONField(default=list, blank=True)
    opposing = models.JSONField(default=list, blank=True)

    class Meta(ProtocolPart.Meta):
        default_related_name = "causes"
