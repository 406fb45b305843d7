"""Evaluations that a deployment chose to keep, for statistics by rule."""

import uuid

from django.db import models

from conditions.text import SLUG_LENGTH


class LoggedEvaluation(models.Model):
    """What was answered and what came of it: no address, key, receipt, text or time of day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """Random: a number that counts up would tell in which order people asked."""
    day = models.DateField(db_index=True)
    protocol = models.CharField(max_length=SLUG_LENGTH)
    locale = models.CharField(max_length=20)
    edition = models.PositiveIntegerField()
    age_band = models.CharField(max_length=11, blank=True)
    sex = models.CharField(max_length=7)
    urgency = models.CharField(max_length=9)
    status = models.CharField(max_length=23)
    findings = models.JSONField()
    """Ids of the protocol's findings by value: `present`, `absent`, `unknown`."""
    rules = models.JSONField()
    """Ids of the rules that were true."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.protocol} {self.edition} ({self.locale}) on {self.day}: {self.urgency}"
