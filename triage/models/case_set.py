"""The cases that a protocol promises to answer well."""

from django.db import models

from conditions.text import LINE_LENGTH
from triage.models.part import ProtocolPart


class CaseSet(ProtocolPart):
    """Cases of one author or purpose; `cases` have the shape of `triage.case_definition`.

    They are one value: a case is only ever read with its set, and there are hundreds.
    """

    title = models.CharField(max_length=LINE_LENGTH)
    source = models.CharField(max_length=LINE_LENGTH, blank=True)
    must_pass = models.BooleanField()
    cases = models.JSONField(default=list, blank=True)

    class Meta(ProtocolPart.Meta):
        default_related_name = "case_sets"
