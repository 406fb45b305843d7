"""The index of what is live. Whoever reads it must find what readers find: see `actions.index`.

Beside these tables there is `search_fulltext`, an FTS5 table on SQLite and a `tsvector` with a GIN
index on PostgreSQL (`fulltext`).
"""

from django.db import models
from django.db.models import Q

from calfcms.publishing.models import Document, LivePeriod


class Index(models.Model):
    """One row: the version of the index, raised with every change of anything in it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="search_one_index"),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of the search index"


class Collection(models.Model):
    """What is searched together: the documents of one kind in one locale."""

    kind = models.CharField(max_length=20)
    locale = models.CharField(max_length=20)
    documents = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "locale"], name="search_collection_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.locale}"


class Entry(models.Model):
    """A document that is live. Its key is the live period: later publications have larger ones."""

    period = models.OneToOneField(
        LivePeriod, models.PROTECT, primary_key=True, related_name="search_entry"
    )
    document = models.OneToOneField(Document, models.PROTECT, related_name="search_entry")
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="entries")
    slug = models.SlugField(max_length=80, db_index=False)
    locale = models.CharField(max_length=20)
    length = models.PositiveIntegerField()
    """How many different words it has."""
    levels = models.TextField()
    """The terms that count for more than being somewhere in the text: ` term=31 `."""
    names = models.TextField()
    """What the document is called, as stems between bars."""
    words = models.TextField()
    """Its words, between spaces: what it adds to the vocabulary."""
    analysis = models.PositiveSmallIntegerField()
    """By which analysis it was made (`languages.ANALYSIS`)."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.slug} ({self.locale})"


class EntryText(models.Model):
    """What of an entry only its snippet needs: read for the few on one page of an answer.

    Its passages stand in lines: what is in the same line of each column belongs together.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="text")
    parts = models.TextField()
    """The part that each passage is from."""
    terms = models.TextField()
    """Its terms with the places of their words: ` gout@0-4,30-34 `."""
    passages = models.TextField()
    """What it says."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"text of {self.entry_id}"


class VocabularyWord(models.Model):
    """A word that live documents of a collection have, and how many of them.

    A word that no document has any more stays with zero, so that processes learn that it has gone.
    """

    pk = models.CompositePrimaryKey("collection_id", "word")
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="words", db_index=False)
    word = models.CharField(max_length=40)
    documents = models.PositiveIntegerField()
    changed_in = models.BigIntegerField()
    """The version of the index that it changed in."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.word


class SynonymGroup(models.Model):
    """Words and phrases of one language that people use for one another."""

    slug = models.SlugField(max_length=80)
    locale = models.CharField(max_length=20)
    words = models.JSONField()
    """A list of texts, at least two."""

    class Meta:
        ordering = ["locale", "slug"]
        verbose_name = "synonyms"
        verbose_name_plural = "synonyms"
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="search_synonyms_of_locale"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} ({self.locale})"
