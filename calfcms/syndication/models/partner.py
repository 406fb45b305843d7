"""Partners, and the keys that they call with."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Scope(models.TextChoices):
    """What a key opens."""

    READ = "read"
    """Published content, with the sections that are this partner's own."""
    PREVIEW = "preview"
    """Drafts, through preview links."""
    AUDIT = "audit"
    """The audit log and evidence."""
    TRIAGE = "triage"
    """Evaluations."""


class Partner(models.Model):
    """A site or app that shows our content. Never deleted: what it held stays on record."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    contact_email = models.EmailField(blank=True)
    attribution = models.TextField(blank=True)
    """What the partner has agreed to show beside our content."""
    allowed_origins = models.JSONField(default=list, blank=True)
    """The web origins whose pages may call with its keys: `https://clinic.example`. Empty: none."""
    calls_per_minute = models.PositiveIntegerField(null=True, blank=True)
    """The quota of each of its keys; empty for the deployment's usual one."""
    is_active = models.BooleanField(default=True)
    """Closed otherwise: none of its keys opens anything. The audit log says since when and why."""
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view", "add", "change")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(calls_per_minute=None) | Q(calls_per_minute__gte=1),
                name="partner_quota",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Key(models.Model):
    """A secret that a partner calls with. Only its hash is kept; it is shown once, when made."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="keys")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16, unique=True)
    """The start of the key, which is no secret: people tell keys apart by it."""
    hash = models.CharField(max_length=64)
    """SHA-256 of the whole key, in hexadecimal."""
    scopes = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    """To the hour: writing it each time would slow reading."""
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        default_permissions = ("view", "add", "change")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="key_revocation",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=models.F("created_at")),
                name="key_expiry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
