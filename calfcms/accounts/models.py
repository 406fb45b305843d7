"""The table behind Django's cache."""

from django.db import models


class CacheEntry(models.Model):
    """A row of `SharedCache`, in the columns that Django's database cache wants."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.cache_key
