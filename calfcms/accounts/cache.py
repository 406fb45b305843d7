"""Django's cache, kept in the database: one count for all processes, also after a restart."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import router, transaction

from calfcms.accounts.models import CacheEntry


class SharedCache(DatabaseCache):
    """As Django's, except that counting loses no count and keeps the time a value has left."""

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number. Raises ValueError where there is none."""
        name = self.make_and_validate_key(key, version=version)
        using = router.db_for_write(self.cache_model_class)
        with transaction.atomic(using=using):
            row = CacheEntry.objects.using(using).select_for_update().filter(pk=name).first()
            value: Any = self.get(key, version=version) if row else None
            if row is None or value is None:
                raise ValueError(f"Key '{name}' not found")
            self.set(key, value + delta, version=version)
            CacheEntry.objects.using(using).filter(pk=name).update(expires=row.expires)
        return int(value + delta)
