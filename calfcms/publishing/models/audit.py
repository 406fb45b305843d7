"""The audit log: one row for each thing that was done, chained so that tampering shows."""

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """Who did what to which document, and when. Triggers refuse to update or delete it.

    No foreign keys: the log must outlive everything that it speaks of. `hash` covers all other
    columns and, through `previous_hash`, every event before. Numbers follow the order of commits
    without gaps, which makes `seq` the cursor of the delta feed.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.CharField(max_length=40)
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=40)
    document_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=200)
    content_digest = models.CharField(max_length=71, blank=True)
    edition = models.PositiveIntegerField(null=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=71)
    hash = models.CharField(max_length=71)

    class Meta:
        default_permissions = ("view",)
        ordering = ["seq"]
        constraints = [models.CheckConstraint(condition=Q(seq__gte=1), name="event_seq_positive")]
        indexes = [
            models.Index(fields=["document_id", "seq"], name="event_document"),
            models.Index(fields=["action", "seq"], name="event_action"),
            models.Index(fields=["actor_id", "seq"], name="event_actor"),
            models.Index(fields=["content_digest", "seq"], name="event_digest"),
            models.Index(fields=["at", "seq"], name="event_moment"),
            models.Index(
                fields=["seq"], name="event_feed", condition=Q(action__startswith="edition.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.subject}"


class AuditHead(models.Model):
    """The number and hash of the last event: one row, locked by whoever adds the next.

    Because the lock is held until the commit, events are numbered in the order of commits; and
    because the head is kept apart, a log that lost its tail no longer matches it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=71)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_audit_head")]

    def __str__(self) -> str:
        return f"head at {self.seq}"
