"""Where partners are told of changes, what they were told, and how each attempt went."""

import uuid
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from calfcms.publishing.models import Document
from calfcms.syndication.models.partner import Partner


class EventType(models.TextChoices):
    """What a partner may be told of: the names are those of the contract."""

    PUBLISHED = "edition.published"
    """An edition is live: a new one, or one that is live again."""
    WITHDRAWN = "edition.withdrawn"
    RECALLED = "edition.recalled"
    REVIEW_OVERDUE = "review.overdue"


TEST_EVENT: Final = "endpoint.test"
"""Sent by hand only, so no endpoint subscribes to it."""
SECRET_MARK: Final = "whsec_"  # noqa: S105 - what all secrets of webhooks begin with


class WebhookEndpoint(models.Model):
    """An address of a partner that is told of changes. Never deleted: disabled, and kept on record.

    Signing needs the secrets themselves, so they are stored as they are and shown once.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="webhook_endpoints")
    url = models.CharField(max_length=500)
    event_types = models.JSONField(default=list)
    """Which of `EventType` are sent here."""
    secret = models.CharField(max_length=80)
    previous_secret = models.CharField(max_length=80, blank=True)
    """Signs beside the new one for a while, so that a receiver can change over without a gap."""
    previous_secret_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    failing_since = models.DateTimeField(null=True)
    """When the first of the failures happened that no success has followed yet."""
    resting_until = models.DateTimeField(null=True)
    """Nothing is sent before: it asked for a pause, or it could not be reached a moment ago."""
    disabled_at = models.DateTimeField(null=True)
    disabled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    disabled_reason = models.TextField(blank=True)

    class Meta:
        default_permissions = ("view", "add", "change")
        ordering = ["partner__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(previous_secret="", previous_secret_until=None)
                | (~Q(previous_secret="") & Q(previous_secret_until__isnull=False)),
                name="endpoint_previous_secret",
            ),
            models.CheckConstraint(
                condition=Q(disabled_at=None, disabled_by=None, disabled_reason="")
                | Q(disabled_at__isnull=False, disabled_by__isnull=False, disabled_reason__gt=""),
                name="endpoint_disabling",
            ),
            models.CheckConstraint(
                condition=Q(secret__startswith=SECRET_MARK), name="endpoint_secret_is_marked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.url} of {self.partner}"

    @property
    def is_enabled(self) -> bool:
        """Whether it is told of anything."""
        return self.disabled_at is None

    def list_secrets(self, *, at: datetime) -> list[str]:
        """The secrets that sign what is sent at that moment, newest first."""
        until = self.previous_secret_until
        return [self.secret, *([self.previous_secret] if until is not None and at < until else [])]


class Delivery(models.Model):
    """One thing that one endpoint is told, once: the exact bytes, which never change.

    It is open until it was delivered or given up; sent again by hand, it may be delivered later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """Goes out as `webhook-id`, the same at every attempt."""
    endpoint = models.ForeignKey(WebhookEndpoint, models.PROTECT, related_name="deliveries")
    occasion = models.CharField(max_length=120)
    """What happened, such as `event:17`: an endpoint is told of it once."""
    event_type = models.CharField(max_length=40)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    body = models.TextField()
    created_at = models.DateTimeField()
    began_at = models.DateTimeField()
    """When the present series of attempts began: another one begins when it is sent by hand."""
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "deliveries"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "occasion"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(given_up_at=None), name="delivery_ends_once"
            ),
        ]
        indexes = [
            models.Index(fields=["endpoint", "-created_at"], name="delivery_newest"),
            models.Index(
                fields=["endpoint", "created_at"],
                name="delivery_open",
                condition=Q(delivered_at=None, given_up_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_type} to {self.endpoint}"

    @property
    def message_id(self) -> str:
        """What the header `webhook-id` says."""
        return f"msg_{self.pk.hex}"


class Attempt(models.Model):
    """One request that was made, and what came of it."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    """Of the answer; None where there was none."""
    milliseconds = models.PositiveIntegerField()
    error = models.CharField(max_length=500, blank=True)
    """Why it was a failure; empty for a success."""
    answer = models.CharField(max_length=500, blank=True)
    """How the body of the answer began."""
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    """Who had it sent again by hand; None for the worker's own attempts."""

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(error="") | Q(status__gte=200, status__lt=300),
                name="attempt_failed_or_succeeded",
            )
        ]

    def __str__(self) -> str:
        return f"{self.delivery}: {self.error or self.status}"


class WebhookCursor(models.Model):
    """The number of the last event of the audit log that was turned into deliveries. One row.

    It moves in the transaction that makes the deliveries, so each event is told exactly once.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_webhook_cursor")]

    def __str__(self) -> str:
        return f"read up to event {self.seq}"


class OverdueReview(models.Model):
    """That a live document's review, due on that day, was seen to be overdue, and was told of."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    due_on = models.DateField()
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["document", "due_on"], name="overdue_review_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document}, due on {self.due_on}"
