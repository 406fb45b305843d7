"""What many pages share: references, publishers and topics.

Drafts point to them by key or slug, not by number: an old revision of a draft then says by itself
which reference it meant. So a key, once given, stays.
"""

from django.db import models
from django.db.models import Q

from conditions.text import LINE_LENGTH, SLUG_LENGTH, URL_LENGTH


class Reference(models.Model):
    """A source, once for all pages. DOI, PMID and URL are copies from `csl` to find it by."""

    key = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    csl = models.JSONField()
    doi = models.CharField(max_length=300, blank=True, db_index=True)
    pmid = models.CharField(max_length=9, blank=True, db_index=True)
    url = models.CharField(max_length=URL_LENGTH, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=LINE_LENGTH, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_on=None, checked_by="")
                | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
                name="reference_checked_on_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Publisher(models.Model):
    """Who answers for a page."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    name = models.CharField(max_length=LINE_LENGTH)
    url = models.CharField(max_length=URL_LENGTH)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A subject that pages are filed under."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    title = models.CharField(max_length=LINE_LENGTH)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title
