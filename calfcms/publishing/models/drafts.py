"""Where each draft stands now, so that lists of work need not read every draft."""

from django.conf import settings
from django.db import models

from calfcms.publishing.models.document import Document


class Standing(models.Model):
    """What lists must know of a draft: derived from its rows by `refresh_standing`, never edited.

    The state of a draft is no column: it is arithmetic over `content_digest`, submissions,
    sign-offs and the live edition (`standings.list_standings`).
    """

    document = models.OneToOneField(
        Document, models.PROTECT, primary_key=True, related_name="standing"
    )
    title = models.CharField(max_length=1_000)
    content_digest = models.CharField(max_length=71, db_index=True)
    is_safety_change = models.BooleanField()
    """Whether the draft changes safety content against the last edition."""
    broken_citations = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.title}: {self.content_digest}"
