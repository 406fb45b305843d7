"""Who holds which edition, and who has said that a recalled one is gone."""

from django.db import models
from django.db.models import F, Q

from calfcms.publishing.models import Edition, Recall
from calfcms.syndication.models.partner import Key, Partner


class Holding(models.Model):
    """That a key was sent an edition, in whatever format, whole or a part of it.

    A key stands for a site or an app of its partner: what it fetched last, it shows.
    """

    key = models.ForeignKey(Key, models.PROTECT, related_name="holdings", db_index=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="holdings")
    first_fetched_at = models.DateTimeField()
    last_fetched_at = models.DateTimeField()
    """To the hour: writing it each time would slow reading."""

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["key", "edition"], name="holding_once"),
            models.CheckConstraint(
                condition=Q(last_fetched_at__gte=F("first_fetched_at")), name="holding_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, fetched with {self.key}"


class RecallAcknowledgement(models.Model):
    """A partner's word about a recall: that it knows of it, and then that the edition is gone.

    Triggers refuse to update or delete a row.
    """

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="acknowledgements")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="acknowledgements")
    key = models.ForeignKey(Key, models.PROTECT, related_name="+")
    edition_removed = models.BooleanField()
    """Whether the partner says that it shows the edition nowhere any more."""
    note = models.TextField(blank=True)
    acknowledged_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["recall", "partner", "edition_removed"], name="acknowledged_once"
            ),
        ]

    def __str__(self) -> str:
        said = "removed" if self.edition_removed else "seen"
        return f"{self.recall}: {said} by {self.partner}"
